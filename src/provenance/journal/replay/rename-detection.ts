/** Renamed files: which observations, under which names, are the history of one file. Pure. */
import { diffChars, equalRanges } from '../../authorship';
import type { Observation } from './observations-from-records';

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
  readonly observations: readonly Observation[];
  /** The observations of its names that belong to it; the same names may have held other files before and later. */
  readonly owned: ReadonlySet<Observation>;
}

export class Renames {
  /** Keyed by the observation's record. */
  private readonly disappeared = new Map<number, Gone[]>();
  /** Files that were not seen to disappear and that do not exist in the end. */
  private readonly left: readonly (Gone & { readonly record: number })[];

  /**
   * `isOlder` returns whether the parent or an earlier commit has a file at a path; `isThere`, whether the content in
   * question does; `isBefore`, whether the change is based on a commit.
   */
  constructor(
    private readonly observations: ReadonlyMap<string, readonly Observation[]>,
    private readonly textOf: (id: string) => string | undefined,
    private readonly isOlder: (path: string) => boolean,
    isThere: (path: string) => boolean,
    private readonly isBefore: (commit: string) => boolean,
  ) {
    for (const [path, list] of observations) {
      list.forEach((observation, index) => {
        const had = observation.seen === null && observation.commit === undefined ? lastOf(list, index) : null;
        if (had !== null)
          this.disappeared.set(observation.record, [
            ...(this.disappeared.get(observation.record) ?? []),
            { path, had },
          ]);
      });
    }
    this.left = [...observations].flatMap(([path, list]) => {
      const last = list.findLast((observation) => observation.commit === undefined);
      const had = last?.seen ?? null;
      return last && had !== null && !isThere(path) ? [{ path, had, record: last.record }] : [];
    });
  }

  /**
   * A file's history back to `from`, the name that git reports for it in the parent. Without `from`, back to the last
   * committed name, because text that comes from an older file into a new one has been moved; where that commit renamed
   * it, also under the name before, because what was not committed along with the name went with the file. `target` is
   * the file's final content, `base` what the parent has of it.
   */
  historyOf(path: string, from: string | undefined, target: string, base: string | undefined): History {
    const lives = this.wayTo(path, from, target, base).map(({ path: name, start }) =>
      (this.observations.get(name) ?? []).slice(start),
    );
    const observations = lives.map((life, i) => {
      const next = lives[i + 1]?.[0];
      return next ? life.filter((observation) => observation.record <= next.record) : life;
    });
    return { observations: observations.reduce(join, []), owned: new Set(observations.flat()) };
  }

  private wayTo(path: string, from: string | undefined, target: string, base: string | undefined): readonly Name[] {
    const names: Name[] = [{ path, start: 0 }];
    // A file may return to a name that it had before.
    let until = Infinity;
    for (let [name] = names; name && name.path !== from && names.length < NAMES_AT_MOST; [name] = names) {
      const found =
        this.before(name.path, from, target, until) ??
        (names.length === 1 && from === undefined ? this.wentAndCame(path, base, target) : undefined);
      if (!found) break;
      names[0] = { path: name.path, start: found.start };
      names.unshift({ path: found.path, start: 0 });
      until = found.record;
    }
    const [oldest] = names;
    if (from === undefined || oldest?.path === from) return names;
    // Nobody saw the first of several renames, but what the file was right after it is what git says it was made of.
    const begun = names.length > 1 && oldest ? this.begunAs(oldest) : undefined;
    if (oldest && begun !== undefined && base !== undefined && (begun === base || likeness(base, begun) >= SAME_FROM))
      return [{ path: from, start: 0 }, ...names];
    const observations = this.observations.get(path) ?? [];
    const first = observations.findIndex((observation) => observation.seen !== null);
    return [
      { path: from, start: 0 },
      { path, start: first < 0 ? observations.length : first },
    ];
  }

  /** The name that a file had before this one, and since when it has this one. */
  private before(
    path: string,
    from: string | undefined,
    target: string,
    until: number,
  ): (Name & { readonly record: number }) | undefined {
    const observations = this.observations.get(path) ?? [];
    const allowed = (file: Gone): boolean => file.path !== path && (file.path === from || !this.isOlder(file.path));
    let born = false;
    // It may have got this name more than once: the last time counts.
    for (const [start, { seen, commit, record, renamedFrom }] of [...observations.entries()].reverse()) {
      if (commit !== undefined && renamedFrom !== undefined && record < until && !born)
        if (renamedFrom === from || this.isBefore(commit)) {
          const first = sinceWhen(observations, start);
          return { path: renamedFrom, start: first, record: observations[first]?.record ?? record };
        }
      if (isNamedByCommit(observations, start)) continue;
      if (seen === null || commit !== undefined || record >= until || lastOf(observations, start) !== null) continue;
      born = true;
      const candidates = (this.disappeared.get(record) ?? []).filter(allowed);
      const gone = this.left.filter((file) => allowed(file) && file.record < record);
      const found =
        candidates.find((file) => file.path === from) ??
        candidates.find((file) => file.had === seen) ??
        this.likest([...candidates, ...gone], this.textOf(seen));
      if (found) return { path: found.path, start, record };
    }
    // With no observation of its arrival, it may have arrived unseen, unless the parent has it.
    const found = born || this.isOlder(path) ? undefined : this.likest(this.left.filter(allowed), target);
    return found && { path: found.path, start: observations.length, record: until };
  }

  /**
   * A file that began as what the parent has at this path and ended as what is there now: nobody saw it leave and come
   * back.
   */
  private wentAndCame(
    path: string,
    base: string | undefined,
    target: string,
  ): (Name & { readonly record: number }) | undefined {
    if (base === undefined || base === target) return undefined;
    const observations = this.observations.get(path) ?? [];
    const found = this.left.find(
      (file) =>
        file.path !== path &&
        !this.isOlder(file.path) &&
        this.textOf(file.had) === target &&
        this.begunAs({ path: file.path, start: 0 }) === base &&
        observations.every(({ commit, record }) => commit !== undefined || record < this.begins(file.path)),
    );
    return found && { path: found.path, start: observations.length, record: Infinity };
  }

  private begins(path: string): number {
    return this.observations.get(path)?.[0]?.record ?? Infinity;
  }

  /** What a file was when it got a name; undefined where it was made then, or where that is no longer kept. */
  private begunAs({ path, start }: Name): string | undefined {
    const first = this.observations.get(path)?.slice(start)[0];
    const content = first && (first.edit ? first.edit.from : first.seen);
    return content === null || content === undefined ? undefined : this.textOf(content);
  }

  private likest(candidates: readonly Gone[], text: string | undefined): Gone | undefined {
    if (text === undefined || candidates.length > LOOKED_AT_MOST) return undefined;
    const like = candidates.map((file) => ({ file, likeness: likeness(this.textOf(file.had) ?? '', text) }));
    return like.filter((one) => one.likeness >= SAME_FROM).sort((a, b) => b.likeness - a.likeness)[0]?.file;
  }
}

/** The file's content in the work tree before an observation; null when the file did not exist. */
const lastOf = (observations: readonly Observation[], index: number): string | null =>
  observations.slice(0, index).findLast((observation) => observation.commit === undefined)?.seen ?? null;

/** Whether nothing but commits was seen of a file since one gave it its name: the next observation is no arrival. */
function isNamedByCommit(observations: readonly Observation[], index: number): boolean {
  for (let at = index - 1; observations[at]?.commit !== undefined; at--)
    if (observations[at]?.renamedFrom !== undefined) return true;
  return false;
}

/**
 * The first observation of a file under a name that the commit at an index gave it: it may have had that name in the
 * work tree before.
 */
function sinceWhen(observations: readonly Observation[], index: number): number {
  let first = index;
  for (let before = observations[first - 1]; before && before.commit === undefined && before.seen !== null;)
    before = observations[--first - 1];
  return first;
}

function likeness(before: string, after: string): number {
  const equal = equalRanges(diffChars(before, after), before.length, after.length).reduce(
    (sum, range) => sum + range.newEnd - range.newStart,
    0,
  );
  return equal / Math.max(1, before.length, after.length);
}

/**
 * The history under the old name until the file disappeared, then the history under the new one. If another file had
 * the new name before, it disappeared first: nothing of it became this one.
 */
function join(before: readonly Observation[], observations: readonly Observation[]): readonly Observation[] {
  if (before.length === 0) return observations;
  const earlier = before.slice(0, before.findLastIndex((observation) => observation.seen !== null) + 1);
  return [
    ...earlier,
    ...observations.map((observation) =>
      observation.edit?.from === null
        ? { ...observation, edit: { ...observation.edit, from: earlier.at(-1)?.seen ?? null } }
        : observation,
    ),
  ];
}
