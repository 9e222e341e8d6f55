/** What a run of mocha tells whoever started it: one event a line of its standard output. */

/** Begins the lines that are events: tests may print whatever they like beside them. */
export const MARK = '\u001eTEST ';

export type TestEvent =
  | { readonly kind: 'skip' }
  /** `file` is an absolute path. */
  | { readonly kind: 'pass'; readonly title: string; readonly file: string }
  /** A test that failed and gets another try. */
  | { readonly kind: 'retry'; readonly title: string; readonly why: string }
  /** `why` has the message with its differences, where it was thrown, and its causes. */
  | { readonly kind: 'fail'; readonly title: string; readonly why: string }
  | { readonly kind: 'end' };
