/** *Ask the Forge Who Is in the Team*: resolves the teams of the policy, so that everybody's level is known here. */
import * as vscode from 'vscode';
import { defaultRemote } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { GitError } from '../../git';
import { isTeam } from '../../policy';
import { keepTeams, loadPolicyAndPeople } from '../../policy/load';
import type { Translate } from '../translate';
import { chooseWorktree } from '../commands/choose-worktree';
import { inNotification } from '../review/visible-text';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { placeOf, teamAccess } from './forge-access';

interface AskTeamsPorts {
  readonly worktrees: Worktrees;
  readonly now: () => number;
  /** The members of teams may have changed. */
  readonly changed: (worktree: Worktree) => void;
  readonly t: Translate;
}

/** Errors whose messages are for people. */
const EXPECTED: ReadonlySet<string> = new Set(['ForgeError', 'ReviewError', 'NotesError']);

export function askTeams({ worktrees, now, changed, t }: AskTeamsPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    try {
      const { repository } = worktree;
      const { policy } = await loadPolicyAndPeople(repository);
      const teams = [...new Set(Object.values(policy.people).flat().filter(isTeam))];
      if (teams.length === 0) {
        void vscode.window.showInformationMessage(t('The policy names no teams, so there is nobody to ask for.'));
        return;
      }
      const name = await defaultRemote(repository);
      const place = await placeOf(repository, (await repository.text(['remote', 'get-url', '--', name])).trim(), name);
      const access = await teamAccess(place);
      if (!access) {
        void vscode.window.showInformationMessage(
          t('Sign in to {0} to see who is in {1}.', place.remote.host, teams.join(', ')),
        );
        return;
      }
      const answer = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: t('Asking {0} who is in {1}…', access.host, teams.join(', ')),
        },
        () => access.teams(teams),
      );
      keepTeams(repository, { host: access.host, at: now(), teams: answer.teams });
      changed(worktree);
      const found = Object.keys(answer.teams);
      const sentences = [
        ...(found.length > 0 ? [t('Members of {0} are now known for 30 days.', found.join(', '))] : []),
        ...answer.notices,
      ];
      void (found.length > 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage)(
        inNotification(sentences.join(' ')),
      );
    } catch (error) {
      if (!(error instanceof GitError) && !(error instanceof Error && EXPECTED.has(error.name))) throw error;
      void vscode.window.showErrorMessage(inNotification(error.message));
    }
  };
}
