/**
 * EF Core and FluentMigrator migrations, for which no grammar is shipped: calls, with strings and comments removed.
 */
import { factOf, type Fact } from '../../rule-rows/facts-from-sentences';
import { blankCsharp } from '../../blank-csharp';
import { judgeSql } from '../../sql';
import type { Noticed } from '../../types';
import { NEW_NOT_NULL } from '../../rules/destructive/sql-not-null';
import { TABLE_DROPPED } from '../../rules/destructive/orm-drop';

const METHOD = /\b(?:void|Task)\s+(\w+)\s*\(/g;
const CALL =
  /\b(?:migrationBuilder|mb|b|builder)\s*\.\s*(\w+)\s*(?:<([\w[\]?]+)>)?\s*\(|\b(?:Delete|Rename|Execute)\s*\.\s*(\w+)\s*\(/g;
const ROOM = 255;

/** What applying a C# migration removes. */
export function noticedInCsharp(text: string): readonly Noticed[] {
  const methods = [...text.matchAll(METHOD)].map((match) => ({ name: match[1] ?? '', at: match.index }));
  const created = new Set<string>();
  const found: Noticed[] = [];
  const blank = blankCsharp(text);
  const lineAt = lines(text);
  for (const match of blank.matchAll(CALL)) {
    const within = methods.findLast(({ at }) => at < match.index)?.name ?? '';
    if (/^(?:Down|BuildTargetModel)$/i.test(within)) continue;
    const open = match.index + match[0].length;
    const args = text.slice(open, closing(blank, open));
    const line = lineAt(match.index);
    const say = (fact: Fact): void => void found.push({ ...fact, line, side: 'new' });
    const name = /\bname:\s*"(\w+)"/.exec(args)?.[1] ?? /^\s*"(\w+)"/.exec(args)?.[1] ?? '';
    const table = /\btable:\s*"(\w+)"/.exec(args)?.[1] ?? /^\s*"\w+",\s*"(\w+)"/.exec(args)?.[1] ?? '';
    const fluent = match[3];
    const method = match[1] ?? (fluent === undefined ? '' : `${/^\w+/.exec(match[0])?.[0] ?? ''}${fluent}`);
    if (method === 'CreateTable') created.add(name);
    if (created.has(table) || (created.has(name) && method === 'DropTable')) continue;
    if (['DropTable', 'DropSchema', 'DropSequence', 'DeleteTable', 'DeleteSchema'].includes(method))
      say(factOf(TABLE_DROPPED, { name }));
    else if (method === 'DropColumn' || method === 'DeleteColumn')
      say(
        factOf('destructive/orm-drop: The column {name}{how} is dropped, with its data.', {
          name,
          how: table === '' ? '' : ` of ${table}`,
        }),
      );
    else if (/^Rename(?:Table|Column)$/.test(method))
      say(factOf('destructive/sql-rename: {name} is renamed: running code still uses the old name.', { name }));
    else if (/^(?:Drop|Delete)(?:ForeignKey|Index|PrimaryKey|UniqueConstraint|CheckConstraint)$/.test(method))
      say(factOf('destructive/sql-drop-constraint: The constraint or index {name} is dropped.', { name }));
    else if (method === 'AlterColumn') {
      const newArguments = args.replace(/\bold\w+:\s*(?:"[^"]*"|\w+)/g, '');
      const wasNullable = /\boldNullable:\s*true/.test(args);
      if (narrower(match[2] ?? '', newArguments, args))
        say(
          factOf(
            'destructive/sql-narrowing: The column {name} gets another type or less room: values that do not fit are cut or refused.',
            { name },
          ),
        );
      else if (/\bnullable:\s*false/.test(newArguments) && wasNullable && !/\bdefaultValue/.test(newArguments))
        say(
          factOf(
            'destructive/sql-not-null: The column {name} must have a value from now on: rows and writers without one fail.',
            { name },
          ),
        );
    } else if (
      method === 'AddColumn' &&
      /\bnullable:\s*false/.test(args) &&
      !/\bdefaultValue|\.Annotation\("SqlServer:Identity|computedColumnSql/.test(args)
    )
      say(factOf(NEW_NOT_NULL, { name }));
    else if (method === 'Sql' || method === 'ExecuteSql')
      for (const notice of judgeSql(/^\s*[@$]*"+((?:[^"\\]|\\.|"")*)"/.exec(args)?.[1] ?? '', {
        created: [...created],
      }))
        found.push({ ...notice, line: line + notice.line - 1, side: 'new' });
  }
  return found;
}

/** The call gives the new type and, where the tool wrote it, the old one. */
function narrower(type: string, newArguments: string, all: string): boolean {
  const length = Number(/\b(?:maxLength:\s*|char\()(\d{1,5})/i.exec(newArguments)?.[1] ?? NaN);
  const old = Number(/\b(?:oldMaxLength:\s*|oldType:\s*"n?(?:var)?char\()(\d{1,5})/i.exec(all)?.[1] ?? NaN);
  if (!Number.isNaN(length))
    return Number.isNaN(old)
      ? length < ROOM || /\boldType:\s*"(?:n?varchar\(max\)|text|longtext)"/i.test(all)
      : length < old;
  const before = /\boldClrType:\s*typeof\((\w+)/.exec(all)?.[1];
  return (
    before !== undefined &&
    type !== '' &&
    before !== type.replace('?', '') &&
    !/^(?:string|long|decimal|double)$/.test(type.replace('?', ''))
  );
}

function closing(text: string, open: number): number {
  let depth = 1;
  for (let at = open; at < text.length && at < open + 4000; at++) {
    if (text.charAt(at) === '(') depth++;
    else if (text.charAt(at) === ')' && --depth === 0) return at;
  }
  return Math.min(text.length, open + 4000);
}

function lines(text: string): (at: number) => number {
  let last = 0;
  let line = 1;
  return (at) => {
    for (; last < at; last++) if (text.charCodeAt(last) === 10) line++;
    return line;
  };
}
