/** *Request Senior Review*: opens the forge's page for the pull request, filled in. Nothing is pushed without asking. */
import * as vscode from 'vscode';
import type { BranchFacts } from '../../review';
import type { RequestedReview } from '../../review-request';
import type { Surveys } from '../reading/surveys';
import type { Translate } from '../words';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';
import { openPage } from './open-page';
import { push } from './push';

/** Errors whose messages are for people. */
const EXPECTED: ReadonlySet<string> = new Set(['ReviewError', 'GateError', 'GitError']);

export interface RequestReviewPorts {
  readonly worktrees: Worktrees;
  readonly surveys: Surveys;
  readonly t: Translate;
}

export function requestSeniorReview({ worktrees, surveys, t }: RequestReviewPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    await vscode.workspace.saveAll(false);
    const prepared = await prepare(worktree, surveys, t);
    if (!prepared) return;
    const { requested, uncommitted } = prepared;
    const { branch, review, notices } = requested;
    if (!(await confirmed(worktree, branch, uncommitted, t))) return;
    await openPage(review.url);
    if (review.truncated) await vscode.env.clipboard.writeText(review.body);
    const sentences = [
      ...(review.truncated ? [t('The description is too long for a link. It\'s on your clipboard; paste it in.')] : []),
      ...(review.reviewers.length > 0 ? [t('Suggested reviewers: {0}.', review.reviewers.join(', '))] : []),
      ...notices,
    ];
    if (sentences.length > 0) void vscode.window.showInformationMessage(sentences.join(' '));
  };
}

async function prepare(worktree: Worktree, surveys: Surveys, t: Translate): Promise<{ readonly requested: RequestedReview; readonly uncommitted: number } | undefined> {
  const progress = { location: vscode.ProgressLocation.Notification, title: t('Preparing the review…') };
  try {
    return await vscode.window.withProgress(progress, async () => {
      const { requestReview } = await import('../../review-request'); // brings parsers that nothing else here needs
      const uncommitted = (await surveys.fresh(worktree))?.change.files.length ?? 0;
      return { requested: await requestReview({ repository: worktree.repository, wholeText: 'clipboard', now: worktree.now }), uncommitted };
    });
  } catch (error) {
    if (!(error instanceof Error) || !EXPECTED.has(error.name)) throw error;
    void vscode.window.showErrorMessage(error.message);
    return undefined;
  }
}

/** What is not on the forge yet is said before its page opens. */
async function confirmed(worktree: Worktree, branch: BranchFacts, uncommitted: number, t: Translate): Promise<boolean> {
  const left = uncommitted === 0 ? '' : uncommitted === 1 ? t('One changed file is not committed, so the review will not show it.') : t('{0} changed files are not committed, so the review will not show them.', uncommitted);
  if (branch.pushed && left === '') return true;
  const open = t('Open Anyway');
  if (branch.pushed) return (await vscode.window.showWarningMessage(t('Open the review without them?'), { modal: true, detail: left }, open)) === open;
  const pushAndOpen = t('Push and Open');
  const detail = [t('The notes on who wrote each line are pushed too.'), left].filter((line) => line !== '').join('\n\n');
  const answer = await vscode.window.showWarningMessage(t('{0} hasn\'t been pushed to {1}. Push it and open the pull request?', branch.head, branch.remote.name), { modal: true, detail }, pushAndOpen, open);
  if (answer !== pushAndOpen) return answer === open;
  return push(worktree, branch, t);
}
