/**
 * What a policy keeps from agents, in a form that no assistant has, and what an assistant's dialect makes of it: the
 * files by which it enforces the rules itself, also where no hook runs.
 */
import type { AuditPlaces } from '../permissions/types';
import type { HookCommands, HookSetup } from '../types';

/** Words that a command begins with: `terraform destroy`. */
export type CommandPrefix = readonly string[];

/**
 * Paths are patterns with `*` and `**`, `/` between folders: from the top of the repository, or with `~/` from the
 * home folder, or absolute.
 */
export interface NativeRules {
  /** The tops of the repositories that the rules are for. Absolute. */
  readonly roots: readonly string[];
  /** Agents may not change these. */
  readonly closedPaths: readonly string[];
  /** A person is asked before an agent changes these. */
  readonly askedPaths: readonly string[];
  /** What the policy leaves open inside of the closed and asked ones. */
  readonly openInside: readonly string[];
  /** Agents may not read these. */
  readonly closedReads: readonly string[];
  readonly askedReads: readonly string[];
  readonly refusedCommands: readonly CommandPrefix[];
  readonly askedCommands: readonly CommandPrefix[];
  /** Tools of MCP servers, `SERVER__TOOL`, with `*` and `?`. */
  readonly refusedTools: readonly string[];
  readonly askedTools: readonly string[];
  /** Names of variables that an agent's commands may not see, with `*`. */
  readonly hiddenVariables: readonly string[];
}

/** `managed`: where only the machine's administrator writes. */
export const RULES_SCOPES = ['user', 'project', 'managed'] as const;
export type RulesScope = (typeof RULES_SCOPES)[number];

/** `top`: the root of the file system, or of the image that is made. */
export interface RulesPlace extends Required<AuditPlaces> {
  readonly scope: RulesScope;
  /** The assistant's sandbox is switched on where it is off by default. */
  readonly sandbox: boolean;
  /** The commands of our hooks, for a file that holds rules and hooks. */
  readonly commands?: HookCommands;
  /** Whether a file or folder is there, for a form that depends on it; left out: each is. */
  readonly isThere?: (absolute: string) => boolean;
}

/** A value in a JSON file. */
export type JsonValue =
  /** An item at the end of the list at `at`. */
  | { readonly at: readonly string[]; readonly item: unknown }
  /** The value of a key that is not there yet. `widens`: a text above it becomes `{"*": text}`. */
  | { readonly at: readonly string[]; readonly value: unknown; readonly widens?: true };

/** A part of a TOML file. */
export interface TomlBlock {
  /** `top`: before the first table. */
  readonly place: 'top' | 'end';
  readonly text: string;
  /** Keys from the top (`permissions.linekeeper`): where the rest of the file has one of them, the block is left out. */
  readonly unless: readonly string[];
  /** What is not enforced then, as a sentence. */
  readonly lost: string;
}

/** A file, or a part of one, that holds rules. */
export type RulesFile =
  | { readonly kind: 'file'; readonly file: string; readonly text: string }
  | { readonly kind: 'json'; readonly file: string; readonly values: readonly JsonValue[] }
  | { readonly kind: 'toml'; readonly file: string; readonly blocks: readonly TomlBlock[] };

export interface NativeForm {
  readonly files: readonly RulesFile[];
  /** What of these rules is not enforced, or more widely than the policy asks, each as a sentence. */
  readonly gaps: readonly string[];
}

/** How one assistant writes rules. Pure. */
export interface Dialect {
  readonly id: string;
  /** Scopes in which it has a place for rules. */
  readonly scopes: readonly RulesScope[];
  /** What its own rules hold, and what they can't, as sentences for docs/dev/assistant-settings.md. */
  readonly holds: string;
  readonly misses: string;
  /** `run`: our tests run its own program with its hooks off. `documented`: its vendor's pages say so. */
  readonly verified: 'run' | 'documented';
  readonly formOf: (rules: NativeRules, place: RulesPlace) => NativeForm;
  /** Hooks that only the administrator can take out; left out: there is no such place. */
  readonly managedHooks?: (place: RulesPlace) => readonly HookSetup[];
}
