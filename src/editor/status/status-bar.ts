/** One short item in the status bar: how much of what is not committed AI wrote. Nothing where there is nothing to say. */
import * as vscode from 'vscode';
import { isByAi, totals, type Pictures } from '../reading/pictures';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { lineCount, type Translate } from '../words';

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly worktrees: Worktrees,
    private readonly pictures: Pictures,
    private readonly t: Translate,
  ) {
    this.item = vscode.window.createStatusBarItem('linekeeper.ai-lines', vscode.StatusBarAlignment.Left, 1);
    this.item.name = t('Linekeeper: AI Lines');
    this.item.command = 'linekeeper.showChanges';
    this.subscriptions = [this.item, pictures.onDidChange(() => this.show()), vscode.window.onDidChangeActiveTextEditor(() => this.show())];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private show(): void {
    const worktree = this.current();
    const files = worktree ? this.pictures.of(worktree) : [];
    const byAi = files.filter(isByAi);
    if (byAi.length === 0) {
      this.item.hide();
      return;
    }
    const { t } = this;
    const { added, removed } = totals(files, 'ai');
    this.item.text = `$(sparkle) ${text(t, added, removed, byAi.length)}`;
    const unknown = totals(files, 'unknown');
    const asked = [...new Set(byAi.flatMap((file) => file.tier?.open.map((required) => required.why) ?? []))];
    const sentences = [
      t('Not committed yet: AI added {0} and removed {1}.', lineCount(t, added), lineCount(t, removed)),
      ...(unknown.added + unknown.removed > 0 ? [t('Of unknown origin: {0} added, {1} removed.', unknown.added, unknown.removed)] : []),
      ...asked,
    ];
    this.item.tooltip = sentences.join('\n');
    this.item.accessibilityInformation = { label: sentences.join(' ') };
    this.item.show();
  }

  /** The work tree of the file in front, else the only one there is. */
  private current(): Worktree | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    const all = this.worktrees.all();
    return (active?.scheme === 'file' ? this.worktrees.of(active.fsPath) : undefined) ?? (all.length === 1 ? all[0] : undefined);
  }
}

function text(t: Translate, added: number, removed: number, files: number): string {
  if (added > 0) return added === 1 ? t('1 AI line') : t('{0} AI lines', added);
  if (removed > 0) return t('AI removed {0}', lineCount(t, removed));
  return files === 1 ? t('1 AI file') : t('{0} AI files', files);
}
