/** Warnings where the editor shows them. Their texts and fixes are tried in test/editor/problems. */
import assert from 'node:assert/strict';
import { agentWrites } from './agent';
import { until } from './host';
import { DATABASE, useSurfaces } from './surfaces';

const FILE = 'prod/db.tf';
const RULE = 'destructive/tf-protection-off';

describe('surface: warnings (stock build)', function () {
  this.timeout(120_000);
  const shared = useSurfaces();
  const found = async () => (await shared().editor.diagnostics(FILE)).filter(({ source }) => source === 'Linekeeper');
  const expectFound = (count: number): Promise<unknown> =>
    until(async () => (await found()).length === count, { what: `${String(count)} warnings` });

  it("AI's dangerous line: has a warning in the Problems view", async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, FILE, DATABASE.replace('= true', '= false'));
    await editor.text.open(FILE);
    await expectFound(1);
    const [warning] = await found();
    assert.deepEqual([warning?.line, warning?.code], [3, RULE]);
    await until(
      async () => (await editor.workbench.problems()).some(({ text }) => text.includes('deletion_protection')),
      {
        what: 'its row',
      },
    );
    await editor.screenshot('surface-problems');
  });

  it('the hover: shows the warning and who wrote the line', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.hover('deletion_protection', /data may be lost/);
    await editor.press('Escape');
  });

  it('a quick fix: asks for a reason, and the warning goes', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.text.goto(3, 5);
    await editor.text.quickFix('Acknowledge with a reason');
    await editor.quick.wait('Acknowledge');
    await editor.quick.answer('a test database');
    await expectFound(0);
  });
});
