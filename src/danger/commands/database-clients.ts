/** Clients of databases and stores: the SQL, or the text in their own language, that they are given. */
import { takesOf, nameOf } from '../shell';
import { anyOf, either } from '../../base/patterns';
import { fact, type Sentence } from '../rule-rows/facts-from-sentences';
import { HOLE, judgeSql } from '../sql';
import { isOnThisMachine, isTestDatabase } from './test-databases-and-emulators';
import { has, input, plain, values, type Call, type CommandNotice, type Family, programs } from './program-call';
import { byRows } from './match-family-rows';
import { NODES } from '../rules/destructive/store-flush';

const EMPTY_STORE = 'destructive/store-flush: empties the store';

/** Statements whose name is only known when they run. */
const NAMELESS = new RegExp(
  String.raw`\b((?:DROP\s+(?:TABLE|DATABASE|SCHEMA|(?:MATERIALIZED\s+)?VIEW|KEYSPACE|USER|ROLE)(?:\s+IF\s+EXISTS)?|TRUNCATE(?:\s+TABLE)?|DELETE\s+FROM|UPDATE|ALTER\s+TABLE)[ \t]+)` +
    String.raw`(?:""|\x60\x60|\[\]|\$?\{([\w.,]*)\}|(?=$|[;\n]|(?:CASCADE|RESTRICT|WHERE|SET|DROP)\b))`,
  'gi',
);

/** With a mark where a variable stood: `DROP TABLE $T` reads as `DROP TABLE ` here, a loop's as `{users,orders}`. */
const withNames = (text: string): string =>
  text.replace(NAMELESS, (_, verb: string, names: string | undefined) => {
    const [first = ''] = (names ?? '').split(',');
    return `${verb}${first === '' ? HOLE : first} `;
  });

/** What a statement does, in place of what happens by it: `empties the table orders`. */
const BY_VERB: readonly (readonly [RegExp, string])[] = [
  [/^Every row of (.+) is deleted: TRUNCATE\b.*$/, 'empties the table $1'],
  [/^Every row of (.+) is deleted: (.+)$/, 'deletes every row of $1: $2'],
  [/^Every row of (.+) is changed: (.+)$/, 'changes every row of $1: $2'],
  [/^The ((?:\w+ )+?)(\S+) is dropped(.*)$/, 'drops the $1$2$3'],
  [/^Dropped(, with .+?)?: the (\w+) (.+)$/, 'drops the $2 $3$1'],
  [/^The column (\S+) of (\S+) is dropped(.*)$/, 'drops the column $1 of $2$3'],
];

function byVerb(message: string): string {
  const [found] = BY_VERB.filter(([pattern]) => pattern.test(message));
  const does = found === undefined ? `runs SQL: ${message}` : message.replace(found[0], found[1]);
  return does
    .replace(/\bthe (table|database|schema|view|keyspace) \u2026/, 'a $1 that only the run names')
    .replace(/\bevery row of \u2026/, 'every row of a table that only the run names');
}

/** What a server is told about itself, in any dialect: no rule of SQL in files asks about it. */
const ADMINISTRATION: readonly (readonly [RegExp, Sentence])[] = [
  [
    /\bpg_drop_replication_slot\s*\(/i,
    'destructive/sql-drop (high): drops a replication slot: who reads by it loses the place',
  ],
  [/\bdrop_chunks\s*\(/i, 'destructive/sql-drop: deletes old rows of a table'],
  [/\blo_unlink\s*\(/i, 'destructive/sql-drop: deletes large objects'],
  [/\bpg_terminate_backend\s*\(\s*(?!\d)/i, 'destructive/cloud-stop: ends connections of others'],
  [/\bALTER\s+SYSTEM\s+(?:SET|RESET)\b/i, 'destructive/cloud-stop: changes how the database server works'],
  [
    /\bRESET\s+(?:MASTER|BINARY\s+LOGS)\b|\bPURGE\s+(?:BINARY|MASTER)\s+LOGS\b/i,
    'destructive/sql-drop: deletes logs that replicas and recovery read',
  ],
  [
    /\bDETACH\s+(?:TABLE|DATABASE|VIEW)\b[^;]*\bPERMANENTLY\b/i,
    'destructive/sql-drop (high): takes a table away from the server',
  ],
  [
    /\bexpire_snapshots\s*\([^)]*(?:retention_threshold|older_than)[^)]*\b0\s*[smhd]\b/i,
    'destructive/sql-drop: deletes every earlier snapshot of the table',
  ],
  [/\bSYSTEM\s+(?:DROP\s+REPLICA|SHUTDOWN|KILL)\b/i, 'destructive/cloud-stop (high): takes a server or a replica down'],
  [
    /\bREMOVE\s+(?:DATABASE|NAMESPACE|TABLE|USER)\s+\w/i,
    'destructive/sql-drop: removes a table, a database or what holds it',
  ],
];

/** A statement that is prepared under a name, and variables of psql in the place of names. */
const withoutPreparing = (text: string): string =>
  text
    .replace(/\bPREPARE\s+\w+\s*(?:\([^)]*\)\s*)?AS\s+/gi, ';')
    .replace(/(\b(?:TABLE|FROM|DATABASE|SCHEMA|TRUNCATE)\s+):["']?(\w+)["']?/gi, '$1$2');

/** What runs a statement that stands in a string. */
const RUNS_STRING = /\b(?:PREPARE\s+\w+\s+FROM|sp_executesql|EXEC(?:UTE)?)\b|\\gexec\b/i;

/** Statements in strings, put together from parts, where something runs such a string. */
function inStrings(text: string): readonly string[] {
  if (!RUNS_STRING.test(text)) return [];
  const joined = text.replace(/'\s*(?:,|\|\||\+)\s*N?'/g, '');
  return [...joined.matchAll(/'((?:''|[^'])*)'/g)].flatMap(([, content = '']) =>
    /^\s*(?:DROP|TRUNCATE|DELETE|ALTER|UPDATE)\s/i.test(content)
      ? [content.replaceAll("''", "'").replace(/%(?:\d+\$)?[IsL]/g, HOLE)]
      : [],
  );
}

/** What the server runs for each of its tables. */
const FOR_EACH_TABLE = /\bsp_MSforeachtable\s+(?:@command1\s*=\s*)?N?'((?:''|[^'])*)'/gi;
const forEachTable = (text: string): readonly string[] =>
  [...text.matchAll(FOR_EACH_TABLE)].map(([, content = '']) => content.replaceAll("''", "'").replaceAll('?', HOLE));

/** What SQL does; the commands that psql and the like run themselves are read by the shell reader. */
export function inSql(texts: readonly string[]): CommandNotice[] {
  const statements = texts.flatMap((text) => [text, ...inStrings(text), ...forEachTable(text)]).map(withoutPreparing);
  return statements.flatMap((text) => [
    ...ADMINISTRATION.flatMap(([pattern, sentence]) => (pattern.test(text) ? fact(sentence) : [])),
    ...judgeSql(withNames(text).replace(/\/\*[^]*?\*\//g, (comment) => (/^\/\*\*\/$/.test(comment) ? '' : ' '))).map(
      ({ rule, severity, message, row = '' }): CommandNotice => ({
        rule,
        row,
        does: byVerb(message.replace(/\.$/, '')),
        ...(severity ? { severity } : {}),
      }),
    ),
  ]);
}

/** A client for SQL: its options for a statement and for a file; `last`: the last plain word may be a statement. */
const sqlClient =
  (statement: readonly string[], file: readonly string[], last = false): Family =>
  (call) => {
    const { read } = call;
    const isForTests = isTestDatabase(call);
    const texts = [...values(call, ...statement), ...letters(call, statement)];
    const files = values(call, ...file).flatMap((name) => (name === '-' ? [] : [read(name) ?? '']));
    const statements = last
      ? plain(call)
          .slice(-1)
          .filter((text) => /\s/.test(text))
      : [];
    const inputs = texts.length > 0 && !values(call, ...file).includes('-') ? [] : [input(call) ?? ''];
    const sources = [...call.args, ...inputs].flatMap((text) =>
      [...text.matchAll(/(?:^|\n)[^\S\n]*(?:\\ir?|source|\\\.|\.read|@)\s+(\S+)/g)].map(
        ([, name = '']) => read(name) ?? '',
      ),
    );
    const made = isForTests ? undefined : madeByQuery(call);
    if (made !== undefined) return made;
    return inSql(
      [...texts, ...files, ...statements, ...inputs, ...sources].filter(
        // from one database others can be dropped, and roles changed
        (text) =>
          text.trim() !== '' && !(isForTests && !/\b(?:database|role|user|grant)\b|\\c/i.test(withoutOfTests(text))),
      ),
    );
  };

/** Without the statements that make or drop a database whose name says that it is for tests. */
const withoutOfTests = (text: string): string =>
  text.replace(
    /\b(?:drop|create)\s+database\s+(?:if\s+(?:not\s+)?exists\s+)?["`]?(?:\w+[_-])?tests?(?:[_-]?\d+)?["`]?\s*(?=;|$)/gi,
    '',
  );

/** A query whose rows are statements: `select 'drop table ' || name …`, `concat('truncate ', …)`. */
const MAKES =
  /\bselect\b[^;]*?(?:'|\bformat\s*\(\s*')\s*(drop|truncate|delete\s+from|alter\s+table)\s(?=[^']*'\s*(?:\|\||,|\+|\)))/i;

/** Programs that print what their text says, and a statement in such a text. */
const PRINTERS = /^(?:[gmn]?awk|jq|python[\d.]*|node|perl|ruby|php)$/;
const PRINTED = /["'`{]\s*(drop|truncate|delete\s+from)\s+(?:table\s|database\s|schema\s|index\s|\\?["'`\w$%{])/i;

/** What another client or a program writes for it: the statements are known only when that has run. */
function madeByQuery({ invocation: { from } }: Call): CommandNotice | undefined {
  const writers = from?.group ?? (from ? [from] : []);
  const [printed] = writers.flatMap(({ words: [program, ...rest] }) =>
    PRINTERS.test(nameOf(program)) ? rest.flatMap(({ text }) => PRINTED.exec(text)?.[1] ?? []) : [],
  );
  if (printed !== undefined)
    return fact('destructive/sql-drop: runs every {verb} statement that a program prints', {
      verb: printed.toUpperCase(),
    });
  const asked = writers.flatMap(({ words, input: handed }) => [...words.map(({ text }) => text), handed ?? '']);
  const [verb] = asked.flatMap((text) => MAKES.exec(text)?.[1] ?? []);
  if (verb === undefined) return undefined;
  return fact('destructive/sql-drop: runs every {verb} statement that a query makes', { verb: verb.toUpperCase() });
}

/** `-Xqc 'SQL'`: the letter comes last in a group of letters. */
function letters(call: Call, options: readonly string[]): string[] {
  const wanted = options.flatMap((one) => (/^-\w$/.test(one) ? one.slice(1) : []));
  return call.args.filter((_, index) => {
    const before = call.args[index - 1] ?? '';
    return /^-[a-zA-Z0-9]{2,6}$/.test(before) && wanted.includes(before.at(-1) ?? '');
  });
}

const psql = sqlClient(['-c', '--command'], ['-f', '--file']);
const pgcli = sqlClient(['-c', '--command', '-e', '--execute'], ['-f', '--file']);
const mysql = sqlClient(['-e', '--execute', '--init-command'], ['--init-file']);

/** Schema changes that are made on a copy of the table. */
const online: Family = (call) =>
  has(call, /^--execute$/) ? inSql(values(call, '--alter').map((text) => `ALTER TABLE t ${text}`)) : undefined;

const REDIS = /^(?:FLUSHALL|FLUSHDB|SWAPDB)$/i;
/** Keys in which libraries keep jobs that wait: BullMQ, Celery, Sidekiq, Resque, RQ, Laravel. */
const QUEUE_KEY =
  /^(?:\w+:)?(?:bull|bullmq|bee|kue|celery|sidekiq|resque|rq|queues?|arq|dramatiq|laravel_database_queues|horizon)(?::|$)|:(?:wait|waiting|delayed|pending|active|paused)$|^_kombu\b/i;
const redis: Family = (call) => {
  const words = plain(call, takesOf('redis-cli'));
  const texts = [words.join(' '), ...(words.length === 0 ? (input(call) ?? '').split('\n') : [])];
  for (const text of texts) {
    const [verb = '', what = '', third = ''] = text.trim().split(/\s+/);
    if (REDIS.test(verb)) return fact(EMPTY_STORE);
    if (/^SHUTDOWN$/i.test(verb))
      return fact('destructive/store-flush (high): stops the store{how}', {
        how: /^NOSAVE$/i.test(what) ? ' without saving what is new in it' : '',
      });
    if (/^(?:DEL|UNLINK)$/i.test(verb) && (/[*]/.test(what) || what === '' || call.words.some(({ open }) => open)))
      return fact('destructive/store-flush (high): deletes many keys');
    if (/^(?:DEL|UNLINK)$/i.test(verb) && text.split(/\s+/).some((key) => QUEUE_KEY.test(key)))
      return fact('destructive/store-flush (high): deletes a queue with the jobs that wait in it');
    if (/^(?:EVAL)$/i.test(verb) && /flush(?:all|db)|'del'|"del"/i.test(text))
      return fact('destructive/store-flush (high): deletes keys by a script');
    if (/^CONFIG$/i.test(verb) && /^SET$/i.test(what) && /^(?:save|appendonly|maxmemory|requirepass)$/i.test(third))
      return fact('destructive/store-flush (medium): changes how the store keeps data');
    if (/^(?:CLUSTER)$/i.test(verb) && /^(?:RESET|FLUSHSLOTS|FORGET)$/i.test(what))
      return fact('destructive/store-flush: takes a cluster apart');
    if (/^(?:XTRIM|LTRIM)$/i.test(verb)) return fact('destructive/store-flush (medium): cuts a list or a stream');
  }
  return undefined;
};

const MONGO = /* @__PURE__ */ anyOf(
  String.raw`\bdropDatabase\b\s*:\s*1 \.deleteMany\s*\(\s*\{\s*_id\s*:\s*\{\s*\$(?:exists\s*:\s*(?:true|1)|ne\s*:\s*(?:null|0|['"]))
  \.(?:deleteMany|remove)\s*\(\s*(?:\{\s*\}|\)) \.(?:findOneAndDelete)\s*\(\s*\{\s*\}
  shutdownServer\s*\( \brs\.(?:reconfig|remove|stepDown)\s*\( \bsh\.removeShard \.updateMany\s*\(\s*\{\s*\}
  (?:^|[^\w'"])(?:db|\w+)(?:\.\w+|\[[^\]]*\]|\.getSiblingDB\([^)]*\)|\.getCollection\([^)]*\)){0,12}\.(?:dropDatabase|drop|dropIndexes|dropIndex|dropUser|dropAllUsersFromDatabase|dropRole)\s*\(`,
  { before: String.raw``, after: String.raw`` },
);
const mongo: Family = (call) => {
  if (isTestDatabase(call) && !/getSiblingDB|getMongo|\buse\b|admin/.test(call.args.join(' '))) return undefined;
  const texts = [
    ...values(call, '--eval', '-eval'),
    input(call) ?? '',
    ...plain(call, takesOf('mongosh')).flatMap((text) => (text.endsWith('.js') ? [call.read(text) ?? ''] : [])),
  ];
  const text = texts.find((one) => MONGO.test(withoutStrings(one)));
  return text === undefined ? undefined : fact('destructive/store-flush: {what}', { what: mongoLoss(text) });
};

/** What a program of MongoDB's shell deletes, as far as it is plain. */
function mongoLoss(text: string): string {
  if (/\bdropDatabase\b/.test(text)) return 'drops the database with every collection';
  const [, collection, verb] = /\bdb\.(\w+)\.(drop|deleteMany|remove)\s*\(/.exec(text) ?? [];
  if (collection === undefined) return 'deletes a database, a collection or every document of one';
  if (verb === 'drop') return `drops the collection ${collection}`;
  return `deletes every document of the collection ${collection}`;
}

/** JavaScript with its strings emptied. */
const withoutStrings = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (one) => one.charAt(0) + one.charAt(0));

const KEYS_GONE = 'destructive/store-flush: deletes keys of the cluster';
const PART_GONE = 'destructive/store-flush: removes something of the cluster';

// prettier-ignore
const etcdctl = byRows(
  'etcdctl',
  { verb: 'del, rm, rmdir', with: /^--(?:prefix|from-key|recursive)$|^-r$/, says: KEYS_GONE },
  { verb: 'del, rm, rmdir', says: KEYS_GONE, severity: 'high' },
  { verb: 'defrag', says: PART_GONE, severity: 'low' },
  { verb: 'compact, compaction, * remove, * restore', says: PART_GONE, severity: 'high' },
  { verb: /^(?:user|role|auth) (?:delete|disable)(?: |$)/, says: 'permissions/auth-removed (high): takes a protection of the store away' },
);
/** What vault and bao are told to delete, to seal away or to record no longer. */
const VAULT_LOSES = either(
  /^(?:delete|unwrap-all)\b/,
  /^(?:auth|secrets|audit) disable\b/,
  /^kv (?:delete|destroy|metadata delete)\b/,
  /^(?:lease|token) revoke\b/,
  /^operator (?:seal|raft remove-peer|rekey|migrate|step-down)\b/,
  /^(?:namespace|policy) delete\b/,
  /^plugin deregister\b/,
);

const vault = byRows(
  'vault',
  { verb: 'audit disable', says: 'destructive/cloud-audit-off: turns off what records who read secrets' },
  { verb: VAULT_LOSES, says: 'destructive/cloud-delete: deletes secrets or what holds them' },
);
const inDuckdb = sqlClient(['-c', '-s', '-cmd'], ['-init', '-f'], true);
/** Without a file its tables are in memory, and end with the command. https://duckdb.org/docs/stable/clients/cli/overview */
const duckdb: Family = (call) =>
  plain(call, ['-c', '-s', '-cmd', '-init', '-f']).length === 0 &&
  !has(call, /^-(?:init|f)$/) &&
  !/\b(?:ATTACH|COPY)\b|\.(?:open|read)\b/i.test(`${call.args.join(' ')} ${input(call) ?? ''}`)
    ? undefined
    : inDuckdb(call);
const clickhouse = sqlClient(['-q', '--query'], ['--queries-file']);
const EMPTIES = /^\s*(?:flush_all|flushall|flushdb|shutdown|stop)\b/im;
const netcat = byRows('', { only: (call) => EMPTIES.test(input(call) ?? ''), says: EMPTY_STORE });
/** A group of consumers that forgets, or moves, the place where it reads. */
function ofConsumers(call: Call): CommandNotice | undefined {
  const [group] = values(call, '--group');
  if (group === undefined || has(call, /^--topic$/)) return undefined;
  const words = { group: group.slice(0, 60) };
  if (has(call, /^--reset-offsets$/) && has(call, /^--execute$/))
    return fact('destructive/store-flush: moves the place where the consumer group {group} reads', words);
  return has(call, /^--delete(?:-offsets)?$/)
    ? fact('destructive/store-flush: deletes the consumer group {group} or the place where it reads', words)
    : undefined;
}
const TEST_TOPIC = /^(?:[\w.-]*[._-])?tests?(?:[._-][\w.-]*)?$/;
const kafka: Family = (call) => {
  const ofGroup = ofConsumers(call);
  if (ofGroup !== undefined) return ofGroup;
  const topics = values(call, '--topic');
  if (
    isOnThisMachine(...values(call, '--bootstrap-server')) &&
    topics.length > 0 &&
    topics.every((name) => TEST_TOPIC.test(name))
  )
    return undefined;
  const onlyShows = has(call, /^--reset-offsets$/) && !has(call, /^--execute$/);
  if (has(call, /^--(?:delete|delete-offsets|reset-offsets|offset-json-file|delete-records)$/) && !onlyShows) {
    const [topic] = topics;
    return fact('destructive/store-flush: deletes {what}', {
      what:
        topic === undefined
          ? 'a topic, its records or the place where somebody reads'
          : `the topic ${topic.slice(0, 60)} or its records`,
    });
  }
  return has(call, /^--alter$/) && /retention\.(?:ms|bytes)=(?:\d{1,5})\b/.test(call.args.join(' '))
    ? fact('destructive/store-flush: has records deleted at once')
    : undefined;
};

const SERIES_GONE = 'destructive/store-flush: deletes series or a bucket';
const influxVerbs = byRows(
  'influx',
  { verb: /^(?:delete|bucket delete|org delete|v1 dbrp delete|user delete)\b/, says: SERIES_GONE },
  { line: /\bDROP\s+(?:DATABASE|MEASUREMENT|SERIES)/i, says: SERIES_GONE },
);
const influx: Family = (call) => {
  const found = inSql([...values(call, '-execute', '-e'), input(call) ?? '']);
  return found.length > 0 ? found : influxVerbs(call);
};

export const DATABASES: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  pgcli,
  'psql usql ysqlsh vsql gsql edbplus timescaledb': psql,
  'dbsqlcli firebolt fb': sqlClient(['-e', '--execute', '--command', '-C'], ['-f', '--file']),
  cockroach: byRows('', { verb: 'sql', says: sqlClient(['-e', '--execute'], ['-f', '--file']) }),
  'mysql mariadb mycli tidb singlestore memsql': mysql,
  mysqlsh: sqlClient(['-e', '--execute', '--sql'], ['-f', '--file']),
  'sqlite3 sqlite': sqlClient(['-cmd'], ['-init'], true),
  litecli: sqlClient(['-e', '--execute'], [], true),
  duckdb,
  'sqlcmd osql': sqlClient(['-Q', '-q'], ['-i']),
  'invoke-sqlcmd': sqlClient(['-Query'], ['-InputFile']),
  'bteq sqlplus sql tsql': sqlClient([], []),
  db2: sqlClient([], ['-f', '-tvf'], true),
  isql: sqlClient(['-Q'], ['-i', '-input']),
  'hive beeline spark-sql': sqlClient(['-e'], ['-f']),
  impala: sqlClient(['-q'], ['-f']),
  'impala-shell': sqlClient(['-q', '--query'], ['-f']),
  'presto trino': sqlClient(['--execute'], ['--file', '-f']),
  'snowsql snow': sqlClient(['-q', '--query'], ['-f', '--filename']),
  cqlsh: sqlClient(['-e', '--execute'], ['-f', '--file']),
  'clickhouse-client clickhouse ch': clickhouse,
  'gh-ost pt-online-schema-change': online,
  'redis-cli valkey-cli keydb-cli dragonfly-cli iredis': redis,
  'mongosh mongo': mongo,
  influx,
  'nc ncat telnet socat': netcat,
  'kafka-topics kafka-consumer-groups kafka-configs': kafka,
  'etcdctl etcdutl': etcdctl,
  'vault bao': vault,
  'cypher-shell': byRows('', { text: /\bDETACH\s+DELETE\b|\bDROP\s+(?:DATABASE|CONSTRAINT|INDEX)/i, says: NODES }),
  hdbsql: sqlClient([], ['-I'], true),
  cbq: sqlClient(['-s', '--script'], ['-f']),
  aql: sqlClient(['-c'], ['-f']),
});
