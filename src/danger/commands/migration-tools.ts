/** Framework tools that change databases: Rails, Django, Prisma, Laravel and so on. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/sentences-of-code-rules';
import { inSql } from './database-clients';
import { isForTests } from './test-database';
import { byVerb } from './rows-by-verb';
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

const rails: Family = (call) => {
  if (isForTests(call)) return undefined;
  const words = plain(call, takesOf('rails'));
  const task = words.find((text) =>
    /^db:(?:drop|reset|purge|truncate_all|migrate:reset|schema:load|structure:load|setup:force|seed:replant|environment:set|rollback|migrate:down|test:purge|nuke|wipe|recreate|clean)/.test(
      text,
    ),
  );
  if (task !== undefined && !task.startsWith('db:test'))
    return /rollback|migrate:down/.test(task)
      ? fact(REVERTS)
      : /environment:set/.test(task)
        ? fact('destructive/orm-reset (medium): changes what the protected environment is')
        : fact(EMPTIES);
  if (words.some((text) => /^(?:[\w:]*:)?(?:destroy_all|delete_all|purge_all|nuke|wipe|clear_database)$/.test(text)))
    return fact(EMPTIES);
  if (/^(?:runner|r)$/.test(words[0] ?? ''))
    return rubyRows(words.slice(1).join(' ') + (call.read(words[1] ?? '') ?? ''));
  return /^(?:console|c|dbconsole|db)$/.test(words[0] ?? '')
    ? (rubyRows(input(call) ?? '') ?? inSql((words[0] ?? '').startsWith('db') ? [input(call) ?? ''] : []))
    : undefined;
};

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

const django: Family = (call) => {
  if (isForTests(call)) return undefined;
  const words = plain(call, takesOf('django-admin'));
  const [verb = '', app = '', target = ''] = words;
  if (
    /^(?:flush|reset_db|sqlflush|reset_schema|drop_test_database|clear_db|wipe_db|reset_migrations|delete_squashed_migrations)$/.test(
      verb,
    )
  )
    return verb === 'sqlflush' ? undefined : fact('destructive/orm-reset: deletes all data of the database');
  if (verb === 'migrate' && !has(call, /^--(?:plan|check|fake)$/))
    return target === 'zero'
      ? fact('destructive/orm-reset: drops every table of an app')
      : /^\d{4}/.test(target) && app !== ''
        ? fact(REVERTS)
        : undefined;
  if (/^(?:shell|shell_plus|runscript)$/.test(verb))
    return pythonRows([...values(call, '-c', '--command'), input(call) ?? ''].join('\n'));
  if (verb === 'dbshell') return inSql([input(call) ?? '', ...values(call, '-c')])[0];
  return undefined;
};

function pythonRows(text: string): CommandNotice | undefined {
  const code = text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
  return /\.objects(?:\.all\(\s*\))?\.(?:all\(\s*\)\.)?(?:delete|_raw_delete)\s*\(/.test(code) ||
    /\.(?:drop_all|drop_tables?)\s*\(/.test(code)
    ? fact(EVERY_ROW)
    : undefined;
}

/** Where the database isn't one for tests. */
const forReal =
  (family: Family): Family =>
  (call) =>
    isForTests(call) ? undefined : family(call);

const prisma: Family = (call) => {
  if (isForTests(call)) return undefined;
  const words = plain(call, takesOf('prisma')).join(' ');
  if (/^migrate reset\b/.test(words)) return fact(EMPTIES);
  if (/^db push\b/.test(words) && has(call, /^--(?:force-reset|accept-data-loss)$/)) return fact(DATA_LOST);
  if (/^db execute\b/.test(words))
    return inSql([input(call) ?? '', ...values(call, '--file').flatMap((file) => call.read(file) ?? [])])[0];
  return undefined;
};

const artisan: Family = (call) => {
  if (isForTests(call)) return undefined;
  const [verb = '', ...rest] = plain(call, takesOf('artisan'));
  if (
    /^(?:migrate:(?:fresh|reset|refresh)|db:wipe|schema:drop|doctrine:(?:database|schema):drop|telescope:clear|queue:(?:clear|flush)|horizon:clear|cache:clear-all|model:prune)$/.test(
      verb,
    )
  )
    return /queue|horizon|telescope|prune/.test(verb)
      ? fact('destructive/store-flush (medium): deletes jobs or records')
      : fact(EMPTIES);
  if (verb === 'migrate:rollback') return fact(REVERTS);
  return verb === 'tinker' ? phpRows([...rest, ...values(call, '--execute'), input(call) ?? ''].join('\n')) : undefined;
};
const phpRows = (text: string): CommandNotice | undefined =>
  /::(?:truncate|query\(\)->delete|whereNotNull\([^)]*\)->delete)\s*\(|Schema::(?:drop|dropAllTables)\w*\s*\(/.test(
    text,
  )
    ? fact(EVERY_ROW)
    : undefined;

const symfony: Family = (call) => {
  if (isForTests(call)) return undefined;
  const [verb = ''] = plain(call, takesOf('console'));
  if (
    /^(?:d:d:d|doctrine:database:drop|doctrine:schema:drop|d:s:d|doctrine:fixtures:load|d:f:l|messenger:failed:remove|doctrine:query:sql|dbal:run-sql)$/.test(
      verb,
    )
  )
    return verb.endsWith('sql')
      ? inSql(plain(call, takesOf('console')).slice(1))[0]
      : /fixtures|f:l/.test(verb) && has(call, /^--append$/)
        ? undefined
        : fact(EMPTIES);
  return /^(?:doctrine:schema:update)$/.test(verb) && has(call, /^--(?:force|complete)$/)
    ? fact('destructive/orm-reset (medium): changes the database though data may be lost')
    : undefined;
};

const flyway = byVerb('', [/\bclean\b/, SCHEMAS], [/\bundo\b/, REVERTS]);
/** Flyway's and Liquibase's goals of Maven, and their tasks of Gradle and sbt. */
const ofBuildTool: Family = (call) => {
  if (has(call, /^(?:-m|--dry-run|--help)$/)) return undefined;
  const goals = call.args.map((text) => text.split(':').slice(-2).join(':'));
  const hasGoal = (goal: RegExp): boolean => goals.some((text) => goal.test(text));
  if (hasGoal(/^(?:flyway(?:-maven-plugin)?:clean|(?:[^:]*:)?flywayClean)$/) || isGoalOf(call.args, 'flyway', 'clean'))
    return fact(SCHEMAS);
  if (hasGoal(/^(?:flyway(?:-maven-plugin)?:undo|(?:[^:]*:)?flywayUndo)$/)) return fact(REVERTS);
  if (hasGoal(/^(?:liquibase(?:-maven-plugin)?:dropAll|(?:[^:]*:)?(?:liquibaseDropAll|dropAll))$/i))
    return fact(SCHEMA);
  return hasGoal(/^(?:liquibase:rollback|(?:[^:]*:)?(?:liquibaseRollback|rollback(?:Count|ToDate)?))$/)
    ? fact(REVERTS)
    : undefined;
};
/** `org.flywaydb:flyway-maven-plugin:10.1.0:clean`. */
const isGoalOf = (args: readonly string[], plugin: string, goal: string): boolean =>
  args.some((text) => text.includes(`${plugin}-maven-plugin:`) && text.endsWith(`:${goal}`));
const liquibase: Family = (call) => {
  const words = plain(call, takesOf('liquibase')).join(' ');
  if (/\b(?:drop-all|dropAll)\b/.test(words)) return fact(SCHEMA);
  return /\brollback(?!.*-sql)[\w-]*\b/.test(words) && !/sql/i.test(words)
    ? fact(REVERTS)
    : /\b(?:execute-sql|executeSql)\b/.test(words)
      ? inSql(values(call, '--sql'))[0]
      : undefined;
};
const alembic: Family = (call) => {
  const [verb = '', target = ''] = plain(call, takesOf('alembic'));
  return verb === 'downgrade' && !has(call, /^--sql$/)
    ? fact(target === 'base' ? EVERY_MIGRATION : REVERTS)
    : undefined;
};
const wp: Family = (call) =>
  /^(?:db (?:drop|reset|clean|query)|site (?:empty|delete)|post delete|user delete|plugin delete|core multisite-convert)\b/.test(
    plain(call).join(' '),
  )
    ? plain(call)[1] === 'query'
      ? inSql(plain(call).slice(2))[0]
      : fact('destructive/orm-reset: deletes content or the database')
    : undefined;
// prettier-ignore
const supabase = byVerb(
  'supabase',
  [/^db reset\b/, EMPTIES, /^--(?:linked|db-url)/], // not the one that `supabase start` made on this machine, from its seed
  [/^(?:projects|branches|functions|secrets|storage|orgs|sso|domains|network-bans|ssl-enforcement|vanity-subdomains|snippets) (?:delete|remove|rm|unset)\b|^storage rm\b/, 'destructive/cloud-delete: {does}'],
  [/^migration (?:repair|down)\b/, 'destructive/orm-reset (medium): changes what migrations are known'],
);

/** `python manage.py VERB`, `php artisan VERB`, `php bin/console VERB`, `node ace VERB`: the tool is the first word. */
export function scriptTool(call: Call): CommandNotice | readonly CommandNotice[] | undefined {
  const at = call.args.findIndex((text) =>
    /(?:^|\/)(?:manage\.py|artisan|console|ace|rails|rake|django-admin(?:\.py)?|wp|spark|drush)$/.test(text),
  );
  if (at < 0 || at > 3) return undefined;
  const tool = (call.args[at] ?? '').split('/').at(-1) ?? '';
  return (
    tool.startsWith('manage') || tool.startsWith('django')
      ? django
      : tool === 'artisan' || tool === 'spark'
        ? artisan
        : tool === 'console'
          ? symfony
          : tool === 'ace'
            ? adonis
            : tool === 'wp'
              ? wp
              : tool === 'drush'
                ? drush
                : rails
  )(behind(call, at));
}

const adonis = forReal(
  byVerb(
    '',
    [/^(?:migration:(?:fresh|reset|refresh)|db:(?:wipe|truncate))\b/, EMPTIES],
    [/^migration:rollback\b/, REVERTS],
  ),
);
const drush = forReal(byVerb('', [/\b(?:sql-drop|sql:drop|site-install|si|sql:sync|sql-sync)\b/, EMPTIES]));
const knex = forReal(byVerb('', [/^migrate:(?:reset|drop)\b/, EMPTIES], [/^migrate:(?:rollback|down)\b/, REVERTS]));

export const MIGRATIONS: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'rails rake gitlab-rails activerecord': rails,
  manage: (call) => django(call),
  'manage.py django-admin': django,
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
  flask: (call) => (plain(call)[0] === 'db' ? alembic(behind(call, call.args.indexOf('db'))) : undefined),
  knex: (call) => byVerb('', [/^migrate:rollback\b/, EVERY_MIGRATION, /^--all$/])(call) ?? knex(call),
  'drizzle-kit': byVerb('', [/^drop\b/, MAY_LOSE], [/^push/, MAY_LOSE, /^--force$/], [/^push/, UNSEEN]),
  'refinery tortoise medusa phx waypoint tern squawk gormigrate': () => undefined,
  atlas: byVerb(
    '',
    [/^schema clean\b/, SCHEMA],
    [/^schema apply\b/, UNSEEN, /^--auto-approve$/],
    [/^migrate down\b/, REVERTS],
    [
      /^(?:clusters|projects|backups|accessLists|dbusers|deployments)\b.*\b(?:delete|pause)\b/,
      'destructive/cloud-delete: {does}',
    ],
  ),
  hasura: byVerb(
    '',
    [/^migrate (?:apply|delete)\b/, REVERTS, /^--(?:down|all|force)/],
    [/^metadata clear\b/, 'destructive/orm-reset: removes the metadata'],
  ),
  skeema: byVerb('', [/^push\b/, DATA_LOST, /^--allow-unsafe$/]),
  keystone: byVerb('', [/^/, EMPTIES, /^--reset-db$/]),
  strapi: byVerb('', [/^(?:import|transfer)\b/, 'destructive/orm-reset: overwrites the content', /^--force$/]),
  'symfony console': symfony,
});
