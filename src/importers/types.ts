/** What other tools have written down about who wrote what. All of it is from outside. */
import type { Repository } from '../git';

/** Lines of a commit's file that AI wrote, by another tool's word. A file left without `lines` is meant as a whole. */
export interface ForeignLines {
  /** As the tool names it: relative to the top of the repository, with `/`. */
  readonly path: string;
  /** From 1, both ends included. */
  readonly lines: readonly (readonly [from: number, to: number])[] | 'all';
  /** Our id of the assistant. */
  readonly assistant: string;
  readonly model: string | null;
  readonly session: string | null;
  /** A person had a hand in them too. */
  readonly edited: boolean;
  /** `reported`: the tool saw the edit; `declared`: it only says that the assistant was at work. */
  readonly evidence: 'reported' | 'declared';
}

/** What a source knows, by the whole id of the commit. */
export type ForeignCommits = ReadonlyMap<string, readonly ForeignLines[]>;

/** One tool whose words can be read: one file, and one line in the table. */
export interface ForeignSource {
  readonly id: string;
  readonly title: string;
  /**
   * What lies in the repository itself. `file` is a file that was named instead. Throws a GitError or a
   * {@link ForeignError}.
   */
  readonly read: (repository: Repository, file: string | undefined) => Promise<ForeignCommits>;
  /** Whether it can be read from a file that is named. */
  readonly takesFile: boolean;
}

/** What cannot be read at all. The message is for people. */
export class ForeignError extends Error {
  override readonly name = 'ForeignError';
}
