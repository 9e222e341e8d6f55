import assert from 'node:assert/strict';
import { labelsOf } from '../../support/editor-people';
import type { FoundAt } from '../../support/editor-texts';
import { useWindow } from '../../support/editor-window';
import { agentWrites } from '../agent';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
  - name: standard
    paths: ["**"]
    review:
      ai: { at-least: { lines: 4 }, junior: { from: mid, approvals: 1 } }
`;
const MAIN = 'resource "db" "costs" {\n  size    = 100\n  engine  = "postgres"\n  protect = true\n}\n';

describe('warnings about AI changes', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write('prod/main.tf', MAIN);
    workspace.write('src/cost.txt', 'export const a = 1;\n');
    workspace.write('prod/rates.ts', 'export const rate = 1;\n');
    workspace.write('src/bill.ts', "import { rate } from '../prod/rates';\n\nexport const bill = rate * 2;\n");
    workspace.write('CODEOWNERS', '/src/ @acme/billing\n');
    workspace.commit('Begin');
  });
  const expectFound = (file: string, test: (found: readonly FoundAt[]) => boolean, what: string) =>
    window().text.waitFound(file, test, what);

  it('a hunk of AI where the policy asks: one warning says what happened and whose sign-off it needs', async () => {
    const { text, workspace } = window();
    await text.open('prod/main.tf');
    await agentWrites(
      workspace,
      'prod/main.tf',
      MAIN.replace('size    = 100', 'size    = 5').replace(
        '}\n',
        '}\n\nresource "bucket" "logs" {\n  name = "logs"\n}\n',
      ),
    );
    const found = await expectFound(
      'prod/main.tf',
      (all) => all.length === 2 && all.every((one) => one.message.includes('senior')),
      'two warnings',
    );
    assert.deepEqual(
      found.map(({ message, code, severity, line }) => ({ message, code, severity, line })),
      [
        {
          line: 2,
          severity: 1,
          code: 'tier/critical',
          message: "Claude Code +1 −1 in critical. Needs a senior's sign-off.",
        },
        {
          line: 7,
          severity: 1,
          code: 'tier/critical',
          message: "Claude Code +4 in critical. Needs a senior's sign-off.",
        },
      ],
    );
  });

  it("a person's line beside AI's: no warning, and the others move with their lines", async () => {
    const { text } = window();
    text.goto(3, 23);
    text.type('\nbackup = 1');
    text.save();
    const found = await expectFound(
      'prod/main.tf',
      (all) => all.length === 2 && all[1]?.line === 8,
      'the same warnings, moved',
    );
    assert.deepEqual(
      found.map((one) => one.line),
      [2, 8],
    );
  });

  it('a closed file where AI only removed: one warning where the lines were', async () => {
    const { text, workspace } = window();
    text.closeAll();
    await agentWrites(workspace, 'prod/main.tf', MAIN.replace('  protect = true\n', ''));
    const found = await expectFound(
      'prod/main.tf',
      (all) => all.length === 1 && (all[0]?.message.includes('−1') ?? false),
      'one warning about removed lines',
    );
    assert.equal(found[0]?.line, 4);
    assert.match(found[0].message, /^Claude Code −1 in critical\. Needs a senior's sign-off\.$/);
  });

  it('a lower tier: warnings come at its number of lines, with lower severity', async () => {
    const { workspace } = window();
    const four = `export const a = 1;\n${'export const b = 2;\n'.repeat(4)}`;
    await agentWrites(workspace, 'src/cost.txt', four);
    const found = await expectFound('src/cost.txt', (all) => all.length === 1, 'one warning');
    assert.equal(found[0]?.severity, 3);
    await agentWrites(workspace, 'src/cost.txt', 'export const a = 1;\nexport const b = 2;\n');
    await expectFound('src/cost.txt', (all) => all.length === 0, 'none below the limit');
    await agentWrites(workspace, 'src/cost.txt', four);
    await expectFound('src/cost.txt', (all) => all.length === 1, 'the warning again');
  });

  it('quick fixes: they are offered on every line of a warning', async () => {
    const { text } = window();
    await text.open('src/cost.txt');
    text.goto(4, 3);
    const fixes = (await text.quickFixes()).map(({ title }) => title);
    for (const title of ['Request senior review', 'Why does this need review?', 'Acknowledge with a reason…'])
      assert.ok(fixes.includes(title), `${title} is not among ${fixes.join(', ')}`);
  });

  it('Why does this need review?: says who wrote the line, what it needs and who may sign', async () => {
    const { text, people } = window();
    const asking = text.quickFix('Why does this need review?');
    assert.deepEqual(labelsOf(await people.question('Line 4')), [
      ...['Claude Code', 'claude-opus-4-8', '00e6e2c0-5d0a-4f0e-9c55-1f0000000001', 'just now'],
      ...['standard (**)', 'Needs a mid-level or senior sign-off', 'May sign: sue@example.com', 'Trace this line'],
    ]);
    await people.dismiss('Line 4');
    await asking;
  });

  it('an acknowledged warning: goes, and returns when the lines change', async () => {
    const { text, people, workspace } = window();
    const acknowledging = text.quickFix('Acknowledge with a reason');
    await people.answer('Acknowledge', 'generated table');
    await acknowledging;
    await expectFound('src/cost.txt', (all) => all.length === 0, 'no warning');
    await agentWrites(workspace, 'src/cost.txt', `export const a = 1;\n${'export const c = 3;\n'.repeat(5)}`);
    await expectFound('src/cost.txt', (all) => all.length === 1, 'the warning again');
  });

  it('unknown lines that count as AI\'s: have a warning until the person says "I wrote this"', async () => {
    const { text, workspace } = window();
    text.closeAll();
    workspace.write('prod/pasted.tf', 'resource "queue" "jobs" {\n}\n');
    const found = await expectFound('prod/pasted.tf', (all) => all.length === 1, 'one warning about unknown lines');
    assert.equal(found[0]?.message, "Unknown author +2 in critical. Needs a senior's sign-off.");
    await text.open('prod/pasted.tf');
    await text.quickFix('I wrote this');
    await expectFound('prod/pasted.tf', (all) => all.length === 0, 'no warning');
  });

  it('a discarded change: its warnings go', async () => {
    const { workspace } = window();
    workspace.git('checkout', '--', '.');
    await expectFound('src/cost.txt', (all) => all.length === 0, 'no warning');
    await expectFound('prod/main.tf', (all) => all.length === 0, 'no warning');
  });

  it('the hover over a warning: lists what depends on the change, with owners', async () => {
    const { text, workspace } = window();
    await text.open('prod/rates.ts');
    await agentWrites(workspace, 'prod/rates.ts', 'export const rate = 3;\n');
    await text.waitLine('rate = 3');
    await expectFound('prod/rates.ts', (all) => all.length > 0, 'a warning');
    const said = await text.waitHover('const', /1 file depends on this change/);
    assert.match(said, /src\/bill\.ts:1 · import · @acme\/billing/);
  });
});
