/** ALTER TABLE and its relatives, action by action. */
import { anyOf, wordSet } from '../../base/patterns';
import { factOf, type Fact } from '../rule-rows/facts-from-sentences';
import { alwaysTrue } from './always-true-condition';
import { mayNarrow, shownType } from './column-type';
import { isOwn, type Context } from './created-or-rolled-back-in-same-text';
import { afterIf, afterOnly, byComma, nameAt, split, type Named } from './names-in-statements';
import type { SqlFinding, Statement, Token } from './types';
import { EVERY_ROW_DELETED, EVERY_ROW_CHANGED } from '../rules/destructive/sql-no-where';

const TABLE_RENAMED =
  'destructive/sql-rename: The table {shown} is renamed to {shown2}: running code still uses the old name.';
const COLUMN_NOT_NULL =
  'destructive/sql-not-null: The column {shown} of {shown2} becomes NOT NULL: rows and writers without a value fail.';

/** Words after DROP that are not a column's name. */
const PARTS: Readonly<Record<string, string>> = {
  CONSTRAINT: 'constraint',
  INDEX: 'index',
  KEY: 'index',
  PRIMARY: 'primary key',
  FOREIGN: 'foreign key',
  CHECK: 'check',
  TRIGGER: 'trigger',
  UNIQUE: 'unique constraint',
};
const HARMLESS_DROPS = wordSet(`
  DEFAULT NOT IDENTITY EXPRESSION STORAGE COMMENT STATISTICS CLUSTERING MASKING TAG PERIOD SYSTEM PROJECTION ROW
`);
const GIVES_VALUE = wordSet(`
  DEFAULT GENERATED IDENTITY AUTO_INCREMENT AUTOINCREMENT SERIAL BIGSERIAL SMALLSERIAL AS COMPUTED ROWVERSION
  NULL_DEFAULT
`);

/** What an action of ALTER TABLE begins with. */
const ACTIONS = anyOf(`
  ADD ALGORITHM ALTER ATTACH AUTO_INCREMENT CHANGE CHECK CLUSTER COALESCE COMMENT CONVERT DELETE DETACH DISABLE DISCARD
  DROP ENABLE ENGINE EXCHANGE FORCE INHERIT LOCK MODIFY NO NOCHECK ORDER OWNER REBUILD RENAME REORGANIZE REPLACE REPLICA
  SET SWITCH TRUNCATE UPDATE VALIDATE WITH
`);

/** `ALTER TABLE t action, action …` */
export function alters({ tokens }: Statement, context: Context): readonly SqlFinding[] {
  const kind = tokens[1]?.key ?? '';
  if (
    kind === 'TYPE' ||
    kind === 'VIEW' ||
    kind === 'MATERIALIZED' ||
    kind === 'SCHEMA' ||
    kind === 'DATABASE' ||
    kind === 'DOMAIN'
  )
    return altersOther(tokens, context);
  const start = tokens.findIndex(({ key }, index) => key === 'TABLE' && index <= 3);
  const named = start === -1 ? null : nameAt(tokens, afterOnly(tokens, start + 1));
  if (named === null) return [];
  const isOwnTable = isOwn(context, named);
  const found: SqlFinding[] = [];
  let verb = '';
  // ClickHouse: on every machine of the cluster
  const isOnCluster = tokens[named.end]?.key === 'ON' && tokens[named.end + 1]?.key === 'CLUSTER';
  for (const part of byComma(tokens.slice(named.end + (isOnCluster ? 3 : 0)))) {
    // `DROP COLUMN a, b` (T-SQL) and `ADD a int, b int` give the verb only once
    const action = part[0]?.kind === 'word' && ACTIONS.test(part[0].key) ? part : restated(verb, part);
    verb = action[0]?.key ?? '';
    if (isForeignKeyMadeAgain(action, tokens)) continue;
    found.push(...judgeAction(action, named, isOwnTable, context));
  }
  return found;
}

/** `DROP CONSTRAINT a_b_fkey, ADD FOREIGN KEY (b) … ON DELETE SET NULL`: one statement gives it another form. */
const isForeignKeyMadeAgain = (action: readonly Token[], all: readonly Token[]): boolean =>
  action[0]?.key === 'DROP' &&
  (action[1]?.key === 'FOREIGN' || (action[1]?.key === 'CONSTRAINT' && /fk/i.test(action.at(-1)?.text ?? ''))) &&
  all.some(({ key }, index) => key === 'FOREIGN' && (all[index - 1]?.key === 'ADD' || all[index - 3]?.key === 'ADD'));

function restated(verb: string, part: readonly Token[]): readonly Token[] {
  const [first] = part;
  if (first === undefined || (verb !== 'DROP' && verb !== 'ADD')) return part;
  const word: Token = { kind: 'word', text: verb, key: verb, line: first.line, first: false };
  if (verb === 'DROP' && !(first.key in PARTS) && first.key !== 'COLUMN')
    return [word, { ...word, text: 'COLUMN', key: 'COLUMN' }, ...part];
  return [word, ...part];
}

function judgeAction(
  action: readonly Token[],
  table: Named,
  isOwnTable: boolean,
  context: Context,
): readonly SqlFinding[] {
  const [first, second] = action;
  if (first === undefined) return [];
  const say: Say = (fact) => (isOwnTable ? [] : [{ ...fact, line: first.line }]);
  const isNew = (column: string): boolean => context.added.has(`${table.name} ${column}`);
  switch (first.key) {
    case 'ADD':
      return adds(action, table, context, say);
    case 'DROP':
      return dropsPart(action, table, context, say);
    case 'RENAME': {
      if (['INDEX', 'KEY', 'CONSTRAINT', 'PARTITION'].includes(second?.key ?? '')) return [];
      if (second?.key === 'TO' || second?.key === 'AS') {
        const to = nameAt(action, 2);
        if (isOwnTable && to !== null) context.created.add(to.name);
        if (to !== null && context.replaced.has(to.name) && context.creates.has(table.name)) return [];
        return say(factOf(TABLE_RENAMED, { shown: table.shown, shown2: to?.shown ?? 'another name' }));
      }
      const column = nameAt(action, second?.key === 'COLUMN' ? 2 : 1);
      if (column === null || isNew(column.name)) return [];
      return say(
        factOf(
          'destructive/sql-rename: The column {shown} of {shown2} is renamed: running code still uses the old name.',
          { shown: column.shown, shown2: table.shown },
        ),
      );
    }
    case 'ALTER':
    case 'MODIFY':
    case 'CHANGE':
      return changesColumn(action, table, context, say);
    case 'SET':
      if (second?.key === 'SCHEMA')
        return say(
          factOf(
            'destructive/sql-rename: The table {shown} moves to another schema: running code still uses the old place.',
            { shown: table.shown },
          ),
        );
      return second?.key === 'UNUSED'
        ? say(
            factOf('destructive/sql-drop-column: A column of {shown} is taken out of use, with its data.', {
              shown: table.shown,
            }),
          )
        : [];
    case 'DISABLE':
    case 'NO':
      if (action.some(({ key }) => key === 'ROW') && action.some(({ key }) => key === 'SECURITY'))
        return say(
          factOf(
            'permissions/db-grant: Row level security of {shown} is switched off: every role with access sees every row.',
            { shown: table.shown },
          ),
        );
      return second?.key === 'TRIGGER'
        ? say(factOf('destructive/sql-drop-constraint: Triggers of {shown} are switched off.', { shown: table.shown }))
        : [];
    case 'NOCHECK':
      return say(
        factOf('destructive/sql-drop-constraint: Constraints of {shown} are no longer checked.', {
          shown: table.shown,
        }),
      );
    case 'DELETE':
    case 'UPDATE': {
      const where = action.findIndex(({ key }) => key === 'WHERE');
      return where > 0 && alwaysTrue(action.slice(where + 1))
        ? say(
            factOf(first.key === 'DELETE' ? EVERY_ROW_DELETED : EVERY_ROW_CHANGED, {
              shown: table.shown,
              why: 'its WHERE is always true',
            }),
          )
        : [];
    }
    case 'TRUNCATE':
      return say(
        factOf('destructive/sql-drop: Every row of a partition of {shown} is deleted.', { shown: table.shown }),
      );
    case 'DISCARD':
      return say(factOf('destructive/sql-drop: The data of {shown} is discarded.', { shown: table.shown }));
    default:
      return [];
  }
}

type Say = (fact: Fact) => readonly SqlFinding[];

function adds(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const at = afterIf(action, action[1]?.key === 'COLUMN' ? 2 : 1);
  // Oracle and MySQL: ADD (a int, b int)
  if (action[at]?.key === '(') {
    const inside = action.slice(at + 1, action.at(-1)?.key === ')' ? -1 : undefined);
    return byComma(inside).flatMap((part) => {
      const [first] = part;
      if (first === undefined) return [];
      return adds([{ ...first, kind: 'word', key: 'ADD', text: 'ADD' }, ...part], table, context, say);
    });
  }
  if (
    [
      'CONSTRAINT',
      'INDEX',
      'KEY',
      'PRIMARY',
      'FOREIGN',
      'UNIQUE',
      'CHECK',
      'FULLTEXT',
      'SPATIAL',
      'PARTITION',
      'PERIOD',
      'GENERATED',
      'EXCLUDE',
    ].includes(action[at]?.key ?? '')
  )
    return [];
  const column = nameAt(action, at);
  if (column === null) return [];
  context.added.add(`${table.name} ${column.name}`);
  const required = action.some(({ key }, index) => key === 'NOT' && action[index + 1]?.key === 'NULL');
  if (!required || action.some(({ key }) => GIVES_VALUE.has(key))) return [];
  return say(
    factOf(
      'destructive/sql-not-null: The new column {shown} of {shown2} is NOT NULL without a default: the migration fails on a table with rows, and so do old writers.',
      { shown: column.shown, shown2: table.shown },
    ),
  );
}

/** A foreign key, by its name, of a column that the text gives another one. */
const isOfNewKey = (name: string, table: Named, context: Context): boolean =>
  [...context.foreignKeys].some((key) => {
    const [of = '', column = ''] = key.split(' ');
    return of === table.name && column !== '' && `_${name}_`.includes(`_${column}_`);
  });

function dropsPart(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const kind = action[1]?.key ?? '';
  if (kind === 'PARTITION' || kind === 'SUBPARTITION')
    return say(
      factOf('destructive/sql-drop: A partition of {shown} is dropped, with every row in it.', { shown: table.shown }),
    );
  if (kind === 'DETACHED')
    return say(factOf('destructive/sql-drop: A detached partition of {shown} is dropped.', { shown: table.shown }));
  const part = PARTS[kind];
  if (part !== undefined) {
    const named = nameAt(action, afterIf(action, kind === 'FOREIGN' && action[2]?.key === 'KEY' ? 3 : 2));
    const name = kind === 'PRIMARY' ? 'primary key' : (named?.name ?? '');
    if (context.constraints.has(name) || context.creates.has(name) || context.created.has(name)) return [];
    if (/fk|foreign/i.test(name) && isOfNewKey(name, table, context)) return [];
    return say(
      factOf('destructive/sql-drop-constraint: The {part}{how} of {shown} is dropped.', {
        part,
        how: kind === 'PRIMARY' || named === null ? '' : ` ${named.shown}`,
        shown: table.shown,
      }),
    );
  }
  if (HARMLESS_DROPS.has(kind) && action[2]?.kind !== undefined) return [];
  if (HARMLESS_DROPS.has(kind) && action.length === 2 && kind === 'DEFAULT') return [];
  const at = afterIf(action, kind === 'COLUMN' ? 2 : 1);
  const columns =
    action[at]?.key === '('
      ? split(action.slice(at + 1), ({ key }) => key === ',').map((each) => nameAt(each, 0))
      : [nameAt(action, at)];
  const lost = columns.filter(
    (column): column is Named => column !== null && !context.added.has(`${table.name} ${column.name}`),
  );
  const [first] = lost;
  if (first === undefined) return [];
  const isCopied = lost.every(({ name }) => context.copied.column(table.name, name));
  // a new column takes its values and its name
  if (isCopied && lost.every(({ name }) => context.copied.takenOver.has(`${table.name} ${name}`))) return [];
  return say(
    factOf(
      isCopied
        ? 'destructive/sql-drop-column (medium): The column {shown} of {shown2} is dropped, after its values were copied: see that all of them were.'
        : 'destructive/sql-drop-column: The column {shown} of {shown2} is dropped, with its data.',
      {
        shown: first.shown,
        shown2: table.shown,
      },
    ),
  );
}

function changesColumn(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const verb = action[0]?.key;
  let at = action[1]?.key === 'COLUMN' ? 2 : 1;
  if (['INDEX', 'CONSTRAINT', 'PARTITION', 'PRIMARY', 'SETTING', 'QUERY'].includes(action[1]?.key ?? '')) return [];
  if (action[1]?.key === 'TTL')
    return say(
      factOf(
        'destructive/sql-drop (high): The rows of {shown} are deleted after a time, old ones at once: MODIFY TTL.',
        { shown: table.shown },
      ),
    );
  at = afterIf(action, at);
  if (action[at]?.key === '(' && verb === 'MODIFY') {
    const [open] = action;
    const inside = action.slice(at + 1, action.at(-1)?.key === ')' ? -1 : undefined);
    if (open === undefined) return [];
    return byComma(inside).flatMap((part) =>
      changesColumn([{ ...open, line: part[0]?.line ?? open.line }, ...part], table, context, say),
    );
  }
  const column = nameAt(action, at);
  if (column === null || context.added.has(`${table.name} ${column.name}`)) return [];
  let next = column.end;
  if (verb === 'CHANGE') {
    const to = nameAt(action, next);
    if (to === null) return [];
    if (to.name !== column.name)
      return say(
        factOf(
          'destructive/sql-rename: The column {shown} of {shown2} is renamed to {shown3}: running code still uses the old name.',
          { shown: column.shown, shown2: table.shown, shown3: to.shown },
        ),
      );
    next = to.end;
  }
  const key = action[next]?.key;
  if (verb === 'ALTER' && key === 'SET' && action[next + 1]?.key === 'NOT') {
    if (context.filled.has(`${table.name} ${column.name}`)) return [];
    return say(factOf(COLUMN_NOT_NULL, { shown: column.shown, shown2: table.shown }));
  }
  if (key === 'SET' && action[next + 1]?.key === 'DATA') next += 2;
  else if (
    verb === 'ALTER' &&
    (key === 'SET' || key === 'DROP' || key === 'ADD' || key === 'RESTART' || key === 'REMOVE')
  )
    return [];
  if (action[next]?.key === 'TYPE') next++;
  const found = mayNarrow(action, next)
    ? say(
        factOf(
          'destructive/sql-narrowing: The column {shown} of {shown2} becomes {what}: values that do not fit are cut or refused.',
          {
            shown: column.shown,
            shown2: table.shown,
            what: shownType(action, next),
          },
        ),
      )
    : [];
  if (found.length > 0 || verb === 'CHANGE' || context.filled.has(`${table.name} ${column.name}`)) return found;
  const required =
    // MySQL repeats all of a column to give it another order of letters
    !(verb === 'MODIFY' && action.some(({ key: word }) => word === 'COLLATE')) &&
    action.some(({ key: word }, index) => word === 'NOT' && action[index + 1]?.key === 'NULL') &&
    !action.some(({ key: word }) => GIVES_VALUE.has(word));
  return required ? say(factOf(COLUMN_NOT_NULL, { shown: column.shown, shown2: table.shown })) : [];
}

/** `ALTER TYPE`, `ALTER VIEW`, `ALTER SCHEMA`, `ALTER DATABASE`. */
function altersOther(tokens: readonly Token[], context: Context): readonly SqlFinding[] {
  const kind = tokens[1]?.key === 'MATERIALIZED' ? 'VIEW' : (tokens[1]?.key ?? '');
  const named = nameAt(tokens, afterIf(tokens, tokens[1]?.key === 'MATERIALIZED' ? 3 : 2));
  if (named === null || isOwn(context, named)) return [];
  const line = tokens[named.end]?.line ?? tokens[0]?.line ?? 1;
  const verb = tokens[named.end]?.key;
  const next = tokens[named.end + 1]?.key;
  if (verb === 'DROP' && next === 'ATTRIBUTE')
    return [
      {
        ...factOf('destructive/sql-drop-column: An attribute of the type {shown} is dropped, with its data.', {
          shown: named.shown,
        }),
        line,
      },
    ];
  // a type renamed to make room for a new one of its name, as tools do for an enumeration
  if (verb !== 'RENAME' || kind === 'TYPE' || next === 'CONSTRAINT') return [];
  return [
    {
      ...factOf('destructive/sql-rename: The {what} {shown} is renamed: running code still uses the old name.', {
        what: kind.toLowerCase(),
        shown: named.shown,
      }),
      line,
    },
  ];
}

/** MySQL's `RENAME TABLE a TO b, c TO d`. */
export function renames({ tokens }: Statement, context: Context): readonly SqlFinding[] {
  if (tokens[1]?.key !== 'TABLE') return [];
  for (const part of byComma(tokens.slice(2))) {
    const from = nameAt(part, 0);
    const to = from === null ? null : nameAt(part, from.end + 1);
    if (from === null || to === null || isOwn(context, from)) continue;
    // the old table makes room for a new one of its name
    if (context.replaced.has(from.name)) continue;
    return [
      {
        ...factOf(TABLE_RENAMED, { shown: from.shown, shown2: to.shown }),
        line: part[0]?.line ?? 1,
      },
    ];
  }
  return [];
}
