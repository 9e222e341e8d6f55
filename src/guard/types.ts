/** What an agent is about to do, what is known about the place where it would happen, and the answer. */
import type { Finding, Policy, Severity } from '../policy';
import type { ToolCall, Loses } from '../danger/commands';
import type { CommandPlace, LookUps } from '../danger/shell';
import type { ProposedText } from './forbidden/removal-of-shared-hooks';
import type { CallSummary } from './program-verb-and-targets';
import type { Lost } from './unrecoverable-files/losses-of-command';

/** What an agent is about to do. */
export interface Action {
  /** Files that it names, absolute or relative to `cwd`. */
  readonly files: readonly string[];
  /** Folders that it writes, moves or removes with all their contents. Absolute. */
  readonly folders?: readonly string[];
  readonly command: string | undefined;
  /** What is known of the texts that it would leave. Default: nothing. */
  readonly proposed?: readonly ProposedText[];
  /** Files whose text it shows, as they are named. Default: none. */
  readonly shows?: readonly string[];
  /** Default: sh, and on Windows whichever it may be. */
  readonly shell?: 'powershell' | 'cmd';
  /** Absolute. */
  readonly cwd: string;
  /** Its command starts in another repository or in none: what it does there is judged there. */
  readonly fromElsewhere?: true;
  /**
   * Strings in the input of a tool with unknown purpose; `folders`: if one names a folder, everything in it counts too.
   */
  readonly perhaps?: { readonly tool: string; readonly paths: readonly string[]; readonly folders: boolean };
  /** The call of a tool with unknown purpose. `names`: `SERVER__TOOL` in each reading that the assistant's spelling allows. */
  readonly call?: ToolCall & { readonly names: readonly string[]; readonly writes: boolean };
}

/** A file or folder that controls what is recorded and which actions are restricted. */
export interface GuardedPlace {
  /** Absolute and real. */
  readonly path: string;
  /** What it is, for people: `the hooks of Claude Code`. */
  readonly what: string;
  /** It also contains much else, so a person is asked. Default: refused. */
  readonly shared?: true;
  /** Guarded with the folders above it though nothing is there now, as a ref that git packed. Default: only what exists. */
  readonly absentToo?: true;
  /**
   * Relative to the top of the repository: the same path in a subfolder counts too, because it is read when somebody
   * works from there.
   */
  readonly anywhere?: string;
}

/** A place outside the repository that an action touches, to which another repository's policy may apply. */
export interface Elsewhere {
  /** Absolute. */
  readonly place: string;
  readonly deep: boolean;
  /** A program acts in this folder. */
  readonly acts?: true;
  /** It was only in the input of a tool with unknown purpose. */
  readonly guessed: boolean;
}

/** The rule findings in an action before it happens. A finding's `path` is relative to the repository's root. */
export type FindingsOf = (action: Action) => readonly Finding[];

export interface GuardInput extends Omit<CommandPlace, 'cwd' | 'files'> {
  readonly policy: Policy;
  /** What holds once the floors enforce that only observe; see `ParsedPolicy`. */
  readonly enforced?: Policy;
  /** Where the policy came from, for people. */
  readonly source: string;
  /** What is wrong with the policy, as a sentence: of it only what can be read counts. Default: nothing. */
  readonly mistake?: string;
  /** Why the guard answers as without a policy though there is one, as a clause. */
  readonly asWithout?: string;
  readonly action: Action;
  /** Called only where a place has to be compared with them: there are a hundred, each looked up. */
  readonly guarded: () => readonly GuardedPlace[];
  /** The environment variables that a command would start with. Default: unknown. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly findingsOf: FindingsOf;
  /** Whether a person has lifted this answer of the policy. Default: no. */
  readonly lifted?: (answer: GuardAnswer) => boolean;
  /** What git can't bring back of these places, absolute, or of the whole work tree. Default: nothing. */
  readonly lost?: (loses: Loses, places: readonly string[] | undefined) => readonly Lost[];
  /** Called for places outside `root`. */
  readonly elsewhere?: (one: Elsewhere) => void;
  readonly files: {
    /** The path with every symbolic link followed; for a missing path, as far as it exists. */
    readonly real: (absolute: string) => string;
    /** Files below a folder, absolute; empty for anything else. May leave some out of very many. */
    readonly below: (absolute: string) => readonly string[];
    /** Whether something is there. Default: it may be. */
    readonly exists?: (absolute: string) => boolean;
  } & LookUps;
}

export type GuardAnswer =
  /** `observed`: what a policy that only observes would have answered. */
  { readonly verdict: 'allow'; readonly observed?: Held } | Held;

/**
 * `reason` says what agents may not do and why, `instead` what to do; both are sentences for the model and the
 * person. `leash`: applies whatever a policy says. `tier`: the policy's tier whose rule this is, null for the policy
 * as a whole; only such an answer can be lifted. `rule`: the danger rule that found something. `call`: the program of a command
 * that it is about, `environment`: the policy's environment that it acts on.
 */
export interface Held {
  readonly verdict: 'ask' | 'deny';
  readonly reason: string;
  readonly instead: string;
  readonly leash?: true;
  readonly tier?: string | null;
  readonly rule?: string;
  /** Of what the rule found. */
  readonly severity?: Severity;
  /** What would be lost for good: a copy of it can be kept. */
  readonly loses?: readonly Lost[];
  readonly call?: CallSummary;
  readonly environment?: string;
  /** What the command does, without its own words: `destroys everything that Terraform manages here`. */
  readonly does?: string;
}

export const ALLOW: GuardAnswer = { verdict: 'allow' };

/** A path from outside, shortened and on one line. */
export function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return clean.length > 160 ? `…${clean.slice(-159)}` : clean;
}
