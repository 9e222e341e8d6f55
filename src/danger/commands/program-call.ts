/** One program that a command would run, as the rules see it. */
import { braces, handedText, nameOf, plainOf, type Invocation, type Word } from '../shell';
import type { Severity } from '../finding';
import type { RuleId } from '../rules';
import type { Pattern } from '../rules/types';

/** Where it runs. */
export interface CallPlace {
  /** Absolute folders, one or more. */
  readonly folders: readonly string[];
  readonly home: string;
  /** Top of the work tree; null outside one. */
  readonly root: string | null;
  /** The text of a file, by its name as written in the command. */
  readonly read: (name: string) => string | undefined;
  /** Whether git reads a name as a branch or a commit rather than a file. */
  readonly isRevision: (name: string) => boolean;
  /** An absolute path with `/`, with every link followed and each name as it is stored. Default: as it is. */
  readonly real?: (absolute: string) => string;
}

export interface Call extends CallPlace {
  /** Lower case, without folder and extension. */
  readonly name: string;
  /** The words after the name. */
  readonly words: readonly Word[];
  /** Their texts. */
  readonly args: readonly string[];
  readonly invocation: Invocation;
  /** It runs elsewhere: on another machine or in a container. `new`: in a container that is made for it. */
  readonly away: 'host' | 'new' | undefined;
}

/** What a rule notices in a command. */
export interface CommandNotice {
  readonly rule: RuleId;
  /** What it does, as the end of a sentence that begins with the command. */
  readonly does: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
  /** The files or folders that it hits, absolute, wildcards included: dangerous only in a reviewed tier. */
  readonly places?: readonly string[];
  /** Only existing files count: creating one loses nothing. */
  readonly existing?: true;
  /** What git may not be able to bring back, at `places` or in the whole work tree. */
  readonly loses?: Loses;
  /** The row that found it, or the name of the fact. */
  readonly row?: object | string;
}

/** `untracked`: what git doesn't know alone. */
export type Loses = 'files' | 'changes' | 'untracked' | 'stash';

export type Family = (call: Call) => readonly CommandNotice[] | CommandNotice | undefined;

/** A table of programs: names of one family stand together, separated by spaces. */
export const programs = (table: Readonly<Record<string, Family>>): Readonly<Record<string, Family>> =>
  Object.fromEntries(
    Object.entries(table).flatMap(([names, family]) => names.split(' ').map((name) => [name, family])),
  );

/** The program's name as the rules write it: lower case, without folder, version and extension. */
export const nameOfCall = ({ words }: Invocation): string =>
  nameOf(words[0])
    .toLowerCase()
    .replace(/(.)@[\w.^~-]+$/, '$1')
    .replace(/\.(?:sh|bat|ps1|phar|rb|pl)$/, '');

export function callOf(invocation: Invocation, place: CallPlace): Call {
  const words = invocation.words.slice(1);
  const name = nameOfCall(invocation);
  return { ...place, name, words, args: words.map(({ text }) => text), invocation, away: invocation.away };
}

/** The same command without its words up to this place: what a program hands on to another. */
export const behind = (call: Call, at: number): Call => ({
  ...call,
  args: call.args.slice(at + 1),
  words: call.words.slice(at + 1),
});

/** Whether one of the words is an option of this form. */
export const has = ({ args }: Call, option: Pattern): boolean => {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((text) => option.test(text));
};

/** Words that are not options; `takes`: options that consume the next word. */
export const plain = ({ words }: Call, takes: readonly string[] = []): string[] =>
  plainOf(words, takes).map(({ text }) => text);

/** The values of an option, in the same word or in the next. */
export function values({ args }: Pick<Call, 'args'>, ...names: readonly string[]): string[] {
  return args.flatMap((text, index) => {
    const before = args[index - 1];
    if (before !== undefined && names.includes(before)) return [text];
    const name = names.find(
      (one) => text.startsWith(`${one}=`) || (/^-\w$/.test(one) && text.length > 2 && text.startsWith(one)),
    );
    return name === undefined ? [] : [text.slice(name.length).replace(/^=/, '')];
  });
}

/** What it reads from its standard input, where that is known. */
export const input = ({ invocation, read }: Call): string | undefined => handedText(invocation, read);

/** Every word that a word with braces expands to. */
export const each = (text: string): string[] => braces(text);

/** The value of a variable that is set for this program. */
export const setTo = ({ invocation }: Call, name: string): string | undefined =>
  invocation.assignments.flatMap((text) => (text.startsWith(`${name}=`) ? [text.slice(name.length + 1)] : [])).at(-1);
