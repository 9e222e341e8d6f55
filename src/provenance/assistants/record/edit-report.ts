/** What anybody may report: that work on files is about to start, or is done. */
import type { By, FileEdit } from '../../journal';

/** One replacement as its author reports it: `old` became `new`. */
export interface Claim {
  readonly path: string;
  readonly old: string;
  readonly new: string;
  /** 1-based line at which `new` begins, where the text alone is ambiguous. */
  readonly line?: number;
  readonly everywhere?: boolean;
}

export interface Report {
  readonly event: 'before' | 'after';
  readonly id?: string;
  /** Without an `id`: what the opening and the closing half of one action have in common. It may be reused later. */
  readonly pair?: string;
  readonly by: By;
  /** Absolute. */
  readonly cwd: string;
  /** As given; empty means all files. */
  readonly files: readonly string[];
  readonly edits: readonly Claim[];
  /** The files hold the result already. */
  readonly onDisk: boolean;
  /** What is about to start changes no file: its bracket credits nothing. */
  readonly onlyReads?: boolean;
  /** The action failed before it wrote anything: its bracket closes and credits nothing. */
  readonly nothingDone?: boolean;
  /** What the person asked for, unmodified. The policy decides whether any of it is kept. */
  readonly prompt?: string;
}

/** The result of a report. */
export interface Recorded {
  /** Name of the journal's record; undefined when there was nothing to record. */
  readonly record?: string;
  /** What an `after` changed: paths relative to the top of the work tree. */
  readonly changed?: readonly string[];
  /** The same with the contents before and after, by their names in the journal. */
  readonly edits?: readonly FileEdit[];
  /** What was left out and why, as sentences for people. */
  readonly notices: readonly string[];
}
