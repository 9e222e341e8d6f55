/**
 * The definition of a verb: one file in `verbs/` exporting one of these, plus one line in `src/cli/verbs/index.ts`.
 */
import type { ParseArgsConfig } from 'node:util';
import type { Repository } from '../git';
import type { HookExit, HookTerminal } from '../guard/hook';

/**
 * 0 = yes, 1 = no, 2 = cannot say. 124 is only used between an assistant's hook and its command, which
 * then answers by itself.
 */
export type ExitCode = HookExit;

/**
 * Verbs that an assistant or git starts. There 2 would mean something other than "cannot say". They find out by
 * themselves whether git reads the repository, since what starts them must go on.
 */
export const STARTED_BY_HOOKS: ReadonlySet<string> = new Set(['record', 'hook']);

/** What a verb may use. Created once, in the composition root; a test creates its own. */
export interface Terminal extends HookTerminal {
  /** Ctrl-C, or a request to end, aborts the work's signal instead of the process. Left out: the process ends. */
  readonly interruptible?: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** Line width when a person reads the output; undefined when it goes elsewhere. */
  readonly columns?: number | undefined;
  /** Whether somebody can type here. Default: false. */
  readonly isTerminal?: boolean;
  /** Whether any of the standard streams is a terminal: somebody reads or types, and sends the rest elsewhere. */
  readonly isAttended?: boolean;
}

/** The parsed words of one call. `values` has the options by their long names. */
export interface Call {
  readonly terminal: Terminal;
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly json: boolean;
  /** The repository of `--repo` or of the current folder. Throws a {@link CannotSay} when there is none. */
  readonly repository: () => Repository;
  /** Another verb, for what it does too. */
  readonly verb: (name: string) => Promise<Verb | undefined>;
}

/** An option as `parseArgs` takes it, with its help. */
type Option = NonNullable<ParseArgsConfig['options']>[string] & {
  /** What stands for its value, such as `FILE`. */
  readonly value?: string;
  readonly says: string;
};

/** Who may use a verb is in `guard/audience-of-verbs.ts`, where the guard reads it too. */
export interface Verb {
  readonly name: string;
  /** One line for `linekeeper help`, which begins with an imperative. */
  readonly summary: string;
  /** One call that works as it stands, or with other names. */
  readonly example: string;
  /** Its exit codes, if they mean more than 0 done, 1 no, 2 not done. */
  readonly exits?: string;
  /** The words after the name, as in `[REV] PATH`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  /** For its help: what does not fit into the lines about options. */
  readonly more?: string;
  /** How many words without dashes it accepts; a verb without this checks them itself. */
  readonly words?: number;
  readonly run: (call: Call) => Promise<ExitCode>;
}

/** Thrown by a verb that cannot say yes or no. The message says what, where and how to fix it; the exit code is 2. */
export class CannotSay extends Error {
  override readonly name = 'CannotSay';
}
