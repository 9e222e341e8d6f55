/** What a replay of the journal is asked: the file, its contents, and what is known from elsewhere. */
import type { ProvenanceOfLine } from '../../attribution';

/** Where the texts come from. `undefined` when a content is no longer kept. */
export type Contents = (id: string) => Buffer | undefined;

/** A file whose history is wanted. */
export interface FileQuery {
  readonly path: string;
  /** The parent's content; null when the parent has no such file. */
  readonly base: Buffer | null;
  /** The content in question; null when the file is to be deleted. */
  readonly target: Buffer | null;
  /** Old path of a rename that git detected: its history comes before. */
  readonly from?: string;
  /** It is only there beside the change: what it has is older. */
  readonly stays?: true;
  /**
   * Changes that are known from elsewhere, oldest first, such as from the note of a commit that is being amended or
   * picked.
   */
  readonly seeds?: readonly KnownChange[];
}

/** A change that was made before. */
export interface KnownChange {
  /** Old path, where it renamed the file. */
  readonly from?: string;
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  /** Who is named for an added line, and for one that was taken away; missing where nobody knows. */
  readonly hands?: { readonly added: ProvenanceOfLine; readonly removed: ProvenanceOfLine };
}

export interface ReplayOptions {
  /** The time at which open brackets are judged. */
  readonly now: number;
  /** The commit that the change is seen from: what it and its ancestors had is older than the change. */
  readonly parent?: string;
  /** Those ancestors, where the records do not know the parent. */
  readonly forebears?: ReadonlySet<string>;
  /** Whether a file that is not asked about is there beside those that are: then none of them had its name before. */
  readonly isThere?: (path: string) => boolean;
}
