/** Which work tree a command applies to. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import type { Translate } from '../translate';

/** That of the active file; else the only one; else the person chooses. Shows a message when there is none. */
export async function chooseWorktree(worktrees: Worktrees, t: Translate): Promise<Worktree | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const inFront = active?.scheme === 'file' ? worktrees.of(active.fsPath) : undefined;
  if (inFront) return inFront;
  const all = worktrees.all();
  if (all.length === 0) {
    void vscode.window.showInformationMessage(t('No Git repository is open. Open the folder of one and try again.'));
    return undefined;
  }
  if (all.length === 1) return all[0];
  const picked = await vscode.window.showQuickPick(
    all.map((worktree) => ({ label: path.basename(worktree.root), description: worktree.root, worktree })),
    { placeHolder: t('Which repository?') },
  );
  return picked?.worktree;
}
