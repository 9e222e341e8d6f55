/** The old side of a change to Terraform configuration is the same whether it is read whole or beside the new one. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../../src/danger/terraform/read-configuration';
import { readSides } from '../../../src/danger/terraform/read-both-sides';
import { TOOLS } from '../../support/grammars';

const block = (name: string, inside: string): string => `resource "aws_db_instance" "${name}" {\n${inside}}\n`;
const A = block('a', '  engine = "postgres"\n');
const B = block('b', '  tags = {\n    a = 1\n  }\n');
const C = block('c', '  user_data = <<EOT\n}\nresource "x" "y" {\n}\nEOT\n');

const CHANGES: readonly (readonly [string, string, string])[] = [
  ['a setting in the middle', A + B + C, A + B.replace('a = 1', 'a = 2\n    b = 3') + C],
  ['a block that goes', A + B + C, A + C],
  ['a block that comes', A + C, A + B + C],
  ['the first block', A + B, A.replace('postgres', 'mysql') + B],
  ['the last block', A + B, A + B.replace('a = 1', 'a = 2')],
  ['a brace in a text', A + C + B, A + C.replace('"x"', '"z"') + B],
  ['the end of a text', C + A, C.replace('EOT\n}', 'EOT\n  a = 1\n}') + A],
  ['an attribute outside of blocks', `region = "eu"\n${A}`, `region = "us"\n${A}`],
  ['lines between blocks', `${A}\n# one\n${B}`, `${A}\n# two\n\n${B}`],
  ['nothing but the order', A + B, B + A],
  ['everything', A, B],
];

describe('readSides: Terraform configuration before and after a change', () => {
  for (const [what, before, after] of CHANGES)
    it(`the old side equals that of a full parse when this changes: ${what}`, async () => {
      const [old, now] = await readSides('infra/main.tf', before, after, TOOLS);
      const [wholeOld, wholeNow] = [
        await readConfiguration('infra/main.tf', before, TOOLS),
        await readConfiguration('infra/main.tf', after, TOOLS),
      ];
      assert.deepEqual(old?.items, wholeOld?.items);
      assert.deepEqual(old?.top.map, wholeOld?.top.map);
      assert.deepEqual(now, wholeNow);
    });

  it('a side that cannot be parsed is undefined', async () => {
    assert.equal((await readSides('infra/main.tf', `${A}resource {{\n`, A, TOOLS))[0], undefined);
    assert.equal((await readSides('infra/main.tf', A, `${A}resource {{\n`, TOOLS))[1], undefined);
  });
});
