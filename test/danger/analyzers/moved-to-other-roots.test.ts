/** What moves from one folder of Terraform to another one. */
import assert from 'node:assert/strict';
import { findInChanges, type Change } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const change = (path: string, before: string | null, after: string | null, from: string | null = null): Change => ({
  path,
  from,
  before,
  after,
});
const found = async (...changes: Change[]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS)).map(
    ({ severity, rule, path, message }) => `${severity} ${rule} ${path} ${message.split(/[:.] /, 1).join('')}`,
  );

const database = (name: string, engine = 'postgres'): string =>
  `resource "aws_db_instance" "main" {\n  identifier = "${name}"\n  engine = "${engine}"\n}\n`;
const role =
  'resource "aws_sqs_queue_policy" "in" {\n  queue_url = "x"\n}\nresource "aws_ecs_cluster" "a" {\n  name = "a"\n}\n';
const other = 'resource "aws_ecs_cluster" "stays" {\n  name = "stays"\n}\n';
const moves = (text: string, to: string, taken = text): readonly Change[] => [
  change('live/prod/app/main.tf', `${other}${text}`, other),
  change(`${to}main.tf`, null, taken),
];

describe('what moves to another root', () => {
  it('a database: medium, and said as a move, when the other root has the same one', async () => {
    assert.deepEqual(await found(...moves(database('orders'), 'live/prod/data/')), [
      'medium destructive/tf-resource-removed live/prod/app/main.tf aws_db_instance.main moves to live/prod/data/',
    ]);
  });

  it('a database: critical when the other root has one of another name, or of another environment', async () => {
    for (const changes of [
      moves(database('orders'), 'live/prod/data/', database('bills')),
      moves(database('orders'), 'staging/data/'),
      moves(database('orders'), 'live/prod/test/'),
    ])
      assert.match((await found(...changes)).join(' '), /^critical destructive\/tf-resource-removed/);
  });

  it('a cluster without data: low when it moves, and medium when it leaves', async () => {
    assert.match((await found(...moves(role, 'live/prod/data/'))).join(' '), /^low destructive\/tf-resource-removed/);
    assert.match((await found(...moves(role, '').slice(0, 1))).join(' '), /^medium destructive\/tf-resource-removed/);
  });

  it('a database: no finding when the file that says where the state is went with it, unless it says another place', async () => {
    const backend = (key: string): string =>
      `terraform {\n  backend "s3" {\n    bucket = "s"\n    key = "${key}"\n  }\n}\n`;
    const renamed = (key: string): readonly Change[] => [
      change('globals/main.tf', database('orders'), null),
      change('globals/common/backend.tf', backend('a'), backend(key), 'globals/backend.tf'),
      change('globals/common/main.tf', null, database('orders')),
    ];
    assert.deepEqual(await found(...renamed('a')), []);
    assert.match((await found(...renamed('b'))).join(' '), /medium destructive\/tf-resource-removed/);
  });

  it('a backend: no finding when its folder becomes a module that a root calls', async () => {
    const backend = 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n';
    const root = change('roots/prod/main.tf', null, 'module "a" {\n  source = "../../modules/a"\n}\n');
    const module = change('modules/a/main.tf', `${backend}${other}`, other);
    assert.deepEqual(await found(module, root), []);
    assert.match((await found(module)).join(' '), /tf-backend-changed/);
  });

  it('a database: critical when it leaves a folder that becomes a module', async () => {
    const backend = 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n';
    const root = change('main/main.tf', null, 'module "db" {\n  source = "../db"\n}\n');
    assert.match(
      (await found(change('db/main.tf', `${backend}${other}${database('x')}`, other), root)).join('\n'),
      /^critical destructive\/tf-resource-removed db\/main.tf/m,
    );
  });

  it('a database: medium when the block that goes with it says no place for the state, or a file beside it', async () => {
    for (const block of ['backend "s3" {}', 'backend "s3" {\n  # key = "a"\n}', 'backend "local" {\n  path = "a"\n}']) {
      const backend = `terraform {\n  ${block}\n}\n`;
      assert.match(
        (
          await found(
            change('a/main.tf', database('orders'), null),
            change('b/backend.tf', backend, backend, 'a/backend.tf'),
            change('b/main.tf', null, database('orders')),
          )
        ).join(' '),
        /medium destructive\/tf-resource-removed/,
        block,
      );
    }
  });

  it('a database: critical when the folder looks for another state from now on, for that state may be copied there', async () => {
    const backend = (key: string): string => `terraform {\n  backend "s3" {\n    key = "${key}"\n  }\n}\n`;
    assert.deepEqual(
      (await found(change('c/main.tf', `${backend('a')}${other}${database('x')}`, `${backend('b')}${other}`)))
        .map((one) => one.split(' ', 2).join(' '))
        .sort(),
      ['critical destructive/tf-resource-removed', 'high destructive/tf-backend-changed'],
    );
  });
});
