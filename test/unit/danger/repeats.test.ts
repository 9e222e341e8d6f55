/** One cause is one finding, over the files of a change. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const SCHEMA = `model Board {
  id   Int    @id
  slug String
  note String
}
`;
const schema = (after: string): { path: string; from: null; before: string; after: string } => ({
  path: 'prisma/schema.prisma',
  from: null,
  before: SCHEMA,
  after,
});
const migration = (after: string): { path: string; from: null; before: null; after: string } => ({
  path: 'prisma/migrations/2_slug/migration.sql',
  from: null,
  before: null,
  after,
});
const rules = async (...changes: Parameters<typeof findInChanges>[0]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS)).map(({ path, rule }) => `${path} ${rule}`);

describe('a schema and its migration', () => {
  const bare = SCHEMA.replace('  slug String\n', '').replace('  note String\n', '');

  it('findings: those of the migration only when it drops what the schema loses', async () => {
    assert.deepEqual(
      await rules(
        schema(SCHEMA.replace('  slug String\n', '')),
        migration('ALTER TABLE "board" DROP COLUMN "slug";\n'),
      ),
      ['prisma/migrations/2_slug/migration.sql destructive/sql-drop-column'],
    );
  });

  it('findings: those of the schema too when the migration drops something else', async () => {
    assert.deepEqual(await rules(schema(bare), migration('ALTER TABLE "board" DROP COLUMN "slug";\n')), [
      'prisma/schema.prisma destructive/orm-drop',
      'prisma/migrations/2_slug/migration.sql destructive/sql-drop-column',
    ]);
  });

  it('findings: one for the columns of the schema when there is no migration', async () => {
    const [finding, ...others] = await findInChanges([schema(bare)], TOOLS);
    assert.deepEqual([finding?.line, finding?.alsoIn, others], [3, [{ path: 'prisma/schema.prisma', line: 4 }], []]);
  });
});

describe('what is lost in an example', () => {
  const leaves = (folder: string): Promise<readonly { severity: string }[]> =>
    findInChanges(
      [
        {
          path: `${folder}/main.tf`,
          from: null,
          before: 'resource "aws_db_instance" "a" {\n}\n\nresource "aws_sqs_queue" "b" {\n}\n',
          after: 'resource "aws_sqs_queue" "b" {\n}\n',
        },
      ],
      TOOLS,
    );

  it('severity: lower than where it runs', async () => {
    for (const folder of ['infra', 'usr/local', 'sandboxes'])
      assert.deepEqual(
        (await leaves(folder)).map(({ severity }) => severity),
        ['critical'],
        folder,
      );
    for (const folder of ['examples/complete', 'modules/db/tests', 'vendor/db', 'envs/local-env', 'data-sandbox-a/db'])
      assert.deepEqual(
        (await leaves(folder)).map(({ severity }) => severity),
        ['medium'],
        folder,
      );
  });
});

describe('a check that leaves a file', () => {
  const before = `export function remove(user, order) {
  if (!user.isAdmin) return refuse(user, order);
  return orders.delete(order);
}
`;
  const after = before.replace('  if (!user.isAdmin) return refuse(user, order);\n', '');
  const left = { path: 'src/orders.ts', from: null, before, after };
  const router = (line: string): { path: string; from: null; before: string; after: string } => ({
    path: 'src/router.ts',
    from: null,
    before: 'export function route(user, order) {\n  return remove(user, order);\n}\n',
    after: `export function route(user, order) {\n  ${line}\n  return remove(user, order);\n}\n`,
  });

  it('findings: one when it is nowhere else', async () => {
    assert.deepEqual(await rules(left), ['src/orders.ts permissions/auth-removed']);
    assert.deepEqual(await rules(left, router('log(user, order);')), ['src/orders.ts permissions/auth-removed']);
  });

  it('findings: one when it only stands in a comment of another file', async () => {
    const comment = router('/*\n  if (!user.isAdmin) return refuse(user, order);\n  */');
    assert.deepEqual(await rules(left, comment), ['src/orders.ts permissions/auth-removed']);
  });

  it('findings: none when it stands in another file of the change', async () => {
    assert.deepEqual(await rules(left, router('if (!user.isAdmin) return refuse(user, order);')), []);
  });

  it('findings: none when a flag of a feature goes, one when it guarded what deletes', async () => {
    const flagged = (name: string): Promise<readonly string[]> =>
      rules({
        path: 'src/a.ts',
        from: null,
        before: `export function ${name}(flags) {\n  if (!flags.newTheme) return;\n  paint();\n}\n`,
        after: `export function ${name}(flags) {\n  paint();\n}\n`,
      });
    assert.deepEqual(await flagged('showTheme'), []);
    assert.deepEqual(await flagged('purgeThemes'), ['src/a.ts destructive/guard-removed']);
  });
});
