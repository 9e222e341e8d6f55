/** Rails' migrations: columns that stay as they are, as `db/schema.rb` in the same change says. */
import type { Change } from '../../types';

export const isRailsSchema = (path: string): boolean => /(?:^|\/)db\/(?:\w+_)?schema\.rb$/.test(path);

interface Column {
  readonly type: string;
  readonly room: number;
  readonly required: boolean;
}

/**
 * What a migration leaves of a column: whether every value still fits, and whether it had to have a value before.
 * Undefined where the change does not show the column before and after.
 */
export function keepsInSchema(
  table: string,
  column: string,
  schemas: readonly Change[],
): { readonly fits: boolean; readonly wasRequired: boolean } | undefined {
  if (!/^\w+$/.test(table) || !/^\w+$/.test(column)) return undefined;
  for (const { before, after } of schemas) {
    const [oldColumn, newColumn] = [columnIn(before ?? '', table, column), columnIn(after ?? '', table, column)];
    if (oldColumn !== undefined && newColumn !== undefined)
      return { fits: fits(oldColumn, newColumn), wasRequired: oldColumn.required || !newColumn.required };
  }
  return undefined;
}

/** A table that another migration of the change makes: its schema did not have it before. */
export const isNewInSchema = (table: string, schemas: readonly Change[]): boolean =>
  table !== '' &&
  schemas.length > 0 &&
  schemas.every(({ before }) => before?.includes(`create_table "${table}"`) === false);

const fits = (oldColumn: Column, newColumn: Column): boolean =>
  oldColumn.type === newColumn.type
    ? oldColumn.room <= newColumn.room
    : HOLDS.has(`${newColumn.type} ${oldColumn.type}`);

/** The first holds whatever the second does. */
const HOLDS: ReadonlySet<string> = new Set([
  'text string',
  'bigint integer',
  'integer boolean',
  'decimal integer',
  'datetime date',
  'timestamptz datetime',
  'jsonb json',
]);

function columnIn(text: string, table: string, column: string): Column | undefined {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.trimStart().startsWith(`create_table "${table}"`));
  if (from === -1) return undefined;
  for (let at = from + 1; at < lines.length && !/^\s*end\b/.test(lines[at] ?? ''); at++) {
    const [, type, name, options = ''] = /^\s*t\.(\w+)\s+"(\w+)"(.*)$/.exec(lines[at] ?? '') ?? [];
    if (type === undefined || name !== column) continue;
    return {
      type,
      room: Number(/\blimit: (\d{1,6})/.exec(options)?.[1] ?? Infinity),
      required: /\bnull: false\b/.test(options),
    };
  }
  return undefined;
}
