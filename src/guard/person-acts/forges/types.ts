/** What only a person may say or do at a forge, and how a forge's rows say it. */
import type { Call } from '../../../danger/commands';

export const PERSON_ACTS = [
  'approve',
  'merge',
  'status',
  'dismiss',
  'resolve',
  'deploy',
  'publish',
  'push-base',
] as const;
export type PersonAct = (typeof PERSON_ACTS)[number];

/**
 * It counts for a check that the policy requires, and for one whose name can't be told. Linekeeper's own has rows of
 * its own.
 */
type CheckCondition = true;

/** A program's call. All conditions of a row must hold; patterns for options are matched against single words. */
export interface ActCommand {
  readonly act: PersonAct;
  /** One name, or several separated by spaces. */
  readonly program: string;
  /** The first words that are no options, separated by commas: `pr merge, mr merge`. */
  readonly verb?: string;
  /** An option that must be there, and one that must not. */
  readonly with?: RegExp;
  readonly without?: RegExp;
  /** What the whole line has to say, and what it must not. */
  readonly line?: RegExp;
  readonly not?: RegExp;
  /** What the words alone can't say. */
  readonly only?: (call: Call) => boolean;
}

/** A request, whatever sends it. */
export interface ActRequest {
  readonly act: PersonAct;
  /** In lower case, separated by spaces. */
  readonly method: string;
  /**
   * Matched against the address without its query; a group is a branch's name, where `branch` is `path`, and a check's,
   * where `check` is.
   */
  readonly path: RegExp;
  /** What its body, or its query, has to say, and what it must not. */
  readonly body?: RegExp;
  readonly not?: RegExp;
  /** It counts on the base branch alone, which the path or the body names; a body that names none means it. */
  readonly branch?: 'path' | 'body';
  readonly check?: CheckCondition;
}

/** A mutation of GraphQL, by its name. */
export interface ActMutation {
  readonly act: PersonAct;
  /** What the request has to say besides. */
  readonly with?: RegExp;
  readonly check?: CheckCondition;
}

/** A tool of a server, such as one of MCP. */
export interface ActTool {
  readonly act: PersonAct;
  /** Matched against the words of its name in lower case, with a space between: `merge pull request`. */
  readonly tool: RegExp;
  /** Matched against the lines `key=value` of its input. */
  readonly with?: RegExp;
  readonly without?: RegExp;
  /** It counts on the base branch alone; an input that names none means it. */
  readonly branch?: true;
  readonly check?: CheckCondition;
}

/** What a forge's library is told, in a program that names the forge or its library. */
export interface ActCode {
  readonly act: PersonAct;
  readonly text: RegExp;
  readonly check?: CheckCondition;
}

export interface ForgeActs {
  readonly commands?: readonly ActCommand[];
  readonly requests?: readonly ActRequest[];
  readonly mutations?: Readonly<Record<string, ActMutation>>;
  readonly tools?: readonly ActTool[];
  readonly code?: readonly ActCode[];
}
