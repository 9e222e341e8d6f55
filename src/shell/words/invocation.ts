/** What a shell command is taken apart into. */

/** One word, without its quotes. */
export interface Word {
  readonly text: string;
  /** Holds something that is only known when it runs, such as a variable. */
  readonly open: boolean;
  /**
   * The same with a `/` for each backslash that may be one between folders, as in PowerShell; where that is something
   * else.
   */
  readonly slashed?: string;
  /** The program whose output stands in it, where that is not known. */
  readonly by?: string;
  /** Of a file that output is sent to: what it holds stays. */
  readonly append?: true;
}

/** One program with its arguments. */
export interface Invocation {
  readonly words: readonly Word[];
  /** `NAME=value` before the program. */
  readonly assignments: readonly string[];
  /** Files that its output is sent to. */
  readonly outputs: readonly Word[];
  /** The text of a heredoc or here-string. */
  readonly input: string | null;
  /** The file that it reads. */
  readonly source: Word | null;
  /** The program whose output it reads; of a group the last one. */
  readonly from: Invocation | null;
  /** It stands for all of these, whose output goes the same way. */
  readonly group?: readonly Invocation[];
  /** The numbers of the subshells that it runs in, from the outside. */
  readonly scope: readonly number[];
  /** It runs only when what is before it fails. */
  readonly otherwise: boolean;
  /** The folder that it is sent to before it starts, as written. */
  readonly folder: string | null;
  /** It runs a text that only a run can tell. */
  readonly unread?: true;
  /** It runs on another machine or in a container; `new`: in one that is made for it, and goes with it. */
  readonly away?: 'host' | 'new';
  /**
   * The line of the command in which it begins, 1-based; of a text inside of a word the line of that word's command.
   */
  readonly line: number;
}

/** Stands for each of several words, as braces do. */
export const anyOf = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : `{${texts.join(',')}}`;
