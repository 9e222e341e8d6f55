/** Database migrations, in the languages and formats of many tools. Only applying them counts, not reverting. */
import { anyOf } from '../../../base/patterns';
import { isCode } from '../../code';
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import { asLow } from '../../rule-rows/facts-from-sentences';
import type { Change, Noticed, NoticedIn, AnalyzerOfChanges, Tools } from '../../types';
import { noticedInCalls } from './migrations-as-code';
import { noticedInCsharp } from './csharp-migrations';
import { isDjangoModels } from './django-state-only-and-kept-columns';
import { noticedInElixir } from './elixir-migrations';
import { noticedInLiquibase } from './liquibase-migrations';
import { noticedInPrisma } from './prisma-schema';
import { isRailsSchema } from './columns-kept-by-rails-schema';

const FOLDER =
  /(?:^|\/)(?:db\/migrate|[\w.-]*migrations?|migrate|alembic\/versions|versions|changelogs?|db\/changelog)\//i;
/** Text that occurs only in migrations. */
const SAYS = /* @__PURE__ */ anyOf(
  String.raw`ActiveRecord::Migration FluentMigrator QueryRunner\b Sequel\.migration \bMigrationBuilder\b
  \bextends\s+(?:\w*Migration|AbstractMigration)\b databaseChangeLog from\s+alembic\s+import
  implements\s+MigrationInterface migrations\.Migration\b queryInterface\. use\s+Ecto\.Migration`,
  { before: String.raw``, after: String.raw`` },
);
const LIQUIBASE = /\.(?:xml|ya?ml|json)$/i;

/** Whether a file is a migration: by its folder, or by its text. */
export function isMigration({ path, after, before }: Change): boolean {
  const text = after ?? before ?? '';
  if (LIQUIBASE.test(path)) return /databaseChangeLog/.test(text.slice(0, 20_000));
  if (!isCode(path) && !/\.(?:exs?|cs)$/.test(path)) return false;
  return (
    SAYS.test(text.slice(0, 20_000)) ||
    (FOLDER.test(path) && /\b(?:up|upgrade|Up|change|forward|safeUp|operations)\b/.test(text))
  );
}

export const migrations: AnalyzerOfChanges = {
  id: 'migrations',
  concerns: (change) =>
    !isVendored(change.path) &&
    !isTest(change.path) &&
    (change.path.endsWith('.prisma') ||
      (change.before !== null && (isDjangoModels(change.path) || isRailsSchema(change.path))) ||
      (change.after !== null && isMigration(change))),
  async noticeAll(changes, tools) {
    const models = changes.filter(({ path }) => isDjangoModels(path) || isRailsSchema(path));
    const found: NoticedIn[] = [];
    for (const change of changes)
      if (!models.includes(change))
        // What cannot be read yields nothing, and leaves the others as they are.
        found.push(
          ...(await notice(change, tools, models).catch(() => [])).map((one) => ({ ...one, path: change.path })),
        );
    return found;
  },
};

async function notice(
  { path, before, after }: Change,
  tools: Tools,
  models: readonly Change[],
): Promise<readonly Noticed[]> {
  if (path.endsWith('.prisma')) return noticedInPrisma(before, after, tools);
  if (after === null) return [];
  const newNotices = await noticed(path, after, tools, models, before);
  return newNotices.length === 0
    ? []
    : newOnes(before === null ? [] : await noticed(path, before, tools, models, before), newNotices, before, after).map(
        (one) => (before !== null && IN_PLACE.test(one.rule) ? asLow(one) : one),
      );
}

/** What a migration that was there before has done already, wherever it ran: only what it drops is a loss in any case. */
const IN_PLACE = /sql-(?:narrowing|not-null|rename)$/;

async function noticed(
  path: string,
  text: string,
  tools: Tools,
  models: readonly Change[],
  earlier: string | null,
): Promise<readonly Noticed[]> {
  if (text.length > 500_000) return [];
  if (LIQUIBASE.test(path)) return noticedInLiquibase(text, earlier);
  if (/\.exs?$/.test(path)) return noticedInElixir(text);
  if (path.endsWith('.cs')) return noticedInCsharp(text);
  return noticedInCalls(path, text, tools, models);
}
