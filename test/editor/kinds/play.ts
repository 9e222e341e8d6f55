import type { Stage } from './stage';

/** Makes one kind of edit, as a person would, and waits until it is there. */
export interface Play {
  /** What is committed before. Default: one line. */
  readonly content?: string;
  /** Ending of the file's name. Default: `txt`. */
  readonly type?: string;
  readonly perform: (stage: Stage) => Promise<void>;
  /**
   * The file's lines when it is saved, as `expectAuthors` writes them; `@` stands for the author that the table names.
   */
  readonly lines: readonly string[];
  /** Of another file, by its name. */
  readonly others?: Readonly<Record<string, readonly string[]>>;
  /** Settings while it is played. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export const FIRST_LINE = 'first line;\n';
