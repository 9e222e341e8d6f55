/** DROP, TRUNCATE, and CREATE OR REPLACE of a table. */
import { wordSet } from '../../base/patterns';
import { factOf } from '../rule-rows/facts-from-sentences';
import { isOfDroppedColumn, isOwn, type Context } from './created-or-rolled-back-in-same-text';
import { afterIf, namesAt, nameAt } from './names-in-statements';
import type { SqlFinding, Statement, Token } from './types';

/** Kinds of objects that hold data or serve others, and how messages call them. */
const HOLDS: Readonly<Record<string, string>> = {
  TABLE: 'table',
  DATABASE: 'database',
  SCHEMA: 'schema',
  KEYSPACE: 'keyspace',
  TABLESPACE: 'tablespace',
  VIEW: 'view',
  TYPE: 'type',
  DOMAIN: 'domain',
  USER: 'user',
  ROLE: 'role',
  LOGIN: 'login',
  SEQUENCE: 'sequence',
  EXTENSION: 'extension',
  PARTITION: 'partition',
  WAREHOUSE: 'warehouse',
  STAGE: 'stage',
  DICTIONARY: 'dictionary',
  SERVER: 'foreign server',
  COLLECTION: 'collection',
  CATALOG: 'catalog',
  SUBSCRIPTION: 'subscription',
  DATASET: 'dataset',
  'USER MAPPING': 'user mapping',
};
/** Words between DROP and the kind. */
const BEFORE_KIND = wordSet(`
  FOREIGN MATERIALIZED PLUGGABLE EXTERNAL DYNAMIC ICEBERG SNAPSHOT PUBLIC UNIQUE LIVE PERFETTO
`);
const KEPT_WHILE_USED = new Set(['TYPE', 'DOMAIN']);
const LESS = new Set(['VIEW', 'TYPE', 'DOMAIN', 'SEQUENCE', 'EXTENSION', 'STAGE', 'SERVER', 'DICTIONARY']);
const KEYS: Readonly<Record<string, string>> = {
  INDEX: 'index',
  TRIGGER: 'trigger',
  CONSTRAINT: 'constraint',
  RULE: 'rule',
};
/** Definitions without data: noticed only when dependents are dropped with them. */
const CODE = new Set(['FUNCTION', 'PROCEDURE', 'AGGREGATE', 'OPERATOR', 'CAST', 'ROUTINE', 'LANGUAGE']);

/** `DROP …` at the start of a statement. */
export function drops({ tokens }: Statement, context: Context): readonly SqlFinding[] {
  let at = 1;
  if (['TEMP', 'TEMPORARY', 'LOCAL'].includes(tokens[at]?.key ?? '')) return [];
  while (BEFORE_KIND.has(tokens[at]?.key ?? '')) at++;
  const kind = tokens[at]?.key ?? '';
  const line = tokens[0]?.line ?? 1;
  if (kind === 'OWNED')
    return [{ ...factOf('destructive/sql-drop: Everything that a database role owns is dropped.'), line }];
  const cascades = tokens.some(({ key }) => key === 'CASCADE' || key === 'FORCE');
  let start = afterIf(tokens, at + 1);
  if (tokens[start]?.key === 'CONCURRENTLY') start = afterIf(tokens, start + 1);
  // prose that begins with "Drop table" does not end like this
  const names = namesAt(tokens, start);
  if (names.length === 0) return [];
  if (kind in KEYS) {
    const lost = names.filter(
      (named) =>
        !isOwn(context, named) &&
        !context.creates.has(named.name) &&
        !context.constraints.has(named.name) &&
        !isOfDroppedColumn(context, named.name) &&
        !onOwnTable(tokens, names.at(-1)?.end ?? 0, context),
    );
    return lost.slice(0, 1).map(({ shown }) => ({
      ...factOf('destructive/sql-drop-constraint: The {what} {shown} is dropped.', {
        what: KEYS[kind] ?? 'index',
        shown,
      }),
      line,
      // without it queries are slower, unless its name says that it kept wrong rows out
      ...(kind === 'INDEX' && !/uniq|_uq|_uk|_key$|primary|pkey/i.test(shown) ? { severity: 'low' as const } : {}),
    }));
  }
  if (CODE.has(kind)) {
    if (!cascades || names.every((named) => context.creates.has(named.name))) return [];
    return [
      {
        ...factOf('destructive/sql-drop (medium): The {what} {shown} is dropped with everything that depends on it.', {
          what: kind.toLowerCase(),
          shown: names[0]?.shown ?? '',
        }),
        line,
      },
    ];
  }
  const word = HOLDS[kind];
  // a type that something uses can't be dropped by itself
  if (word === undefined || (KEPT_WHILE_USED.has(kind) && !cascades)) return [];
  const lost = names.filter((named) => {
    if (isOwn(context, named) || ((kind === 'TABLE' || kind === 'VIEW') && context.replaced.has(named.name)))
      return false;
    if (!context.creates.has(named.name)) return true;
    // what is recreated below
    return !(
      context.dump ||
      (LESS.has(kind) && (kind === 'VIEW' || !cascades)) ||
      (kind === 'TABLE' && context.views.has(named.name)) ||
      kind === 'USER' ||
      kind === 'ROLE' ||
      kind === 'LOGIN'
    );
  });
  const [first, ...others] = lost;
  if (first === undefined) return [];
  const more =
    others.length === 0 ? '' : ` and ${others.length === 1 ? 'one other' : `${String(others.length)} others`}`;
  const consequence =
    kind === 'TABLE'
      ? ', with every row'
      : kind === 'DATABASE' || kind === 'SCHEMA' || kind === 'KEYSPACE'
        ? ', with every table in it'
        : cascades
          ? ', with everything that depends on it'
          : '';
  if (kind === 'TABLE' && lost.every(({ name }) => context.copied.tables.has(name)))
    return [
      {
        ...factOf(
          'destructive/sql-drop (medium): The table {shown}{more} is dropped, after rows were copied: see that all of them were.',
          { shown: first.shown, more },
        ),
        line,
      },
    ];
  const found = factOf(
    others.length === 0
      ? 'destructive/sql-drop: The {word} {shown} is dropped{consequence}.'
      : 'destructive/sql-drop: Dropped{consequence}: the {word} {shown}{more}.',
    { word, shown: first.shown, consequence, more },
    cascades ? undefined : kind === 'VIEW' ? 'medium' : LESS.has(kind) ? 'high' : undefined,
  );
  return [{ ...found, line }];
}

/** `DROP INDEX i ON t` (MySQL, T-SQL), `DROP TRIGGER g ON t` (PostgreSQL). */
function onOwnTable(tokens: readonly Token[], at: number, context: Context): boolean {
  const on = tokens[at]?.key === 'ON' ? nameAt(tokens, at + 1) : null;
  return on !== null && isOwn(context, on);
}

/** `TRUNCATE [TABLE] a, b`. */
export function truncates({ tokens }: Statement, context: Context): readonly SqlFinding[] {
  let at = ['TABLE', 'CLUSTER', 'DATABASE'].includes(tokens[1]?.key ?? '') ? 2 : 1;
  at = afterIf(tokens, at);
  if (tokens[at]?.key === '(') return []; // the function
  const lost = namesAt(tokens, at).filter((named) => !isOwn(context, named));
  const [first] = lost;
  if (first === undefined || tokens[first.end]?.key === '(') return [];
  const names = lost
    .slice(0, 3)
    .map(({ shown }) => shown)
    .join(', ');
  return [
    {
      ...factOf('destructive/sql-drop: Every row of {names} is deleted: TRUNCATE empties the table.', { names }),
      line: tokens[0]?.line ?? 1,
    },
  ];
}

/** `CREATE OR REPLACE TABLE t`: the old table is dropped. */
export function replaces({ tokens }: Statement, context: Context): readonly SqlFinding[] {
  if (tokens[1]?.key !== 'OR' || tokens[2]?.key !== 'REPLACE' || tokens[3]?.key !== 'TABLE' || context.dump) return [];
  const named = nameAt(tokens, afterIf(tokens, 4));
  if (named === null || isOwn(context, named)) return [];
  return [
    {
      ...factOf(
        'destructive/sql-drop (high): The table {shown} is replaced: CREATE OR REPLACE drops the old one with every row.',
        { shown: named.shown },
      ),
      line: tokens[0]?.line ?? 1,
    },
  ];
}
