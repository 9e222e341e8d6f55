/** Pushes a branch and its attribution notes, after the person agreed. */
import * as vscode from 'vscode';
import type { BranchFacts } from '../../review';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import { gitOf } from './git-extension';
import { pushNotesToo, reasonOf } from './push-notes';

/**
 * True when the branch is on the remote afterwards. If the editor has no git of its own, the command is put into a
 * terminal.
 */
export async function push(
  worktree: Worktree,
  { remote, head, pushCommand }: BranchFacts,
  t: Translate,
): Promise<boolean> {
  const repository = await gitOf(worktree);
  if (!repository) {
    const terminal = vscode.window.createTerminal({ cwd: worktree.root });
    terminal.show();
    terminal.sendText(pushCommand, false);
    void vscode.window.showInformationMessage(
      t('Push with the command in the terminal, then request the review again.'),
    );
    return false;
  }
  try {
    // The editor's own git has the person's credentials.
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Pushing {0}…', head) },
      async () => {
        await repository.push(remote.name, `HEAD:refs/heads/${head}`, true);
        await pushNotesToo(worktree, remote.name, repository, t);
      },
    );
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(t('{0} could not be pushed: {1}', head, reasonOf(error)));
    return false;
  }
}
