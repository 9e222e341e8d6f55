/** What a mocha run reports to its parent process: one event per line of its standard output. */

/** Begins the lines that are events: tests may print anything else in between. */
export const MARK = '\u001eTEST ';

export type TestEvent =
  | { readonly kind: 'skip' }
  /** `file` is an absolute path. */
  | { readonly kind: 'pass'; readonly title: string; readonly file: string }
  /** A test that failed and will be retried. */
  | { readonly kind: 'retry'; readonly title: string; readonly why: string }
  /** `why` contains the message with its differences, where it was thrown, and its causes. */
  | { readonly kind: 'fail'; readonly title: string; readonly why: string }
  | { readonly kind: 'end' };
