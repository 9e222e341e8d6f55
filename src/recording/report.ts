/** What anybody may report: somebody is about to work on files, or has worked on them. */
import type { By, FileEdit } from '../journal';

/** One replacement that its author describes: `old` became `new`. */
export interface Claim {
  readonly path: string;
  readonly old: string;
  readonly new: string;
  /** 1-based line at which `new` begins, where the text alone would not tell. */
  readonly line?: number;
  readonly everywhere?: boolean;
}

export interface Report {
  readonly event: 'before' | 'after';
  readonly id?: string;
  /**
   * Where there is no `id`: what the opening and the closing half of one action have in common. It may come again
   * later.
   */
  readonly pair?: string;
  readonly by: By;
  /** Absolute. */
  readonly cwd: string;
  /** As given; empty means every file. */
  readonly files: readonly string[];
  readonly edits: readonly Claim[];
  /** The files hold the result already. */
  readonly onDisk: boolean;
  /** The action failed before it wrote anything: its bracket closes and credits nothing. */
  readonly nothingDone?: boolean;
  /** What the person asked for, as it came. Whether any of it is kept is for the policy. */
  readonly prompt?: string;
}

/** What a report led to. */
export interface Recorded {
  /** Name of the journal's record; undefined when there was nothing to record. */
  readonly record?: string;
  /** What an `after` changed: paths relative to the top of the work tree. */
  readonly changed?: readonly string[];
  /** The same with the contents before and after, by the names that the journal keeps them under. */
  readonly edits?: readonly FileEdit[];
  /** What was left out and why, as sentences for people. */
  readonly notices: readonly string[];
}
