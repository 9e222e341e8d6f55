/** Columns that a migration gives a value itself, so that no row is without one where it becomes required. */
import type { Call } from '../../code';
import { plain, RUNS_SQL } from './migration-methods';

/** Of any table: an object mapper names its class, and a migration rarely has two columns of one name. */
const ANY = '*';

/** Calls of object mappers that write columns: `update_all`, `->update([…])`, `update_columns`. */
const WRITES = /^update(?:all|columns?|many|attributes?|orcreate|inbatches)?$/;

/** Columns, as `table column`, that a call writes or whose rows without a value it deletes. */
export function filledBy(call: Call): readonly string[] {
  const written = WRITES.test(plain(call.name))
    ? [...call.named.keys(), ...call.args.flatMap(({ string, text }) => namesIn(string?.value ?? text))].map((column) =>
        `${ANY} ${column}`.toLowerCase(),
      )
    : [];
  return RUNS_SQL.test(call.name)
    ? [...written, ...call.args.slice(0, 1).flatMap(({ string }) => filledInSql(string?.value ?? ''))]
    : written;
}

export const isFilled = (filled: ReadonlySet<string>, table: string, column: string): boolean =>
  filled.has(`${table} ${column}`.toLowerCase()) || filled.has(`${ANY} ${column}`.toLowerCase());

/** `:short_id`, `"short_id = id"`, `"short_id"` */
const namesIn = (text: string): readonly string[] => /^:?(\w{1,60})\s*(?:=|$)/.exec(text)?.slice(1, 2) ?? [];

/** Columns, as `table column`, by `UPDATE t SET c = …` and `DELETE FROM t WHERE c IS NULL`. */
export const filledInSql = (text: string): readonly string[] =>
  text.split(';').flatMap((statement) => {
    const [, verb = '', table] = /^\s*(UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?["`]?(\w+)/i.exec(statement) ?? [];
    if (table === undefined) return [];
    const set = /^u/i.test(verb) ? statement.matchAll(/\bSET\s+["`]?(\w+)["`]?\s*=(?!\s*NULL\b)/gi) : [];
    return [...set, ...statement.matchAll(/(\w+)["`]?\s+IS\s+NULL/gi)].map(([, column = '']) =>
      `${table} ${column}`.toLowerCase(),
    );
  });
