/**
 * Where the person fills in the pull request themselves: the form of the editor's own extension for GitHub if it is
 * installed, else the forge's page. The text is on the clipboard, so that the address stays one that can be read.
 */
import * as vscode from 'vscode';
import { askable } from '../../review/pull-request';
import type { RequestedReview } from '../../review/request';
import type { Translate } from '../translate';
import { openPage } from '../open-in-browser';
import { inNotification } from '../review/visible-text';
import type { Worktree } from '../workspace/worktree';
import type { ForgeRemote } from './forge-access';

const GITHUB_EXTENSION = 'github.vscode-pull-request-github';

export async function openForm(
  worktree: Worktree,
  place: ForgeRemote,
  { branch, review, notices }: RequestedReview,
  t: Translate,
): Promise<void> {
  await vscode.env.clipboard.writeText(review.body);
  if (!(await openedInEditor(worktree, place, branch.head))) await openPage(review.shortUrl);
  const reviewers = review.reviewers.map(handle);
  const sentences = [
    t('Description copied: paste it into the pull request.'),
    ...(reviewers.length > 0 ? [t('Suggested reviewers: {0}.', reviewers.join(', '))] : []),
    ...notices,
  ];
  void vscode.window.showInformationMessage(inNotification(sentences.join(' ')));
}

/** As people write it: `@login`, `@group/team`, an e-mail address. */
export const handle = (name: string): string => (askable([name]).length > 0 ? `@${name}` : name);

/** False where there is no such extension, or it can't. */
async function openedInEditor({ root }: Worktree, { forge }: ForgeRemote, head: string): Promise<boolean> {
  if (forge !== 'github' || !vscode.extensions.getExtension(GITHUB_EXTENSION)) return false;
  try {
    await vscode.commands.executeCommand('pr.create', { repoPath: root, compareBranch: head });
    return true;
  } catch {
    return false;
  }
}
