/** What an agent is about to do, what is known where it would do it, and the answer. */
import type { Finding, Policy } from '../policy';
import type { CommandPlace, LookUps } from '../shell';

/** What an agent is about to do. */
export interface Action {
  /** Files that it names, absolute or relative to `cwd`. */
  readonly files: readonly string[];
  /** Folders that it writes, moves or removes with everything in them. Absolute. */
  readonly folders?: readonly string[];
  readonly command: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  /**
   * Texts that a tool of unknown purpose was given; `folders`: where one names a folder, everything in it is meant too.
   */
  readonly perhaps?: { readonly tool: string; readonly paths: readonly string[]; readonly folders: boolean };
}

/** A file or folder that decides what is recorded and held back. */
export interface GuardedPlace {
  /** Absolute and real. */
  readonly path: string;
  /** What it is, for people: `the hooks of Claude Code`. */
  readonly what: string;
  /** Much else stands in it, so a person is asked. Default: it is refused. */
  readonly shared?: true;
  /**
   * Relative to the top of the repository: the same in a folder below counts too, since it is read where somebody works
   * from there.
   */
  readonly anywhere?: string;
}

/** A place outside of the repository that an action is about, for which the policy of another one may speak. */
export interface Elsewhere {
  /** Absolute. */
  readonly place: string;
  readonly deep: boolean;
  /** It was only handed to a tool of unknown purpose. */
  readonly given: boolean;
}

/**
 * What rules notice in an action before it happens. A finding's `path` is relative to the repository's root.
 */
export type FindingsOf = (action: Action) => readonly Finding[];

export interface GuardInput extends Omit<CommandPlace, 'cwd' | 'files'> {
  readonly policy: Policy;
  /** Where the policy came from, for people. */
  readonly source: string;
  readonly action: Action;
  readonly guarded: readonly GuardedPlace[];
  /** The variables that a command would start with. Default: none is known. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly findingsOf: FindingsOf;
  /** Whether a person has lifted this answer of the policy. Default: none is. */
  readonly lifted?: (answer: GuardAnswer) => boolean;
  /** Hears of places outside of `root`. */
  readonly elsewhere?: (one: Elsewhere) => void;
  readonly files: {
    /** The path with every symbolic link followed; of what is not there yet, as far as it is. */
    readonly real: (absolute: string) => string;
    /** Files below a folder, absolute; empty for anything else. May leave some out of very many. */
    readonly below: (absolute: string) => readonly string[];
  } & LookUps;
}

export type GuardAnswer =
  | { readonly verdict: 'allow' }
  /**
   * `reason` says what is kept from agents and why, `instead` what to do; both are sentences for the model and the
   * person. `leash`: whatever a policy says. `tier`: the policy's tier whose rule this is, null for the policy as a
   * whole; only such an answer can be lifted. `rule`: the danger rule that found something.
   */
  | {
      readonly verdict: 'ask' | 'deny';
      readonly reason: string;
      readonly instead: string;
      readonly leash?: true;
      readonly tier?: string | null;
      readonly rule?: string;
    };

export const ALLOW: GuardAnswer = { verdict: 'allow' };

/** A path from outside, short and on one line. */
export function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return clean.length > 160 ? `…${clean.slice(-159)}` : clean;
}
