/**
 * *Record Incident*: asks what is known about an outage, looks for the commits behind it, and writes the incident's file,
 * as `linekeeper incident new` does.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { GitError } from '../../git';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { showPage } from '../show-page';
import type { VirtualPages } from '../virtual-pages';
import type { Translate } from '../translate';
import { chooseWorktree } from './choose-worktree';
import { creditOwnEdit } from './credit-own-edits';
import { askAboutIncident, type RecordedIncident } from './record-incident-form';

interface IncidentPorts {
  readonly worktrees: Worktrees;
  readonly pages: VirtualPages;
  readonly t: Translate;
  readonly now: () => number;
}

export function investigateIncident({ worktrees, pages, t, now }: IncidentPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const recorded = await askAboutIncident(t, now);
    if (recorded !== undefined) await begin(worktree, recorded, pages, t);
  };
}

async function begin(worktree: Worktree, recorded: RecordedIncident, pages: VirtualPages, t: Translate): Promise<void> {
  const { repository, now, root } = worktree;
  const { attributionByNotes, beginIncident, begunText } = await import('../../aftermath');
  try {
    const begun = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Searching for suspect commits…') },
      () =>
        beginIncident({
          repository,
          ...recorded,
          services: [],
          paths: [],
          deployed: null,
          lastGood: null,
          attributionOf: attributionByNotes(repository, now),
          now,
        }),
    );
    await showPage(pages.answer('Commits behind the Incident', root, begunText(begun, 'editor')), { preview: false });
    if (begun.file === null) return;
    await creditOwnEdit(worktree, begun.file, null);
    // Not awaited: the message stays until somebody answers it.
    void offerFile(join(root, begun.file), begun.file, t);
  } catch (error) {
    // An error about what can't be decided is shown as it is; its class comes from another bundle.
    if (!(error instanceof GitError) && !(error instanceof Error && error.name === 'GateError')) throw error;
    if (error instanceof GitError) void vscode.window.showErrorMessage(error.message);
    else void vscode.window.showInformationMessage(error.message); // a plain state, such as no commit yet
  }
}

async function offerFile(place: string, file: string, t: Translate): Promise<void> {
  const open = t('Open File');
  const answer = await vscode.window.showInformationMessage(
    t('The incident is recorded in {0}. Commit this file. When the outage is over, add the lessons to it.', file),
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(vscode.Uri.file(place), { preview: false });
}
