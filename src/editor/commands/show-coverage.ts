/** *Show Coverage*: which assistants are on this machine, whether their hooks are set up and run, and what of each is not seen. */
import * as vscode from 'vscode';
import { examineAssistants, isHere, type AssistantReport } from '../../assistants/coverage';
import type { SetupOptions } from '../../assistants/setup';
import type { VirtualPages } from '../virtual';
import type { Translate } from '../words';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';
import { setupOptionsIn } from './set-up';

export const COVERAGE_PAGE = 'Coverage of AI Assistants';

export function showCoverage(worktrees: Worktrees, pages: VirtualPages, t: Translate): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    pages.refresh(worktree.root);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(pages.uri(COVERAGE_PAGE, worktree.root)), { preview: true });
  };
}

/** The page's text. */
export function coveragePage({ repository }: Worktree, options: SetupOptions, t: Translate): string {
  const { reports } = examineAssistants(repository, setupOptionsIn(repository, options));
  const here = reports.filter(isHere);
  const absent = reports.filter((report) => !isHere(report)).map(({ title }) => title);
  return [
    here.length === 0 ? t('No assistant was found on this machine, and none was at work in this repository.') : t('Assistants that are on this machine, or were at work in this repository:'),
    '',
    ...here.flatMap((report) => [...about(report, t), '']),
    ...(absent.length === 0 ? [] : [t('Not found here: {0}', absent.join(', ')), '']),
    t('“Linekeeper: Set Up…” installs hooks, “linekeeper doctor --prove” tries them.'),
    '',
  ].join('\n');
}

function about({ title, program, version, hooks, trusted, lastSeen, failures, limits }: AssistantReport, t: Translate): string[] {
  const hooked = hooks.user === 'installed' || hooks.project === 'installed';
  const state = hooked ? t('installed') : hooks.user === 'absent' && hooks.project === 'absent' ? t('not installed, so its edits are known only where its own transcript tells of them') : t('to be renewed');
  return [
    title,
    `  ${t('Program: {0}', program === null ? t('not found on PATH') : [program, version ?? ''].filter(Boolean).join(' '))}`,
    `  ${t('Hooks: {0}', state)}`,
    ...(trusted === null ? [] : [`  ${trusted ? t('Trusted: yes') : t('Trusted: no, so it passes over these hooks until you trust them in it')}`]),
    `  ${t('Last seen: {0}', lastSeen === null ? t('never in this repository') : lastSeen.slice(0, 10))}`,
    ...(failures === 0 ? [] : [`  ${t('Failures: in {0} of its hooks Linekeeper could not run', failures)}`]),
    ...(limits.length === 0 ? [] : [`  ${t('Not seen, or not possible:')}`, ...limits.map((limit) => `    ${limit}`)]),
  ];
}
