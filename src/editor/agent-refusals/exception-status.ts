/**
 * Shows in the status bar that agents may do for a while what the policy forbids, and for how long; a click ends it.
 */
import * as vscode from 'vscode';
import { activeExceptions, type Exception } from '../../provenance/journal/exceptions';
import type { Translate } from '../translate';
import type { Worktrees } from '../workspace/worktrees';

const MINUTE_MS = 60_000;

export class ExceptionStatus implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly worktrees: Worktrees,
    private readonly now: () => number,
    private readonly t: Translate,
  ) {
    this.item = vscode.window.createStatusBarItem('linekeeper.agents-allowed', vscode.StatusBarAlignment.Left, 1);
    this.item.name = t('Linekeeper: Agent Restrictions');
    this.item.command = 'linekeeper.endAllowance';
  }

  /** Updates it: an exception may have been granted, or have ended. */
  show(): void {
    clearTimeout(this.timer);
    const now = this.now();
    const active = this.worktrees.all().flatMap(({ repository }) => activeExceptions(repository.gitDir, now));
    void vscode.commands.executeCommand('setContext', 'linekeeper.agentsAllowed', active.length > 0);
    if (active.length === 0) {
      this.item.hide();
      return;
    }
    const { t } = this;
    const rest = Math.max(...active.map(({ until }) => until)) - now;
    const minutes = Math.ceil(rest / MINUTE_MS);
    this.item.text = `$(unlock) ${t('Agent restrictions off: {0} min', minutes)}`;
    const sentences = [...active.map((one) => granted(t, one)), t('Click to restrict agents again.')];
    this.item.tooltip = sentences.join('\n');
    this.item.accessibilityInformation = {
      label: [t('The restrictions of agents are lifted for {0} more minutes.', minutes), ...sentences].join(' '),
      role: 'button',
    };
    this.item.show();
    this.timer = setTimeout(() => this.show(), Math.min(MINUTE_MS, rest % MINUTE_MS || MINUTE_MS));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }
}

/** One exception as a sentence. */
export const granted = (t: Translate, { by, reason, tier }: Pick<Exception, 'by' | 'reason' | 'tier'>): string =>
  tier === null
    ? t('{0} lifted the restrictions of agents in every tier: {1}', by, reason)
    : t('{0} lifted the restrictions of agents in tier {1}: {2}', by, tier, reason);
