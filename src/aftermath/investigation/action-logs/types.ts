/** What a log of a cloud, a cluster, Terraform or a shell says was done. */

export interface LogEntry {
  /** Milliseconds since the epoch; null where the log has no time. */
  readonly at: number | null;
  /** What was done: short, on one line, without what may be a secret. */
  readonly what: string;
  /** Whom the log names; null when it names nobody. */
  readonly by: string | null;
  /** The program that asked for it, such as `Terraform`; null when that is not said. */
  readonly program: string | null;
  /** Whether something was deleted or ended. */
  readonly destroys: boolean;
}

export interface LogProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface ReadLog {
  readonly entries: readonly LogEntry[];
  readonly problems: readonly LogProblem[];
}

/** One kind of log. */
export interface LogReader {
  /** For people: `CloudTrail`. */
  readonly name: string;
  /** Whether a text, by its beginning, is such a log. */
  readonly recognises: (head: string) => boolean;
  /** Reads all of it, or as much as is read at most. Everything in it is from outside; never throws. */
  readonly read: (text: string) => ReadLog;
}

export const ENTRIES_AT_MOST = 50_000;
export const PROBLEMS_AT_MOST = 20;
