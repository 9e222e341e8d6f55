/** What other tools have recorded about who wrote what. All of it comes from outside. */
import type { Repository } from '../../../git';

/** Lines of a commit's file that AI wrote, according to another tool. `all` means the whole file. */
export interface ForeignLines {
  /** As the tool reports it: relative to the top of the repository, with `/`. */
  readonly path: string;
  /** 1-based, both ends included. */
  readonly lines: readonly (readonly [from: number, to: number])[] | 'all';
  /** Our id of the assistant. */
  readonly assistant: string;
  readonly model: string | null;
  readonly session: string | null;
  /** A person worked on them too. */
  readonly edited: boolean;
  /** `reported`: the tool saw the edit; `declared`: it only says that the assistant was at work. */
  readonly evidence: 'reported' | 'declared';
}

/** A source's data, by full commit id. */
export type ForeignCommits = ReadonlyMap<string, readonly ForeignLines[]>;

/** A tool whose records can be read: one file, and one line in the table. */
export interface ForeignSource {
  readonly id: string;
  readonly title: string;
  /**
   * Reads what is in the repository itself. `file` is an explicitly named file to read instead. Throws a GitError or a
   * {@link ForeignError}.
   */
  readonly read: (repository: Repository, file: string | undefined) => Promise<ForeignCommits>;
  /** Whether it can be read from an explicitly named file. */
  readonly takesFile: boolean;
}

/** The data cannot be read at all. The message is for people. */
export class ForeignError extends Error {
  override readonly name = 'ForeignError';
}
