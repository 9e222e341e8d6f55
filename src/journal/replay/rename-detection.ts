/** Renamed files: which observations, under which names, are the history of one file. Pure. */
import { diffChars, equalRanges } from '../../authorship';
import type { Observation } from './timeline';

/** A renamed file keeps at least this share of its content, relative to the larger of the two. As git's `-M`. */
const SAME_FROM = 0.5;
/**
 * Up to this many files that disappeared at one time are all considered; of more, only those that came back unchanged.
 */
const LOOKED_AT_MOST = 16;
const NAMES_AT_MOST = 16;

/**
 * A name of a file, and the index of the name's observation at which the file got it: earlier ones belong to another
 * file.
 */
interface Name {
  readonly path: string;
  readonly start: number;
}

/** A file that disappeared, and its last content. */
interface Gone {
  readonly path: string;
  readonly had: string;
}

/** A file's history under all its names, oldest first. */
interface History {
  readonly moments: readonly Observation[];
  /** The observations of its names that belong to it; the same names may have held other files before and later. */
  readonly told: ReadonlySet<Observation>;
}

export class Renames {
  /** Keyed by the observation's record. */
  private readonly gone = new Map<number, Gone[]>();
  /** Files that were not seen to disappear and that do not exist in the end. */
  private readonly left: readonly (Gone & { readonly record: number })[];

  /**
   * `isOlder` returns whether the parent or an earlier commit has a file at a path; `isThere`, whether the content in
   * question does.
   */
  constructor(
    private readonly moments: ReadonlyMap<string, readonly Observation[]>,
    private readonly textOf: (id: string) => string | undefined,
    private readonly isOlder: (path: string) => boolean,
    isThere: (path: string) => boolean,
  ) {
    for (const [path, list] of moments) {
      list.forEach((moment, index) => {
        const had = moment.seen === null && moment.commit === undefined ? lastOf(list, index) : null;
        if (had !== null) this.gone.set(moment.record, [...(this.gone.get(moment.record) ?? []), { path, had }]);
      });
    }
    this.left = [...moments].flatMap(([path, list]) => {
      const last = list.findLast((moment) => moment.commit === undefined);
      const had = last?.seen ?? null;
      return last && had !== null && !isThere(path) ? [{ path, had, record: last.record }] : [];
    });
  }

  /**
   * A file's history back to `from`, the name that git reports for it in the parent. Without `from`, back to the last
   * committed name, because text that comes from an older file into a new one has been moved. `target` is the file's
   * final content.
   */
  historyOf(path: string, from: string | undefined, target: string): History {
    const lives = this.wayTo(path, from, target).map(({ path: name, start }) =>
      (this.moments.get(name) ?? []).slice(start),
    );
    const own = lives.map((life, i) => {
      const next = lives[i + 1]?.[0];
      return next ? life.filter((moment) => moment.record <= next.record) : life;
    });
    return { moments: own.reduce(join, []), told: new Set(own.flat()) };
  }

  private wayTo(path: string, from: string | undefined, target: string): readonly Name[] {
    const names: Name[] = [{ path, start: 0 }];
    // A file may return to a name that it had before.
    let until = Infinity;
    for (let [name] = names; name && name.path !== from && names.length < NAMES_AT_MOST; [name] = names) {
      const found = this.before(name.path, from, target, until);
      if (!found) break;
      names[0] = { path: name.path, start: found.start };
      names.unshift({ path: found.path, start: 0 });
      until = found.record;
    }
    if (from === undefined || names[0]?.path === from) return names;
    const own = this.moments.get(path) ?? [];
    const first = own.findIndex((moment) => moment.seen !== null);
    return [
      { path: from, start: 0 },
      { path, start: first < 0 ? own.length : first },
    ];
  }

  /** The name that a file had before this one, and since when it has this one. */
  private before(
    path: string,
    from: string | undefined,
    target: string,
    until: number,
  ): (Name & { readonly record: number }) | undefined {
    const own = this.moments.get(path) ?? [];
    const allowed = (file: Gone): boolean => file.path !== path && (file.path === from || !this.isOlder(file.path));
    let born = false;
    // It may have got this name more than once: the last time counts.
    for (const [start, { seen, commit, record }] of [...own.entries()].reverse()) {
      if (seen === null || commit !== undefined || record >= until || lastOf(own, start) !== null) continue;
      born = true;
      const gone = (this.gone.get(record) ?? []).filter(allowed);
      const left = this.left.filter((file) => allowed(file) && file.record < record);
      const found =
        gone.find((file) => file.path === from) ??
        gone.find((file) => file.had === seen) ??
        this.likest([...gone, ...left], this.textOf(seen));
      if (found) return { path: found.path, start, record };
    }
    // With no observation of its arrival, it may have arrived unseen, unless the parent has it.
    const found = born || this.isOlder(path) ? undefined : this.likest(this.left.filter(allowed), target);
    return found && { path: found.path, start: own.length, record: until };
  }

  private likest(gone: readonly Gone[], text: string | undefined): Gone | undefined {
    if (text === undefined || gone.length > LOOKED_AT_MOST) return undefined;
    const like = gone.map((file) => ({ file, likeness: likeness(this.textOf(file.had) ?? '', text) }));
    return like.filter((one) => one.likeness >= SAME_FROM).sort((a, b) => b.likeness - a.likeness)[0]?.file;
  }
}

/** The file's content in the work tree before an observation; null when the file did not exist. */
const lastOf = (moments: readonly Observation[], index: number): string | null =>
  moments.slice(0, index).findLast((moment) => moment.commit === undefined)?.seen ?? null;

function likeness(before: string, after: string): number {
  const kept = equalRanges(diffChars(before, after), before.length, after.length).reduce(
    (sum, range) => sum + range.newEnd - range.newStart,
    0,
  );
  return kept / Math.max(1, before.length, after.length);
}

/**
 * The history under the old name until the file disappeared, then the history under the new one. If another file had
 * the new name before, it disappeared first: nothing of it became this one.
 */
function join(before: readonly Observation[], own: readonly Observation[]): readonly Observation[] {
  if (before.length === 0) return own;
  const earlier = before.slice(0, before.findLastIndex((moment) => moment.seen !== null) + 1);
  return [
    ...earlier,
    ...own.map((moment) =>
      moment.edit?.from === null ? { ...moment, edit: { ...moment.edit, from: earlier.at(-1)?.seen ?? null } } : moment,
    ),
  ];
}
