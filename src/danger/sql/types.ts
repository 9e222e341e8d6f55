/** What the SQL reader passes to the rules, and what they return. */
import type { Severity } from '../finding';
import type { RuleId } from '../rules';

export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'symbol' | 'body' | 'hole';

/** One token. Comments and white space are left out. */
export interface Token {
  /** `name`: a quoted identifier; `body`: a dollar-quoted string; `hole`: a template's place, such as `${table}`. */
  readonly kind: TokenKind;
  /** The text without its quotes. */
  readonly text: string;
  /**
   * Words in upper case; empty for other kinds, so that a quoted name is never taken for a keyword. Symbols as they
   * are.
   */
  readonly key: string;
  /** 1-based line on which it starts. */
  readonly line: number;
  /** It is the first token of its line. */
  readonly first: boolean;
}

/** The tokens of one statement, without the separator at its end. Never empty. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly line: number;
}

/** What a statement does. */
export interface SqlFinding {
  readonly rule: RuleId;
  /** 1-based line of the text. */
  readonly line: number;
  readonly message: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
  /** The name of the fact. */
  readonly row?: object | string;
}

export interface SqlOptions {
  /** Tables that are new in this change: whatever happens to them loses nothing. Any case. */
  readonly created?: readonly string[];
  /** Columns that are new in this change, as `table column`, in lower case. */
  readonly added?: readonly string[];
  /** The text is a dump of a schema: it drops what it creates again. */
  readonly dump?: boolean;
  /** The text is a migration: what it deletes by a condition is gone wherever it runs. */
  readonly migration?: boolean;
}
