/** What a text creates itself, so that dropping it loses nothing; and what it rolls back. */
import { wordSet } from '../../base/patterns';
import { afterIf, afterOnly, byComma, nameAt, type Named } from './names-in-statements';
import { copiedIn, type Copied } from './values-copied-before-drop';
import type { SqlOptions, Statement, Token } from './types';

export interface Context {
  /** Created by this text before the statement: rules see only what is above it. Lower case. */
  readonly created: Set<string>;
  /** Columns added by this text, as `table column`. */
  readonly added: Set<string>;
  /** Columns whose nulls this text has filled, as `table column`. */
  readonly filled: Set<string>;
  /** Created anywhere in the text. */
  readonly creates: ReadonlySet<string>;
  /** Those of them that are views: ClickHouse drops a view as a table, too. */
  readonly views: ReadonlySet<string>;
  /** Columns that are dropped anywhere in the text. */
  readonly drops: readonly string[];
  /** Constraints that are added anywhere in the text. */
  readonly constraints: ReadonlySet<string>;
  /** Columns of foreign keys that are added anywhere in the text, as `table column`. */
  readonly foreignKeys: ReadonlySet<string>;
  /** Tables whose name a table created by this text takes over. */
  readonly replaced: ReadonlySet<string>;
  readonly dump: boolean;
  readonly migration: boolean;
  readonly copied: Copied;
  /** How many nested texts have been read. */
  nested: number;
}

const MADE = wordSet(`
  TABLE VIEW INDEX TYPE TRIGGER FUNCTION PROCEDURE SCHEMA DATABASE SEQUENCE DOMAIN USER ROLE POLICY EVENT
  KEYSPACE
`);

/** The name of what a statement creates stands among so many first tokens. */
const NAME_WITHIN = 16;

/** What the whole text creates. Read once, before the statements are judged. */
export function contextOf(statements: readonly Statement[], options: SqlOptions): Context {
  const creates = new Set<string>();
  const views = new Set<string>();
  const constraints = new Set<string>();
  const foreignKeys = new Set<string>();
  const drops: string[] = [];
  const replaced = new Set<string>();
  for (const { tokens } of statements) {
    const made = madeBy(tokens);
    if (made !== null) creates.add(made.name);
    if (tokens[0]?.key === 'CREATE' && tokens[1]?.key === 'SCHEMA')
      for (const [at, { key }] of tokens.entries()) {
        const part = at > 1 && key === 'CREATE' ? madeBy(tokens.slice(at, at + NAME_WITHIN)) : null;
        if (part !== null) creates.add(part.name);
      }
    if (made !== null && tokens.slice(1, 5).some(({ key }) => key === 'VIEW')) views.add(made.name);
    const altered =
      tokens[0]?.key === 'ALTER' && tokens[1]?.key === 'TABLE' ? nameAt(tokens, afterOnly(tokens, 2)) : null;
    if (altered !== null) {
      if (tokens[altered.end]?.key === 'RENAME' && tokens[altered.end + 1]?.key === 'TO' && creates.has(altered.name)) {
        const to = nameAt(tokens, altered.end + 2);
        if (to !== null) replaced.add(to.name);
      }
      const aside = tokens[altered.end]?.key === 'RENAME' ? nameAt(tokens, altered.end + 2) : null;
      if (aside !== null && isCopied(statements, aside.name, altered.name)) replaced.add(aside.name);
      for (let at = altered.end; at < tokens.length; at++) {
        if (tokens[at]?.key === 'DROP' && tokens[at + 1]?.key === 'COLUMN')
          drops.push(nameAt(tokens, afterIf(tokens, at + 2))?.name ?? '');
        if (tokens[at]?.key === 'FOREIGN' && tokens[at + 2]?.key === '(')
          foreignKeys.add(`${altered.name} ${nameAt(tokens, at + 3)?.name ?? ''}`);
        if (tokens[at]?.key !== 'ADD') continue;
        const named = ['CONSTRAINT', 'INDEX', 'KEY'].includes(tokens[at + 1]?.key ?? '')
          ? nameAt(tokens, at + 2)
          : null;
        if (named !== null) constraints.add(named.name);
        else if (tokens[at + 1]?.key === 'PRIMARY') constraints.add('primary key');
      }
    } else if (tokens[0]?.key === 'ALTER' && tokens.slice(1, 3).some(({ key }) => key === 'VIEW')) {
      const view = nameAt(tokens, afterIf(tokens, tokens[1]?.key === 'VIEW' ? 2 : 3));
      const to = view !== null && tokens[view.end]?.key === 'RENAME' ? nameAt(tokens, view.end + 2) : null;
      if (view !== null && to !== null && creates.has(view.name)) replaced.add(to.name);
    } else if (tokens[0]?.key === 'RENAME' && tokens[1]?.key === 'TABLE') {
      for (const part of byComma(tokens.slice(2))) {
        const from = nameAt(part, 0);
        const to = from === null ? null : nameAt(part, from.end + 1);
        if (from !== null && to !== null && creates.has(from.name)) replaced.add(to.name);
      }
    } else if (/^sp_rename$/i.test(tokens[1]?.text ?? '') && creates.has(last(tokens[2])))
      replaced.add(last(tokens[4]));
  }
  return {
    created: new Set([...(options.created ?? []).map((name) => name.toLowerCase()), ...temporaryIn(statements)]),
    added: new Set(options.added),
    filled: new Set(),
    creates,
    views,
    drops,
    constraints,
    foreignKeys,
    replaced,
    dump: options.dump ?? false,
    migration: options.migration ?? false,
    copied: copiedIn(statements),
    nested: 0,
  };
}

/** Tables that a text makes for itself only. It often drops them first, in case that an earlier run left them. */
const temporaryIn = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(({ tokens }) =>
    tokens.slice(1, 4).some(({ key }) => key === 'TEMP' || key === 'TEMPORARY') ? (madeBy(tokens)?.name ?? []) : [],
  );

/**
 * SQLite's way to change a table: it is put aside, made anew under its name and filled from what was put aside, which
 * then goes.
 */
const isCopied = (statements: readonly Statement[], aside: string, name: string): boolean =>
  statements.some(({ tokens }) => madeBy(tokens)?.name === name) &&
  statements.some(
    ({ tokens }) =>
      tokens[0]?.key === 'INSERT' &&
      tokens[1]?.key === 'INTO' &&
      nameAt(tokens, 2)?.name === name &&
      tokens.some(({ key }, at) => key === 'FROM' && nameAt(tokens, at + 1)?.name === aside),
  );

const last = (token: Token | undefined): string =>
  token?.text
    .split('.')
    .at(-1)
    ?.replace(/^\[|\]$/g, '')
    .toLowerCase() ?? '';

/** Whether an index or a constraint is, by its name, of a column that the text drops: it goes with the column. */
export const isOfDroppedColumn = (context: Context, name: string): boolean =>
  context.drops.some((column) => column !== '' && `_${name}_`.includes(`_${column}_`));

/** Remembers what the statement creates, for those after it. */
export function remember(context: Context, tokens: readonly Token[]): void {
  const made = madeBy(tokens);
  if (made !== null && made.name !== '') context.created.add(made.name);
  // SELECT … INTO #x FROM: a new table
  const into =
    tokens[0]?.key === 'SELECT' || tokens[0]?.key === 'WITH' ? tokens.findIndex(({ key }) => key === 'INTO') : -1;
  if (into !== -1) {
    const named = nameAt(
      tokens,
      ['TEMP', 'TEMPORARY', 'TABLE'].includes(tokens[into + 1]?.key ?? '') ? into + 2 : into + 1,
    );
    if (named !== null) context.created.add(named.name);
  }
}

/** The name that a CREATE gives, null for other statements. `CREATE OR REPLACE` does not count as new. */
function madeBy(tokens: readonly Token[]): Named | null {
  if (tokens[0]?.key !== 'CREATE') return null;
  for (let at = 1; at < Math.min(tokens.length, 12); at++) {
    const key = tokens[at]?.key ?? '';
    if (key === 'OR' && tokens[at + 2]?.key === 'TABLE') return null;
    if (!MADE.has(key)) continue;
    const start = afterIf(tokens, tokens[at + 1]?.key === 'CONCURRENTLY' ? at + 2 : at + 1);
    return nameAt(tokens, start);
  }
  return null;
}

/** A temporary table, or one that this text created. */
export const isOwn = (context: Context, { name, shown }: Named): boolean =>
  name.startsWith('#') ||
  name.startsWith('@') ||
  /^(?:pg_temp|tempdb|temp)\./i.test(shown) ||
  context.created.has(name);
