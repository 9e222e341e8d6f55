/** All uncommitted changes, open or not: what all views show. */
import * as vscode from 'vscode';
import type { Author, LineRange } from '../../provenance/authorship/types';
import type { Worktree } from '../workspace/worktree';
import { Passes } from '../one-pass-at-a-time';
import { yieldNow, runSliced, type TimeSliced } from '../time-slices';
import { hunksOf, linesIn, linesOfFile, type Hunk, type Lines } from './line-hunks';
import type { Sight, Sights } from './visible-document-hunks';
import type { Survey } from './worktree-survey';
import type { Surveys } from './survey-worktrees';
import { fileTier, type FileTier } from './tier-with-pattern';
import { watchIn, type TierView } from './tier-view';

export interface FilePicture {
  readonly worktree: Worktree;
  readonly uri: vscode.Uri;
  /** Relative to the work tree, with `/`. */
  readonly path: string;
  readonly deleted: boolean;
  readonly tier: TierView | null;
  readonly lines: Lines;
  readonly hunks: readonly Hunk[];
  /** How many lines each author added and removed. */
  readonly counts: Readonly<Record<Author, Totals>>;
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
  /** All pictures, as of the last event. */
  private readonly known = new Map<Worktree, readonly FilePicture[]>();
  private readonly passes = new Passes<Worktree>((worktree) => this.putTogether(worktree));
  /** Those of files as they are on disk. */
  private readonly surveyed = new WeakMap<Survey['change'], ReadonlyMap<string, FilePicture>>();
  /** Those of files as they are on screen. */
  private readonly seen = new WeakMap<
    Sight,
    { readonly change: Survey['change'] | undefined; readonly picture: FilePicture | undefined }
  >();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly surveys: Surveys,
    private readonly sights: Sights,
  ) {
    this.subscriptions = [
      this.changed,
      surveys.onDidChange((worktree) => this.passes.request(worktree)),
      sights.onDidChange(({ worktree }) => this.passes.request(worktree)),
    ];
  }

  /**
   * The changed files of a work tree, by path. The same list until something changes, and in it the same picture for
   * each unchanged file.
   */
  of(worktree: Worktree): readonly FilePicture[] {
    return this.known.get(worktree) ?? [];
  }

  /** Whether nothing is known of a work tree because it is being looked at for the first time. */
  isLooking(worktree: Worktree): boolean {
    return this.surveys.isLooking(worktree);
  }

  survey(worktree: Worktree): Survey | undefined {
    return this.surveys.of(worktree);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** A few pictures are built at once, thousands in slices. */
  private async putTogether(worktree: Worktree): Promise<void> {
    const pictures = await runSliced(this.put(worktree));
    await yieldNow(); // listeners have work of their own
    this.known.set(worktree, pictures);
    this.changed.fire(worktree);
  }

  private *put(worktree: Worktree): TimeSliced<readonly FilePicture[]> {
    const survey = this.surveys.of(worktree);
    const pictures = new Map(survey ? yield* this.onDisk(survey) : []);
    for (const sight of this.sights.all()) {
      if (sight.worktree !== worktree) continue;
      const picture = this.onScreen(sight, survey);
      if (picture) pictures.set(sight.path, picture);
      else if (pictures.get(sight.path)?.change === null) pictures.delete(sight.path);
    }
    yield;
    return [...pictures.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private *onDisk(survey: Survey): TimeSliced<ReadonlyMap<string, FilePicture>> {
    const known = this.surveyed.get(survey.change);
    if (known) return known;
    const tiers = new TierViews(survey);
    const pictures = new Map<string, FilePicture>();
    for (const [index, file] of survey.change.files.entries()) {
      if (index % FILES_IN_A_SLICE === 0) yield;
      const lines = (): Lines => linesOfFile(file);
      pictures.set(
        file.path,
        new Picture(
          survey.worktree,
          file.path,
          file.status === 'D',
          tiers.of(survey.tiers.get(file.path)),
          lines,
          countsOf({ added: file.ranges, removed: file.removed }),
          file.change?.author ?? null,
        ),
      );
    }
    this.surveyed.set(survey.change, pictures);
    return pictures;
  }

  /** An open file is shown as it is on screen; one without changed lines there has no picture. */
  private onScreen(sight: Sight, survey: Survey | undefined): FilePicture | undefined {
    if (sight.lines.added.length + sight.lines.removed.length === 0) return undefined;
    const known = this.seen.get(sight);
    if (known && known.change === survey?.change) return known.picture;
    const file = survey?.change.files.find(({ path }) => path === sight.path);
    const tier = survey
      ? new TierViews(survey).of(
          file ? survey.tiers.get(file.path) : fileTier(survey.local.policy.policy, sight.path, null),
        )
      : null;
    const picture = new Picture(
      sight.worktree,
      sight.path,
      false,
      tier,
      () => sight.lines,
      countsOf(sight.lines),
      file?.change?.author ?? null,
      sight.hunks,
    );
    this.seen.set(sight, { change: survey?.change, picture });
    return picture;
  }
}

/** How many files are processed before the work yields. */
const FILES_IN_A_SLICE = 200;

/** Some of it is computed on first use: most of many pictures are never looked at. */
class Picture implements FilePicture {
  private uriOnceAsked: vscode.Uri | undefined;
  private linesOnceAsked: Lines | undefined;

  constructor(
    readonly worktree: Worktree,
    readonly path: string,
    readonly deleted: boolean,
    readonly tier: TierView | null,
    private readonly seen: () => Lines,
    readonly counts: Readonly<Record<Author, Totals>>,
    readonly change: Author | null,
    private hunksOnceAsked?: readonly Hunk[],
  ) {}

  get uri(): vscode.Uri {
    return (this.uriOnceAsked ??= vscode.Uri.joinPath(vscode.Uri.file(this.worktree.root), ...this.path.split('/')));
  }

  get lines(): Lines {
    return (this.linesOnceAsked ??= this.seen());
  }

  get hunks(): readonly Hunk[] {
    return (this.hunksOnceAsked ??= hunksOf(this.lines));
  }
}

function countsOf({
  added,
  removed,
}: {
  readonly added: readonly LineRange[];
  readonly removed: readonly LineRange[];
}): Readonly<Record<Author, Totals>> {
  const of = (author: Author): Totals => ({ added: linesIn(added, author), removed: linesIn(removed, author) });
  return { ai: of('ai'), human: of('human'), unknown: of('unknown') };
}

/** Lines by an author in some files. */
export function totals(files: readonly FilePicture[], author: Author): Totals {
  let [added, removed] = [0, 0];
  for (const { counts } of files) {
    added += counts[author].added;
    removed += counts[author].removed;
  }
  return { added, removed };
}

/** Whether AI changed the file. */
export const isByAi = ({ change, counts }: FilePicture): boolean =>
  change === 'ai' || counts.ai.added + counts.ai.removed > 0;

/**
 * Whether the policy may require a sign-off because of the file: for AI's lines, or for unknown ones that count as
 * AI's.
 */
export const isOfInterest = (file: FilePicture): boolean =>
  isByAi(file) ||
  (file.tier !== null &&
    watchIn(file.tier).unknown &&
    (file.change === 'unknown' || file.counts.unknown.added + file.counts.unknown.removed > 0));

/** One view for all files that are in a tier by the same pattern. */
class TierViews {
  private readonly views = new Map<string, TierView>();

  constructor(private readonly survey: Survey) {}

  of(found: FileTier | undefined): TierView | null {
    const { local } = this.survey;
    const tier = found && local.policy.policy.tiers[found.rank];
    if (!found || !tier) return null;
    const key = `${String(found.rank)} ${found.pattern ?? ''}`;
    const known = this.views.get(key);
    if (known) return known;
    const open =
      local.decision.tiers.find(({ name }) => name === tier.name)?.required.filter((required) => !required.satisfied) ??
      [];
    const view = {
      tier,
      rank: found.rank,
      pattern: found.pattern,
      open,
      unknown: local.policy.policy.unknown,
      line: found.index === null ? null : (local.policy.patternLines[found.rank]?.[found.index] ?? null),
    };
    this.views.set(key, view);
    return view;
  }
}
