/** What a rule is, and the rows by which it finds something. */
import type { Severity } from '../finding';
import type { Call } from '../commands/program-call';
import type { Pair } from '../yaml-and-json';

export interface Rule {
  /** How severe it is; `critical`: data or a running service is lost for good. */
  readonly severity: Severity;
  /** The severity applies to what holds data; `medium` otherwise. */
  readonly dataOnly?: true;
  /** What it notices, in words for people. */
  readonly meaning: string;
  /** Why that is dangerous, as one sentence. */
  readonly why: string;
  /** What to do instead, as one sentence. */
  readonly fix: string;
  /** The same for an agent whose command was stopped; by default it hands the command to a person. */
  readonly instead?: string;
  /**
   * What a file does several times, such as a migration that drops columns, is one finding for each kind: whoever looks
   * at one of them sees them all.
   */
  readonly atOnce?: true;
  /**
   * Where a file does it already, one more is no news: whoever let it in knows. Unless production appears with it.
   */
  readonly isHabit?: true;
  /** What is done to the machine itself, which does not matter on a disposable one. */
  readonly ofTheMachine?: true;
  /**
   * Where a command stands in a file's shell text: `never`, or only where the places that it hits are `named places`, or
   * where this holds. Reported always by default.
   */
  readonly inScripts?: 'never' | 'named places' | ((command: ScriptCommand) => boolean);
}

/** A command of a file's shell text. */
interface ScriptCommand {
  readonly words: readonly string[];
  readonly severity: Severity;
  /** It runs on a disposable machine, such as a runner. */
  readonly throwaway: boolean;
}

/** A regular expression, or what a team's own rule has in its place. */
export interface Pattern {
  test(text: string): boolean;
}

/** One name, or several separated by spaces; a pattern where names are open-ended. */
export type Names = string | Pattern;

/** What a value is, on one side of a change. `there`: whatever it is. A pattern is matched against its text. */
export type Is =
  | 'yes'
  | 'no'
  | 'not yes'
  | 'not no'
  | 'zero'
  | 'not zero'
  | 'above zero'
  | 'set'
  | 'absent'
  | 'there'
  | 'world'
  | 'not world'
  | Pattern;

/** The formats whose values the rows are about: each is read by one analyzer. */
export type Format =
  | 'ansible'
  | 'azure'
  | 'cloudformation'
  /** A resource that was there before. */
  | 'cloudformation-update'
  | 'compose'
  /** Any file of settings, whatever its program: its keys as words, such as `auth_disabled`. */
  | 'data'
  | 'helm'
  | 'helmfile'
  /** An object of a cluster, or the values of a chart. */
  | 'kubernetes'
  /** An object that was there before. */
  | 'kubernetes-update'
  | 'pipeline'
  /** Settings of a forge: the reviews and checks that its branches require. */
  | 'protection'
  | 'pulumi'
  | 'settings'
  | 'terraform';

/** What a value belongs to. */
export interface Subject {
  /** For the sentence: `Deployment api`. */
  readonly it: string;
  /** Its kind or type, which `of` is about. */
  readonly type?: string;
  /** More words for the sentence. */
  readonly words?: Readonly<Record<string, string>>;
}

/** This setting becomes that value. All of its conditions have to hold. */
export interface SettingRow {
  /** The setting; `[]` for an item of a list. */
  readonly key: Names;
  /** What encloses it: the key, or that of a list for its items. */
  readonly under?: Names;
  /** The kind or type of the object. */
  readonly of?: Names;
  readonly before?: Is;
  readonly after?: Is;
  /** `falls`: to a smaller number; `shrinks`: to a smaller size, such as `10Gi`. */
  readonly change?: 'falls' | 'shrinks';
  /** What encloses it was there before: the first values of something new are its author's choice. */
  readonly existing?: true;
  /** What encloses it stays: the value alone is removed. */
  readonly stays?: true;
  /** What no row can say. */
  readonly only?: (pair: Pair, subject: Subject) => boolean;
  /**
   * The sentence. `{it}`: the object, `{key}`, `{parent}`: the names, `{where}`: all names from the top, `{before}`,
   * `{after}`: the values, `{off}`: "is removed" or "is off", `{after.x}`, `{before.x}`, `{within.x}`: the text of a key in
   * the value or beside it, `{above}`: the key two levels up.
   */
  readonly says: string;
  /** Several of one key in one object are one finding. */
  readonly together?: true;
  /** At the old line even where there is a new one. */
  readonly side?: 'old';
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
}

export type Settings = Readonly<Partial<Record<Format, readonly SettingRow[]>>>;

/** Program, verb, with, without. All of its conditions have to hold. */
export interface CommandRow {
  /** The program, or several separated by spaces; a pattern for a family of cmdlets. */
  readonly program: Names;
  /**
   * The first words that are no options, separated by commas: `forget, key remove`. `*` stands for one word, or for the
   * end of one. A pattern is matched against all of them.
   */
  readonly verb?: string | Pattern;
  /** An option that must be there, and one that must not. */
  readonly with?: Pattern;
  readonly without?: Pattern;
  /** What the whole line has to say, and what it must not. */
  readonly line?: RegExp;
  readonly not?: RegExp;
  /** What it is given to run has to say, as an argument or on its standard input. */
  readonly text?: RegExp;
  /** What no row can say. `words`: those that are no options. */
  readonly only?: (call: Call, words: readonly string[]) => boolean;
  /** What it does, as the end of a sentence that begins with the command. */
  readonly does: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
}

/** A statement of SQL, in any dialect. All of its conditions have to hold. */
export interface StatementRow {
  /** The words that it begins with, in upper case, separated by commas: `DROP TABLE, TRUNCATE`. `*` stands for one word. */
  readonly verb: string;
  /** One of the names in it, in lower case. */
  readonly of?: Names;
  /** One of its words, in upper case, that must be there, and one that must not. */
  readonly with?: Names;
  readonly without?: Names;
}

/** A call of a tool that is no shell, by its name and its input. All of its conditions have to hold. */
export interface ToolRow {
  /** What it does by its own words: several separated by spaces. See `tools/act-by-tool-name.ts`. */
  readonly deed?: string;
  /** One of the words of the tool's name. */
  readonly verb?: Names;
  /** What it is done to, in the singular: in the tool's name, or as the kind in its input. */
  readonly of?: Names;
  /** None of the nouns, which would make it something else. */
  readonly not?: Names;
  /** One of the words of the server's or the tool's name. */
  readonly on?: Names;
  /** A line `key=value` of its input, and one that must not be there. */
  readonly with?: RegExp;
  readonly without?: RegExp;
  /** What it does, as the end of a sentence that begins with the tool. */
  readonly does: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
}
