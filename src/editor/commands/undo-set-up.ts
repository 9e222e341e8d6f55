/** *Undo Set Up*: restores what *Set Up* changed, after saying which repositories lose what. */
import path from 'node:path';
import * as vscode from 'vscode';
import { ASSISTANTS } from '../../provenance/assistants';
import { hasRules, removeAllRules } from '../../provenance/assistants/native-rules';
import { hookState, uninstallHooks } from '../../provenance/assistants/setup';
import { stopPushingNotesAlong } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { gitHooksState, submodulesOf, uninstallGitHooks, type Repository, type Runtime } from '../../git';
import { removeCommandLine } from '../../base/launcher';
import { forgetHooks } from '../hooks/repair-hooks';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import { chooseWorktree } from './choose-worktree';
import { runCli } from './run-cli';
import { isExpected } from './set-up';
import { hasEditorKeys, setEditorKeys } from './set-up-rows';
import type { SetUpPorts } from './hook-set-up-context';

/**
 * *Undo Set Up*: restores the git hooks of one repository and, where the person wants that, their assistants' hooks,
 * which are one for all repositories. Asks first, and says which of them lose what.
 */
export function undoSetUp({ worktrees, runtime, setupOptions, memory, t, changed }: SetUpPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    try {
      const hooked = await withHooks(worktree.repository);
      const hasGitHooks = hooked.length > 0;
      const assistants = ASSISTANTS.filter((assistant) => hookState(assistant, setupOptions).state !== 'absent');
      const hasOwnRules = hasRules(setupOptions.stateDir);
      const hadKeys = hasEditorKeys();
      if (!hasGitHooks && assistants.length === 0 && !hasOwnRules && !hadKeys) {
        void vscode.window.showInformationMessage(
          removeCommandLine(setupOptions.home)
            ? t('The link to linekeeper was removed. Nothing else is set up here.')
            : t('Nothing is set up here, so there is nothing to undo.'),
        );
        return;
      }
      const scope = await askScope(t, worktree, hooked, assistants);
      if (scope === undefined) return;
      if (scope === 'everywhere')
        removeAllRules(setupOptions.stateDir, true); // what was written last goes first
      else if (hasOwnRules) await releaseHere(worktree, runtime, t);
      for (const repository of new Set([worktree.repository, ...hooked])) {
        await stopPushingNotesAlong(repository);
        await uninstallGitHooks(repository);
      }
      const removed =
        scope === 'everywhere'
          ? assistants.filter((assistant) => uninstallHooks(assistant, setupOptions).outcome !== 'absent')
          : [];
      if (scope === 'everywhere') {
        removeAllRules(setupOptions.stateDir, false);
        removeCommandLine(setupOptions.home);
        await setEditorKeys(false);
        await forgetHooks(memory);
      }
      await changed();
      const names = [
        ...(hasGitHooks ? [t('the Git hooks of this repository')] : []),
        ...(hooked.some((repository) => repository !== worktree.repository) ? [t('those of its submodules')] : []),
        ...removed.map((assistant) => assistant.title),
        ...(hadKeys && scope === 'everywhere' ? [t("the keys of the editor's commands")] : []),
        ...(hasOwnRules ? [t("the policy's rules in assistants' settings")] : []),
      ].join(', ');
      void vscode.window.showInformationMessage(t('Removed: {0}. Previous hooks restored. Recorded data kept.', names));
    } catch (error) {
      if (!isExpected(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** The repository and its submodules, as far as they have our hooks. */
async function withHooks(repository: Repository): Promise<readonly Repository[]> {
  const hooked: Repository[] = [];
  for (const candidate of [repository, ...(await submodulesOf(repository))])
    if ((await gitHooksState(candidate)) !== 'absent') hooked.push(candidate);
  return hooked;
}

/** Takes the rules of this repository out of assistants' settings; those of others stay. */
const releaseHere = async ({ root }: Worktree, runtime: Runtime, t: Translate): Promise<unknown> =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Undo Set Up'), cancellable: true },
    (_progress, token) => runCli(runtime, ['uninstall', '--enforce'], { root, token, codes: [0, 1] }),
  );

/** What the person chooses; undefined for *Keep Set Up*, the row that Enter takes, and for Escape. */
async function askScope(
  t: Translate,
  { root, repository }: Worktree,
  hooked: readonly Repository[],
  assistants: readonly { readonly title: string }[],
): Promise<'here' | 'everywhere' | undefined> {
  const hasGitHooks = hooked.length > 0;
  const submodules = hooked.filter((each) => each !== repository).map((each) => path.relative(root, each.root));
  const here = hasGitHooks
    ? [
        t('{0}: commits get no more AI trailers. Earlier hooks return.', path.basename(root)),
        ...(submodules.length > 0 ? [t('The same in its submodules: {0}.', inShort(t, submodules))] : []),
      ].join(' ')
    : '';
  const elsewhere =
    assistants.length > 0
      ? t(
          'All repositories: edits by {0} are no longer recorded.',
          inShort(
            t,
            assistants.map(({ title }) => title),
          ),
        )
      : '';
  const rows: readonly (vscode.QuickPickItem & { readonly scope?: 'here' | 'everywhere' })[] = [
    { label: t('Keep Set Up') },
    ...(hasGitHooks && assistants.length > 0
      ? [{ label: t('This Repository Only'), detail: here, scope: 'here' as const }]
      : []),
    {
      label: t('Remove Everything'),
      ...(here !== '' && elsewhere !== '' ? { description: t('This repository, and all assistants') } : {}),
      detail: elsewhere === '' ? here : elsewhere,
      scope: 'everywhere',
    },
  ];
  const answer = await vscode.window.showQuickPick(rows, {
    title: t('Undo what Linekeeper set up?'),
    placeHolder: t('Existing records stay.'),
    ignoreFocusOut: true,
  });
  return answer?.scope;
}

/** The first names, and how many more there are: a row of the list cuts off what does not fit. */
function inShort(t: Translate, names: readonly string[]): string {
  const more = names.length - NAMES_AT_MOST;
  return more > 1 ? t('{0} and {1} more', names.slice(0, NAMES_AT_MOST).join(', '), more) : names.join(', ');
}

const NAMES_AT_MOST = 2;
