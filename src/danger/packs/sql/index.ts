/** SQL files: migrations, scripts, schema dumps. */
import { newOnes } from '../../compare';
import { isTest, isVendored } from '../../paths';
import { judgeSql } from '../../sql';
import type { Change, Noticed, Pack } from '../../types';
import { isDown, isDump, upOnly } from './direction';
import { trusts } from './trust';

const SQL =
  /\.(?:sql|psql|pgsql|mysql|ddl|dml|cql|hql|plsql|tsql)(?:\.(?:erb|j2|jinja2?|tmpl|tpl|template|in|hbs|ejs|mustache))?$/i;

export const sql: Pack = {
  id: 'sql',
  concerns: ({ path, after }) =>
    after !== null &&
    (SQL.test(path) || /(?:^|\/)pg_hba\.conf(?:\.\w+)?$/.test(path)) &&
    !isTest(path) &&
    !isVendored(path),
  notice: (change) => (SQL.test(change.path) ? fromStatements(change) : trusts(change)),
};

function fromStatements({ path, before, after }: Change): readonly Noticed[] {
  if (after === null || isDown(path)) return [];
  const now = noticed(path, after);
  return now.length === 0 ? [] : newOnes(before === null ? [] : noticed(path, before), now, before, after);
}

function noticed(path: string, text: string): readonly Noticed[] {
  return judgeSql(upOnly(text), { dump: isDump(path, text) }).map((one) => ({ ...one, side: 'new' as const }));
}
