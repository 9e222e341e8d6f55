/** ALTER TABLE and its relatives, action by action. */
import { mayNarrow, shownType } from './column-type';
import { afterOnly, isOwn, type Context } from './context';
import { afterIf, byComma, nameAt, split, type Named } from './names';
import type { SqlFinding, Statement, Token } from './types';

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
const HARMLESS_DROPS = new Set([
  'DEFAULT',
  'NOT',
  'IDENTITY',
  'EXPRESSION',
  'STORAGE',
  'COMMENT',
  'STATISTICS',
  'CLUSTERING',
  'MASKING',
  'TAG',
  'PERIOD',
  'SYSTEM',
  'PROJECTION',
  'ROW',
]);
const GIVES_VALUE = new Set([
  'DEFAULT',
  'GENERATED',
  'IDENTITY',
  'AUTO_INCREMENT',
  'AUTOINCREMENT',
  'SERIAL',
  'BIGSERIAL',
  'SMALLSERIAL',
  'AS',
  'COMPUTED',
  'ROWVERSION',
  'NULL_DEFAULT',
]);

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
  const own = isOwn(context, named);
  const found: SqlFinding[] = [];
  let verb = '';
  for (const part of byComma(tokens.slice(named.end))) {
    // `DROP COLUMN a, b` (T-SQL) and `ADD a int, b int` give the verb only once
    const action =
      part[0]?.kind === 'word' &&
      /^(?:ADD|DROP|ALTER|MODIFY|CHANGE|RENAME|SET|ENABLE|DISABLE|NO|FORCE|OWNER|WITH|NOCHECK|CHECK|TRUNCATE|DELETE|UPDATE|VALIDATE|ATTACH|DETACH|EXCHANGE|REORGANIZE|DISCARD|COMMENT|CLUSTER|REPLICA|INHERIT|CONVERT|ALGORITHM|LOCK|ENGINE|SWITCH|REBUILD|COALESCE|ORDER|AUTO_INCREMENT|REPLACE)$/.test(
        part[0].key,
      )
        ? part
        : restated(verb, part);
    verb = action[0]?.key ?? '';
    found.push(...judgeAction(action, named, own, context));
  }
  return found;
}

function restated(verb: string, part: readonly Token[]): readonly Token[] {
  const [first] = part;
  if (first === undefined || (verb !== 'DROP' && verb !== 'ADD')) return part;
  const word: Token = { kind: 'word', text: verb, key: verb, line: first.line, first: false };
  if (verb === 'DROP' && !(first.key in PARTS) && first.key !== 'COLUMN')
    return [word, { ...word, text: 'COLUMN', key: 'COLUMN' }, ...part];
  return [word, ...part];
}

function judgeAction(action: readonly Token[], table: Named, own: boolean, context: Context): readonly SqlFinding[] {
  const [first, second] = action;
  if (first === undefined) return [];
  const say = (rule: SqlFinding['rule'], message: string, severity?: SqlFinding['severity']): readonly SqlFinding[] =>
    own ? [] : [{ rule, line: first.line, message, ...(severity === undefined ? {} : { severity }) }];
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
        if (own && to !== null) context.created.add(to.name);
        return say(
          'destructive/sql-rename',
          `The table ${table.shown} is renamed to ${to?.shown ?? 'another name'}: running code still uses the old name.`,
        );
      }
      const column = nameAt(action, second?.key === 'COLUMN' ? 2 : 1);
      if (column === null || isNew(column.name)) return [];
      return say(
        'destructive/sql-rename',
        `The column ${column.shown} of ${table.shown} is renamed: running code still uses the old name.`,
      );
    }
    case 'ALTER':
    case 'MODIFY':
    case 'CHANGE':
      return changesColumn(action, table, context, say);
    case 'SET':
      if (second?.key === 'SCHEMA')
        return say(
          'destructive/sql-rename',
          `The table ${table.shown} moves to another schema: running code still uses the old place.`,
        );
      return second?.key === 'UNUSED'
        ? say('destructive/sql-drop-column', `A column of ${table.shown} is taken out of use, with its data.`)
        : [];
    case 'DISABLE':
    case 'NO':
      if (action.some(({ key }) => key === 'ROW') && action.some(({ key }) => key === 'SECURITY'))
        return say(
          'permissions/db-grant',
          `Row level security of ${table.shown} is switched off: every role with access sees every row.`,
        );
      return second?.key === 'TRIGGER'
        ? say('destructive/sql-drop-constraint', `Triggers of ${table.shown} are switched off.`)
        : [];
    case 'NOCHECK':
      return say('destructive/sql-drop-constraint', `Constraints of ${table.shown} are no longer checked.`);
    case 'WITH':
      return second?.key === 'NOCHECK' && action[2]?.key === 'CHECK' ? [] : [];
    case 'TRUNCATE':
      return say('destructive/sql-drop', `Every row of a partition of ${table.shown} is deleted.`);
    case 'DISCARD':
      return say('destructive/sql-drop', `The data of ${table.shown} is discarded.`);
    default:
      return [];
  }
}

type Say = (rule: SqlFinding['rule'], message: string, severity?: SqlFinding['severity']) => readonly SqlFinding[];

function adds(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const at = afterIf(action, action[1]?.key === 'COLUMN' ? 2 : 1);
  // Oracle and MySQL: ADD (a int, b int)
  if (action[at]?.key === '(') {
    const inside = action.slice(at + 1, action.at(-1)?.key === ')' ? -1 : undefined);
    return byComma(inside).flatMap((part) => {
      const [first] = part;
      return first === undefined
        ? []
        : adds([{ ...first, kind: 'word', key: 'ADD', text: 'ADD' }, ...part], table, context, say);
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
    'destructive/sql-not-null',
    `The new column ${column.shown} of ${table.shown} is NOT NULL without a default: the migration fails on a table with rows, and so do old writers.`,
  );
}

function dropsPart(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const kind = action[1]?.key ?? '';
  if (kind === 'PARTITION' || kind === 'SUBPARTITION')
    return say('destructive/sql-drop', `A partition of ${table.shown} is dropped, with every row in it.`);
  if (kind === 'DETACHED') return say('destructive/sql-drop', `A detached partition of ${table.shown} is dropped.`);
  const part = PARTS[kind];
  if (part !== undefined) {
    const named = nameAt(action, afterIf(action, kind === 'FOREIGN' && action[2]?.key === 'KEY' ? 3 : 2));
    const name = kind === 'PRIMARY' ? 'primary key' : (named?.name ?? '');
    if (context.constraints.has(name) || context.creates.has(name) || context.created.has(name)) return [];
    return say(
      'destructive/sql-drop-constraint',
      `The ${part}${kind === 'PRIMARY' || named === null ? '' : ` ${named.shown}`} of ${table.shown} is dropped.`,
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
  return say('destructive/sql-drop-column', `The column ${first.shown} of ${table.shown} is dropped, with its data.`);
}

function changesColumn(action: readonly Token[], table: Named, context: Context, say: Say): readonly SqlFinding[] {
  const verb = action[0]?.key;
  let at = action[1]?.key === 'COLUMN' ? 2 : 1;
  if (['INDEX', 'CONSTRAINT', 'PARTITION', 'PRIMARY', 'SETTING', 'QUERY', 'TTL'].includes(action[1]?.key ?? ''))
    return [];
  at = afterIf(action, at);
  if (action[at]?.key === '(' && verb === 'MODIFY') {
    const [open] = action;
    const inside = action.slice(at + 1, action.at(-1)?.key === ')' ? -1 : undefined);
    return open === undefined
      ? []
      : byComma(inside).flatMap((part) =>
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
        'destructive/sql-rename',
        `The column ${column.shown} of ${table.shown} is renamed to ${to.shown}: running code still uses the old name.`,
      );
    next = to.end;
  }
  const key = action[next]?.key;
  if (verb === 'ALTER' && key === 'SET' && action[next + 1]?.key === 'NOT') {
    if (context.filled.has(`${table.name} ${column.name}`)) return [];
    return say(
      'destructive/sql-not-null',
      `The column ${column.shown} of ${table.shown} becomes NOT NULL: rows and writers without a value fail.`,
    );
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
        'destructive/sql-narrowing',
        `The column ${column.shown} of ${table.shown} becomes ${shownType(action, next)}: values that do not fit are cut or refused.`,
      )
    : [];
  if (found.length > 0 || verb === 'CHANGE' || context.filled.has(`${table.name} ${column.name}`)) return found;
  const required =
    action.some(({ key: word }, index) => word === 'NOT' && action[index + 1]?.key === 'NULL') &&
    !action.some(({ key: word }) => GIVES_VALUE.has(word));
  return required
    ? say(
        'destructive/sql-not-null',
        `The column ${column.shown} of ${table.shown} becomes NOT NULL: rows and writers without a value fail.`,
      )
    : [];
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
        rule: 'destructive/sql-drop-column',
        line,
        message: `An attribute of the type ${named.shown} is dropped, with its data.`,
      },
    ];
  // a type renamed to make room for a new one of its name, as tools do for an enumeration
  if (verb !== 'RENAME' || kind === 'TYPE' || next === 'CONSTRAINT') return [];
  return [
    {
      rule: 'destructive/sql-rename',
      line,
      message: `The ${kind.toLowerCase()} ${named.shown} is renamed: running code still uses the old name.`,
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
        rule: 'destructive/sql-rename',
        line: part[0]?.line ?? 1,
        message: `The table ${from.shown} is renamed to ${to.shown}: running code still uses the old name.`,
      },
    ];
  }
  return [];
}
