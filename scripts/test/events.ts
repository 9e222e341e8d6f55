/** What a mocha run reports to its parent process: one event per line of its standard output. */

/** Begins the lines that are events: tests may print anything else in between. */
export const MARK = '\u001eTEST ';

/** Where a test stands. */
export interface TestPlace {
  /** An absolute path; empty for a hook outside of all files. */
  readonly file: string;
  /** The title of the outermost `describe` around it; empty when there is none. */
  readonly suite: string;
  /** With the titles of all suites around it. */
  readonly title: string;
}

export type TestEvent =
  | ({ readonly kind: 'skip' } & TestPlace)
  | ({ readonly kind: 'pass' } & TestPlace)
  /** A test that failed and will be retried. */
  | ({ readonly kind: 'retry'; readonly why: string } & TestPlace)
  /** `why` contains the message with its differences, where it was thrown, and its causes. */
  | ({ readonly kind: 'fail'; readonly why: string } & TestPlace)
  | { readonly kind: 'end' };
