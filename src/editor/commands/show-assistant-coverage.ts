/**
 * *Show Coverage*: which assistants are on this machine, whether their hooks are set up and run, and what of each is
 * not recorded.
 */
import * as vscode from 'vscode';
import { examineAssistants, isHere, type AssistantReport } from '../../provenance/assistants/coverage';
import type { SetupOptions } from '../../provenance/assistants/setup';
import { showPage } from '../show-page';
import type { VirtualPages } from '../virtual-pages';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import type { Unseen } from '../recording/chat/assistants-editing-unseen';
import { setupOptionsIn } from './hook-set-up-context';
import { aboutUnseen } from './unseen-assistants-text';

export const COVERAGE_PAGE = 'AI Assistants';

export function showCoverage(worktrees: Worktrees, pages: VirtualPages, t: Translate): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    pages.refresh(worktree.root);
    await showPage(pages.uri(COVERAGE_PAGE, worktree.root));
  };
}

/** The page's text. */
export function coveragePage(
  { repository }: Worktree,
  options: SetupOptions,
  unseen: readonly Unseen[],
  t: Translate,
): string {
  const { reports } = examineAssistants(repository, setupOptionsIn(repository, options));
  const here = reports.filter(isHere);
  const absent = reports.filter((report) => !isHere(report)).map(({ title }) => title);
  return [
    here.length === 0
      ? t("No assistants found on this machine or in this repository's record.")
      : t("Assistants found on this machine or in this repository's record:"),
    '',
    ...here.flatMap((report) => [...about(report, t), '']),
    ...aboutUnseen(unseen, titleOfExtension, t),
    ...(absent.length === 0 ? [] : [t('Not found here: {0}', absent.join(', ')), '']),
    t('Run “Linekeeper: Set Up…” to install hooks, “linekeeper doctor --prove” to test them.'),
    '',
  ].join('\n');
}

function titleOfExtension(id: string): string {
  const { displayName } = (vscode.extensions.getExtension(id)?.packageJSON ?? {}) as { readonly displayName?: unknown };
  return typeof displayName === 'string' ? displayName : id;
}

function about(
  { title, program, version, hooks, heardInEditor, trusted, lastSeen, failures, withoutHooks, limits }: AssistantReport,
  t: Translate,
): string[] {
  const hooked = hooks.user === 'installed' || hooks.project === 'installed';
  const none = heardInEditor
    ? t('in VS Code by the Linekeeper extension; not installed outside the editor')
    : t('not installed, so only edits found in its session log are recorded');
  const state = hooked
    ? t('installed')
    : hooks.user === 'absent' && hooks.project === 'absent'
      ? none
      : t('outdated: run Set Up');
  return [
    title,
    `  ${t('Program: {0}', program === null ? t('not found on PATH') : [program, version ?? ''].filter(Boolean).join(' '))}`,
    `  ${t('Hooks: {0}', state)}`,
    ...(trusted === null
      ? []
      : [`  ${trusted ? t('Trusted: yes') : t('Trusted: no. It ignores these hooks until you trust them there.')}`]),
    `  ${t('Last seen: {0}', lastSeen === null ? t('never in this repository') : lastSeen.slice(0, 10))}`,
    ...(failures === 0 ? [] : [`  ${t('Failures: {0} of its hooks ran without Linekeeper', failures)}`]),
    ...(withoutHooks === null
      ? []
      : [
          `  ${
            withoutHooks.onlySubagents
              ? t('Without hooks: subagents of {0} sessions since {1}', withoutHooks.sessions, withoutHooks.since)
              : t('Without hooks: {0} sessions since {1}', withoutHooks.sessions, withoutHooks.since)
          }`,
        ]),
    ...(limits.length === 0 ? [] : [`  ${t('Limits:')}`, ...limits.map((limit) => `    ${limit.replaceAll('`', '')}`)]),
  ];
}
