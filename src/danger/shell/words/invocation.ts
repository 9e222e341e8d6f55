/** The structure that a shell command is parsed into. */

/** One word, without its quotes. */
export interface Word {
  readonly text: string;
  /** Contains something known only at run time, such as a variable. */
  readonly open: boolean;
  /**
   * The same with a `/` for each backslash that may separate folders, as in PowerShell; present only where that
   * differs.
   */
  readonly slashed?: string;
  /** The program whose output it contains, where the output is unknown. */
  readonly by?: string;
  /** What another program writes is in it, outside of quotes: a shell makes several words of it. */
  readonly spread?: true;
  /** For a file that output is redirected to: its content stays. */
  readonly append?: true;
}

/** One program with its arguments. */
export interface Invocation {
  readonly words: readonly Word[];
  /** `NAME=value` before the program. */
  readonly assignments: readonly string[];
  /** The variables that these take their values from, where the values are unknown. */
  readonly unsetVariables?: readonly string[];
  /** Files that its output is redirected to. */
  readonly outputs: readonly Word[];
  /** The text of a heredoc or here-string. */
  readonly input: string | null;
  /** The file that it reads. */
  readonly source: Word | null;
  /** The program whose output it reads; for a group, the last one. */
  readonly from: Invocation | null;
  /** It represents all of these, whose output goes to the same place. */
  readonly group?: readonly Invocation[];
  /** The numbers of the subshells that it runs in, outermost first. */
  readonly scope: readonly number[];
  /** It runs only when the command before it fails. */
  readonly otherwise: boolean;
  /** The folder that it changes to before it starts, as written. */
  readonly folder: string | null;
  /** It runs a text that is known only at run time. */
  readonly unread?: true;
  /** It runs on another machine or in a container; `new`: in one that is created for it and removed with it. */
  readonly away?: 'host' | 'new';
  /** What the command itself wrote to a file before, by its name as written. */
  readonly written?: (name: string) => string | undefined;
  /** The line of the command in which it begins, 1-based; for a text inside a word, the line of that word's command. */
  readonly line: number;
}

/** What most invocations are: alone, in no subshell, with nothing going in or out. */
export const PLAIN_INVOCATION: Invocation = {
  words: [],
  assignments: [],
  outputs: [],
  input: null,
  source: null,
  from: null,
  scope: [],
  otherwise: false,
  folder: null,
  line: 1,
};

/** A word that represents each of several, as braces do. */
export const anyOf = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : `{${texts.join(',')}}`;
