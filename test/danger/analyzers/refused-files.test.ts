/** Files that their own programs would refuse say nothing about what will be there. */
import assert from 'node:assert/strict';
import { lookForDangers } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const TERRAFORM = 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n';
const OPEN = 'resource "aws_db_instance" "other" {\n  engine = "postgres"\n';
const PRISMA = 'model User {\n  id Int @id\n}\n';

const look = async (path: string, before: string, after: string): Promise<readonly [string[], number]> => {
  const { refused, findings } = await lookForDangers([{ path, from: null, before, after }], TOOLS);
  return [[...refused], findings.length];
};

describe('a file that Terraform or Prisma could not parse', () => {
  it('is reported as unreadable, and nothing in it counts as removed', async () => {
    assert.deepEqual(await look('a/main.tf', TERRAFORM, OPEN), [['a/main.tf'], 0]);
    assert.deepEqual(await look('a/main.tf', OPEN, TERRAFORM), [['a/main.tf'], 0]);
    assert.deepEqual(await look('p/schema.prisma', PRISMA, '<<<<<<< HEAD\n=======\n>>>>>>> other\n'), [
      ['p/schema.prisma'],
      0,
    ]);
  });

  it('a file that can be parsed is not reported', async () => {
    assert.deepEqual(await look('a/main.tf', TERRAFORM, ''), [[], 1]);
    assert.deepEqual(await look('p/schema.prisma', PRISMA, 'model Order {\n  id Int @id\n}\n'), [[], 1]);
  });
});
