/** What SQL does, statement by statement. */
import { wordSet } from '../../base/patterns';
import { factOf } from '../rule-rows/facts-from-sentences';
import { alters, renames } from './alter-and-rename-statements';
import { contextOf, remember, type Context } from './created-or-rolled-back-in-same-text';
import { drops, replaces, truncates } from './drop-truncate-and-replace';
import { grants, memberships, policies, roles } from './grants-roles-and-policies';
import { commonOf, deletes, merges, updates } from './delete-update-and-merge';
import { statementsOf } from './statements';
import { HOLE } from './tokens';
import type { SqlFinding, SqlOptions, Statement, Token } from './types';

/** Longer texts are read only up to here. Characters. */
export const READ_AT_MOST = 1_000_000;
/** Nesting of texts: `DO $$ … EXECUTE '…' … $$`. */
const DEEPEST = 4;
/** Nested texts are read with the context around them; at most this many. */
const NESTED_AT_MOST = 400;
const NONE: ReadonlySet<string> = new Set();
const VERBS = wordSet(`
  DROP DELETE TRUNCATE UPDATE ALTER GRANT EXECUTE EXEC CREATE WITH RENAME INSERT SELECT PERFORM MERGE SET PRINT
  RAISE
`);
/** What may precede a statement in a block of a procedural language. */
const BLOCK = wordSet('BEGIN IF ELSE ELSIF ELSEIF THEN LOOP FOR WHILE FOREACH EXCEPTION WHEN CASE DECLARE');

/**
 * What a text of SQL does that a person should see. Lines are 1-based; any dialect; never throws; of broken text as
 * much as can be read.
 */
export function judgeSql(text: string, options: SqlOptions = {}): readonly SqlFinding[] {
  return judgeText(text.length > READ_AT_MOST ? text.slice(0, READ_AT_MOST) : text, options, 0);
}

function judgeText(text: string, options: SqlOptions, depth: number): readonly SqlFinding[] {
  const statements = statementsOf(text);
  const context = contextOf(statements, options);
  const undone = rolledBack(statements);
  const found: SqlFinding[] = [];
  for (const [index, statement] of statements.entries()) {
    if (undone.has(index)) continue;
    found.push(...judgeStatement(statement, context, options, depth));
    remember(context, statement.tokens);
  }
  return found;
}

/** Indices of statements between BEGIN and ROLLBACK. */
function rolledBack(statements: readonly Statement[]): ReadonlySet<number> {
  const undone = new Set<number>();
  let begun = -1;
  for (const [index, { tokens }] of statements.entries()) {
    const first = tokens[0]?.key;
    if (
      (first === 'BEGIN' &&
        (tokens.length === 1 ||
          ['TRANSACTION', 'TRAN', 'WORK', 'ISOLATION', 'READ', 'IMMEDIATE', 'DEFERRED'].includes(
            tokens[1]?.key ?? '',
          ))) ||
      (first === 'START' && tokens[1]?.key === 'TRANSACTION')
    )
      begun = index;
    else if (first === 'COMMIT' || (first === 'END' && tokens.length === 1)) begun = -1;
    else if ((first === 'ROLLBACK' || first === 'ABORT') && !tokens.some(({ key }) => key === 'TO') && begun !== -1) {
      for (let at = begun; at < index; at++) undone.add(at);
      begun = -1;
    }
  }
  return undone;
}

function judgeStatement(
  statement: Statement,
  context: Context,
  options: SqlOptions,
  depth: number,
): readonly SqlFinding[] {
  const { tokens } = statement;
  const first = tokens[0]?.key ?? '';
  switch (first) {
    case 'DROP':
      return drops(statement, context);
    case 'TRUNCATE':
      return truncates(statement, context);
    case 'ALTER':
      return [...alters(statement, context), ...roles(statement), ...memberships(tokens), ...defaults(statement)];
    case 'RENAME':
      return renames(statement, context);
    case 'CREATE':
      return [...replaces(statement, context), ...roles(statement), ...policies(statement)];
    case 'GRANT':
      return grants(statement);
    case 'DELETE':
      return deletes(tokens, context, NONE);
    case 'UPDATE':
      return updates(statement, context, NONE);
    case 'MERGE':
      return merges(statement, context);
    case 'WITH':
      return withCommon(statement, context, options, depth);
    case 'EXPLAIN':
    case 'DESCRIBE':
    case 'DESC':
      return explained(statement, context, options, depth);
    case 'DO':
      return bodies(tokens, options, context, depth);
    case 'EXEC':
    case 'EXECUTE':
    case 'PREPARE':
      return executed(tokens, options, context, depth);
    case 'SELECT':
      // EXEC without its keyword, and functions that run their argument, are not examined
      return [];
    case 'SHUTDOWN':
      return tokens.length <= 3
        ? [{ ...factOf('destructive/system-down: The database server is shut down.'), line: statement.line }]
        : [];
    default:
      return /^sp_rename$/i.test(first)
        ? executed([{ ...(tokens[0] as Token), key: 'EXEC' }, ...tokens], options, context, depth)
        : inBlock(statement, context, options, depth);
  }
}

/** `ALTER DEFAULT PRIVILEGES … GRANT … TO PUBLIC`. */
function defaults({ tokens, line }: Statement): readonly SqlFinding[] {
  if (tokens[1]?.key !== 'DEFAULT') return [];
  const at = tokens.findIndex(({ key }) => key === 'GRANT');
  return at === -1 ? [] : grants({ tokens: tokens.slice(at), line });
}

function withCommon(statement: Statement, context: Context, options: SqlOptions, depth: number): readonly SqlFinding[] {
  const { inner, names, main } = commonOf(statement.tokens);
  const found = inner.flatMap((tokens) =>
    tokens[0]?.key === 'DELETE'
      ? deletes(tokens, context, names)
      : tokens[0]?.key === 'UPDATE'
        ? updates({ tokens, line: statement.line }, context, names)
        : [],
  );
  const [head] = main;
  if (head === undefined) return found;
  if (head.key === 'DELETE') return [...found, ...deletes(main, context, names)];
  if (head.key === 'UPDATE') return [...found, ...updates({ tokens: main, line: head.line }, context, names)];
  if (head.key === 'WITH' || depth >= DEEPEST) return found;
  return [...found, ...judgeStatement({ tokens: main, line: head.line }, context, options, depth + 1)];
}

/** EXPLAIN only plans; EXPLAIN ANALYZE runs. */
function explained({ tokens }: Statement, context: Context, options: SqlOptions, depth: number): readonly SqlFinding[] {
  const at = tokens.findIndex(({ key }, index) => index > 0 && VERBS.has(key));
  if (at === -1 || depth >= DEEPEST || !tokens.slice(0, at).some(({ key }) => key === 'ANALYZE' || key === 'ANALYSE'))
    return [];
  const main = tokens.slice(at);
  return judgeStatement({ tokens: main, line: main[0]?.line ?? 1 }, context, options, depth + 1);
}

/** Bodies of `DO $$ … $$`. */
function bodies(tokens: readonly Token[], options: SqlOptions, context: Context, depth: number): readonly SqlFinding[] {
  if (depth >= DEEPEST) return [];
  return tokens
    .filter(({ kind }) => kind === 'body' || kind === 'string')
    .flatMap((token) => inside(token, options, context, depth));
}

/** `EXECUTE 'DROP …'`, `EXEC sp_executesql N'…'`, `PREPARE s FROM '…'`, `EXEC sp_rename 'a', 'b'`. */
function executed(
  tokens: readonly Token[],
  options: SqlOptions,
  context: Context,
  depth: number,
): readonly SqlFinding[] {
  const names = tokens.slice(1, 6).map(({ text }) => text.toLowerCase());
  if (names.includes('sp_rename')) {
    const strings = tokens.filter(({ kind }) => kind === 'string');
    const [from, to] = strings.map(({ text }) => (text.split('.').at(-1) ?? '').replace(/^\[|\]$/g, ''));
    const isIndex = strings[2]?.text.toUpperCase() === 'INDEX' || strings[2]?.text.toUpperCase() === 'OBJECT';
    if (
      from === undefined ||
      to === undefined ||
      isIndex ||
      context.created.has(from.toLowerCase()) ||
      context.replaced.has(from.toLowerCase())
    )
      return [];
    return [
      {
        ...factOf('destructive/sql-rename: {what} is renamed to {what2}: running code still uses the old name.', {
          what: from.slice(0, 60),
          what2: to.slice(0, 60),
        }),
        line: tokens[0]?.line ?? 1,
      },
    ];
  }
  const member = memberships(tokens);
  if (member.length > 0 || depth >= DEEPEST) return member;
  if (tokens[0]?.key === 'PREPARE' && !tokens.slice(1, 4).some(({ key }) => key === 'FROM')) return [];
  return tokens
    .filter(({ kind }) => kind === 'body' || kind === 'string')
    .slice(0, 4)
    .flatMap((token) => inside({ ...token, text: withHoles(token.text) }, options, context, depth));
}

/** A statement that is put together when it runs: `'DROP TABLE ' || name`, `format('DROP TABLE %I', name)`. */
const withHoles = (text: string): string => `${text.replace(/%(?:\d+\$)?[Is]/g, HOLE)}${/\s$/.test(text) ? HOLE : ''}`;

function inside(token: Token, options: SqlOptions, context: Context, depth: number): readonly SqlFinding[] {
  if (++context.nested > NESTED_AT_MOST) return [];
  const text = token.kind === 'string' ? token.text.replaceAll("''", "'") : token.text;
  const known = { ...options, created: [...context.created, ...(options.created ?? [])] };
  return judgeText(text, known, depth + 1).map((one) => ({ ...one, line: one.line + token.line - 1 }));
}

/** A statement in a block: `IF … THEN DROP …`, T-SQL's `IF OBJECT_ID('x') IS NOT NULL DROP TABLE x`. */
function inBlock({ tokens }: Statement, context: Context, options: SqlOptions, depth: number): readonly SqlFinding[] {
  if (!BLOCK.has(tokens[0]?.key ?? '') || depth >= DEEPEST) return [];
  let parens = 0;
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(') parens++;
    else if (key === ')') parens = Math.max(0, parens - 1);
    if (index === 0 || parens > 0 || !VERBS.has(key)) continue;
    const before = tokens[index - 1]?.key ?? '';
    // BEGIN FOR r IN SELECT … LOOP: the statement comes after LOOP
    const inLoop = tokens.slice(0, index).some((token) => token.key === 'FOR');
    if (inLoop && before !== 'LOOP' && tokens.some((token, at) => at > index && token.key === 'LOOP')) continue;
    const main = tokens.slice(index);
    return judgeStatement({ tokens: main, line: main[0]?.line ?? 1 }, context, options, depth + 1);
  }
  return [];
}
