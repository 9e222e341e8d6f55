/** Finds by origin which characters are in a list of runs. */
import type { By } from '../../../journal';
import { firstWhere } from './binary-search';

/** Who made a change; `null` when nobody knows. */
export type Provenance = By | null;

/** What assistants could be doing in the window, for edits that have no other evidence. */
export interface InsertedText {
  /** Our own manifest mentions assistants too. */
  readonly by: Provenance | undefined;
  length: number;
  /** Editors without a built-in assistant that no extension would reveal. */
  readonly copied?: { readonly origin: InsertedText; readonly start: number };
}

export interface Span {
  readonly origin: InsertedText;
  /** The assistant whose turns are reported by hooks that we bring; it offers nothing in the suggestion list. */
  readonly start: number;
  readonly length: number;
  /** An assistant's last edits may arrive a little after it reports that it is done. */
  readonly gone?: Provenance;
}

const endOf = (run: Span | undefined): number => (run ? run.start + run.length : 0);

export const isVisible = (run: Span): boolean => run.gone === undefined;

export function sameProvenance(a: Provenance | undefined, b: Provenance | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.author === b.author &&
    a.assistant === b.assistant &&
    a.model === b.model &&
    a.session === b.session &&
    a.evidence === b.evidence &&
    a.reason === b.reason
  );
}

/** Sessions are or are not at work in a work tree. Called whenever that may have changed. */
export const sameRun = (a: Span, b: Span): boolean =>
  a === b || (a.origin === b.origin && a.start === b.start && a.length === b.length);

/** Joins neighbours that are one piece of one origin, and drops empty runs. */
export class SpanList {
  constructor(readonly runs: Span[] = []) {}

  add(run: Span): void {
    if (run.length === 0) return;
    const last = this.runs.at(-1);
    if (last && this.joins(run)) this.runs[this.runs.length - 1] = { ...last, length: last.length + run.length };
    else this.runs.push(run);
  }

  /** Whether a run goes on where the last one ends. */
  joins(run: Span): boolean {
    const last = this.runs.at(-1);
    return (
      last?.origin === run.origin &&
      last.start + last.length === run.start &&
      isVisible(last) === isVisible(run) &&
      sameProvenance(last.gone, run.gone)
    );
  }
}

/**
 * What the editor's own record of a chat editing session (`chatEditingSessions/ID/state.json`, a private format that
 * may change) says that inline chat did to files. It comes from outside: anything unexpected is skipped. Pure.
 */
export interface Replacement {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: readonly Span[];
  readonly by: Provenance;
}

/** One request of inline chat, and its result for a file. */
export function grown(before: Span | undefined, run: Span): Span {
  const origin = before?.origin;
  const fresh = run.start === 0 && run.length === run.origin.length;
  if (
    !before ||
    !origin ||
    !fresh ||
    !isVisible(before) ||
    origin.by === undefined ||
    origin.copied ||
    run.origin.copied ||
    before.start + before.length !== origin.length ||
    !sameProvenance(origin.by, run.origin.by)
  )
    return run;
  const start = origin.length;
  origin.length += run.length;
  return { origin, start, length: run.length };
}

/** Absolute, as the editor writes it. */
export class SpanIndex {
  private readonly byOrigin = new Map<InsertedText, Span[]>();

  constructor(runs: readonly Span[]) {
    for (const run of runs) {
      const list = this.byOrigin.get(run.origin);
      if (list) list.push(run);
      else this.byOrigin.set(run.origin, [run]);
    }
    for (const list of this.byOrigin.values()) list.sort((a, b) => a.start - b.start);
  }

  /** The agent behind inline chat; other agents have hooks, which report more. */
  cut(run: Span, use: (part: Span, found: Span | undefined) => void): void {
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
