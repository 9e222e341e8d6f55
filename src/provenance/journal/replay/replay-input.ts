/** The input of a replay of the journal: the file, its contents, and what is known from other sources. */
import type { ProvenanceOfLine } from '../../authorship';

/** Where the texts come from. `undefined` when a content is no longer kept. */
export type Contents = (id: string) => Buffer | undefined;

/** A file whose history is requested. */
export interface FileQuery {
  readonly path: string;
  /** The parent's content; null when the parent has no such file. */
  readonly base: Buffer | null;
  /** The content in question; null when the file is deleted. */
  readonly target: Buffer | null;
  /** Old path of a rename that git detected: its history comes before. */
  readonly from?: string;
  /** The file is unchanged: its content is older than the change. */
  readonly stays?: true;
  /**
   * Changes known from other sources, oldest first, such as from the note of a commit that is being amended or picked.
   */
  readonly seeds?: readonly KnownChange[];
}

/** An earlier change. */
export interface KnownChange {
  /** Old path, if it renamed the file. */
  readonly from?: string;
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  /** The authors of added and of removed lines; missing where unknown. */
  readonly hands?: { readonly added: ProvenanceOfLine; readonly removed: ProvenanceOfLine };
  /** git brought it in: records that show the same only show by whom. */
  readonly brought?: true;
}

export interface ReplayOptions {
  /** The time at which open brackets are judged. */
  readonly now: number;
  /** The base of the change: what this commit and its ancestors had is older than the change. */
  readonly parent?: string;
  /** Those ancestors, for when the records do not know the parent. */
  readonly forebears?: ReadonlySet<string>;
  /** Whether a file outside the query exists next to those in it: then none of them had its name before. */
  readonly isThere?: (path: string) => boolean;
}
