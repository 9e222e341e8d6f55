/** Writes a first policy at the person's command; its lines count as the person's. */
import path from 'node:path';
import * as vscode from 'vscode';
import { createFile } from '../../base/files';
import { POLICY_PATH } from '../../policy';
import { managedFloors } from '../../policy/load';
import { readFacts, starterFloor, starterPolicy } from '../../policy/starter';
import type { Worktree } from '../workspace/worktree';
import { creditOwnEdit } from './credit-own-edits';

/** Opens the new file. Throws a GitError, or a file system error when one exists already. */
export async function createPolicy(worktree: Worktree, floors = managedFloors()): Promise<void> {
  const { root, repository } = worktree;
  const file = path.join(root, POLICY_PATH);
  const mode = await askMode();
  if (mode === undefined) return;
  const floor = await starterFloor(floors);
  createFile(file, starterPolicy(await readFacts(repository), 'startup', mode, floor));
  await creditOwnEdit(worktree, POLICY_PATH, null);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}

/** Undefined when the person leaves the question. */
async function askMode(): Promise<'observe' | 'enforce' | undefined> {
  const answers = [
    {
      label: vscode.l10n.t('Observe First'),
      detail: vscode.l10n.t(
        'Record and report everything for some weeks, and stop nothing. “linekeeper report” then says what the policy would have required.',
      ),
      mode: 'observe',
    },
    {
      label: vscode.l10n.t('Enforce from the Start'),
      detail: vscode.l10n.t('Require the sign-offs, and hold agents back, once the policy is on the default branch.'),
      mode: 'enforce',
    },
  ] as const;
  const chosen = await vscode.window.showQuickPick(answers, { title: vscode.l10n.t('What Should the Policy Do?') });
  return chosen?.mode;
}
