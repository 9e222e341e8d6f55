/** What a reason says: the object by its kind and name, a statement by its verb, and advice that fits. */
import assert from 'node:assert/strict';
import { toolCallOf } from '../../src/provenance/assistants/hook-payloads/tool-call';
import type { GuardAnswer } from '../../src/guard';
import { judge, ROOT, WATCHING } from '../support/guard';

const texts = { [`${ROOT}/infra/dev/main.tf`]: 'x', [`${ROOT}/infra/dev/b.tf`]: 'y' };
const answer = (asked: string | readonly [tool: string, input: unknown]): GuardAnswer =>
  judge(typeof asked === 'string' ? { command: asked } : { call: toolCallOf(asked[0], asked[1], {}, 'SERVER_TOOL') }, {
    rules: WATCHING,
    texts,
  });

const SAYS: readonly (readonly [asked: string | readonly [string, unknown], says: string])[] = [
  ['psql -c "TRUNCATE orders"', 'empties the table orders'],
  ['psql -c "DELETE FROM users"', 'deletes every row of users: the statement has no WHERE'],
  ['psql -c "UPDATE users SET admin = true"', 'changes every row of users: the statement has no WHERE'],
  ['psql -c "DROP DATABASE shop"', 'drops the database shop, with every table in it'],
  ['psql -c "DROP TABLE orders, customers"', 'drops the table orders and one other, with every row'],
  ['mysql -e "ALTER TABLE orders DROP COLUMN total"', 'drops the column total of orders, with its data'],
  ['dropdb shop', 'drops the database shop'],
  ['mongosh shop --eval "db.orders.drop()"', 'drops the collection orders'],
  ['mongosh shop --eval "db.orders.deleteMany({})"', 'deletes every document of the collection orders'],
  ['mongosh shop --eval "db.dropDatabase()"', 'drops the database with every collection'],
  ['kafka-topics --delete --topic orders', 'deletes the topic orders or its records'],
  ['gsutil rb gs://backups', 'deletes objects or the bucket gs://backups'],
  ['bq rm -f shop.orders', 'deletes the table or data set shop.orders'],
  ['heroku apps:destroy shop', 'destroys the app shop'],
  ['vercel remove shop', 'takes the application shop down, or a part of it'],
  ['helm uninstall shop -n prod', 'removes the release shop with what it runs'],
  ['qm destroy 101', 'destroys 101, a machine with its disks'],
  ['rm -rf infra/dev', 'removes infra/dev'],
  ['git rm infra/dev/main.tf', 'removes infra/dev/main.tf'],
  ['truncate -s0 infra/dev/main.tf', 'empties infra/dev/main.tf'],
  ['echo > infra/dev/main.tf', 'overwrites infra/dev/main.tf'],
  ['cp infra/dev/b.tf infra/dev/main.tf', 'overwrites infra/dev/main.tf'],
  ['cp -f /tmp/main.tf infra/dev/', 'overwrites infra/dev'],
  ['true | sponge infra/dev/main.tf', 'overwrites infra/dev/main.tf'],
  [['mcp__mysql__mysql_query', { sql: 'TRUNCATE orders' }], 'empties the table orders'],
  [['mcp__aws__delete_db_instance', { DBInstanceIdentifier: 'orders' }], 'deletes the database instance orders'],
  [['mcp__db__drop_table', { table: 'orders' }], 'drops the table orders'],
  [['mcp__mongodb__drop-collection', { collection: 'orders' }], 'deletes the collection orders and its documents'],
  [
    ['mcp__http__request', { url: 'https://api.example.com/graphql', body: 'mutation { volumeDelete(id: "v1") }' }],
    'asks api.example.com to delete the volume v1',
  ],
];

describe('the reasons of the guard', () => {
  for (const [asked, says] of SAYS)
    it(`${typeof asked === 'string' ? asked : asked[0]}: says what is lost when it is held`, () => {
      const found = answer(asked);
      assert.ok('reason' in found && found.reason.includes(`" ${says}`), JSON.stringify(found));
    });

  it('a deleted instance: is no reason for a migration when a tool deletes it', () => {
    const found = answer(['mcp__aws__delete_db_instance', { DBInstanceIdentifier: 'orders' }]);
    assert.ok('instead' in found && !/migration/.test(found.instead), JSON.stringify(found));
  });

  it('a statement in a tool: is no call of a program by that name with a tier on everything', () => {
    const everywhere = { ...WATCHING, tiers: WATCHING.tiers.map((one) => ({ ...one, paths: ['**'] })) };
    const call = toolCallOf('mcp__mysql__mysql_query', { sql: 'TRUNCATE orders' }, {}, 'SERVER_TOOL');
    const found = judge({ call }, { rules: everywhere });
    assert.ok('reason' in found && /empties the table orders/.test(found.reason), JSON.stringify(found));
  });

  it('a folder with a guarded file in it: is named as the loss when all of it is removed', () => {
    for (const [command, says] of [
      [
        'rm -rf /',
        /removes \/.* \(destructive\/fs-recursive-delete\)\. \S*\.claude\/settings\.json belongs to the hooks/,
      ],
      [
        'rm -rf ~',
        /removes \S+.* \(destructive\/fs-recursive-delete\)\. \S*\.claude\/settings\.json belongs to the hooks/,
      ],
      ['rm -rf .git', /\.git\/hooks belongs to git's hooks/],
      ['rm -rf .git/hooks', /^\S*\.git\/hooks belongs to git's hooks/],
    ] as const) {
      const found = answer(command);
      assert.ok(found.verdict === 'deny' && found.leash === true, command);
      assert.match(found.reason, says);
    }
  });

  it('files that are new, elsewhere or kept: are free when something is copied', () => {
    for (const command of [
      'cp infra/dev/main.tf infra/dev/new.tf',
      'cp infra/dev/main.tf /tmp/',
      'cp -n a infra/dev/main.tf',
      'cp -r src dist',
      'sort a | sponge a',
    ])
      assert.equal(answer(command).verdict, 'allow', command);
  });
});
