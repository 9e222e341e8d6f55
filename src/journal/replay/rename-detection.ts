/** Files that got other names: which moments, under which names, are the history of one file. Pure. */
import { diffChars, equalRanges } from '../../attribution';
import type { Observation } from './timeline';

/** A file that got another name has at least so much of what it had before, of the larger of the two. As git's `-M`. */
const SAME_FROM = 0.5;
/** Of so many files that went away at one moment each is looked at; of more only those that came back as they were. */
const LOOKED_AT_MOST = 16;
const NAMES_AT_MOST = 16;

/**
 * A name of a file, and the index of the name's moment at which the file got it: what happened before was another
 * file's.
 */
export interface Name {
  readonly path: string;
  readonly start: number;
}

/** A file that went away, and what it had been. */
interface Gone {
  readonly path: string;
  readonly had: string;
}

/** What happened to a file under all its names, oldest first. */
export interface History {
  readonly moments: readonly Observation[];
  /**
   * The moments of its names that are told with it; under the same names there may have been other files before and
   * later.
   */
  readonly told: ReadonlySet<Observation>;
}

export class Renames {
  /** By the moment's record. */
  private readonly gone = new Map<number, Gone[]>();
  /** Files that nobody saw going away, and that are not there in the end. */
  private readonly left: readonly (Gone & { readonly record: number })[];

  /**
   * `isOlder` tells of a path that the parent, or a commit before it, has such a file; `isThere`, that the content in
   * question has.
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
   * A file back to `from`, the name that it has in the parent by git's word; else as far as nobody had committed it,
   * because text that comes into a new file from an older one has been moved. `target` is what it is in the end.
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
    // A file may come back to a name that it had.
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

  /** The name that a file had before it got this one, and since when it has this one. */
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
    // Without a moment that shows it coming it may have come unseen, unless the parent has it.
    const found = born || this.isOlder(path) ? undefined : this.likest(this.left.filter(allowed), target);
    return found && { path: found.path, start: own.length, record: until };
  }

  private likest(gone: readonly Gone[], text: string | undefined): Gone | undefined {
    if (text === undefined || gone.length > LOOKED_AT_MOST) return undefined;
    const like = gone.map((file) => ({ file, likeness: likeness(this.textOf(file.had) ?? '', text) }));
    return like.filter((one) => one.likeness >= SAME_FROM).sort((a, b) => b.likeness - a.likeness)[0]?.file;
  }
}

/** What a file was in the work tree before a moment; null when it was not there. */
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
 * What happened under the old name until the file went away, then what happened under the new one. Where there had been
 * another file under the old name, that one went away first: nothing of it became this one.
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
