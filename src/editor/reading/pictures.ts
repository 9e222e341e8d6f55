/** Everything that changed and is not committed, open or not: what all views show. */
import * as vscode from 'vscode';
import type { Author } from '../../attribution/types';
import { isGenerated, tierOf } from '../../policy';
import type { Worktree } from '../workspace/worktree';
import { hunksOf, linesIn, linesOfFile, type Hunk, type Lines } from './hunks';
import type { Sights } from './sights';
import type { Survey, Surveys } from './surveys';
import type { TierView } from './tier-view';

export interface FilePicture {
  readonly worktree: Worktree;
  readonly uri: vscode.Uri;
  /** In the work tree, with `/`. */
  readonly path: string;
  readonly deleted: boolean;
  readonly tier: TierView | null;
  readonly lines: Lines;
  readonly hunks: readonly Hunk[];
  /** Author of a change that has no lines, such as a binary file's. */
  readonly change: Author | null;
}

export interface Totals {
  readonly added: number;
  readonly removed: number;
}

export class Pictures implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Worktree>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly surveys: Surveys,
    private readonly sights: Sights,
  ) {
    this.subscriptions = [
      this.changed,
      surveys.onDidChange((worktree) => this.changed.fire(worktree)),
      sights.onDidChange(({ worktree }) => this.changed.fire(worktree)),
    ];
  }

  /** The changed files of a work tree, by path. */
  of(worktree: Worktree): FilePicture[] {
    const survey = this.surveys.of(worktree);
    const pictures = new Map<string, FilePicture>();
    for (const file of survey?.change.files ?? []) {
      const { path, status } = file;
      pictures.set(path, picture(worktree, survey, { path, from: file.from, deleted: status === 'D', lines: linesOfFile(file), change: file.change?.author ?? null }));
    }
    for (const sight of this.sights.all()) {
      if (sight.worktree !== worktree) continue;
      const known = survey?.change.files.find((file) => file.path === sight.path);
      // A file that is open is seen as it is on the screen; one without changed lines there has none.
      if (sight.lines.added.length + sight.lines.removed.length === 0) {
        if (known?.change === null) pictures.delete(sight.path);
        continue;
      }
      pictures.set(sight.path, picture(worktree, survey, { path: sight.path, from: known?.from ?? null, deleted: false, lines: sight.lines, change: known?.change?.author ?? null }));
    }
    return [...pictures.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  survey(worktree: Worktree): Survey | undefined {
    return this.surveys.of(worktree);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

/** Lines by an author in some files. */
export function totals(files: readonly FilePicture[], author: Author): Totals {
  return {
    added: files.reduce((sum, file) => sum + linesIn(file.lines.added, author), 0),
    removed: files.reduce((sum, file) => sum + linesIn(file.lines.removed, author), 0),
  };
}

/** Whether AI had a hand in the file. */
export const isByAi = (file: FilePicture): boolean => file.change === 'ai' || linesIn(file.lines.added, 'ai') + linesIn(file.lines.removed, 'ai') > 0;

interface Parts {
  readonly path: string;
  readonly from: string | null;
  readonly deleted: boolean;
  readonly lines: Lines;
  readonly change: Author | null;
}

function picture(worktree: Worktree, survey: Survey | undefined, { path, from, deleted, lines, change }: Parts): FilePicture {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(worktree.root), ...path.split('/'));
  return { worktree, uri, path, deleted, tier: survey ? tierView(survey, path, from) : null, lines, hunks: hunksOf(lines), change };
}

function tierView({ local }: Survey, path: string, from: string | null): TierView | null {
  const { policy } = local.policy;
  const match = isGenerated(policy, path) ? null : tierOf(policy, { path, from, findings: [] });
  if (!match) return null;
  const decided = local.decision.tiers.find((tier) => tier.name === match.tier.name);
  return {
    tier: match.tier,
    rank: match.rank,
    pattern: match.reason.kind === 'path' ? match.reason.pattern : null,
    open: decided?.required.filter((required) => !required.satisfied) ?? [],
  };
}
