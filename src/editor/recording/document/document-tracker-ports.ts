/** What tracking a document requires from its surroundings. */
import type { Splice } from '../../../provenance/authorship';
import type { By } from '../../../provenance/journal';
import type { Cutting } from '../buffer/pasted-spans';
import type { AuthoredChange } from '../buffer/text-change';
import type { Surroundings } from '../commands/credit-for-editor-command';
import type { AuthorsOf } from '../clipboard/moved-authors';
import type { Edit } from './saved-edit';

export interface TrackHost {
  /** The file's bytes; null when there is none. */
  readonly read: () => Promise<Buffer | null>;
  /**
   * The same, synchronously: a save is recorded before anything else happens, because an assistant may be about to
   * change the file and report that itself.
   */
  readonly readNow: () => Buffer | null;
  /** The clipboard's text; undefined when it may not or can't be read. */
  readonly clipboard: () => Promise<string | undefined>;
  /** The author for text from the clipboard that nobody in the repository wrote. */
  readonly pasted: () => By;
  /** Whether everything that a person cuts or copies in the document is reported through `copied`. */
  readonly copiesAreTold: () => boolean;
  /** What assistants could have been doing in the window, and the settings for that. */
  readonly surroundings: () => Surroundings;
  /** Whether an extension may write code by itself. */
  readonly isAssistant: (extension: string) => boolean;
  /** Who wrote a text, if it is code of an answer in the editor's chat. */
  readonly authorInChat: (text: string) => Promise<By | undefined>;
  /** Whether each text is that of a snippet which the editor offers in the document. */
  readonly areSnippets: (texts: readonly string[]) => Promise<boolean>;
  /** Whether a text is nothing but paths of the repository. */
  readonly arePaths: (text: string) => boolean;
  /** The text on the left of the comparison in front whose right side is the document, with its authors. */
  readonly comparedWith: () => Promise<Cutting> | undefined;
  /** Reports whether the file's bytes are a text that can be tracked. */
  readonly readable: (yes: boolean) => void;
  /** Records an edit. Resolves when it is written; the implementation reports failures. */
  readonly keep: (edit: Edit, before: Buffer | null, after: Buffer) => Promise<void>;
  /**
   * Records that the file now has a content that was read from disk, or had it until an unknown author saved `next`
   * over it, where the record lacks that. No need to wait: it is recorded with the time of this call.
   */
  readonly had: (content: Buffer, next?: Buffer) => Promise<void>;
  /**
   * Who wrote a part of the content on disk: the parts' lengths, and `undefined` for text older than the last commit.
   */
  readonly authorsOf: (content: Buffer | null) => Promise<AuthorsOf>;
  /** Compares two long texts: in the background, because it takes long. */
  readonly compare: (before: string, after: string) => Promise<readonly Splice[]>;
  /** The document's current text, and whether it has unsaved changes. */
  readonly document: () => { readonly text: string; readonly dirty: boolean };
  /** What was kept of a document's unsaved changes, which begin with a text, when the window was open last. */
  readonly keptUnsaved: (base: string) => readonly AuthoredChange[] | undefined;
  /** What is known about the text may have changed. */
  readonly settled: () => void;
  /** Analysing or recording something failed; everything else continues. */
  readonly failed: (error: unknown) => void;
}
