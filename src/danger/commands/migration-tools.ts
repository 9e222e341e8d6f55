/** Framework tools that change databases: Rails, Django, Prisma, Laravel and so on. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts-from-sentences';
import { inSql } from './database-clients';
import { isForTests } from './test-databases-and-emulators';
import { byRows, unless } from './match-family-rows';
import {
  behind,
  has,
  input,
  plain,
  values,
  type Call,
  type CommandNotice,
  type Family,
  programs,
} from './program-call';
import { EACH_ROW, EVERY_ROW } from '../rules/destructive/orm-delete-all';

const REVERTS = 'destructive/orm-reset (medium): takes migrations back, with what they made';
const EMPTIES = 'destructive/orm-reset: drops the database, or recreates it';
const DATA_LOST = 'destructive/orm-reset: changes the database though data is lost';
const SCHEMAS = 'destructive/orm-reset: drops everything in the schemas';
const SCHEMA = 'destructive/orm-reset: drops everything in the schema';
const EVERY_MIGRATION = 'destructive/orm-reset: takes every migration back, with what they made';
const MAY_LOSE = 'destructive/orm-reset: changes the database though data may be lost';
const UNSEEN = 'destructive/orm-reset (medium): changes the database, and nobody has seen how';

const RAILS_TASK =
  /^db:(?:drop|reset|purge|truncate_all|migrate:reset|schema:load|structure:load|setup:force|seed:replant|environment:set|rollback|migrate:down|test:purge|nuke|wipe|recreate|clean)/;
/** The task of Rails that changes the database: those of tests have one of their own. */
const railsTask = (words: readonly string[]): string =>
  words.find((text) => RAILS_TASK.test(text))?.replace(/^db:test.*/, '') ?? '';
const CUSTOM_TASK = /^(?:[\w:]*:)?(?:destroy_all|delete_all|purge_all|nuke|wipe|clear_database)$/;

const rubyAsked = (call: Call): CommandNotice | undefined => {
  const [, code = '', ...more] = plain(call, takesOf('rails'));
  return rubyRows([code, ...more].join(' ') + (call.read(code) ?? ''));
};
const rubyTyped = (call: Call): ReturnType<Family> =>
  rubyRows(input(call) ?? '') ??
  inSql(plain(call, takesOf('rails'))[0]?.startsWith('db') === true ? [input(call) ?? ''] : []);

// prettier-ignore
const rails = unless(isForTests, byRows(
  'rails',
  { only: (_, words) => /rollback|migrate:down/.test(railsTask(words)), says: REVERTS },
  { only: (_, words) => railsTask(words).includes('environment:set'), says: 'destructive/orm-reset (medium): changes what the protected environment is' },
  { only: (_, words) => railsTask(words) !== '', says: EMPTIES },
  { only: (_, words) => words.some((text) => CUSTOM_TASK.test(text)), says: EMPTIES },
  { verb: 'runner, r', says: rubyAsked },
  { verb: 'console, c, dbconsole, db', says: rubyTyped },
));

function rubyRows(text: string): CommandNotice | undefined {
  const code = text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
  if (
    /\b[A-Z]\w*(?:::\w+)*(?:\.unscoped|\.all)?\.(?:delete_all|destroy_all|truncate)\b/.test(code) ||
    EACH_ROW.test(code) ||
    /\.(?:drop_table|drop_database|truncate_tables?|purge_all)\b/.test(code)
  )
    return fact(EVERY_ROW);
  return undefined;
}

const NOT_DONE = /^--(?:plan|check|fake)$/;

// prettier-ignore
const django = unless(isForTests, byRows(
  'django-admin',
  { verb: 'flush, reset_db, reset_schema, drop_test_database, clear_db, wipe_db, reset_migrations, delete_squashed_migrations', says: 'destructive/orm-reset: deletes all data of the database' },
  { verb: 'migrate * zero', without: NOT_DONE, says: 'destructive/orm-reset: drops every table of an app' },
  { verb: /^migrate \S+ \d{4}/, without: NOT_DONE, says: REVERTS },
  { verb: 'shell, shell_plus, runscript', says: (call) => pythonRows([...values(call, '-c', '--command'), input(call) ?? ''].join('\n')) },
  { verb: 'dbshell', says: (call) => inSql([input(call) ?? '', ...values(call, '-c')])[0] },
));

function pythonRows(text: string): CommandNotice | undefined {
  const code = text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
  return /\.objects(?:\.all\(\s*\))?\.(?:all\(\s*\)\.)?(?:delete|_raw_delete)\s*\(/.test(code) ||
    /\.(?:drop_all|drop_tables?)\s*\(/.test(code)
    ? fact(EVERY_ROW)
    : undefined;
}

// prettier-ignore
const prisma = unless(isForTests, byRows(
  'prisma',
  { verb: 'migrate reset', says: EMPTIES },
  { verb: 'db push', with: /^--(?:force-reset|accept-data-loss)$/, says: DATA_LOST },
  { verb: 'db execute', says: (call) => inSql([input(call) ?? '', ...values(call, '--file').flatMap((file) => call.read(file) ?? [])])[0] },
));

const phpTyped = (call: Call): CommandNotice | undefined =>
  phpRows([...plain(call, takesOf('artisan')).slice(1), ...values(call, '--execute'), input(call) ?? ''].join('\n'));

// prettier-ignore
const artisan = unless(isForTests, byRows(
  'artisan',
  { verb: 'telescope:clear, queue:clear, queue:flush, horizon:clear, model:prune', says: 'destructive/store-flush (medium): deletes jobs or records' },
  { verb: 'migrate:fresh, migrate:reset, migrate:refresh, db:wipe, schema:drop, doctrine:database:drop, doctrine:schema:drop, cache:clear-all', says: EMPTIES },
  { verb: 'migrate:rollback', says: REVERTS },
  { verb: 'tinker', says: phpTyped },
));
const phpRows = (text: string): CommandNotice | undefined =>
  /::(?:truncate|query\(\)->delete|whereNotNull\([^)]*\)->delete)\s*\(|Schema::(?:drop|dropAllTables)\w*\s*\(/.test(
    text,
  )
    ? fact(EVERY_ROW)
    : undefined;

// prettier-ignore
const symfony = unless(isForTests, byRows(
  'console',
  { verb: 'doctrine:query:sql, dbal:run-sql', says: (call) => inSql(plain(call, takesOf('console')).slice(1))[0] },
  { verb: 'doctrine:fixtures:load, d:f:l', without: /^--append$/, says: EMPTIES },
  { verb: 'd:d:d, doctrine:database:drop, doctrine:schema:drop, d:s:d, messenger:failed:remove', says: EMPTIES },
  { verb: 'doctrine:schema:update', with: /^--(?:force|complete)$/, says: 'destructive/orm-reset (medium): changes the database though data may be lost' },
));

const flyway = byRows('', { verb: /\bclean\b/, says: SCHEMAS }, { verb: /\bundo\b/, says: REVERTS });

/** Whether a goal of Maven, or a task of Gradle or sbt, is asked for. */
const hasGoal =
  (goal: RegExp) =>
  ({ args }: Call): boolean =>
    args.some((text) => goal.test(text.split(':').slice(-2).join(':')));

// prettier-ignore
const ofBuildTool = unless((call) => has(call, /^(?:-m|--dry-run|--help)$/), byRows(
  '',
  { only: hasGoal(/^(?:flyway(?:-maven-plugin)?:clean|(?:[^:]*:)?flywayClean)$/), says: SCHEMAS },
  { only: ({ args }) => isGoalOf(args, 'flyway', 'clean'), says: SCHEMAS },
  { only: hasGoal(/^(?:flyway(?:-maven-plugin)?:undo|(?:[^:]*:)?flywayUndo)$/), says: REVERTS },
  { only: hasGoal(/^(?:liquibase(?:-maven-plugin)?:dropAll|(?:[^:]*:)?(?:liquibaseDropAll|dropAll))$/i), says: SCHEMA },
  { only: hasGoal(/^(?:liquibase:rollback|(?:[^:]*:)?(?:liquibaseRollback|rollback(?:Count|ToDate)?))$/), says: REVERTS },
));
/** `org.flywaydb:flyway-maven-plugin:10.1.0:clean`. */
const isGoalOf = (args: readonly string[], plugin: string, goal: string): boolean =>
  args.some((text) => text.includes(`${plugin}-maven-plugin:`) && text.endsWith(`:${goal}`));
const liquibase = byRows(
  'liquibase',
  { verb: /\b(?:drop-all|dropAll)\b/, says: SCHEMA },
  { verb: /^(?![^]*[sS][qQ][lL])[^]*\brollback/, says: REVERTS },
  { verb: /\b(?:execute-sql|executeSql)\b/, says: (call) => inSql(values(call, '--sql'))[0] },
);
const alembic = byRows(
  'alembic',
  { verb: 'downgrade base', without: /^--sql$/, says: EVERY_MIGRATION },
  { verb: 'downgrade', without: /^--sql$/, says: REVERTS },
);
// prettier-ignore
const wp = byRows(
  '',
  { verb: /^db query\b/, says: (call) => inSql(plain(call).slice(2))[0] },
  { verb: /^(?:db (?:drop|reset|clean)|site (?:empty|delete)|post delete|user delete|plugin delete|core multisite-convert)\b/, says: 'destructive/orm-reset: deletes content or the database' },
);
// prettier-ignore
const supabase = byRows(
  'supabase',
  { verb: /^db reset\b/, with: /^--(?:linked|db-url)/, says: EMPTIES }, // not the one that `supabase start` made on this machine, from its seed
  { verb: /^(?:projects|branches|functions|secrets|storage|orgs|sso|domains|network-bans|ssl-enforcement|vanity-subdomains|snippets) (?:delete|remove|rm|unset)\b|^storage rm\b/, says: 'destructive/cloud-delete: {does}' },
  { verb: /^migration (?:repair|down)\b/, says: 'destructive/orm-reset (medium): changes what migrations are known' },
);
// prettier-ignore
const adonis = unless(isForTests, byRows(
  '',
  { verb: /^(?:migration:(?:fresh|reset|refresh)|db:(?:wipe|truncate))\b/, says: EMPTIES },
  { verb: /^migration:rollback\b/, says: REVERTS },
));
// prettier-ignore
const drush = unless(isForTests, byRows('', { verb: /\b(?:sql-drop|sql:drop|site-install|si|sql:sync|sql-sync)\b/, says: EMPTIES }));
// prettier-ignore
const knex = unless(isForTests, byRows(
  '',
  { verb: /^migrate:(?:reset|drop)\b/, says: EMPTIES },
  { verb: /^migrate:(?:rollback|down)\b/, says: REVERTS },
));

/** Scripts of frameworks, by their names. */
const SCRIPTS: readonly (readonly [RegExp, Family])[] = [
  [/^(?:manage\.py|django-admin(?:\.py)?)$/, django],
  [/^(?:artisan|spark)$/, artisan],
  [/^console$/, symfony],
  [/^ace$/, adonis],
  [/^wp$/, wp],
  [/^drush$/, drush],
  [/^(?:rails|rake)$/, rails],
];

/** `python manage.py VERB`, `php artisan VERB`, `php bin/console VERB`, `node ace VERB`: the tool is the first word. */
export function scriptTool(call: Call): ReturnType<Family> {
  for (const [at, text] of call.args.entries()) {
    const [, family] = SCRIPTS.find(([name]) => name.test(text.slice(text.lastIndexOf('/') + 1))) ?? [];
    if (family !== undefined) return at > 3 ? undefined : family(behind(call, at));
  }
  return undefined;
}

export const MIGRATIONS: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'rails rake gitlab-rails activerecord': rails,
  'manage manage.py django-admin': django,
  prisma,
  artisan,
  flyway,
  ...Object.fromEntries(['mvn', 'mvnw', 'mvnd', 'gradle', 'gradlew', 'sbt'].map((name) => [name, ofBuildTool])),
  liquibase,
  alembic,
  wp,
  supabase,
  ace: adonis,
  drush,
  sail: (call) =>
    artisan({
      ...call,
      args: call.args.filter((text) => text !== 'artisan'),
      words: call.words.filter(({ text }) => text !== 'artisan'),
    }),
  flask: byRows('', { verb: 'db', says: (call) => alembic(behind(call, call.args.indexOf('db'))) }),
  knex: byRows('', { verb: /^migrate:rollback\b/, with: /^--all$/, says: EVERY_MIGRATION }, { says: knex }),
  'drizzle-kit': byRows(
    '',
    { verb: /^drop\b/, says: MAY_LOSE },
    { verb: /^push/, with: /^--force$/, says: MAY_LOSE },
    { verb: /^push/, says: UNSEEN },
  ),
  'refinery tortoise medusa phx waypoint tern squawk gormigrate': () => undefined,
  atlas: byRows(
    '',
    { verb: /^schema clean\b/, says: SCHEMA },
    { verb: /^schema apply\b/, with: /^--auto-approve$/, says: UNSEEN },
    { verb: /^migrate down\b/, says: REVERTS },
    {
      verb: /^(?:clusters|projects|backups|accessLists|dbusers|deployments)\b.*\b(?:delete|pause)\b/,
      says: 'destructive/cloud-delete: {does}',
    },
  ),
  hasura: byRows(
    '',
    { verb: /^migrate (?:apply|delete)\b/, with: /^--(?:down|all|force)/, says: REVERTS },
    { verb: /^metadata clear\b/, says: 'destructive/orm-reset: removes the metadata' },
  ),
  skeema: byRows('', { verb: /^push\b/, with: /^--allow-unsafe$/, says: DATA_LOST }),
  keystone: byRows('', { with: /^--reset-db$/, says: EMPTIES }),
  strapi: byRows('', {
    verb: /^(?:import|transfer)\b/,
    with: /^--force$/,
    says: 'destructive/orm-reset: overwrites the content',
  }),
  'symfony console': symfony,
});
