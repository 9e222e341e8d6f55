/** SQL that code gives to a driver. */
import type { Call } from '../../code';
import { judgeSql } from '../../sql';
import type { Noticed } from '../../types';
import { RUNS_SQL } from '../migrations/migration-methods';

const QUERY = /\b(?:drop|delete|truncate|update|alter|grant)\b/i;
/** The SQL rules that apply in a program: the rest are for migrations. */
const IN_CODE = /^(?:destructive\/sql-(?:drop|drop-column|no-where)|permissions\/)/;

/** What the statements in a call lose, and whom they let in. */
export function sqlLosses({ name, args, receiver }: Call): readonly Noticed[] {
  if (
    !RUNS_SQL.test(name) ||
    (receiver === '' && !/^(?:sql|text|query|execute|exec|mysqli_query|pg_query|pg_exec|RunSQL)$/.test(name))
  )
    return [];
  return args.slice(0, 2).flatMap(({ string }) => {
    if (
      string === null ||
      !QUERY.test(string.value) ||
      !/^[\s(;]*(?:--|\/\*|drop|delete|truncate|update|alter|grant|with|begin|do|exec|create|insert|set)\b/i.test(
        string.value,
      )
    )
      return [];
    return judgeSql(string.value)
      .filter(({ rule }) => IN_CODE.test(rule))
      .map((one) => ({ ...one, line: string.line + one.line - 1, side: 'new' as const }));
  });
}
