/**
 * *Suspend Agent Restrictions*: a person lets agents do, for some minutes, what the policy forbids, and gives a reason.
 * It accepts no arguments, and only the button of a modal dialog grants anything: an assistant that may run commands of
 * the editor can answer lists by them, but it can't press that button.
 */
import * as vscode from 'vscode';
import { endExceptions, grantException, MINUTES_AT_MOST } from '../../provenance/journal/exceptions';
import { keepException, keepExceptionEnd } from '../../provenance/commits';
import { keptOfRuns, loadPolicy } from '../../policy/load';
import { chooseWorktree } from '../commands/choose-worktree';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { visible } from '../review/visible-text';

interface AllowPorts {
  readonly worktrees: Worktrees;
  /** The exceptions of a work tree have changed. */
  readonly changed: (worktree: Worktree) => void;
  readonly now: () => number;
  readonly t: Translate;
}

const MINUTES = [5, 15, 30, 60, MINUTES_AT_MOST] as const;

export function allowForAWhile({ worktrees, changed, now, t }: AllowPorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const title = t('Suspend Agent Restrictions');
    const tier = await askTier(worktree, title, t);
    if (tier === undefined) return;
    const lengths = MINUTES.map((minutes) => ({ label: t('{0} minutes', minutes), minutes }));
    const minutes = (await vscode.window.showQuickPick(lengths, { title, placeHolder: t('For how long?') }))?.minutes;
    if (minutes === undefined) return;
    const reason = await vscode.window.showInputBox({
      title,
      prompt: t("Why is this needed? The reason goes into the commits' notes."),
      validateInput: (value) =>
        value.trim() === '' ? t('Write a short reason for readers of the commit.') : undefined,
    });
    if (reason === undefined || reason.trim() === '') return;
    const yes = t('Allow');
    const detail = [
      tier.name === null ? t('In every tier') : t('Only in tier {0}', tier.name),
      t('Reason: {0}', visible(reason.trim())),
    ].join('\n');
    const answer = await vscode.window.showWarningMessage(
      t('Lift the restrictions of agents for {0} minutes?', minutes),
      { modal: true, detail },
      yes,
    );
    if (answer !== yes) return;
    const by = await worktree.repository.userEmail();
    const granted = grantException(
      worktree.repository.gitDir,
      { reason: reason.trim(), by, minutes, tier: tier.name, session: null },
      now(),
    );
    const keeps = keptOfRuns((await loadPolicy(worktree.repository)).policy);
    if (keeps) keepException(worktree.repository, granted, keeps, now());
    changed(worktree);
  };
}

/** Ends every exception that is active in the window. */
export function endAllowance({ worktrees, changed, now, t }: AllowPorts): () => Promise<void> {
  return async () => {
    const ended: Worktree[] = [];
    for (const worktree of worktrees.all()) {
      const { repository } = worktree;
      const exceptions = endExceptions(repository.gitDir, now());
      if (exceptions.length === 0) continue;
      ended.push(worktree);
      const detail = keptOfRuns((await loadPolicy(repository)).policy);
      if (detail) for (const exception of exceptions) keepExceptionEnd(repository, exception, detail, now());
    }
    ended.forEach(changed);
    void vscode.window.showInformationMessage(
      ended.length > 0 ? t('The policy applies to agents again.') : t('No restriction is lifted now.'),
    );
  };
}

/** A null name means every tier. */
async function askTier(
  worktree: Worktree,
  title: string,
  t: Translate,
): Promise<{ readonly name: string | null } | undefined> {
  const { policy } = await loadPolicy(worktree.repository);
  const closed = policy.tiers.filter(({ agents }) => agents !== 'allow');
  if (closed.length === 0) return { name: null };
  const items = [
    ...closed.map(({ name, agents }) => ({
      label: t('Only in tier {0}', name),
      description: `agents: ${agents}`,
      name,
    })),
    { label: t('In every tier'), description: '', name: null },
  ];
  return vscode.window.showQuickPick(items, { title, placeHolder: t('Lift the restrictions of agents in:') });
}
