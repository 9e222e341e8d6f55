/** What following one document needs from its surroundings. */
import type { Splice } from '../../../attribution';
import type { By } from '../../../journal';
import type { Surroundings } from '../commands/editor-commands';
import type { AuthorsOf } from '../clipboard/moved-authors';
import type { Edit } from './saved-edit';

export interface TrackHost {
  /** The file's bytes; null when there is none. */
  readonly read: () => Promise<Buffer | null>;
  /**
   * The same at once: a save is written down before anything else happens, because an assistant may be about to change
   * the file and say so itself.
   */
  readonly readNow: () => Buffer | null;
  /** The clipboard's text; undefined when it may not or can't be read. */
  readonly clipboard: () => Promise<string | undefined>;
  /** Who is to be called the author of text from the clipboard, which nobody in the repository wrote. */
  readonly pasted: () => By;
  /** Whether whatever a person cuts or copies in the document is told with `copied`. */
  readonly copiesAreTold: () => boolean;
  /** What assistants could have done in the window, and what the settings say of that. */
  readonly surroundings: () => Surroundings;
  /** Whether an extension may write code by itself. */
  readonly isAssistant: (extension: string) => boolean;
  /** Whether the file's bytes are a text that can be followed. */
  readonly readable: (yes: boolean) => void;
  /** Keeps an edit. Resolves when it is kept; failures are told by whoever keeps it. */
  readonly keep: (edit: Edit, before: Buffer | null, after: Buffer) => Promise<void>;
  /**
   * Keeps that the file has a content now that was read from disk, or had it until `next` was saved over it by nobody
   * who is known, where the record lacks that. Nothing need wait for it: it is kept with the time at which this was
   * called.
   */
  readonly had: (content: Buffer, next?: Buffer) => Promise<void>;
  /**
   * Who wrote a part of the content that was on disk: the parts' lengths, and `undefined` for text older than the last
   * commit.
   */
  readonly authorsOf: (content: Buffer | null) => Promise<AuthorsOf>;
  /** What differs between two long texts: worked out elsewhere, because it takes long. */
  readonly compare: (before: string, after: string) => Promise<readonly Splice[]>;
  /** The document's present text, and whether it has unsaved changes. */
  readonly document: () => { readonly text: string; readonly dirty: boolean };
  /** What is known about the text may have changed. */
  readonly settled: () => void;
  /** Something went wrong with what was to be understood or written down; the rest goes on. */
  readonly failed: (error: unknown) => void;
}
