/**
 * Where the characters of an edited text come from. A text is a sequence of runs; every run is a piece of an origin: the
 * text as it was opened, or one thing that somebody typed, accepted or had inserted. A character keeps its origin for as
 * long as it lives, also when it is deleted and an undo brings it back.
 *
 * Offsets are UTF-16 code units. Pure.
 */
import type { By } from '../../journal';

/** Who made a change; `null` when nobody knows. */
export type Hand = By | null;

/** A text that came in at once, or was typed in one go: then it grows at its end. Compared by identity. */
export interface Origin {
  /** `undefined`: it was in the file when we began to look. */
  readonly by: Hand | undefined;
  length: number;
  /** It is a copy of this piece, whose author has to be looked up elsewhere. */
  readonly copied?: { readonly origin: Origin; readonly start: number };
}

export interface Run {
  readonly origin: Origin;
  /** First character, counted in the origin. */
  readonly start: number;
  readonly length: number;
  /** Set when the run is no longer in the text: by whom it was deleted. */
  readonly gone?: Hand;
}

const endOf = (run: Run | undefined): number => (run ? run.start + run.length : 0);

export const isLive = (run: Run): boolean => run.gone === undefined;

export function sameHand(a: Hand | undefined, b: Hand | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return a.author === b.author && a.assistant === b.assistant && a.model === b.model && a.session === b.session && a.evidence === b.evidence && a.reason === b.reason;
}

/** Joins neighbours that are one piece of one origin, and drops empty runs. */
export class RunList {
  readonly runs: Run[] = [];

  add(run: Run): void {
    if (run.length === 0) return;
    const last = this.runs.at(-1);
    if (last?.origin === run.origin && last.start + last.length === run.start && isLive(last) === isLive(run) && sameHand(last.gone, run.gone)) {
      this.runs[this.runs.length - 1] = { ...last, length: last.length + run.length };
    } else this.runs.push(run);
  }
}

/** Replaces `deleted` characters at `offset` of the living text by runs. */
export interface Replacement {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: readonly Run[];
  readonly by: Hand;
}

/**
 * Replacements that do not touch each other, the first in the text first; all offsets are those of the text before. What is
 * deleted stays in the sequence as gone. Text typed at the end of what the same hand just typed belongs to the same origin.
 */
export function splice(runs: readonly Run[], replacements: readonly Replacement[]): Run[] {
  const result = new RunList();
  let next = 0;
  /** How many were put in: one that deletes may go on in the next run. */
  let placed = 0;
  const place = ({ inserted }: Replacement): void => {
    if (placed === next) for (const run of inserted) result.add(grown(result.runs.at(-1), run));
    placed = next + 1;
  };
  let at = 0;
  for (const run of runs) {
    const start = at;
    if (isLive(run)) at += run.length;
    const first = replacements[next];
    if (!isLive(run) || first === undefined || first.offset > at) {
      result.add(run);
      continue;
    }
    let done = start;
    const cut = (to: number): Run => ({ ...run, start: run.start + (done - start), length: to - done });
    for (let one = replacements[next]; one !== undefined && one.offset <= at; one = replacements[next]) {
      const from = Math.max(one.offset, start);
      const end = one.offset + one.deleted;
      const to = Math.max(from, Math.min(end, at));
      result.add(cut(from));
      done = from;
      place(one);
      result.add({ ...cut(to), gone: one.by });
      done = to;
      if (end > at) break;
      next++;
    }
    result.add(cut(at));
  }
  for (let one = replacements[next]; one !== undefined; one = replacements[next]) {
    place(one);
    next++;
  }
  return result.runs;
}

/** The run, as the continuation of the one before it where the same hand goes on. */
function grown(before: Run | undefined, run: Run): Run {
  const origin = before?.origin;
  const fresh = run.start === 0 && run.length === run.origin.length;
  if (!before || !origin || !fresh || !isLive(before) || origin.by === undefined || origin.copied || run.origin.copied || before.start + before.length !== origin.length || !sameHand(origin.by, run.origin.by)) return run;
  const start = origin.length;
  origin.length += run.length;
  return { origin, start, length: run.length };
}

/** Finds the living runs of parts of a text. */
export class LiveRuns {
  private readonly runs: readonly Run[];
  /** Where each of them begins. */
  private readonly starts: readonly number[];

  constructor(runs: readonly Run[]) {
    this.runs = runs.filter(isLive);
    let at = 0;
    this.starts = this.runs.map(({ length }) => (at += length) - length);
  }

  slice(start: number, end: number): Run[] {
    const result = new RunList();
    for (let i = Math.max(0, firstWhere(this.starts.length, (index) => (this.starts[index] ?? 0) > start) - 1); i < this.runs.length; i++) {
      const run = this.runs[i];
      const at = this.starts[i] ?? 0;
      if (!run || at >= end) break;
      const from = Math.max(at, start);
      const to = Math.min(at + run.length, end);
      if (from < to) result.add({ ...run, start: run.start + (from - at), length: to - from });
    }
    return result.runs;
  }
}

/** The first index below `count` for which something holds that holds for all that follow; `count` when for none. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Finds by origin which characters are in a list of runs. */
export class RunIndex {
  private readonly byOrigin = new Map<Origin, Run[]>();

  constructor(runs: readonly Run[]) {
    for (const run of runs) {
      const list = this.byOrigin.get(run.origin);
      if (list) list.push(run);
      else this.byOrigin.set(run.origin, [run]);
    }
    for (const list of this.byOrigin.values()) list.sort((a, b) => a.start - b.start);
  }

  /** Cuts a run where its membership changes; `found` is the member that covers a part, if there is one. */
  cut(run: Run, use: (part: Run, found: Run | undefined) => void): void {
    const end = run.start + run.length;
    let at = run.start;
    const members = this.byOrigin.get(run.origin) ?? [];
    for (let i = firstWhere(members.length, (index) => endOf(members[index]) > at); i < members.length; i++) {
      const member = members[i];
      if (!member || member.start >= end) break;
      const from = Math.max(member.start, at);
      const to = Math.min(member.start + member.length, end);
      if (to <= from) continue;
      if (from > at) use({ ...run, start: at, length: from - at }, undefined);
      use({ ...run, start: from, length: to - from }, member);
      at = to;
    }
    if (at < end) use({ ...run, start: at, length: end - at }, undefined);
  }
}
