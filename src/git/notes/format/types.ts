/** A note of the Git AI Standard 3.0.0 taken apart. Everything in it is from outside. */
import type { Author, Evidence, LineRange } from '../../../attribution/types';

/** Lines from 1, both ends included. */
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

/** What a line's author is kept as: author, edited (1 or 0), evidence, key of the session, model. */
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
  /** How the lines of a key are known, by key. */
  readonly keys: Readonly<Record<string, readonly [edited: 0 | 1, evidence: Evidence | null, model: string | null]>>;
  readonly removed: Readonly<Record<string, readonly ProvenanceSpan[]>>;
  readonly changes: Readonly<Record<string, NoteProvenance>>;
  /**
   * Added lines of paths that the grammar can't hold as git has them, and those that the key of an entry does not tell
   * enough of.
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
  /** Fields that we do not know, kept as they are. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** Who wrote a line, as every room says it. */
export type LineProvenance = Omit<LineRange, 'start' | 'end'>;
