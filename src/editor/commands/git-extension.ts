/**
 * The editor's own git extension, which has the person's credentials and their hooks' environment (`vscode.git`,
 * version 1).
 */
import * as vscode from 'vscode';
import type { Worktree } from '../workspace/worktree';
import type { GitTransport } from './push-notes';

/** The part of a repository's API that is used. */
interface EditorGit extends GitTransport {
  readonly inputBox: { value: string };
  readonly createBranch: (name: string, checkout: boolean) => Promise<void>;
  readonly commit: (message: string, options?: { readonly all?: boolean }) => Promise<void>;
}

/** Undefined when the editor has none, or it is disabled. */
export async function gitOf(worktree: Worktree): Promise<EditorGit | undefined> {
  const extension = vscode.extensions.getExtension<{
    readonly getAPI: (version: 1) => { readonly getRepository: (uri: vscode.Uri) => EditorGit | null };
  }>('vscode.git');
  if (!extension) return undefined;
  try {
    return (await extension.activate()).getAPI(1).getRepository(vscode.Uri.file(worktree.root)) ?? undefined;
  } catch {
    return undefined; // disabled by its own setting
  }
}
