/**
 * The vocabulary of attribution (who wrote what), shared by every room. Line numbers are 1-based everywhere in these
 * types; ranges include both ends.
 */
import type { ChangeStatus } from '../../git/types';

/** Who made a change. `unknown` is an answer of its own and is never rounded to one of the others. */
export type Author = 'ai' | 'human' | 'unknown';

/**
 * How we know.
 * - `reported`: the assistant's hook, its transcript or the editor's API said so
 * - `observed`: we bracketed or saw the action (an accept key, typing, an agent's shell command)
 * - `declared`: a person or a commit message said so
 * - `inferred`: a guess from shape or timing; shown as a suspicion and counted as `unknown`
 */
export type Evidence = 'reported' | 'observed' | 'declared' | 'inferred';

/** What one author did, as precisely as it is known. Absent fields are unknown. */
export interface Credit {
  readonly author: Author;
  /** Id of the assistant (`claude-code`, …), only with `ai`. */
  readonly assistant?: string;
  readonly model?: string;
  /** Raw id of the conversation, without the assistant's name. */
  readonly session?: string;
  readonly evidence?: Evidence;
  /** When, in milliseconds since the epoch. Stays on this machine: it is never written into a note. */
  readonly time?: number;
  /** Why the author is unknown, in one or two words (`pasted`, `outside`, …). */
  readonly reason?: string;
}

/** A maximal run of lines with the same author, assistant, session and evidence. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
  readonly author: Author;
  /** More than one author worked on these lines. */
  readonly edited: boolean;
  readonly assistant: string | null;
  readonly model: string | null;
  readonly session: string | null;
  readonly evidence: Evidence | null;
}

/** Who wrote a line, and how that is known. */
export type LineAuthorship = Omit<LineRange, 'start' | 'end'>;

/** Lines by author. */
export interface Counts {
  readonly ai: number;
  readonly human: number;
  readonly unknown: number;
}

/** What happened to one file of a change, and who did it. */
export interface FileAttribution {
  /** New path, `/`-separated, relative to the repository's root. For a deleted file its old path. */
  readonly path: string;
  /** Old path of a renamed or copied file. */
  readonly from: string | null;
  readonly status: ChangeStatus;
  readonly binary: boolean;
  /** Exactly the added lines, ascending, numbered in the new file. */
  readonly ranges: readonly LineRange[];
  /** Exactly the removed lines, ascending, numbered in the old file. */
  readonly removed: readonly LineRange[];
  /** The author of a change that has no lines: binary content, symlink, mode, submodule, pure rename. */
  readonly change: LineAuthorship | null;
}

/** The attribution of a commit, or of the uncommitted changes that could become one. */
export interface ChangeAttribution {
  readonly files: readonly FileAttribution[];
  readonly added: Counts;
  readonly removed: Counts;
}
