/** What a text says went wrong, and how a change behind it would look. */

export interface Clue {
  /** What the text says, to go on after "The text says that". */
  readonly says: string;
  /** What it is about, by name: workloads, tables, roles, hosts, flags. Any of them. */
  readonly names: readonly string[];
  /** What a changed line that could be behind it says. */
  readonly about?: RegExp;
  /** What of that is the likeliest. */
  readonly chiefly?: RegExp;
  /** What hardly anybody adds without causing it. */
  readonly clearly?: RegExp;
  /** What causes it when a line that has it does no longer have a name from the text. */
  readonly gone?: RegExp;
  /** Which way a number must have gone to explain it. */
  readonly worse?: 'smaller' | 'larger';
  /** Parts of lines, such as the address of a route. */
  readonly literals?: readonly string[];
  /** What the program looked for and did not find: what took that away is behind it. */
  readonly missing?: readonly string[];
  /** What is named is not there: code that began to use it may be ahead of what brings it. */
  readonly isAbsent?: true;
  /** Two places that have to say the same, such as a label and a selector, may not any more. */
  readonly isPaired?: true;
  /** A permission that was refused, such as `s3:GetObject`. */
  readonly action?: string;
  /** A library, as a trace names it. */
  readonly library?: string;
  /** The library only handed on what something else answered. */
  readonly isMessenger?: boolean;
}

/** Reads one kind of text. Gets its lines, each of bounded length. Everything in them is from outside. */
export type ClueReader = (lines: readonly string[]) => readonly Clue[];

/** What of a clue a symptom says of all lines that show it. */
export const LOOKED_FOR = ['about', 'chiefly', 'clearly', 'gone', 'worse', 'isAbsent', 'isPaired'] as const;

/** A phrase that stands for something that went wrong. */
export interface Symptom extends Pick<Clue, (typeof LOOKED_FOR)[number]> {
  readonly pattern: RegExp;
  /** Goes on after "The text says that". */
  readonly says: string;
}
