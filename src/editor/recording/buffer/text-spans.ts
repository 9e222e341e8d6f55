/**
 * Where the characters of an edited text come from. A text is a sequence of runs; every run is a piece of an origin:
 * the text as it was opened, or one thing that somebody typed, accepted or had inserted. A character keeps its origin
 * for as long as it exists, even when it is deleted and restored by an undo.
 *
 * Offsets are UTF-16 code units. Pure.
 */
import type { By } from '../../../provenance/journal';
import { firstWhere } from './binary-search';

/** Who made a change; `null` when unknown. */
export type Provenance = By | null;

/** A text that was inserted at once, or typed in one go: then it grows at its end. Compared by identity. */
export interface InsertedText {
  /** `undefined`: it was in the file when recording began. */
  readonly by: Provenance | undefined;
  length: number;
  /** It is a copy of this piece, whose author must be looked up elsewhere. */
  readonly copied?: { readonly origin: InsertedText; readonly start: number };
}

export interface Span {
  readonly origin: InsertedText;
  /** First character, as an offset in the origin. */
  readonly start: number;
  readonly length: number;
  /** Set when the run is no longer in the text: who deleted it. */
  readonly deletedBy?: Provenance;
}

/** A whole text of its own. */
export const spanBy = (length: number, by: Provenance | undefined, copied?: InsertedText['copied']): Span => ({
  origin: { by, length, ...(copied ? { copied } : {}) },
  start: 0,
  length,
});

const endOf = (run: Span | undefined): number => (run ? run.start + run.length : 0);

export const isVisible = (run: Span): boolean => run.deletedBy === undefined;

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

/** Whether it is the same piece of the same origin. */
export const sameRun = (a: Span, b: Span): boolean =>
  a === b || (a.origin === b.origin && a.start === b.start && a.length === b.length);

/** Joins adjacent runs that are one piece of one origin, and drops empty runs. */
export class SpanList {
  constructor(readonly runs: Span[] = []) {}

  add(run: Span): void {
    if (run.length === 0) return;
    const last = this.runs.at(-1);
    if (last && this.joins(run)) this.runs[this.runs.length - 1] = { ...last, length: last.length + run.length };
    else this.runs.push(run);
  }

  /** Whether a run continues where the last one ends. */
  joins(run: Span): boolean {
    const last = this.runs.at(-1);
    return (
      last?.origin === run.origin &&
      last.start + last.length === run.start &&
      isVisible(last) === isVisible(run) &&
      sameProvenance(last.deletedBy, run.deletedBy)
    );
  }
}

/** Replaces `deleted` characters at `offset` of the living text by runs. */
export interface Replacement {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: readonly Span[];
  readonly by: Provenance;
}

/** The run, as the continuation of the previous one where the same author continues. */
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

/** Finds by origin which characters are in a list of runs. */
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

  /** Cuts a run where its membership changes; `found` is the member that covers a part, if there is one. */
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
