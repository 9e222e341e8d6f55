/** *Preview CI Result*: the gate's answer about the commits of this branch, as it would stand in the pull request. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Runtime } from '../../git';
import type { Translate } from '../translate';
import { inNotification } from '../review/visible-text';
import { asRead } from '../gate-report-for-preview';
import { showMarkdown } from '../show-page';
import type { Surveys } from '../state/survey-worktrees';
import type { VirtualPages } from '../virtual-pages';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import { runCli } from './run-cli';

const PAGE = 'What CI Will Say.md';

/** Exit codes of `check`: it passes, or it does not. */
const ANSWERS = [0, 1];

interface CiPorts {
  readonly worktrees: Worktrees;
  readonly surveys: Pick<Surveys, 'of'>;
  readonly pages: VirtualPages;
  readonly runtime: Runtime;
  readonly t: Translate;
}

export function whatWillCiSay({ worktrees, surveys, pages, runtime, t }: CiPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const { reviewRange } = await import('../../review/request');
    const range = await reviewRange(worktree.repository);
    if (range === undefined || surveys.of(worktree)?.branch === null) {
      void vscode.window.showInformationMessage(t('CI has nothing to check: commit first.'));
      return;
    }
    const scratch = await mkdtemp(join(tmpdir(), 'linekeeper-ci-'));
    try {
      const approvals = join(scratch, 'approvals.json');
      await writeFile(approvals, '[]'); // those of the pull request are not known here
      const words = [
        'check',
        '--base',
        range.baseRef,
        '--head',
        'HEAD',
        '--approvals',
        approvals,
        '--format',
        'markdown',
      ];
      const answer = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: t('Checking your commits as CI would…'),
          cancellable: true,
        },
        (_progress, token) => runCli(runtime, words, { root: worktree.root, token, codes: ANSWERS }),
      );
      if (answer === undefined) return;
      const uncommitted = surveys.of(worktree)?.change.files.length ?? 0;
      const text = [
        t(
          "CI would give this answer for the branch's commits, with the sign-offs on this machine. CI also counts approvals of the pull request.",
        ),
        ...(uncommitted > 0 ? [t('Uncommitted changes are not included.')] : []),
        '',
        asRead(answer),
      ].join('\n');
      await showMarkdown(pages.answer(PAGE, worktree.root, text));
    } catch (error) {
      void vscode.window.showErrorMessage(
        t('CI could not decide: {0}', inNotification(error instanceof Error ? error.message : String(error))),
      );
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  };
}
