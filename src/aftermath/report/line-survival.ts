/**
 * Follows lines through a history: which commit and author a line comes from, and when it is removed. It needs the
 * places that commits changed but no contents. The branch is followed by first parents; a merged branch is followed
 * from its start, and what it adds to the branch keeps the commit that it was written in.
 */
import type { FileAttribution, LineRange } from '../../provenance/authorship/types';
import type { HistoryStep } from '../../provenance/commits';
import type { DiffFile } from '../../git';
import { applied, before, cutOut, eachRun, ENDLESS, OLD, type Runs } from './runs-of-line-origins';
import type { Cohort } from './types';

/** Files by path; a missing one has not been seen yet. */
type Files = Map<string, Runs>;

const DAY = 86_400;

export interface TrackState {
  /** The branch as it is now. */
  readonly files: readonly (readonly [string, Runs])[];
  readonly cohorts: readonly Cohort[];
  /** Branches that a later commit goes on from; left out where every commit has been processed. */
  readonly branches?: readonly (readonly [id: string, children: number, files: readonly (readonly [string, Runs])[]])[];
}

/** What the tracker needs to know about a commit, in addition to what it changed. */
interface Tracked {
  /** Index of the commit. */
  readonly index: number;
  /** Whether it is on the branch itself, by first parents. */
  readonly main: boolean;
  /** How many later commits have it as a parent. */
  readonly children: number;
  /** The commit's own lines, with authors. */
  readonly files: readonly FileAttribution[];
}

export class Tracker {
  readonly cohorts: Cohort[];
  private readonly main: Files;
  private readonly branches = new Map<string, { readonly files: Files; children: number }>();

  /**
   * `timeOf`: effective seconds of a commit, by its index. `skipped`: paths whose lines have no author, such as
   * generated ones.
   */
  constructor(
    private readonly who: (range: LineRange) => number,
    private readonly timeOf: (commit: number) => number,
    private readonly skipped: (path: string) => boolean,
    state?: TrackState,
  ) {
    this.main = new Map(state?.files);
    for (const [id, children, files] of state?.branches ?? [])
      this.branches.set(id, { files: new Map(files), children });
    this.cohorts = state
      ? state.cohorts.map((one) => ({ ...one }))
      : [{ commit: -1, who: -1, added: 0, entered: 0, left30: 0, left90: 0 }];
  }

  state(): TrackState {
    return {
      files: [...this.main].filter(([, runs]) => runs.some((cohort, at) => at % 2 === 1 && cohort !== 0)),
      cohorts: this.cohorts,
    };
  }

  /** The same in the middle of a history. */
  unfinishedState(): Required<TrackState> {
    const branches = [...this.branches].map(([id, { files, children }]) => [id, children, [...files]] as const);
    return { files: [...this.main], cohorts: this.cohorts, branches };
  }

  /** Processes the next commit; its parents must have been processed before. */
  add({ commit, own, first, others, unlike }: HistoryStep, { index, main, children, files: authors }: Tracked): void {
    const files = main ? this.main : this.startOf(commit.parents[0]);
    const time = this.timeOf(index);
    const entered = main ? (count: number, cohort: number): void => void (this.at(cohort).entered += count) : undefined;
    const leave = main ? (count: number, cohort: number): void => this.leave(count, cohort, time) : undefined;
    const ownAdded = this.ownAdded(own, authors, index);
    const merged = commit.parents.slice(1).map((parent) => this.branches.get(parent)?.files ?? new Map<string, Runs>());
    for (const file of first) {
      const known = files.get(file.from ?? file.path);
      const runs = known ?? (file.status === 'A' ? [] : OLD);
      if (file.status === 'R' || file.status === 'D') files.delete(file.from ?? file.path);
      if (file.status === 'D' || file.binary) {
        if (leave && known) eachRun(known, leave);
        if (file.binary && file.status !== 'D') files.set(file.path, []);
        continue;
      }
      const source = this.sourceOf(file, { ownAdded, merged, others, unlike });
      const added = entered
        ? (from: number, to: number): Runs => {
            const lines = source(from, to);
            eachRun(lines, entered);
            return lines;
          }
        : source;
      if (known !== undefined || file.status === 'A' || file.hunks.length > 0)
        files.set(file.path, applied(runs, file.hunks, added, leave));
    }
    for (const parent of commit.parents) this.used(parent);
    if (!main && children > 0) this.branches.set(commit.id, { files, children });
  }

  /** The source of a file's lines that the first parent does not have. */
  private sourceOf(
    file: DiffFile,
    {
      ownAdded,
      merged,
      others,
      unlike,
    }: {
      readonly ownAdded: ReadonlyMap<string, Runs>;
      readonly merged: readonly Files[];
      readonly others: HistoryStep['others'];
      readonly unlike: HistoryStep['unlike'];
    },
  ): (from: number, to: number) => Runs {
    const added = ownAdded.get(file.path);
    if (merged.length === 0) return (from, to) => (added ? cutOut(added, from, to) : [to - from, 0]);
    // The file is as in one of the merged branches: each line comes from where it comes from there.
    const same = unlike.findIndex((paths) => !paths.has(file.path));
    if (same >= 0) {
      const theirs = merged[same]?.get(file.path);
      return (from, to) => (theirs ? filled(cutOut(theirs, from, to), to - from) : [to - from, 0]);
    }
    return (from, to) => {
      const lines: number[] = [];
      for (let line = from; line < to; line++)
        lines.push(1, this.cohortOf(file.path, line, added, merged, others ?? []));
      return lines;
    };
  }

  private cohortOf(
    path: string,
    line: number,
    own: Runs | undefined,
    merged: readonly Files[],
    others: readonly (readonly DiffFile[])[],
  ): number {
    const mine = own === undefined ? 0 : (cutOut(own, line, line + 1)[1] ?? 0);
    if (mine !== 0) return mine;
    for (const [at, files] of merged.entries()) {
      const theirs = others[at]?.find((one) => one.path === path);
      const there = before(theirs?.hunks ?? [], line);
      const found = there === undefined ? 0 : (cutOut(files.get(theirs?.from ?? path) ?? [], there, there + 1)[1] ?? 0);
      if (found !== 0) return found;
    }
    return 0;
  }

  /** The commit's own lines as cohorts, by path: as runs over the whole new file. */
  private ownAdded(
    own: readonly DiffFile[],
    authors: readonly FileAttribution[],
    index: number,
  ): ReadonlyMap<string, Runs> {
    const result = new Map<string, Runs>();
    if (own.length === 0) return result;
    const cohorts = new Map<number, number>();
    for (const { path, ranges } of authors) {
      if (ranges.length === 0 || this.skipped(path)) continue;
      const runs: number[] = [];
      let at = 0;
      for (const range of ranges) {
        const who = this.who(range);
        const cohort =
          cohorts.get(who) ?? this.cohorts.push({ commit: index, who, added: 0, entered: 0, left30: 0, left90: 0 }) - 1;
        cohorts.set(who, cohort);
        const count = range.end - range.start + 1;
        this.at(cohort).added += count;
        if (range.start - 1 > at) runs.push(range.start - 1 - at, 0);
        runs.push(count, cohort);
        at = range.end;
      }
      runs.push(ENDLESS, 0);
      result.set(path, runs);
    }
    return result;
  }

  /** The files that a commit outside the first-parent line starts from. */
  private startOf(parent: string | undefined): Files {
    const known = parent === undefined ? undefined : this.branches.get(parent);
    if (!known) return new Map();
    return known.children > 1 ? new Map(known.files) : known.files;
  }

  private used(parent: string): void {
    const known = this.branches.get(parent);
    if (known && --known.children <= 0) this.branches.delete(parent);
  }

  private at(cohort: number): Cohort {
    const found = this.cohorts[cohort];
    if (!found) throw new Error(`there is no cohort ${String(cohort)}`);
    return found;
  }

  private leave(count: number, cohort: number, time: number): void {
    if (cohort === 0) return;
    const sum = this.at(cohort);
    const age = time - this.timeOf(sum.commit);
    if (age <= 30 * DAY) sum.left30 += count;
    if (age <= 90 * DAY) sum.left90 += count;
  }
}

/** Runs padded or cut to `wanted` lines. */
function filled(runs: Runs, wanted: number): Runs {
  let count = 0;
  eachRun(runs, (one) => (count += one));
  return count < wanted ? [...runs, wanted - count, 0] : runs;
}
