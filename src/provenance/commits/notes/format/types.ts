/** A parsed note of the Git AI Standard 3.0.0. Everything in it is from outside. */
import type { Author, Evidence, LineRange } from '../../../authorship/types';

/** Lines, 1-based, both ends included. */
export type Span = readonly [from: number, to: number];

/** The lines of one key: a session's trace (`s_…::t_…`), a person (`h_…`), or an older prompt's hash. */
export interface Entry {
  readonly key: string;
  readonly ranges: readonly Span[];
}

export interface Session {
  readonly agent_id: { readonly tool: string; readonly id: string; readonly model: string };
  readonly human_author?: string;
  readonly custom_attributes?: Readonly<Record<string, string>>;
}

/** How a line's author is stored: author, edited (1 or 0), evidence, key of the session, model. */
export type NoteProvenance = readonly [
  author: Author,
  edited: 0 | 1,
  evidence: Evidence | null,
  session: string | null,
  model: string | null,
];

/** Lines and their author. */
export type ProvenanceSpan = readonly [from: number, to: number, hand: NoteProvenance];

/** What the standard has no place for. */
export interface OwnRecord {
  readonly v: 1;
  /** Edited flag, evidence and model of a key's lines, by key. */
  readonly keys: Readonly<Record<string, readonly [edited: 0 | 1, evidence: Evidence | null, model: string | null]>>;
  readonly removed: Readonly<Record<string, readonly ProvenanceSpan[]>>;
  readonly changes: Readonly<Record<string, NoteProvenance>>;
  /**
   * Added lines of paths that the grammar can't represent as git has them, and lines for which an entry's key is not
   * enough.
   */
  readonly odd: Readonly<Record<string, readonly ProvenanceSpan[]>>;
}

export interface Note {
  readonly files: ReadonlyMap<string, readonly Entry[]>;
  /** Without our own record, which is in `record`. */
  readonly sessions: Readonly<Record<string, Session>>;
  readonly humans: Readonly<Record<string, { readonly author: string }>>;
  /** Our own part; null in a note that only other tools wrote. */
  readonly record: OwnRecord | null;
  /** Unknown fields, kept as they are. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** Who wrote a line, in the form used by every room. */
export type LineProvenance = Omit<LineRange, 'start' | 'end'>;
