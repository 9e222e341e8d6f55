/** Programs that apply migrations: to production where the call or a variable says so, or where they do nothing else. */
import { either } from '../../base/patterns';
import { once, type Call } from '../../danger/commands';
import { isElsewhere, namesProduction, OTHER_STAGE } from './stage-of-call';
import type { ActCommand } from './forges/types';

const SHOWS =
  /^(?:--dry-?run(?:=true)?|--dryRun|--sql|--plan|--pretend|--check|--fake|--list|--status|--show|--dump-sql|--simulate|--help|-h|--preview)$/;

const migrates = (program: string, verb: string, more: Partial<ActCommand> = {}): ActCommand => ({
  act: 'deploy',
  program,
  ...(verb === '' ? {} : { verb }),
  without: SHOWS,
  only: (call) => namesProduction(call) && !isElsewhere(call),
  ...more,
});

/** A database of this machine, or of a neighbouring container, in the folder's own settings. */
const LOCAL_SETTINGS = either(
  /^\s*(?:export\s+)?\w*(?:DATABASE|DB)_URL\s*=\s*["']?(?:file:|sqlite)/m,
  /^\s*(?:export\s+)?\w*(?:DATABASE|DB)_URL\s*=\s*["']?[a-z+]+:\/\/(?:[^@\s/"']*@|(?![^\s/"']*@))(?:\[::1\]|[\w-]+|127(?:\.\d+){3})[:/]/m,
  /^\s*(?:APP_ENV\s*=\s*["']?(?:local|dev|test)|DB_CONNECTION\s*=\s*["']?sqlite|DB_HOST\s*=\s*["']?(?:127|[\w-]+["']?\s*$))/m,
);
/** What is only meant for a stage that others use, where nothing says that this is another one. */
const appliesAtStage = (call: Call): boolean =>
  namesProduction(call)
    ? !isElsewhere(call)
    : call.away === undefined &&
      !isElsewhere(call) &&
      !call.invocation.assignments.some((text) => /^\w*(?:DATABASE|DB)_URL=/.test(text)) &&
      !LOCAL_SETTINGS.test(call.read('.env') ?? '');

export const MIGRATION_ACTS = once((): readonly ActCommand[] => [
  migrates('prisma', 'migrate deploy', { only: appliesAtStage, not: OTHER_STAGE }),
  migrates('artisan', 'migrate', { with: /^--force$/, only: appliesAtStage, not: OTHER_STAGE }),
  migrates('prisma', 'migrate resolve, db push, db seed'),
  migrates('artisan sail', 'migrate, artisan migrate, db:seed, tenants:migrate'),
  migrates('rails rake bin/rails activerecord', 'db:migrate, db:prepare, db:seed, db:migrate:up, data:migrate'),
  migrates('flyway', 'migrate, repair, baseline'),
  migrates('liquibase', 'update, update-count, update-to-tag, updateCount, changelog-sync, migrate'),
  migrates('alembic aerich', 'upgrade, stamp'),
  migrates('flask', 'db upgrade, db stamp'),
  migrates('knex kysely', 'migrate:latest, migrate:up, migrate latest, migrate up, seed:run'),
  migrates('sequelize sequelize-cli', 'db:migrate, db:seed, db:seed:all'),
  migrates('drizzle-kit', 'migrate, push'),
  migrates('typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm', 'migration:run, migrations:run, schema:sync'),
  migrates('mikro-orm', 'migration:up, schema:update'),
  migrates(
    'console symfony',
    'doctrine:migrations:migrate, d:m:m, doctrine:migrations:execute, doctrine:schema:update',
  ),
  migrates('manage manage.py django-admin', 'migrate, loaddata'),
  migrates('mix', 'ecto.migrate, ash.migrate'),
  migrates('dbmate pgmigrate', 'up, migrate'),
  // a driver and an address stand before the verb
  migrates('goose migrate', '', { line: /(?:^|\s)(?:up(?:-to|-by-one)?|goto|force)\b/ }),
  migrates('atlas', 'migrate apply, schema apply'),
  migrates('sqitch', 'deploy'),
  migrates('dotnet dotnet-ef', 'ef database update, database update'),
  migrates('skeema', 'push'),
  migrates('sea-orm-cli refinery tern', 'migrate, migrate up'),
  migrates('sqlx diesel', 'migrate run, migration run, database setup, setup'),
  migrates('yoyo', 'apply'),
  migrates('node-pg-migrate db-migrate migrate-mongo umzug', 'up'),
  migrates('phinx', 'migrate, seed:run'),
  migrates('hanami payload loco', 'db migrate, migrate'),
  migrates('ace', 'migration:run, db:seed'),
  migrates('drush', 'updatedb, updb, deploy, config:import, cim'),
  migrates('magento craft typo3', 'setup:upgrade, up, migrate/all, upgrade:run'),
  migrates('gel edgedb', 'migrate, migration apply'),
  migrates('pgroll reshape', 'start, complete, migration start, migration complete, migrate'),
  migrates('mvn mvnw gradle gradlew', '', {
    line: /\b(?:flyway:migrate|flywayMigrate|liquibase:update|liquibaseUpdate)\b/,
  }),
  migrates('heroku', 'run, run:detached', { line: /\bdb:|migrat|upgrade/ }),
  // a database that a host keeps: another one must be named
  migrates('wrangler', 'd1 migrations apply, d1 execute', {
    with: /^--remote$/,
    not: /--file\b.*\.select\.|--command[= ]["']?\s*(?:select|explain|pragma)\b/i,
    only: (call) => !isElsewhere(call),
  }),
  migrates('supabase', 'migration up', { with: /^--(?:linked|db-url)/, only: (call) => !isElsewhere(call) }),
  migrates('fly flyctl', 'ssh console', { line: /(?:-C|--command)[= ].*migrat/, only: (call) => !isElsewhere(call) }),
]);
