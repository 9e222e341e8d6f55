/** Where a warning is documented, other than in the policy. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { rulePage } from '../commands/explain-rule';
import type { Worktree } from '../workspace/worktree';
import type { Warning } from './warning-and-loudness';

/** A danger's page, or the incident's file if the work tree has it. */
export function warningPage(
  extensionUri: vscode.Uri,
  { root }: Worktree,
  { about, rule, page }: Warning,
): vscode.Uri | undefined {
  if (about === 'danger') return rulePage(extensionUri, rule);
  const file = page === undefined ? undefined : join(root, page);
  return file !== undefined && existsSync(file) ? vscode.Uri.file(file) : undefined;
}
