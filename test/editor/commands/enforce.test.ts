/** Set Up offers to hold assistants to the policy where no hook runs, and Undo Set Up takes that out. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { labelsOf } from '../../support/editor-people';
import { until, useWindow } from '../../support/editor-window';
import { builtCli } from '../../support/product';

const POLICY = `version: 1
tiers:
  - { name: critical, paths: ["prod/**"], agents: deny }
`;
const THEIRS = '{ "model": "opus" }\n';
const ROW = "Write the policy into assistants' settings";

describe('rules of the policy from the editor', () => {
  const window = useWindow(async (workspace) => {
    await builtCli();
    workspace.write('.linekeeper.yml', POLICY);
    workspace.commit('Begin');
    mkdirSync(path.dirname(settings()), { recursive: true });
    writeFileSync(settings(), THEIRS);
  });
  const settings = (): string => path.join(process.env['HOME'] ?? '', '.claude', 'settings.json');

  it('Set Up: asks for rules in the same dialog when the policy closes something to agents, and writes them if chosen', async () => {
    const { people } = window();
    const running = window().run('linekeeper.setUp');
    const question = await people.question('Set Up Linekeeper');
    assert.ok(labelsOf(question).includes(ROW), labelsOf(question).join('\n'));
    await people.pick('Set Up Linekeeper', ROW);
    await running;
    await people.notice('1 assistant enforces the policy without hooks.');
    assert.match(readFileSync(settings(), 'utf8'), /Edit\([^)]*prod\/\*\*\)/);
  });

  it('Undo Set Up: takes the rules out byte for byte when everything is removed', async () => {
    const { people } = window();
    people.clear();
    const running = window().run('linekeeper.undoSetUp');
    const question = await people.question('Undo what Linekeeper set up?');
    assert.equal(labelsOf(question)[0], 'Keep Set Up', 'what Enter chooses changes nothing');
    assert.ok(!labelsOf(question).includes('Cancel'));
    await people.pick('Undo what Linekeeper set up?', 'Remove Everything');
    await running;
    await until(() => (existsSync(settings()) ? readFileSync(settings(), 'utf8') === THEIRS : false));
  });
});
