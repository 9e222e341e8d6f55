/**
 * One short item in the status bar: that the policy is broken, something is not recorded, sign-offs are needed, or how
 * much of the uncommitted changes AI wrote. Hidden when there is nothing to say.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { Passes } from '../one-pass-at-a-time';
import { isByAi, totals, type FilePicture, type Pictures, type Totals } from '../state/changed-files';
import { peopleNeeded, signOffsNeeded } from '../state/needed-sign-offs';
import type { Unrecorded } from '../recording/unrecorded-reasons';
import { yieldNow } from '../time-slices';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { lineCount } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

interface StatusBarPorts {
  readonly worktrees: Worktrees;
  readonly places: PlaceFinder;
  readonly pictures: Pictures;
  readonly unrecorded: Unrecorded;
  readonly t: Translate;
}

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];
  /** Deferred, so that other listeners of the same events get their turn. */
  private readonly passes = new Passes<'item'>(async () => {
    await yieldNow();
    this.show();
  });

  constructor(private readonly ports: StatusBarPorts) {
    const { pictures, unrecorded, t } = ports;
    this.item = vscode.window.createStatusBarItem('linekeeper.ai-lines', vscode.StatusBarAlignment.Left, 1);
    this.item.name = t('Linekeeper: AI Lines');
    this.item.command = 'linekeeper.showChanges';
    this.subscriptions = [
      this.item,
      ...[pictures.onDidChange, unrecorded.onDidChange, vscode.window.onDidChangeActiveTextEditor].map(
        (on: vscode.Event<unknown>) => on(() => this.passes.request('item')),
      ),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private show(): void {
    const { pictures, places, unrecorded, worktrees, t } = this.ports;
    const active = vscode.window.activeTextEditor?.document.uri;
    const file = active?.scheme === 'file' ? active.fsPath : undefined;
    const worktree = this.worktreeOf(file);
    const missing = worktree
      ? unrecorded.about(worktree, file === undefined ? undefined : places.locate(file)?.path)
      : [];
    const files = worktree ? pictures.of(worktree) : [];
    const byAi = files.filter(isByAi);
    const survey = worktree && pictures.survey(worktree);
    const needed = survey ? signOffsNeeded(survey) : [];
    const broken = survey?.local.policy.problems[0];
    if (byAi.length === 0 && missing.length === 0 && needed.length === 0 && !broken) {
      this.item.hide();
      return;
    }
    const lines = totals(files, 'ai');
    const people = peopleNeeded(needed);
    const signOffs = people === 1 ? t('1 sign-off needed') : t('{0} sign-offs needed', people);
    this.item.text = broken
      ? `$(error) ${t('Policy broken')}`
      : missing.length > 0
        ? `$(circle-slash) ${t('Not all recorded')}`
        : needed.length > 0
          ? `$(shield) ${signOffs}`
          : `$(sparkle) ${text(t, lines, byAi.length)}`;
    this.item.command = broken ? 'linekeeper.openPolicy' : 'linekeeper.showChanges';
    this.item.backgroundColor = broken ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const isOneOfSeveral = file === undefined && worktrees.all().length > 1;
    const sentences = [
      ...(worktree && isOneOfSeveral ? [t('In {0}:', basename(worktree.root))] : []),
      ...(broken
        ? [
            t(
              '{0} is broken at line {1}: {2}. The built-in policy warns until it is fixed, and CI cannot pass.',
              survey.local.policy.source,
              broken.line,
              broken.message,
            ),
          ]
        : []),
      ...missing,
      ...needed.map(({ what: need, tiers, uncommitted }) =>
        uncommitted.length > 0
          ? t('{0}: needs {1} before it is merged. Commit it, then request the review.', shortList(uncommitted), need)
          : t('This branch needs {0} ({1}).', need, tiers.map((tier) => tier ?? t('Other files')).join(', ')),
      ),
      ...(survey && needed.length > 0 && survey.local.openTeams.length > 0
        ? [
            t(
              "Linekeeper doesn't know whether you are in {0}, so it assumes the lowest level you may have. “AI Changes” can ask your Git host.",
              survey.local.openTeams.join(', '),
            ),
          ]
        : []),
      ...(byAi.length > 0 ? amounts(t, lines, files) : []),
    ];
    this.item.tooltip = sentences.join('\n');
    this.item.accessibilityInformation = { label: sentences.join(' ') };
    this.item.show();
  }

  /** That of the active file, else the only one. Of several: none for a file of another folder, else the gravest. */
  private worktreeOf(file: string | undefined): Worktree | undefined {
    const { worktrees } = this.ports;
    const ofFile = file === undefined ? undefined : worktrees.of(file);
    if (ofFile) return ofFile;
    const all = worktrees.all();
    if (file !== undefined) return all.length === 1 ? all[0] : undefined;
    return [...all].sort((a, b) => this.gravity(b) - this.gravity(a))[0];
  }

  private gravity(worktree: Worktree): number {
    const { pictures } = this.ports;
    const survey = pictures.survey(worktree);
    if (survey?.local.policy.problems[0]) return Infinity;
    const needed = survey ? signOffsNeeded(survey).length : 0;
    return needed > 0 ? 1 + needed : pictures.of(worktree).some(isByAi) ? 1 : 0;
  }
}

/** `infra/main.tf, infra/db.tf, …`. */
const shortList = (paths: readonly string[]): string =>
  [...paths.slice(0, PATHS_AT_MOST), ...(paths.length > PATHS_AT_MOST ? ['…'] : [])].join(', ');

const PATHS_AT_MOST = 3;

function amounts(t: Translate, { added, removed }: Totals, files: readonly FilePicture[]): readonly string[] {
  const unknown = totals(files, 'unknown');
  return [
    t('Not committed yet: AI added {0} and removed {1}.', lineCount(t, added), lineCount(t, removed)),
    ...(unknown.added + unknown.removed > 0
      ? [t('Unknown author: {0} added, {1} removed.', unknown.added, unknown.removed)]
      : []),
  ];
}

function text(t: Translate, { added, removed }: Totals, files: number): string {
  if (added > 0) return added === 1 ? t('1 AI line') : t('{0} AI lines', added);
  if (removed > 0) return t('AI removed {0}', lineCount(t, removed));
  return files === 1 ? t('1 AI file') : t('{0} AI files', files);
}
