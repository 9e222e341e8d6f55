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

describe('a Prisma schema and its migration', () => {
  const bare = SCHEMA.replace('  slug String\n', '').replace('  note String\n', '');

  it('only the migration is a finding when it drops the column the schema loses', async () => {
    assert.deepEqual(
      await rules(
        schema(SCHEMA.replace('  slug String\n', '')),
        migration('ALTER TABLE "board" DROP COLUMN "slug";\n'),
      ),
      ['prisma/migrations/2_slug/migration.sql destructive/sql-drop-column'],
    );
  });

  it('the schema is a finding too when the migration drops something else', async () => {
    assert.deepEqual(await rules(schema(bare), migration('ALTER TABLE "board" DROP COLUMN "slug";\n')), [
      'prisma/schema.prisma destructive/orm-drop',
      'prisma/migrations/2_slug/migration.sql destructive/sql-drop-column',
    ]);
  });

  it('the columns of the schema are one finding when there is no migration', async () => {
    const [finding, ...others] = await findInChanges([schema(bare)], TOOLS);
    assert.deepEqual([finding?.line, finding?.alsoIn, others], [3, [{ path: 'prisma/schema.prisma', line: 4 }], []]);
  });
});

describe('a resource removed from an example folder', () => {
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

  it('is of medium severity in examples, tests, vendor and sandbox folders, and critical elsewhere', async () => {
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

describe('a resource that only says where data is or how it is reached', () => {
  it('is low where it leaves, and the data itself stays critical', async () => {
    const severities = async (type: string): Promise<readonly string[]> => {
      const found = await findInChanges(
        [
          {
            path: 'infra/lake.tf',
            from: null,
            before: `resource "aws_vpc" "main" {}\nresource "${type}" "sales" {}\n`,
            after: 'resource "aws_vpc" "main" {}\n',
          },
        ],
        TOOLS,
      );
      return found.map(({ severity }) => severity);
    };
    for (const type of ['aws_lakeformation_resource', 'aws_dms_endpoint'])
      assert.deepEqual(await severities(type), ['low'], type);
    assert.deepEqual(await severities('aws_s3_bucket'), ['critical']);
  });
});

describe('a permission check removed from a file', () => {
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

  it('one finding when no other file has it', async () => {
    assert.deepEqual(await rules(left), ['src/orders.ts permissions/auth-removed']);
    assert.deepEqual(await rules(left, router('log(user, order);')), ['src/orders.ts permissions/auth-removed']);
  });

  it('one finding when it only stands in a comment of another file', async () => {
    const comment = router('/*\n  if (!user.isAdmin) return refuse(user, order);\n  */');
    assert.deepEqual(await rules(left, comment), ['src/orders.ts permissions/auth-removed']);
  });

  it('no finding when another file of the change has it', async () => {
    assert.deepEqual(await rules(left, router('if (!user.isAdmin) return refuse(user, order);')), []);
  });

  it('no finding for a removed feature flag, one if the flag guarded a deletion', async () => {
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

describe('a file with very many findings of one rule', () => {
  const drops = async (count: number): Promise<Awaited<ReturnType<typeof findInChanges>>> => {
    const after = Array.from({ length: count }, (_, index) => `DROP TABLE report_${String(index)};\n`).join('');
    return (await findInChanges([{ path: 'db/9_clean.sql', from: null, before: null, after }], TOOLS)).filter(
      ({ rule }) => rule === 'destructive/sql-drop',
    );
  };

  it('findings: one that keeps each place when they say the same', async () => {
    const [found, ...others] = await drops(20);
    assert.deepEqual(others, []);
    assert.deepEqual(
      found?.alsoIn?.map(({ line }) => line),
      Array.from({ length: 19 }, (_, index) => index + 2),
    );
  });

  it('findings: one that names the other places when there are more than twenty', async () => {
    const [found, ...others] = await drops(300);
    assert.deepEqual(others, []);
    assert.equal(found?.alsoIn?.length, 299);
    assert.match(found.message, /260 more|259 more/);
  });
});
