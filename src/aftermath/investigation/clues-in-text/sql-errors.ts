/** What a database refused. */
import { either } from '../../../base/patterns';
import { type Clue, type Symptom } from './types';
import { lookedFor, symptomIn } from './match-symptoms';

const NAME = String.raw`[\w.$-]{1,120}`;
const SHAPE = /alter|drop|rename|create|column|table|migrat|references|constraint|index|\badd\b|change/i;

interface Refusal extends Symptom {
  /** What the whole text of it names. */
  readonly named?: RegExp;
}

const quoted = (before: string, after = ''): RegExp =>
  new RegExp(`${before}\\s*[\`"'\\[]?(${NAME})[\`"'\\]]?${after}`, 'gi');

const REFUSALS: readonly Refusal[] = [
  {
    pattern:
      /column .{1,140} does not exist|unknown column|no such column|invalid column name|ORA-00904|has no column named|undefined column/i,
    says: 'a column is missing',
    about: SHAPE,
    isAbsent: true,
    named: quoted('(?:column(?: name| named)?|ORA-00904:)'),
  },
  {
    pattern:
      /relation .{1,140} does not exist|table .{1,140} doesn't exist|no such table|ORA-00942|invalid object name|undefined table|Table .{1,140} not found/i,
    says: 'a table is missing',
    about: SHAPE,
    isAbsent: true,
    named: quoted('(?:relation|table:?|object name)'),
  },
  {
    pattern: /unique constraint|duplicate (?:key|entry)|UNIQUE constraint failed/i,
    says: 'a value is there twice',
    about: /unique|index|primary|constraint|upsert|conflict|sequence|serial|identity/i,
    named: quoted('(?:constraint(?: failed:)?|for key)'),
  },
  {
    pattern: /null value in column|cannot be null|NOT NULL constraint|doesn't have a default value/i,
    says: 'a value is missing',
    about: /not null|null|default|required|column/i,
    named: quoted('(?:column|field|constraint failed:)'),
  },
  {
    pattern: /foreign key constraint|violates foreign key|REFERENCES/i,
    says: 'a row refers to one that is not there',
    about: /foreign|references|constraint|cascade|delete/i,
    named: quoted('(?:constraint|on table)'),
  },
  {
    pattern: either(
      /too many connections|remaining connection slots|too many clients|PoolTimeout|ConnectionPoolTimeout|max_client_conn/i,
      /connection pool|pool (?:is )?(?:exhausted|timeout)|QueuePool limit|HikariPool/i,
      /acquir(?:e|ing) (?:an? |the )?(?:\w+ )?connection|(?:wait(?:ed|ing)?|timed? ?out) (?:for|fetching) (?:an? )?(?:free |new |database )?connection/i,
    ),
    says: 'there are no free connections to the database',
    about: /pool|max|conn|idle|limit|replicas|workers|threads|concurrency|size/i,
    chiefly: /pool|max_?(?:open|idle|client|total)?_?conn|connections|maximumPoolSize|max_?overflow/i,
  },
  {
    pattern: either(
      /dirty database version|migration .{0,80}(?:fail|checksum|missing|not applied|pending)/i,
      /checksum mismatch|relation .{1,140} already exists|table .{1,140} already exists|duplicate column/i,
      /InconsistentMigrationHistory|unapplied migration|could not create unique index/i,
    ),
    says: 'a migration failed',
    about: SHAPE,
    chiefly: /migrat|alter|create|index|unique/i,
    named: quoted('(?:relation|table|index|column name|column|migration)'),
  },
  {
    pattern:
      /statement timeout|lock wait timeout|deadlock detected|could not obtain lock|canceling statement|AccessExclusiveLock|Query execution was interrupted/i,
    says: 'a statement waited too long',
    about: /timeout|lock|index|alter|migrat|transaction|concurrently|isolation|for update|select|join|where/i,
    named: quoted('(?:relation|table|update|from|into)'),
  },
  {
    pattern: /permission denied for (?:table|relation|schema|sequence|view|database)|command denied to user/i,
    says: 'the database does not let it',
    about: /grant|revoke|role|owner|privilege|user|alter|create/i,
    named: quoted('(?:for (?:table|relation|schema|sequence|view|database)|for user)'),
  },
  {
    pattern:
      /wraparound|must be vacuumed|(?:dead tuples|bloat).{0,80}\b(?:table|index|relation)|transaction ids?\b.{0,40}(?:exhaust|left)/i,
    says: 'the database was not cleaned up in time',
    about: /\w*vacuum|freeze|bloat|maintenance/i,
    chiefly: /\w*vacuum|freeze/i,
  },
  {
    pattern:
      /value too long for type|Data too long for column|out of range\b|nextval: reached maximum|numeric field overflow|invalid input (?:syntax|value) for/i,
    says: 'a value does not fit its column',
    about: /varchar|char\(|int|numeric|decimal|type|enum|length|alter|cast/i,
    named: quoted('(?:column|enum|for type)'),
  },
  {
    pattern: either(
      /duration: \d{4,}|Query_time: \d|pg_stat_statements|\b(?:select|update|delete)\b.{0,300}\b\d[\d,.]{3,} ?ms\b/i,
      /slow (?:query|statement)|statement took|query took|rows[_ ](?:examined|removed)|type: ALL\b/i,
      /\bseq(?:uential)? scan\b|full (?:table|collection|index) scan|\bCOLLSCAN\b/i,
    ),
    says: 'a statement became slow',
    about:
      /index|analy[sz]e|statistics|vacuum|order by|join|select|where|fetch|includes?|prefetch|preload|limit|partition|cluster|work_?mem|random_?page|enable_/i,
    chiefly: /index/i,
    clearly: /drop (?:unique )?index|(?:remove|drop)_?index/i,
    gone: /create (?:unique )?index|(?:add|create)_?index|\bindex(?:es)?\b|db_index|@@?index/i,
  },
  {
    pattern: /syntax error at or near|error in your SQL syntax|SQLSTATE\[?42/i,
    says: 'a statement is no SQL',
    about: /select|insert|update|delete|where|join|query|sql/i,
  },
];
/** `where tracking_code = $1`. */
const CONDITIONS =
  /\b(?:where|and|or|on|having)\s+[`"[]?(?:[a-z_]\w{0,60}\.)?([a-z_]\w{2,100})[`"\]]?\s*(?:=|<|>|\bin\b|\bis\b|\blike\b|\bbetween\b)/gi;
const SLOW = /slow/;
/** `select * from orders`, in a log of statements. */
const TABLES = /\b(?:from|into|update|join|table)\s+[`"[]?([a-z_][\w.]{2,100})/gi;
const WORDS: ReadonlySet<string> = new Set(
  'the of for with is are not does table column relation update select where in on at or near a'.split(' '),
);

export function sql(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line, at): Clue[] => {
    const refusal = symptomIn(REFUSALS, line);
    if (refusal === undefined) return [];
    const { says, named } = refusal;
    const around = [line, lines[at + 1] ?? '', lines[at + 2] ?? ''];
    const found = [
      ...(named ? [...line.matchAll(named)].map(([, name = '']) => name) : []),
      ...around.flatMap((one) => [...one.matchAll(TABLES)].map(([, name = '']) => name)),
      ...(SLOW.test(says) ? around.flatMap((one) => [...one.matchAll(CONDITIONS)].map(([, name = '']) => name)) : []),
    ];
    const names = [
      ...new Set(
        found.flatMap((name) => name.split('.')).filter((name) => name.length > 1 && !WORDS.has(name.toLowerCase())),
      ),
    ];
    return [
      {
        says: `${says}${names.length === 0 ? '' : ` (${names.slice(0, 3).join(', ')})`}`,
        names,
        ...lookedFor(refusal),
      },
    ];
  });
}
