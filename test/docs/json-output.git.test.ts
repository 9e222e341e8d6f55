import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/dev/json-output.md'), 'utf8');
const [, TABLE = ''] = /^## Fields of the outermost object\n([^]*?)^## /m.exec(PAGE) ?? [];
const ROWS = [...TABLE.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, command = '', fields = '']) => ({
  command,
  fields: [...fields.matchAll(/`(\w+)`/g)].map(([, field = '']) => field),
}));

describe('docs/dev/json-output.md:', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('a.ts', 'one\n');
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - { name: critical, paths: ["*.ts"] }\n');
    await test.commit('First');
    test.write('a.ts', 'one\ntwo\n');
    await test.commit('Second');
  });
  after(() => test.dispose());

  it('its table has the commands that scripts use most', () => {
    const commands = ROWS.map(({ command }) => command.split(' ')[0]);
    for (const verb of ['status', 'show', 'blame', 'check', 'may', 'doctor', 'audit', 'report'])
      assert.ok(commands.includes(verb), verb);
  });

  for (const { command, fields } of ROWS)
    it(`${command}: has the fields of the page when it answers with --json`, async () => {
      const { stdout, stderr } = await linekeeper(test, [...command.split(' '), '--json']);
      assert.notEqual(stdout, '', stderr);
      assert.deepEqual(Object.keys(JSON.parse(stdout) as object).toSorted(), fields.toSorted());
    });
});
