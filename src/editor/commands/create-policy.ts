/** Writes a first policy at the person's command; its lines count as the person's. */
import path from 'node:path';
import * as vscode from 'vscode';
import { createFile } from '../../files';
import { GitError } from '../../git';
import { JournalError } from '../../journal';
import { POLICY_PATH } from '../../policy';
import { readFacts, starterPolicy } from '../../policy/starter';
import { declareLines } from '../../decision/declarations';
import type { Worktree } from '../workspace/worktree';

/** Opens the new file. Throws a GitError, or a file system error when one exists already. */
export async function createPolicy({ root, repository, now }: Worktree): Promise<void> {
  const file = path.join(root, POLICY_PATH);
  createFile(file, starterPolicy(await readFacts(repository)));
  try {
    await declareLines(
      repository,
      { path: POLICY_PATH, lines: null, by: { author: 'human', evidence: 'declared' } },
      now,
    );
  } catch (error) {
    if (!(error instanceof GitError) && !(error instanceof JournalError)) throw error; // its lines stay unknown, and the policy is there
  }
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}
