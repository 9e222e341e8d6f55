/** Liquibase change logs in XML, YAML and JSON. What is under `rollback` does not count. */
import { factAt, type Sentence } from '../../rule-rows/facts-from-sentences';
import { judgeSql } from '../../sql';
import type { Noticed } from '../../types';

// Names in messages.

/** With a leading space, short and on one line; empty when it is not a name. */
const cutNames = (name: string): string => (/^[\w.$-]{1,80}$/.test(name) ? ` ${name}` : '');

/** The fact of each change that takes something away. */
const CHANGES: Readonly<Record<string, Sentence>> = {
  dropTable: 'destructive/orm-drop: The table{names} is dropped, with every row.',
  dropAllTables: 'destructive/orm-drop: All tables are dropped.',
  dropView: 'destructive/orm-drop: The view{names} is dropped.',
  dropSequence: 'destructive/orm-drop: The sequence{names} is dropped.',
  dropColumn: 'destructive/orm-drop: The column{names} is dropped, with its data.',
  renameTable: 'destructive/sql-rename: The table{names} is renamed: running code still uses the old name.',
  renameColumn: 'destructive/sql-rename: The column{names} is renamed: running code still uses the old name.',
  renameView: 'destructive/sql-rename: The view{names} is renamed: running code still uses the old name.',
  modifyDataType:
    'destructive/sql-narrowing: The column{names} gets another type or less room: values that do not fit are cut or refused.',
  addNotNullConstraint:
    'destructive/sql-not-null: The column{names} must have a value from now on: rows and writers without one fail.',
  dropForeignKeyConstraint: 'destructive/sql-drop-constraint: A foreign key{names} is dropped.',
  dropAllForeignKeyConstraints: 'destructive/sql-drop-constraint: All foreign keys{names} are dropped.',
  dropPrimaryKey: 'destructive/sql-drop-constraint: The primary key{names} is dropped.',
  dropUniqueConstraint: 'destructive/sql-drop-constraint: A unique constraint{names} is dropped.',
  dropIndex: 'destructive/sql-drop-constraint: An index{names} is dropped.',
};
const ROOMY =
  /^\s*(?:text|clob|bigint|longtext|nvarchar\(max\)|(?:n?varchar2?|java\.sql\.types\.n?varchar)\((?:2[5-9]\d|[3-9]\d\d|\d{4,})\b|timestamp|jsonb?|decimal|numeric|number)/i;

/** What applying a change log removes. `earlier`: what has been applied already, of a log that grows at its end. */
export function noticedInLiquibase(text: string, earlier: string | null = null): readonly Noticed[] {
  const created = new Set<string>();
  const known = new Set(earlier?.split('\n'));
  const found: Noticed[] = [];
  const lines = text.split('\n');
  let rollback = -1;
  let comment = false;
  for (const [index, line] of lines.entries()) {
    if (line.length > 4000) continue;
    const indent = line.length - line.trimStart().length;
    if (/<!--/.test(line)) comment = true;
    if (comment) {
      if (line.includes('-->')) comment = false;
      continue;
    }
    if (/^\s*#/.test(line)) continue;
    if (/<rollback\b[^>]*(?<!\/)>|^\s*(?:-\s*)?["']?rollback["']?\s*:/.test(line) && !/<\/rollback>/.test(line))
      rollback = indent;
    else if (
      rollback !== -1 &&
      (/<\/rollback>/.test(line) ||
        (!line.includes('<') && line.trim() !== '' && indent <= rollback && !/^\s*-/.test(line)))
    )
      rollback = -1;
    if (rollback !== -1 || /<rollback\b.*<\/rollback>/.test(line)) continue;
    const name = /(?:<(?:\w+:)?|^\s*(?:-\s*)?["']?|\{\s*")(\w{5,40})(?=[\s/>"':])/.exec(line)?.[1] ?? '';
    const near = lines
      .slice(index, index + 8)
      .join('\n')
      .slice(0, 2000);
    const table = value(near, 'tableName');
    if (name === 'createTable' && !known.has(line)) created.add(table);
    if (
      name === 'delete' &&
      (/<delete\b/.test(line) || /delete["']?\s*:/.test(line)) &&
      !/<where|where["']?\s*:/.test(near)
    )
      found.push(
        factAt('destructive/sql-no-where: Every row of {table} is deleted: the change has no where.', index + 1, {
          table,
        }),
      );
    if (name === 'sql' || /<sql\b|^\s*(?:-\s*)?["']?sql["']?\s*:/.test(line)) found.push(...inSql(lines, index));
    const change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : undefined;
    if (change === undefined || (table !== '' && created.has(table))) continue;
    if (name === 'modifyDataType' && ROOMY.test(value(near, 'newDataType'))) continue;
    if (name === 'addNotNullConstraint' && value(near, 'defaultNullValue') !== '') continue;
    const column = value(near, 'columnName') || value(near, 'oldColumnName');
    const names = cutNames(
      column === '' ? table || value(near, 'oldTableName') || value(near, 'viewName') : `${table}.${column}`,
    );
    const isOfTable = names !== '' && change.startsWith('destructive/sql-drop-constraint');
    found.push(factAt(change, index + 1, { names: isOfTable ? ` of${names}` : names }));
  }
  return found;
}

const value = (text: string, key: string): string =>
  new RegExp(`\\b${key}["']?\\s{0,4}[:=]\\s{0,4}["']?([\\w.$(), ]{1,80})`).exec(text)?.[1]?.trim() ?? '';

/** `<sql>…</sql>`, `sql: …`, and the block of lines under it. */
function inSql(lines: readonly string[], at: number): readonly Noticed[] {
  const first = lines[at] ?? '';
  const indent = first.length - first.trimStart().length;
  const block: string[] = [
    /(?:<sql\b[^>]*>|\bsql["']?\s*:\s*[|>]?[-+]?)(.*)$/
      .exec(first)?.[1]
      ?.replace(/<\/sql>.*/, '')
      .replace(/^\s*["']|["'],?\s*$/g, '') ?? '',
  ];
  if (!first.includes('</sql>')) {
    for (const line of lines.slice(at + 1, at + 200)) {
      if (
        /<\/sql>/.test(line) ||
        (!first.includes('<') && line.trim() !== '' && line.length - line.trimStart().length <= indent)
      )
        break;
      block.push(line.replace(/^\s*(?:-\s*)?["']?sql["']?\s*:\s*[|>]?[-+]?/, '').replace(/<!\[CDATA\[|\]\]>/g, ''));
    }
  }
  return judgeSql(block.join('\n')).map((one) => ({ ...one, line: at + one.line, side: 'new' as const }));
}
