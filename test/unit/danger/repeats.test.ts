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

  it('findings: those of the schema when there is no migration', async () => {
    assert.equal((await rules(schema(bare))).length, 2);
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
    assert.deepEqual(
      (await leaves('infra')).map(({ severity }) => severity),
      ['critical'],
    );
    for (const folder of ['examples/complete', 'modules/db/tests', 'vendor/db'])
      assert.deepEqual(
        (await leaves(folder)).map(({ severity }) => severity),
        ['medium'],
        folder,
      );
  });
});
