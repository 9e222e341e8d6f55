/** *Open Policy*: the policy that applies here, or the offer to create one. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { POLICY_PATH } from '../../policy';
import { loadPolicy, type LoadedPolicy } from '../../policy/load';
import { SCHEME } from '../page-scheme';
import type { VirtualPages } from '../virtual-pages';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import { createPolicy } from './create-policy';

export const POLICY_PAGE = 'Policy in Force.json';

export function openPolicy(worktrees: Worktrees, pages: VirtualPages, t: Translate): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const uri = policyUri(worktree, pages);
    if (uri.scheme !== SCHEME) {
      await vscode.window.showTextDocument(uri);
      return;
    }
    const begin = t('Create Policy');
    const show = t('View Built-in Policy');
    const answer = await vscode.window.showInformationMessage(
      t('No {0}. The built-in policy only warns; CI needs a policy file.', POLICY_PATH),
      begin,
      show,
    );
    if (answer === show)
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    if (answer === begin) await createPolicy(worktree);
  };
}

/** Where the work tree's own policy can be read: its file, else a page with the policy that applies. */
function policyUri(worktree: Worktree, pages: VirtualPages): vscode.Uri {
  const file = path.join(worktree.root, POLICY_PATH);
  return existsSync(file) ? vscode.Uri.file(file) : pages.uri(POLICY_PAGE, worktree.root);
}

/**
 * Where the applicable policy can be read, at a line (1-based) if given: the file only if it is exactly the policy that
 * applies, and not one that is broken or only on this branch.
 */
export function ruleUri(
  worktree: Worktree,
  pages: VirtualPages,
  decides: Pick<LoadedPolicy, 'problems' | 'differsFromWorkingCopy'> | undefined,
  line: number | null,
): vscode.Uri {
  const uri = policyUri(worktree, pages);
  if (decides !== undefined && (decides.problems.length > 0 || decides.differsFromWorkingCopy))
    return pages.uri(POLICY_PAGE, worktree.root);
  return uri.scheme === SCHEME || line === null ? uri : uri.with({ fragment: `L${String(line)}` });
}

/** The policy that applies, when no file of the work tree has it. */
export async function policyPage(worktree: Worktree): Promise<string> {
  const { policy, source, problems }: LoadedPolicy = await loadPolicy(worktree.repository);
  const says = problems.length > 0 ? `built-in, because ${source} is broken` : source;
  return `// ${says}\n${JSON.stringify(policy, null, 2)}\n`;
}
