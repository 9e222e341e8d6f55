/** Writes a first policy at the person's command; its lines count as the person's. */
import path from 'node:path';
import * as vscode from 'vscode';
import { createFile } from '../../files';
import { POLICY_PATH } from '../../policy';
import { readFacts, starterPolicy } from '../../policy/starter';
import type { Worktree } from '../workspace/worktree';
import { creditOwnEdit } from './credit-own-edits';

/** Opens the new file. Throws a GitError, or a file system error when one exists already. */
export async function createPolicy(worktree: Worktree): Promise<void> {
  const { root, repository } = worktree;
  const file = path.join(root, POLICY_PATH);
  createFile(file, starterPolicy(await readFacts(repository)));
  await creditOwnEdit(worktree, POLICY_PATH, null);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}
