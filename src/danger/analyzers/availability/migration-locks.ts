/** Locks that a migration of PostgreSQL takes on a table that is there already, in SQL and in the words of Rails and Django. */
import { factAt, type Sentence } from '../../rule-rows/facts-from-sentences';
import { trimmedLines } from '../../trimmed-lines';
import { isTest, isVendored } from '../../path-roles';
import { statementsOf } from '../../sql';
import { surplus } from '../../multiset-difference';
import { named } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';
import { isSqlFile } from '../sql-and-pg-hba';

const INDEX_BUILT = 'availability/sql-lock: An index of {table} is built while writes wait (not CONCURRENTLY).';
const ROWS_CHECKED = 'availability/sql-lock: All rows of {table} are checked while writes wait (not NOT VALID).';
const ROWS_WRITTEN = 'availability/sql-lock: All rows of {table} are written anew while reads and writes wait.';

/** What a statement is, in upper case with single spaces; the first group is the table. */
interface Row {
  readonly says: RegExp;
  readonly without?: RegExp;
  readonly fact: Sentence;
}

const TABLE = String.raw`(?:IF EXISTS )?(?:ONLY )?((?:\S+ \. )?\S+)`;
const alters = (rest: string): RegExp => new RegExp(`^ALTER TABLE ${TABLE} (?:.* )?${rest}`);

const ROWS: readonly Row[] = [
  {
    says: /^CREATE (?:UNIQUE )?INDEX (?:.*? )?ON (?:ONLY )?((?:\S+ \. )?\S+)/,
    without: / CONCURRENTLY /,
    fact: INDEX_BUILT,
  },
  {
    says: alters(String.raw`ADD (?:CONSTRAINT \S+ )?FOREIGN KEY\b`),
    without: / NOT VALID\b/,
    fact: ROWS_CHECKED,
  },
  {
    says: alters(String.raw`ADD (?:CONSTRAINT \S+ )?CHECK\b`),
    without: / NOT VALID\b/,
    fact: ROWS_CHECKED,
  },
  {
    says: alters(String.raw`ADD (?:CONSTRAINT \S+ )?(?:UNIQUE|PRIMARY KEY)\b`),
    without: / USING INDEX\b/,
    fact: INDEX_BUILT,
  },
  {
    says: alters(String.raw`ALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE\b`),
    fact: ROWS_WRITTEN,
  },
  {
    says: alters(
      String.raw`ADD (?:COLUMN )?(?:IF NOT EXISTS )?\S+ (?:.* )?(?:BIGSERIAL|SERIAL|SMALLSERIAL|STORED|DEFAULT (?:GEN_RANDOM_UUID|UUID_GENERATE_V\d\w*|RANDOM|CLOCK_TIMESTAMP|NEXTVAL)\b)`,
    ),
    fact: ROWS_WRITTEN,
  },
  { says: new RegExp(`^LOCK (?:TABLE )?${TABLE}`), fact: 'availability/sql-lock: The table {table} is locked.' },
  {
    says: new RegExp(String.raw`^VACUUM (?:FULL|\( (?:.* )?FULL\b.*?\))(?: ${TABLE})?`),
    fact: ROWS_WRITTEN,
  },
  { says: new RegExp(`^CLUSTER ${TABLE}`), fact: ROWS_WRITTEN },
  {
    says: /^REINDEX (?:\(.*?\) )?(?:TABLE|INDEX|SCHEMA|DATABASE) (\S+)/,
    without: / CONCURRENTLY\b/,
    fact: INDEX_BUILT,
  },
  {
    says: /^REFRESH MATERIALIZED VIEW (\S+)/,
    without: / CONCURRENTLY\b/,
    fact: 'availability/sql-lock (low): The view {table} is filled while reads wait (not CONCURRENTLY).',
  },
];

const ALTERED = new RegExp(`^ALTER TABLE ${TABLE}`);
const COLUMN_ADDED = /\bADD (?:COLUMN )?(?:IF NOT EXISTS )?(?!CONSTRAINT|FOREIGN|CHECK|UNIQUE|PRIMARY)(\S+) ([^,]*)/g;

/** Of other databases, whose locks are others; a dump fills an empty one. */
const OTHER =
  /\$\{[\w.-]*(?:only|psql|postgres|hsql|oracle|mssql)|\bENGINE\s*=|`\w+`|AUTO_?INCREMENT|\bNVARCHAR\b|\bVARCHAR2\b|^GO\s*$|\bsp_rename\b|ALGORITHM\s*=|dump|PRAGMA /im;
const REVERTS =
  /(?:^|[._/-])(?:down|rollback|undo|revert)(?:\.\w+)?\.sql$|(?:^|\/)(?:down|rollbacks?|undo|revert|schema|seeds?)\/|(?:schema|structure|seed|init)\.sql$/i;
const FRAMEWORK = /(?:^|\/)db\/(?:\w+_)?migrate\/[^/]+\.rb$|(?:^|\/)migrations\/\d\w*\.py$/;

/** At most this many places of one file are named. */
const SHOWN_AT_MOST = 50;

export const locks: AnalyzerOfFiles = {
  id: 'locks',
  concerns: ({ path, after }) =>
    after !== null &&
    (isSqlFile(path) ? !REVERTS.test(path) : FRAMEWORK.test(path)) &&
    !isTest(path) &&
    !isVendored(path),
  notice: (change) => (isSqlFile(change.path) ? inSql(change) : inFramework(change)).slice(0, SHOWN_AT_MOST),
};

interface Said {
  readonly text: string;
  readonly line: number;
}

const saidIn = (text: string | null): readonly Said[] =>
  text === null || OTHER.test(text)
    ? []
    : statementsOf(text).map(({ tokens, line }) => ({
        text: tokens.map((token) => (token.key === '' ? token.text.toUpperCase() : token.key)).join(' '),
        line,
      }));

function inSql({ before, after }: Change): readonly Noticed[] {
  const newStatements = saidIn(upPart(after ?? ''));
  if (!newStatements.some(({ text }) => ROWS.some(({ says }) => says.test(text)))) return [];
  const more = surplus(
    newStatements.map(({ text }) => text),
    saidIn(before).map(({ text }) => text),
  );
  const created = new Set(
    newStatements.flatMap(
      ({ text }) => /^CREATE (?:\w+ )*(?:TABLE|VIEW) (?:IF NOT EXISTS )?((?:\S+ \. )?\S+)/.exec(text)?.[1] ?? [],
    ),
  );
  const added = new Set(
    newStatements.flatMap(({ text }) => {
      const [, table = ''] = ALTERED.exec(text) ?? [];
      return [...text.matchAll(COLUMN_ADDED)].flatMap(([, column = '', rest = '']) =>
        /\bDEFAULT\b/.test(rest) ? [] : [`${table} ${column}`],
      );
    }),
  );
  return newStatements.flatMap(({ text, line }): readonly Noticed[] => {
    if ((more.get(text) ?? 0) <= 0) return [];
    const row = ROWS.find(({ says, without }) => says.test(text) && without?.test(text) !== true);
    if (row === undefined) return [];
    const table = row.says.exec(text)?.[1] ?? '';
    const [, columns] = /\bFOREIGN KEY \( (.+?) \)/.exec(text) ?? [];
    // each row has NULL there
    if (columns?.split(' , ').every((column) => added.has(`${table} ${column}`)) === true) return [];
    return created.has(table) ? [] : [factAt(row.fact, line, { table: nameOf(table) }, { cause: row.fact })];
  });
}

const nameOf = (table: string): string => named(table.replaceAll(' ', '').toLowerCase()) || 'the database';

/** Without what takes a migration back. */
const upPart = (text: string): string =>
  text.split(/^\s*--\s*(?:\+goose\s+down|\+migrate\s+down|migrate:down|!downs|@undo|down\b).*$/im, 1)[0] ?? '';

/** Calls of Rails and Django that do the same; tables that the same file makes are empty. */
const CALLS: readonly (readonly [RegExp, RegExp, Sentence])[] = [
  [/^\s*add_index\s*\(?\s*[:"'](\w+)/, /algorithm:\s*:concurrently/, INDEX_BUILT],
  [/^\s*add_foreign_key\s*\(?\s*[:"'](\w+)/, /validate:\s*false/, ROWS_CHECKED],
  [/^\s*add_reference\s*\(?\s*[:"'](\w+)/, /index:\s*(?:false|\{[^}]*concurrently)/, INDEX_BUILT],
  [/^\s*change_column\s*\(?\s*[:"'](\w+)/, /(?!)/, ROWS_WRITTEN],
];

function inFramework({ path, before, after }: Change): readonly Noticed[] {
  const text = after ?? '';
  const known = trimmedLines(before);
  const up = path.endsWith('.rb') ? (text.split(/^\s*def down\b/m, 1)[0] ?? '') : text;
  const created = new Set([...up.matchAll(/create_table\s*\(?\s*[:"'](\w+)/g)].map(([, name]) => name));
  const isFirst = /initial\s*=\s*True/.test(text);
  return up.split('\n').flatMap((line, index): readonly Noticed[] => {
    if (known.has(line.trim())) return [];
    if (path.endsWith('.py'))
      return /^\s*migrations\.AddIndex\(/.test(line) && !isFirst && !/migrations\.CreateModel\(/.test(text)
        ? [factAt(INDEX_BUILT, index + 1, { table: 'the table' }, { cause: 'index' })]
        : [];
    for (const [call, without, fact] of CALLS) {
      const [, table] = call.exec(line) ?? [];
      if (table !== undefined && !without.test(line) && !created.has(table))
        return [factAt(fact, index + 1, { table: named(table) }, { cause: fact })];
    }
    return [];
  });
}
