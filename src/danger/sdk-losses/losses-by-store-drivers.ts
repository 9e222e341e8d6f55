/** Databases, caches, indexes and queues that code empties, through drivers and ORMs. Of programs on the command line, too. */
import { factAt, factOf, type Fact } from '../rule-rows/facts-from-sentences';
import type { Call, Code, Pair } from '../code';
import type { Noticed } from '../types';

const COLLECTION_DROPPED = 'destructive/store-flush: A collection is dropped, with every document.';
const EVERY_DOCUMENT = 'destructive/store-flush: Every document of an index is deleted.';
const UNLIMITED = 'destructive/orm-delete-all: Every row is deleted: nothing limits {name}.';

const EMPTY_FILTER =
  /^(?:\{\s*\}|bson\.[MD]\s*\{\s*\}|\(?\{\}\)?|new\s+(?:Basic)?Document\(\)|Filters\.empty\(\)|\[\s*\]|None|null)$/;
/** What a browser keeps of pages, and what only waits to be written: `router.flushAll()`. */
const HOLDS_NOTHING =
  /(?:router|inertia|log(?:ger|s)?|buffers?|writers?|batch(?:es|er)?|timers?|metrics|spans|tracer|events|telemetry)(?:\(\))?$/i;

/** What takes a queue or a topic away, or what is in it: RabbitMQ, Kafka, SQS, BullMQ, pg-boss, NATS, Azure. */
const QUEUE_ENDS =
  /^(?:delete_?topics?|purge_?queue|queue_?purge|queue_?delete|delete_?(?:all_?)?queues?|obliterate|purge_?stream|delete_?topic_?records|discard_?all|clear_?messages)$/i;
/** The same by common words, for what is called a queue: Celery, Resque, Bull, Bee-Queue, RQ. */
const QUEUE_EMPTIED =
  /(?:^|\.)(?:control\.purge\(|Resque\.remove_queue\(|\w*[qQ]ueue\.(?:drain\((?:true|\{)|clean\(0\b|remove_?jobs\(|delete\((?:delete_jobs=)?True))/;

/** What a call empties, or null. */
export function storeLosses(call: Call): readonly Noticed[] {
  const say = (fact: Fact): readonly Noticed[] => [{ ...fact, line: call.line, side: 'new' }];
  const { name, receiver, args } = call;
  const first = args[0]?.text.trim() ?? '';
  if (/^(?:flush_?all|flush_?db)$/i.test(name) && receiver !== '' && !HOLDS_NOTHING.test(receiver))
    return say(factOf('destructive/store-flush: The whole cache or database is emptied.'));
  if (
    /^(?:command|call|sendCommand|execute_command|do)$/i.test(name) &&
    /^["'`[{(\s]*(?:FLUSHALL|FLUSHDB|dropDatabase)\b/i.test(first)
  )
    return say(factOf('destructive/store-flush: The whole cache or database is emptied.'));
  if (/^(?:drop_?database|dropDatabase)$/i.test(name) && receiver !== '')
    return say(factOf('destructive/store-flush: The whole database is dropped.'));
  if (/^drop_?collection$/i.test(name)) return say(factOf(COLLECTION_DROPPED));
  if (
    name === 'drop' &&
    args.length === 0 &&
    /collection\(\)$|\.collection$|(?:^|\.)db\.\w+$|Collection$/i.test(receiver)
  )
    return say(factOf(COLLECTION_DROPPED));
  if (/^delete_?many$/i.test(name))
    return deleteMany(call)
      ? say(factOf('destructive/orm-delete-all: Every row or document is deleted: the filter is empty.'))
      : [];
  if (/^update_?many$/i.test(name) && EMPTY_FILTER.test(first) && /\$unset\b/.test(args[1]?.text ?? ''))
    return say(factOf('destructive/orm-drop: A field is removed from every document, with its data.'));
  if (
    /^(?:remove|deleteAll|delete_all|removeAll)$/.test(name) &&
    EMPTY_FILTER.test(first) &&
    first !== '' &&
    first !== '[]' &&
    /collection|Model$|^[A-Z]|db\./.test(receiver)
  )
    return say(factOf('destructive/orm-delete-all: Every document is deleted: the filter is empty.'));
  if (
    (QUEUE_ENDS.test(name) && receiver !== '') ||
    QUEUE_EMPTIED.test(`${receiver.replace(/\(\)/g, '')}.${name}(${first}`)
  )
    return say(factOf('destructive/store-flush: A queue or topic is emptied or deleted.'));
  if (name === 'delete' && /(?:^|\.)indices$/.test(receiver))
    return say(factOf('destructive/store-flush: An index is deleted, with every document.'));
  if (inSearch(call)) return say(factOf(EVERY_DOCUMENT));
  if (/^recursive_?delete$/i.test(name) && /firestore|client|\bdb\b|batch|bulk/i.test(receiver))
    return say(factOf(COLLECTION_DROPPED));
  if (/^delete_?by_?query$/i.test(name) && args.some(({ text }) => /match_all/.test(text)))
    return say(factOf(EVERY_DOCUMENT));
  return mapped(call);
}

/** Search services and stores of vectors, which delete one document by its id. */
function inSearch({ name, receiver, args, named }: Call): boolean {
  if (receiver === '') return false;
  if (/^(?:clear_?objects|clear_?index|delete_?all_?(?:documents|records|objects))$/i.test(name)) return true;
  if (/^delete(?:_?many)?$/i.test(name) && /^true$/i.test(named.get('delete_all') ?? named.get('deleteAll') ?? ''))
    return true;
  return /^delete_?all$/i.test(name) && args.length === 0 && /\b(?:index|namespace)\(\)$|index$/i.test(receiver);
}

function deleteMany({ args, receiver }: Call): boolean {
  if (receiver === '') return false;
  // in Go the context is the first argument
  const filter = /^(?:ctx|context\b|nil)/.test(args[0]?.text ?? '') ? args[1] : args[0];
  const text = filter?.text.trim() ?? '';
  return text === '' || EMPTY_FILTER.test(text) || /^\{\s*where\s*:\s*\{\s*\}\s*,?\s*\}$/.test(text);
}

/** ORMs: deleting all rows, or recreating the schema. */
function mapped(call: Call): readonly Noticed[] {
  const { name, receiver, args } = call;
  const first = args[0]?.text.trim() ?? '';
  const all = (): readonly Noticed[] => [factAt(UNLIMITED, call, { name })];
  const reset = (): readonly Noticed[] => [
    factAt('destructive/orm-reset: The tables are dropped and recreated, empty.', call),
  ];
  const forced = /\bforce['"]?\s*(?::|=>|=)\s*true/i;
  if (name === 'delete' || name === '_raw_delete' || name === 'del') {
    if (
      args.length === 0 &&
      /\.objects\.all\(\)$|\.objects$|\.query\(\)$|\.query\.all\(\)$/.test(receiver) &&
      /^[\w.$]*\.(?:objects|query)|session\.query\(\)$|^[A-Z]/.test(receiver)
    )
      return /session\.query\(\)$|objects|^[A-Z]\w*(?:::|\.)query/.test(receiver) ? all() : [];
    if (
      args.length === 0 &&
      (/(?:^|\\)DB::table\(\)$/.test(receiver) ||
        /^(?:\\?[A-Z]\w*)::(?:query|withTrashed)\(\)$/.test(receiver) ||
        /^(?:knex|trx)\(\)$/.test(receiver))
    )
      return all();
    if (/Repository$|[rR]epo(?:sitory)?$/.test(receiver) && /^\{\s*\}$/.test(first)) return all();
  }
  if (
    /^(?:delete_all|destroy_all)$/.test(name) &&
    /^(?:::)?[A-Z][\w:]*(?:\.(?:all|unscoped|with_deleted))?$/.test(receiver.replace(/\(\)$/, ''))
  )
    return all();
  if (
    /^(?:deleteAll|deleteAllInBatch)$/.test(name) &&
    args.length === 0 &&
    /(?:Repository|Repo|Dao|Mapper)$/.test(receiver)
  )
    return all();
  if (
    name === 'truncate' &&
    ((/^(?:\\?[A-Z]\w*)$/.test(receiver) &&
      !/^(?:Math|Str|String|Text|File|Buffer|Number|Decimal|Time|Date|FS|Fs|Util\w*|Array|Object|_)$/.test(receiver)) ||
      /DB::table\(\)$|^(?:knex|trx)\(\)$/.test(receiver))
  )
    return all();
  if (
    name === 'destroy' &&
    /^(?:require\(\)\.)?[A-Z]\w*$|\.models?\.\w+$/.test(receiver) &&
    (/\btruncate\s*:\s*true/.test(first) || /^\{\s*where\s*:\s*\{\s*\}\s*,?\s*\}$/.test(first))
  )
    return all();
  if (name === 'clear' && args.length === 0 && /Repository$|getRepository\(\)$/.test(receiver)) return all();
  if (name === 'sync' && /sequelize|db|models?\b/i.test(receiver) && forced.test(first)) return reset();
  if (name === 'synchronize' && first === 'true' && /dataSource|connection|AppDataSource/i.test(receiver))
    return reset();
  if (/^(?:drop_all|dropSchema|EnsureDeleted|EnsureDeletedAsync)$/.test(name) && receiver !== '') return reset();
  if (name === 'drop' && args.length <= 1 && /^(?:db\.)?sequelize$/.test(receiver)) return reset();
  if (name === 'call_command' && /^["'](?:flush|reset_db|sqlflush)["']/.test(first)) return reset();
  if (name === 'call' && receiver.endsWith('Artisan') && /^["'](?:migrate:(?:fresh|reset|refresh)|db:wipe)/.test(first))
    return reset();
  return [];
}

/** What is asked of the rows, in query builders whose condition follows the deleting call. */
const CONDITIONS =
  /^(?:where\w*|filter(?:_by)?|using|eq|in|match|lte?|gte?|i?like\w*|is|not|or|neq|contains|containedBy|overlaps|textSearch|range\w*)$/;
/** Conditions that every row fulfils, as whoever has to give one writes them. */
const HOLDS_ALWAYS = /^(?:neq|gte?|not|is)$/;

/**
 * Calls of query builders that delete every row, because no condition follows. `written`: the calls are in the order in
 * which they are written; else a call stands before the one that it is called on, as in a syntax tree.
 */
export function unlimitedDeletes(
  { calls, assigned }: Pick<Code, 'calls' | 'assigned'>,
  text: string,
  written = false,
): readonly Noticed[] {
  const builders = BUILDERS.filter(({ library }) => library.test(text));
  // conditions may be added later to what a name holds
  if (builders.length === 0 || [...assigned.values()].some((value) => KEPT.test(value))) return [];
  return calls.flatMap((call, index) => {
    const { name, receiver, line, down } = call;
    if (down || !builders.some(({ deletes }) => deletes(call))) return [];
    const chain = `${receiver === '' ? '' : `${receiver}.`}${name}()`;
    const after: Call[] = [];
    const step = written ? 1 : -1;
    for (let at = index + step; calls[at]?.receiver.startsWith(chain) === true; at += step)
      after.push(calls[at] as Call);
    if (after.filter((one) => CONDITIONS.test(one.name)).every((one) => HOLDS_ALWAYS.test(one.name) && isNoLimit(one)))
      return [factAt(UNLIMITED, line, { name })];
    return [];
  });
}

const KEPT = /\b(?:delete(?:From)?|delete_from)\s*\([^()]*\)\s*$/;

/** `neq('id', 0)`, `gte('id', 0)`, `not('id', 'is', null)`. */
const isNoLimit = ({ name, args }: Call): boolean =>
  name === 'neq' ||
  (name === 'not' ? args.at(-1)?.text === 'null' : /^(?:0|-1|['"`](?:|0[0-]*)['"`])$/.test(args[1]?.text ?? ''));

const BUILDERS: readonly { readonly library: RegExp; readonly deletes: (call: Call) => boolean }[] = [
  {
    library: /supabase|postgrest/i,
    deletes: ({ name, receiver }) => name === 'delete' && receiver.endsWith('.from()'),
  },
  {
    library: /drizzle|['"`][^'"`\n]*\/db['"`]/,
    deletes: ({ name, receiver, args }) =>
      name === 'delete' &&
      args.length === 1 &&
      /^(?:\w+\.)?(?:db|tx|trx|database)$/.test(receiver) &&
      /^[A-Za-z_$][\w$.]*$/.test(args[0]?.text ?? ''),
  },
  { library: /kysely/i, deletes: ({ name, receiver }) => name === 'deleteFrom' && receiver !== '' },
  {
    library: /sqlalchemy|sqlmodel/i,
    deletes: ({ name, receiver, args }) =>
      name === 'delete' && /^(?:sa|sqlalchemy)?$/.test(receiver) && /^[A-Z]\w*$/.test(args[0]?.text ?? ''),
  },
];

/** `new DataSource({ dropSchema: true })`: TypeORM and MikroORM drop all tables on startup. */
export function resetsSchema({ key, value, line }: Pair): Noticed | null {
  return /^(?:dropSchema|drop_schema)$/.test(key) && value === 'true'
    ? factAt('destructive/orm-reset: The schema is dropped each time the program connects, with every row.', line)
    : null;
}
