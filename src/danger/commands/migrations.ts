/** Framework tools that change databases: Rails, Django, Prisma, Laravel and so on. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts';
import { inSql } from './databases';
import { isForTests } from './test-database';
import { doesInCloud } from './losses-in-words';
import { has, input, plain, values, type Call, type CommandNotice, type Family } from './call';

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
      ? fact('takes migrations back')
      : /environment:set/.test(task)
        ? fact('changes what the protected environment is')
        : fact('drops the database or recreates it');
  if (words.some((text) => /^(?:[\w:]*:)?(?:destroy_all|delete_all|purge_all|nuke|wipe|clear_database)$/.test(text)))
    return fact('drops the database or recreates it');
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
    /\.(?:drop_table|drop_database|truncate_tables?|purge_all)\b/.test(code)
  )
    return fact('deletes every row of a table');
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
    return verb === 'sqlflush' ? undefined : fact('deletes all data of the database');
  if (verb === 'migrate' && !has(call, /^--(?:plan|check|fake)$/))
    return target === 'zero'
      ? fact('drops every table of an app')
      : /^\d{4}/.test(target) && app !== ''
        ? fact('takes migrations back')
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
    ? fact('deletes every row of a table')
    : undefined;
}

/** When the words match this pattern. `back`: those that revert migrations. */
const tool =
  (drops: RegExp, back?: RegExp, takes: readonly string[] = []): Family =>
  (call) => {
    if (isForTests(call)) return undefined;
    const words = plain(call, takes).join(' ');
    if (drops.test(words)) return fact('drops the database or recreates it');
    return back?.test(words) === true ? fact('takes migrations back') : undefined;
  };

const prisma: Family = (call) => {
  if (isForTests(call)) return undefined;
  const words = plain(call, takesOf('prisma')).join(' ');
  if (/^migrate reset\b/.test(words)) return fact('drops the database or recreates it');
  if (/^db push\b/.test(words) && has(call, /^--(?:force-reset|accept-data-loss)$/))
    return fact('changes the database though data is');
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
      ? fact('deletes jobs or records')
      : fact('drops the database or recreates it');
  if (verb === 'migrate:rollback') return fact('takes migrations back');
  return verb === 'tinker' ? phpRows([...rest, ...values(call, '--execute'), input(call) ?? ''].join('\n')) : undefined;
};
const phpRows = (text: string): CommandNotice | undefined =>
  /::(?:truncate|query\(\)->delete|whereNotNull\([^)]*\)->delete)\s*\(|Schema::(?:drop|dropAllTables)\w*\s*\(/.test(
    text,
  )
    ? fact('deletes every row of a table')
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
        : fact('drops the database or recreates it');
  return /^(?:doctrine:schema:update)$/.test(verb) && has(call, /^--(?:force|complete)$/)
    ? fact('changes the database though data may')
    : undefined;
};

const flyway: Family = (call) => {
  const words = plain(call).join(' ');
  return /\bclean\b/.test(words)
    ? fact('drops everything in the schemas')
    : /\bundo\b/.test(words)
      ? fact('takes migrations back')
      : undefined;
};
/** Flyway's and Liquibase's goals of Maven, and their tasks of Gradle and sbt. */
const ofBuildTool: Family = (call) => {
  if (has(call, /^(?:-m|--dry-run|--help)$/)) return undefined;
  const goals = call.args.map((text) => text.split(':').slice(-2).join(':'));
  const is = (goal: RegExp): boolean => goals.some((text) => goal.test(text));
  if (is(/^(?:flyway(?:-maven-plugin)?:clean|(?:[^:]*:)?flywayClean)$/) || isGoalOf(call.args, 'flyway', 'clean'))
    return fact('drops everything in the schemas');
  if (is(/^(?:flyway(?:-maven-plugin)?:undo|(?:[^:]*:)?flywayUndo)$/)) return fact('takes migrations back');
  if (is(/^(?:liquibase(?:-maven-plugin)?:dropAll|(?:[^:]*:)?(?:liquibaseDropAll|dropAll))$/i))
    return fact('drops everything in the schema');
  return is(/^(?:liquibase:rollback|(?:[^:]*:)?(?:liquibaseRollback|rollback(?:Count|ToDate)?))$/)
    ? fact('takes migrations back')
    : undefined;
};
/** `org.flywaydb:flyway-maven-plugin:10.1.0:clean`. */
const isGoalOf = (args: readonly string[], plugin: string, goal: string): boolean =>
  args.some((text) => text.includes(`${plugin}-maven-plugin:`) && text.endsWith(`:${goal}`));
const liquibase: Family = (call) => {
  const words = plain(call, takesOf('liquibase')).join(' ');
  if (/\b(?:drop-all|dropAll)\b/.test(words)) return fact('drops everything in the schema');
  return /\brollback(?!.*-sql)[\w-]*\b/.test(words) && !/sql/i.test(words)
    ? fact('takes migrations back')
    : /\b(?:execute-sql|executeSql)\b/.test(words)
      ? inSql(values(call, '--sql'))[0]
      : undefined;
};
const alembic: Family = (call) => {
  const [verb = '', target = ''] = plain(call, takesOf('alembic'));
  return verb === 'downgrade' && !has(call, /^--sql$/)
    ? fact(target === 'base' ? 'takes every migration back with what' : 'takes migrations back')
    : undefined;
};
const wp: Family = (call) =>
  /^(?:db (?:drop|reset|clean|query)|site (?:empty|delete)|post delete|user delete|plugin delete|core multisite-convert)\b/.test(
    plain(call).join(' '),
  )
    ? plain(call)[1] === 'query'
      ? inSql(plain(call).slice(2))[0]
      : fact('deletes content or the database')
    : undefined;
const supabase: Family = (call) => {
  const words = plain(call, takesOf('supabase')).join(' ');
  if (/^db reset\b/.test(words))
    return has(call, /^--(?:linked|db-url)/) ? fact('drops the database or recreates it') : undefined; // the one that `supabase start` made on this machine, from its seed
  return /^(?:projects|branches|functions|secrets|storage|orgs|sso|domains|network-bans|ssl-enforcement|vanity-subdomains|snippets) (?:delete|remove|rm|unset)\b|^storage rm\b/.test(
    words,
  )
    ? fact('deletes something of the project', { does: doesInCloud(call) })
    : /^migration (?:repair|down)\b/.test(words)
      ? fact('changes what migrations are known')
      : undefined;
};

/** `python manage.py VERB`, `php artisan VERB`, `php bin/console VERB`, `node ace VERB`: the tool is the first word. */
export function scriptTool(call: Call): CommandNotice | readonly CommandNotice[] | undefined {
  const at = call.args.findIndex((text) =>
    /(?:^|\/)(?:manage\.py|artisan|console|ace|rails|rake|django-admin(?:\.py)?|wp|spark|drush)$/.test(text),
  );
  if (at < 0 || at > 3) return undefined;
  const tool = (call.args[at] ?? '').split('/').at(-1) ?? '';
  const inner: Call = { ...call, args: call.args.slice(at + 1), words: call.words.slice(at + 1) };
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
  )(inner);
}

const adonis = tool(/^(?:migration:(?:fresh|reset|refresh)|db:(?:wipe|truncate))\b/, /^migration:rollback\b/);
const drush = tool(/\b(?:sql-drop|sql:drop|site-install|si|sql:sync|sql-sync)\b/);

export const MIGRATIONS: Readonly<Record<string, Family>> = {
  rails,
  rake: rails,
  'gitlab-rails': rails,
  manage: (call) => django(call),
  'manage.py': django,
  'django-admin': django,
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
  flask: (call) =>
    plain(call)[0] === 'db'
      ? alembic({
          ...call,
          args: call.args.slice(call.args.indexOf('db') + 1),
          words: call.words.slice(call.args.indexOf('db') + 1),
        })
      : undefined,
  knex: (call) =>
    /^migrate:rollback\b/.test(plain(call).join(' ')) && has(call, /^--all$/)
      ? fact('takes every migration back with what')
      : tool(/^(?:migrate:(?:reset|drop))\b/, /^migrate:(?:rollback|down)\b/)(call),
  'drizzle-kit': (call) =>
    /^drop\b/.test(plain(call).join(' ')) || ((plain(call)[0] ?? '').startsWith('push') && has(call, /^--force$/))
      ? fact('changes the database though data may be')
      : (plain(call)[0] ?? '').startsWith('push')
        ? fact('changes the database and nobody has')
        : undefined,
  refinery: () => undefined,
  atlas: (call) =>
    /^schema clean\b/.test(plain(call).join(' '))
      ? fact('drops everything in the schema')
      : /^schema apply\b/.test(plain(call).join(' ')) && has(call, /^--auto-approve$/)
        ? fact('changes the database and nobody has')
        : /^migrate down\b/.test(plain(call).join(' '))
          ? fact('takes migrations back')
          : /^(?:clusters|projects|backups|accessLists|dbusers|deployments)\b.*\b(?:delete|pause)\b/.test(
                plain(call).join(' '),
              )
            ? fact('deletes something in the cloud', { does: doesInCloud(call) })
            : undefined,
  hasura: (call) =>
    /^migrate (?:apply|delete)\b/.test(plain(call).join(' ')) && has(call, /^--(?:down|all|force)/)
      ? fact('takes migrations back')
      : /^metadata clear\b/.test(plain(call).join(' '))
        ? fact('removes the metadata')
        : undefined,
  skeema: (call) =>
    /^push\b/.test(plain(call).join(' ')) && has(call, /^--allow-unsafe$/)
      ? fact('changes the database though data is')
      : undefined,
  tortoise: () => undefined,
  keystone: (call) => (has(call, /^--reset-db$/) ? fact('drops the database or recreates it') : undefined),
  strapi: (call) =>
    /^(?:import|transfer)\b/.test(plain(call).join(' ')) && has(call, /^--force$/)
      ? fact('overwrites the content')
      : undefined,
  medusa: () => undefined,
  phx: () => undefined,
  symfony,
  console: symfony,
  waypoint: () => undefined,
  tern: () => undefined,
  squawk: () => undefined,
  gormigrate: () => undefined,
  activerecord: rails,
};
