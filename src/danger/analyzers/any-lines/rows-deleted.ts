/** Rows that a migration or a task deletes or marks as deleted, in any language: a condition says which. */
import { isMadeAgain, ROWS_DELETED } from '../../rules/destructive/orm-delete-all';
import { either } from '../../../base/patterns';
import { factAt } from '../../rule-rows/sentences-of-code-rules';
import type { ChangedLines } from '../../changed-lines';
import type { Change, Noticed } from '../../types';
import { named } from '../../yaml-and-json';

/** What undoes a migration begins here. */
const UNDOES = either(
  /^[ \t]*(?:(?:async\s+)?down\b|def\s+(?:down|downgrade|backwards?|reverse\w*|undo\w*|rollback)\b|(?:module\.)?exports\.down)/im,
  /^[ \t]*(?:(?:(?:public|protected|override|async|function|void)[ \t]+)*(?:down|safeDown)\s*\(|--[ \t]*(?:\+goose Down|migrate:down|(?:down|rollback|undo)[ \t:]*$))/im,
);
const SQL = /\bDELETE\s+FROM\s+(?:ONLY\s+)?["'`[]?([\w.]+)/i;
const MARKS =
  /\bUPDATE\s+["`[]?([\w.]+)["`\]]?[^;]{0,80}?\bSET\b(?:(?!\bWHERE\b)[^;]){0,300}?["`]?(?:(?:is_?)?deleted(?:_?at|_?on)?|is_?archived|archived_?at)["`]?\s*=(?!\s*(?:NULL|false|0)\b)/i;
/** A call on rows by name: what a variable holds is a set of them, or one of it. */
const CALL =
  /(?<![\w.])(?:[\w$]+(?:->|\.|::))*?(\w+)(?:\((?:[^()]|\([^()]*\))*\))?(?:->|\.|\?\.)(delete_all|destroy_all|bulkDelete|deleteMany|destroy!?|delete!?|del|forceDelete|deleteAll)(?:\(\s*(?:\{.*)?\)?\s*\)?;?|;)?$/;
const NO_ROWS =
  /^(?:self|this|op|schema|fs|os|file\w*|cache\w*|storage|redis|session\w*|params|options|headers|map|set|dict|keys?|args|logger|index|column|migrations?|batch_op|client|response)$/i;

export function rowsDeletedByMigration({ after }: Change, { gained }: ChangedLines): readonly Noticed[] {
  const text = after ?? '';
  const end = text.search(UNDOES);
  const lastLine = end < 0 ? Infinity : text.slice(0, end).split('\n').length;
  const above = gained.filter(({ line }) => line < lastLine);
  const marked = MARKS.exec(end < 0 ? text : text.slice(0, end));
  const found = above.flatMap(({ text: line, line: at }) => {
    if (/^(?:--|#|\/\/|\*)/.test(line)) return [];
    const name = SQL.exec(line)?.[1] ?? rowsIn(line);
    return name === undefined ? [] : [{ name, line: at }];
  });
  if (marked !== null) found.push({ name: marked[1] ?? '', line: text.slice(0, marked.index).split('\n').length });
  const first = found.find(
    ({ name, line }) => !isMadeHere(text, name) && !isMadeAgain(name) && above.some((each) => each.line === line),
  );
  return first === undefined ? [] : [factAt(ROWS_DELETED, first, { what: named(first.name) })];
}

function rowsIn(line: string): string | undefined {
  const [, name = ''] = CALL.exec(line) ?? [];
  return name === '' || NO_ROWS.test(name) ? undefined : name;
}

/** Made by the same text, or only for it. */
const isMadeHere = (text: string, name: string): boolean =>
  new RegExp(
    `CREATE\\s+(?:\\w+\\s+){0,3}TABLE\\s+(?:IF NOT EXISTS\\s+)?["\`[]?${name.replace(/\W/g, '.')}\\b`,
    'i',
  ).test(text);

/** What a task that runs by itself deletes from now on. */
const BY_TASK =
  /\bDELETE\s+FROM\s+["'`[]?([\w.]+)|\b([A-Z]\w+)\.(?:destroy|deleteMany|delete_all|destroy_all)\(?|\b([A-Z]\w+)\.(?:objects\.)?(?:where|filter)\(.*\)\.(?:delete|destroy)\w*\(?/;

export function rowsDeletedByTask({ before }: Change, { gained }: ChangedLines): readonly Noticed[] {
  const at = gained.find(({ text }) => BY_TASK.test(text) && !/^(?:\/\/|#|\*|--)/.test(text));
  const [, table, model, owner] = BY_TASK.exec(at?.text ?? '') ?? [];
  const name = table ?? model ?? owner ?? '';
  return at === undefined || isMadeAgain(name) || before?.includes(at.text) === true
    ? []
    : [
        factAt(
          'destructive/orm-delete-all (medium): A task that starts by itself deletes rows of {what}: nobody looks at them before.',
          at,
          { what: named(name) },
        ),
      ];
}
