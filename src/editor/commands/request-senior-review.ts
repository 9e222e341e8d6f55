/**
 * *Request Senior Review*: opens the forge's page for the pull request, filled in, from wherever the work stands. What must be done
 * before is shown step by step, and nothing is saved, committed or pushed without the person's word.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RequestedReview } from '../../review-request';
import type { Surveys } from '../state/survey-worktrees';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';
import { gitOf } from './git-extension';
import { openPage } from '../open-in-browser';
import { push } from './push';
import { reasonOf } from './push-notes';
import { askSteps } from './review-dialog';
import { commandsFor, messageFor, type Situation, type Step } from './review-steps';

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
    try {
      for (;;) {
        const situation = await situationOf(worktree, surveys, t);
        if (!situation) return;
        const steps = await stepsChosen(worktree, situation, t);
        if (steps === 'saved') continue;
        if (steps) await perform(worktree, steps, t);
        return;
      }
    } catch (error) {
      if (!(error instanceof Error) || !EXPECTED.has(error.name)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  };
}

/** Undefined where it was said why there is nothing to do. Throws a ReviewError or a GitError. */
async function situationOf(worktree: Worktree, surveys: Surveys, t: Translate): Promise<Situation | undefined> {
  const { reviewBase } = await import('../../review-request'); // brings parsers that nothing else here needs
  const uncommitted = (await surveys.fresh(worktree))?.change.files.map((file) => file.path) ?? [];
  const standing = await reviewBase(worktree.repository);
  if (standing.commits === 0 && uncommitted.length === 0) {
    void vscode.window.showInformationMessage(
      t('Nothing to review: no uncommitted changes, and no commits ahead of {0}.', standing.base),
    );
    return undefined;
  }
  return {
    ...standing,
    uncommitted,
    staged: (await worktree.repository.git(['diff', '--cached', '--quiet'], { codes: [0, 1] })).code === 1,
  };
}

async function stepsChosen(
  worktree: Worktree,
  situation: Situation,
  t: Translate,
): Promise<readonly Step[] | 'saved' | undefined> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      document.uri.scheme === 'file' &&
      !path.relative(worktree.root, document.uri.fsPath).startsWith('..'),
  );
  if (situation.pushed && situation.uncommitted.length === 0 && !situation.onBase && unsaved.length === 0)
    return [{ kind: 'open' }];
  const git = await gitOf(worktree);
  const typed = git?.inputBox.value.trim() ?? '';
  const answer = await askSteps(
    { situation, message: typed === '' ? messageFor(situation.uncommitted) : typed, unsaved },
    t,
  );
  return answer === 'saved' || answer === undefined ? answer : answer.steps;
}

/** One after the other; the first that fails says so and ends it. */
async function perform(worktree: Worktree, steps: readonly Step[], t: Translate): Promise<void> {
  const git = await gitOf(worktree);
  if (!git && steps.length > 1) {
    const terminal = vscode.window.createTerminal({ cwd: worktree.root });
    terminal.show();
    terminal.sendText(commandsFor(steps), false);
    void vscode.window.showInformationMessage(t('Run the commands in the terminal, then request the review again.'));
    return;
  }
  for (const step of steps) {
    try {
      if (step.kind === 'branch') await git?.createBranch(step.name, true);
      if (step.kind === 'commit') {
        await git?.commit(step.message, { all: !step.staged });
        if (git) git.inputBox.value = '';
      }
    } catch (error) {
      void vscode.window.showErrorMessage(
        step.kind === 'branch'
          ? t('The branch could not be created: {0}', reasonOf(error))
          : t('The commit failed: {0}', reasonOf(error)),
      );
      return;
    }
  }
  const { branch, review, notices } = await prepared(worktree, t);
  if (steps.some(({ kind }) => kind === 'push') && !(await push(worktree, branch, t))) return;
  await openPage(review.url);
  if (review.truncated) await vscode.env.clipboard.writeText(review.body);
  const sentences = [
    ...(review.truncated ? [t("The description is too long for a link. It's on your clipboard; paste it in.")] : []),
    ...(review.reviewers.length > 0 ? [t('Suggested reviewers: {0}.', review.reviewers.join(', '))] : []),
    ...notices,
  ];
  if (sentences.length > 0) void vscode.window.showInformationMessage(sentences.join(' '));
}

async function prepared(worktree: Worktree, t: Translate): Promise<RequestedReview> {
  const { requestReview } = await import('../../review-request');
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.SourceControl, title: t('Preparing the review…') },
    () => requestReview({ repository: worktree.repository, wholeText: 'clipboard', now: worktree.now }),
  );
}
