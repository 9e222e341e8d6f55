/** One short item in the status bar: how much of what is not committed AI wrote, or that something is not recorded. Nothing where there is nothing to say. */
import * as vscode from 'vscode';
import { Passes } from '../passes';
import { isByAi, totals, type FilePicture, type Pictures, type Totals } from '../reading/pictures';
import type { Unrecorded } from '../recording/unrecorded';
import { takeBreath } from '../slices';
import type { PlaceFinder } from '../workspace/places';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { lineCount, type Translate } from '../words';

export interface StatusBarPorts {
  readonly worktrees: Worktrees;
  readonly places: PlaceFinder;
  readonly pictures: Pictures;
  readonly unrecorded: Unrecorded;
  readonly t: Translate;
}

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];
  /** Others that hear of the same have their turns. */
  private readonly passes = new Passes<'item'>(async () => {
    await takeBreath();
    this.show();
  });

  constructor(private readonly ports: StatusBarPorts) {
    const { pictures, unrecorded, t } = ports;
    this.item = vscode.window.createStatusBarItem('linekeeper.ai-lines', vscode.StatusBarAlignment.Left, 1);
    this.item.name = t('Linekeeper: AI Lines');
    this.item.command = 'linekeeper.showChanges';
    this.subscriptions = [this.item, ...[pictures.onDidChange, unrecorded.onDidChange, vscode.window.onDidChangeActiveTextEditor].map((on: vscode.Event<unknown>) => on(() => this.passes.request('item')))];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private show(): void {
    const { pictures, places, unrecorded, t } = this.ports;
    const active = vscode.window.activeTextEditor?.document.uri;
    const file = active?.scheme === 'file' ? active.fsPath : undefined;
    const worktree = this.worktreeOf(file);
    const missing = worktree ? unrecorded.about(worktree, file === undefined ? undefined : places.locate(file)?.path) : [];
    const files = worktree ? pictures.of(worktree) : [];
    const byAi = files.filter(isByAi);
    if (byAi.length === 0 && missing.length === 0) {
      this.item.hide();
      return;
    }
    const lines = totals(files, 'ai');
    this.item.text = missing.length > 0 ? `$(circle-slash) ${t('Not all recorded')}` : `$(sparkle) ${text(t, lines, byAi.length)}`;
    const sentences = [...missing, ...(byAi.length > 0 ? amounts(t, lines, files, byAi) : [])];
    this.item.tooltip = sentences.join('\n');
    this.item.accessibilityInformation = { label: sentences.join(' ') };
    this.item.show();
  }

  /** That of the file in front, else the only one there is. */
  private worktreeOf(file: string | undefined): Worktree | undefined {
    const { worktrees } = this.ports;
    const all = worktrees.all();
    return (file === undefined ? undefined : worktrees.of(file)) ?? (all.length === 1 ? all[0] : undefined);
  }
}

function amounts(t: Translate, { added, removed }: Totals, files: readonly FilePicture[], byAi: readonly FilePicture[]): readonly string[] {
  const unknown = totals(files, 'unknown');
  const tiers = [...new Set(byAi.map(({ tier }) => tier))];
  const asked = [...new Set(tiers.flatMap((tier) => tier?.open.map((required) => required.why) ?? []))];
  return [
    t('Not committed yet: AI added {0} and removed {1}.', lineCount(t, added), lineCount(t, removed)),
    ...(unknown.added + unknown.removed > 0 ? [t('Unknown author: {0} added, {1} removed.', unknown.added, unknown.removed)] : []),
    ...asked,
  ];
}

function text(t: Translate, { added, removed }: Totals, files: number): string {
  if (added > 0) return added === 1 ? t('1 AI line') : t('{0} AI lines', added);
  if (removed > 0) return t('AI removed {0}', lineCount(t, removed));
  return files === 1 ? t('1 AI file') : t('{0} AI files', files);
}
