/** Migrations in a programming language: what running them removes. */
import { factAt, factOf, type Fact } from '../../rule-rows/facts-from-sentences';
import { codeOf, type Call, type Code } from '../../code';
import { judgeSql } from '../../sql';
import type { Change, Noticed, Tools } from '../../types';
import { addsRequired, columnChange } from './narrowed-and-required-columns';
import { isDjangoModels, isStateOnly, keepsColumn } from './django-state-only-and-kept-columns';
import { filledBy, isFilled } from './filled-columns';
import { takenOverIn } from './replaced-columns';
import { nameIn, nameOf, tableOf } from './table-and-column-names';
import { isNewInSchema, isRailsSchema, keepsInSchema } from './columns-kept-by-rails-schema';
import { ADDS, CREATES, OPERATIONS, plain, RUNS_SQL } from './migration-methods';
import { isMadeAgain as isRowsMadeAgain, ROWS_DELETED } from '../../rules/destructive/orm-delete-all';
import { NOT_NULL } from '../../rules/destructive/sql-not-null';
import { TYPE_CHANGED, TYPE_UNKNOWN } from '../../rules/destructive/sql-narrowing';

const QUERY = /\b(?:drop|delete|truncate|update|alter|grant|rename|exec)\b/i;

/** What a migration's text does when it is applied. `models`: Django's models and Rails' schemas in the same change. */
export async function noticedInCalls(
  path: string,
  text: string | null,
  tools: Tools,
  models: readonly Change[] = [],
): Promise<readonly Noticed[]> {
  const code = await codeOf(path, text, tools);
  return code === null ? [] : judgeCalls(code, models);
}

function judgeCalls(code: Code, models: readonly Change[]): readonly Noticed[] {
  const created = new Set<string>();
  const made = tablesMade(code);
  const takenOver = takenOverIn(code);
  const added = new Set<string>();
  const filled = new Set<string>();
  const reverse = reverseFunctions(code);
  const dropped = new Set(
    code.calls.flatMap((call) => (call.down || !DROPS_TABLE.test(plain(call.name)) ? [] : nameOf(call, 0))),
  );
  const schemas = models.filter(({ path }) => isRailsSchema(path));
  const djangos = models.filter(({ path }) => isDjangoModels(path));
  const found: Noticed[] = [];
  for (const call of code.calls) {
    if (call.down || reverse.has(call.within) || isStateOnly(call)) continue;
    if (call.name === 'AlterField' && keepsColumn(call, djangos) === true) continue;
    if (
      isRequiredAlready(call, code) ||
      isMadeAgain(call, code) ||
      isOfDropped(call, dropped) ||
      isOfDroppedColumn(call, code)
    )
      continue;
    const table = tableOf(call) || nameOf(call, 0);
    if (isNewInSchema(table, schemas)) created.add(table.toLowerCase());
    const notice = judgeCall(call, { created, added, filled }, models);
    const ofOthers = made.flatMap(({ table: name, within }) => (within === call.within ? [] : name));
    if (notice !== null) found.push(takenOver(call) ? { ...notice, severity: 'medium' } : notice);
    else found.push(...fromSql(call, [...created, ...ofOthers], added), ...rowsDeleted(call, code, created));
    remember(call, created, added);
    for (const column of filledBy(call)) filled.add(column);
  }
  return found;
}

/** Its indexes and constraints go with a table, and are no second loss. */
const DROPS_TABLE = /^drop_?table(?:ifexists)?$/;
const DROPS_PART = /^(?:remove|drop)(?:index|constraint|foreign|unique|check|primary)/;
const isOfDropped = (call: Call, dropped: ReadonlySet<string>): boolean =>
  DROPS_PART.test(plain(call.name)) &&
  [tableOf(call), nameOf(call, 0), nameOf(call, 1)].some((name) => name !== '' && dropped.has(name));

/**
 * Nor is the index of a column that goes: `remove_index :users, :token` beside `remove_column :users, :token`; or the
 * foreign key of one that gets another name.
 */
const isOfDroppedColumn = (call: Call, { calls }: Code): boolean =>
  DROPS_PART.test(plain(call.name)) &&
  calls.some((other) => {
    const operation = other.down ? undefined : OPERATIONS.get(plain(other.name));
    const goes = operation?.does === 'dropped' || FOREIGN.test(plain(call.name));
    return operation?.what === 'column' && goes && isAbout(call, other);
  });

/** Whether a part of a table is, by the columns that it names, about the column of another call. */
function isAbout(part: Call, other: Call): boolean {
  const isInBlock = tableOf(other) !== '';
  const column = nameOf(other, isInBlock ? 0 : 1);
  return (
    /^\w+$/.test(column) &&
    (tableOf(part) || nameOf(part, 0)) === (tableOf(other) || nameOf(other, 0)) &&
    nameOf(part, tableOf(part) === '' ? 1 : 0).replace(/^\[\s*["']|["']\s*\]$/g, '') === column
  );
}

const CHECK = /^(?:remove|drop)check(?:constraint)?$/;

/**
 * The safe way to require a column: a constraint asked for it before, which PostgreSQL believes without reading the
 * rows and which then goes.
 */
function isRequiredAlready(call: Call, { calls }: Code): boolean {
  const name = plain(call.name);
  const isOne = CHECK.test(name);
  if (!isOne && name !== 'changecolumnnull') return false;
  return calls.some(
    (other) =>
      !other.down &&
      (isOne
        ? plain(other.name) === 'changecolumnnull' && asksFor(call, other)
        : CHECK.test(plain(other.name)) && asksFor(other, call)),
  );
}

/** Whether a constraint is, by its name, about a column that is required: `tags_emoji_null`. */
const asksFor = (constraint: Call, required: Call): boolean =>
  required.args[2]?.text === 'false' &&
  nameOf(constraint, 0) === nameOf(required, 0) &&
  /null|check|chk|present|required/i.test(constraint.named.get('name') ?? '') &&
  nameIn(constraint.named.get('name') ?? '').includes(nameOf(required, 1));

const INDEX = /^(?:remove|drop)(?:index(?:concurrently)?|indices|fulltext|spatialindex)$/;
const FOREIGN = /^(?:drop|remove)foreign(?:key)?$/;
const MAKES_INDEX = /^(?:add|create)?(?:unique)?index(?:concurrently)?$/;
const MAKES_FOREIGN = /^(?:add)?foreign(?:key|id|idfor)?$/;

/** An index or a foreign key that the same migration gives the same table in another form. */
function isMadeAgain(call: Call, { calls }: Code): boolean {
  const name = plain(call.name);
  const makes = INDEX.test(name) ? MAKES_INDEX : FOREIGN.test(name) ? MAKES_FOREIGN : undefined;
  if (makes === undefined) return false;
  const table = tableOf(call) || nameOf(call, 0);
  return (
    table !== '' &&
    calls.some(
      (other) =>
        other !== call &&
        !other.down &&
        makes.test(plain(other.name)) &&
        (tableOf(other) || nameOf(other, 0)).toLowerCase() === table.toLowerCase(),
    )
  );
}

/** Functions that Django runs only when reverting: `RunPython(forward, backward)`. */
function reverseFunctions(code: Code): ReadonlySet<string> {
  return new Set(
    code.calls
      .filter(({ name }) => name === 'RunPython')
      .map(
        ({ args }) =>
          (args.find(({ name }) => name === 'reverse_code') ?? args.filter(({ name }) => name === '')[1])?.text ?? '',
      )
      .filter((name) => name !== ''),
  );
}

function judgeCall(
  call: Call,
  { created, added, filled }: Readonly<Record<'created' | 'added' | 'filled', ReadonlySet<string>>>,
  models: readonly Change[],
): Noticed | null {
  const name = plain(call.name).replace(/<.*$/, '');
  const inTable = call.around.some(({ name: outer }) => /^(?:create_?table|create|createModel)$/i.test(outer));
  if (inTable) return null;
  const say = (fact: Fact): Noticed => ({ ...fact, line: call.line, side: 'new' });
  const operation = OPERATIONS.get(name) ?? shortOperation(call, name);
  if (operation !== undefined && operation !== null) {
    const { what: object, fact, does } = operation;
    const inBlock = tableOf(call);
    const named = call.named.get('name') ?? call.named.get('old_name');
    const shown = (
      named !== undefined
        ? nameIn(named)
        : object === 'column' && inBlock === '' && call.args.length > 1
          ? nameOf(call, 1)
          : nameOf(call, 0)
    )
      .slice(0, 60)
      .replace(/\s+/g, ' ');
    const table =
      object === 'column' || object === 'constraint'
        ? inBlock || (call.args.length > 1 ? nameOf(call, 0) : '')
        : nameOf(call, 0) || shown;
    if (
      created.has(table.toLowerCase()) ||
      created.has(shown.toLowerCase()) ||
      added.has(`${table} ${shown}`.toLowerCase())
    )
      return null;
    const isPlain = /^[\w$."-]+$/.test(shown);
    if (does === 'renamed') return factAt(fact, call, { what: object, name: isPlain ? ` (${shown})` : '' });
    // Without an index queries are slower; without a unique one wrong rows can come.
    const slower = INDEX.test(name) && !/unique/i.test(call.args.map(({ text }) => text).join(' '));
    const words = {
      what: object,
      name: isPlain ? ` ${shown}` : '',
      owner: object === 'column' && /^[\w$"-]+$/.test(table) && table !== shown ? ` of ${table}` : '',
      how:
        object === 'table' || object === 'collection'
          ? ', with every row'
          : object === 'column'
            ? ', with its data'
            : '',
    };
    return factAt(fact, call, words, slower ? 'low' : undefined);
  }
  if (name === 'createtable' && /^(?:true|:cascade)$/.test(call.named.get('force') ?? ''))
    return say(
      factOf('destructive/orm-drop: The table {what} is dropped first if it is there: `force` is set.', {
        what: nameOf(call, 0).slice(0, 60),
      }),
    );
  const table = tableOf(call) || nameOf(call, 0);
  if (created.has(table.toLowerCase())) return null;
  const change = columnChange(call) ?? chained(call);
  const field = call.named.get('name');
  const column = field === undefined ? nameOf(call, tableOf(call) === '' ? 1 : 0) : nameIn(field);
  if (added.has(`${table} ${column}`.toLowerCase())) return null;
  const kept =
    change === null
      ? undefined
      : keepsInSchema(
          table,
          column,
          models.filter(({ path }) => isRailsSchema(path)),
        );
  if (change === 'narrower' && kept?.fits !== true) {
    const isUnknown =
      call.name === 'AlterField' &&
      keepsColumn(
        call,
        models.filter(({ path }) => isDjangoModels(path)),
      ) === undefined;
    return say(factOf(isUnknown ? TYPE_UNKNOWN : TYPE_CHANGED));
  }
  // the key of a table always has a value
  if (
    change === 'required' &&
    kept?.wasRequired !== true &&
    column !== 'id' &&
    !(isBatch(call) && added.has(`batch ${nameOf(call, 0)}`.toLowerCase())) &&
    !isFilled(filled, table, column)
  )
    return say(factOf(NOT_NULL));
  if (addsRequired(call))
    return say(
      factOf(
        'destructive/sql-not-null: A new column must have a value and has no default: the migration fails on a table with rows.',
      ),
    );
  return null;
}

/**
 * Short names whose meaning depends on the receiver: `t.remove`, `Schema::drop`, `table->drop()`, `collection.drop()`.
 */
function shortOperation(call: Call, name: string): ReturnType<typeof OPERATIONS.get> | null {
  const { receiver } = call;
  const inTable = call.around.some(({ name: outer }) => /^(?:change_?table|table|alter_?table)$/i.test(outer));
  if (name === 'remove' && inTable && /^\w{1,3}$/.test(receiver)) return OPERATIONS.get('removecolumn') ?? null;
  if (name === 'rename' && inTable && /^\w{1,3}$/.test(receiver)) return OPERATIONS.get('renamecolumn') ?? null;
  if (
    (name === 'drop' || name === 'dropifexists') &&
    (/(?:^|\\)Schema$|Schema\(?\)?$|collection\(.*\)$|Schema::connection\(\)$|->table\(\)$/.test(receiver) ||
      /^\w+\.schema/i.test(receiver))
  )
    return OPERATIONS.get('droptable') ?? null;
  if (name === 'rename' && /(?:^|\\)Schema$|->table\(\)$/.test(receiver)) return OPERATIONS.get('renametable') ?? null;
  return null;
}

/**
 * Knex' `t.string('bio', 20).alter()`, Laravel's `$table->string('bio', 20)->change()`, Rails'
 * `t.change :bio, :string, limit: 20`.
 */
function chained(call: Call): 'narrower' | 'required' | null {
  if (call.name !== 'alter' && call.name !== 'change') return null;
  const type = /(?:\.|->)(smallInteger|tinyInteger|integer|boolean|date|uuid|float|char)\(/.exec(`${call.receiver}(`);
  return type !== null && call.args.length === 0 && call.receiver.endsWith('()')
    ? 'narrower'
    : call.args.length > 1 && /limit:\s*\d{1,2}\b/.test(call.args.map(({ name, text }) => `${name}: ${text}`).join(' '))
      ? 'narrower'
      : null;
}

function fromSql(call: Call, created: readonly string[], added: ReadonlySet<string>): readonly Noticed[] {
  if (!RUNS_SQL.test(call.name)) return [];
  // the second argument of Django's RunSQL reverts the first
  const inputs =
    call.name === 'RunSQL'
      ? call.args.filter(({ name }, index) => (name === '' && index === 0) || name === 'sql')
      : call.args.slice(0, 2);
  return inputs.flatMap(({ string }) => {
    if (string === null || !QUERY.test(string.value)) return [];
    return judgeSql(string.value, { created, added: [...added], migration: true }).map((notice) => ({
      ...notice,
      line: string.line + notice.line - 1,
      side: 'new' as const,
    }));
  });
}

const DELETES = /^(?:delete_all|destroy_all|delete|del|forceDelete|_raw_delete)$/;
/** `Order.where(…)`, `Order.objects.filter(…)`, `DB::table('orders')->where(…)`, `knex('orders').where(…)`. */
const BY_CONDITION = /(?:\.|->|::)(?:where\w*|filter|exclude)\(\)/;
const OF_TABLE = /^(.*?\b(?:table|knex|trx|db)\(\)|.*?)(?:\.|->|::)(?:objects\b|\w+\(\))/i;

/** Rows that a condition names, where only the database can tell how many there are. */
function rowsDeleted(call: Call, { calls }: Code, created: ReadonlySet<string>): readonly Noticed[] {
  const { name: does, receiver, args } = call;
  const isOne = DELETES.test(does) && args.length === 0 && BY_CONDITION.test(receiver);
  const [, owner = ''] = (isOne ? OF_TABLE.exec(receiver) : null) ?? [];
  const table = owner.endsWith('()')
    ? calls.findLast(({ name, line }) => /^(?:table|knex|trx|db)$/i.test(name) && line <= call.line)
    : undefined;
  const model = table === undefined ? (owner.split(/[.:\\]/).at(-1) ?? '') : nameOf(table, 0);
  if (!/^\w+$/.test(model) || isRowsMadeAgain(model) || created.has(model.toLowerCase())) return [];
  return [factAt(ROWS_DELETED, call, { what: model })];
}

/** In Alembic's batch the table is said once, for the block. */
const isBatch = ({ receiver }: Call): boolean => receiver === 'batch_op';

/** The name of a column: `"bio"`, or as Alembic has it, `sa.Column("bio", …)`. */
const columnOf = (call: Call): string =>
  call.args.slice(0, 2).flatMap(({ text }) => /\bColumn\(\s*["'](\w+)["']/.exec(text)?.[1] ?? [])[0] ?? nameOf(call, 1);

function remember(call: Call, created: Set<string>, added: Set<string>): void {
  const name = plain(call.name);
  if (CREATES.has(name) && (name !== 'create' || call.receiver.endsWith('Schema')))
    created.add(
      nameIn(call.named.get('name') ?? call.args[0]?.string?.value ?? call.args[0]?.text ?? '').toLowerCase(),
    );
  if (ADDS.has(name)) {
    const table = isBatch(call) ? 'batch' : tableOf(call) || nameOf(call, 0);
    const column = call.named.get('name') !== undefined ? nameIn(call.named.get('name') ?? '') : columnOf(call);
    added.add(`${table} ${column}`.toLowerCase());
  }
  if (!RUNS_SQL.test(call.name)) return;
  for (const table of tablesIn(call)) created.add(table);
  for (const [, table = '', column = ''] of sqlOf(call).matchAll(
    /\balter\s+table\s+(?:only\s+)?["`[]?(\w+)["`\]]?\s+add\s+(?!(?:constraint|(?:unique\s+|fulltext\s+)?(?:index|key)|primary|unique|foreign|check|partition)\b)(?:column\s+)?(?:if\s+not\s+exists\s+)?["`[]?(\w+)/gi,
  ))
    added.add(`${table} ${column}`.toLowerCase());
}

/** In Go the context is the first argument. */
const sqlOf = ({ args }: Call): string =>
  args
    .slice(0, 2)
    .map(({ string }) => string?.value ?? '')
    .join(';');

/** Tables that SQL makes. */
const tablesIn = (call: Call): readonly string[] =>
  [...sqlOf(call).matchAll(/\bcreate\s+(?:temp(?:orary)?\s+)?table\s+(?:if\s+not\s+exists\s+)?["`[]?(\w+)/gi)].map(
    ([, table = '']) => table.toLowerCase(),
  );

/** With the functions that make them: a migration's steps may call each other in any order. */
const tablesMade = ({ calls }: Code): readonly { readonly table: string; readonly within: string }[] =>
  calls
    .filter(({ name, down }) => !down && RUNS_SQL.test(name))
    .flatMap((call) => tablesIn(call).map((table) => ({ table, within: call.within })));

export type { Change };
