/** While an incident is open, whoever changes its files is told so where they work. */
import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until, useWindow } from '../../support/editor-window';

const POLICY = `version: 1
people:
  senior: [sue@example.com, sam@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
`;
const ID = 'INC-2026-03-01-orders';
const FILE = '.linekeeper/incidents/2026-03-01-orders.yml';
const OPEN = `version: 1
title: Orders were down
began: 2026-03-01T10:00:00Z
state: open
paths: ["prod/orders/**", "src/orders.ts"]
`;

describe('an open incident in the editor', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write(FILE, OPEN);
    workspace.write('prod/orders/db.tf', 'size = 100\nengine = "postgres"\n');
    workspace.write('src/orders.ts', 'export const most = 100;\n');
    workspace.commit('Begin');
    workspace.git('remote', 'add', 'origin', 'git@github.com:acme/shop.git');
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    workspace.git('switch', '--quiet', '--create', 'smaller');
  });
  const warned = (file: string): readonly string[] =>
    window()
      .text.found(file)
      .map(({ line, message }) => `${String(line)} ${message}`);
  async function expectWarnings(file: string, expected: readonly string[]): Promise<void> {
    await until(() => warned(file).join('\n') === expected.join('\n'), { what: 'the warnings' }).catch(() =>
      assert.deepEqual(warned(file), expected),
    );
  }

  it("a person's edit of its files: has a warning that leads to the incident, also outside the policy's tiers", async () => {
    const { text, shown } = window();
    await text.open('src/orders.ts');
    text.goto(2, 1);
    text.type('export const least = 1;');
    text.save();
    await expectWarnings('src/orders.ts', [
      `2 ${ID} ("Orders were down") is open on this file, so changing it needs a senior's sign-off.`,
    ]);
    await shown.waitStatus('1 sign-off needed');
    assert.match(await text.hover('least'), /is open on this file/);
    assert.equal(text.found('src/orders.ts')[0]?.target?.path.split('/').slice(-3).join('/'), FILE);
  });

  it("an assistant's change: its warning names the incident once", async () => {
    await agentWrites(window().workspace, 'prod/orders/db.tf', 'size = 5\nengine = "postgres"\n');
    await expectWarnings('prod/orders/db.tf', [
      `1 Claude Code +1 −1 in critical. Needs 2 seniors' sign-offs while ${ID} is open.`,
    ]);
  });

  it('Request Review: names it and how it ends, and so does what the branch owes', async () => {
    const { people, shown, state, workspace } = window();
    workspace.commit('Use a smaller database');
    const requesting = window().run('linekeeper.requestSeniorReview');
    await people.pick('Request Review', 'Open Anyway');
    await people.address('github.com/acme/shop/compare');
    assert.match(
      state.clipboard,
      /^\*\*Needs 2 seniors' sign-offs\.\*\*[^]*- INC-2026-03-01-orders \("Orders were down"\) is open on prod\/orders\/db\.tf until \.linekeeper\/incidents\/2026-03-01-orders\.yml says "state: closed"/,
    );
    people.clear();
    await requesting;
    await shown.waitRows(
      'linekeeper.changes',
      (rows) => rows.some((row) => row.includes(`Needs 2 seniors while ${ID} is open`)),
      'what the branch owes',
    );
  });

  it('an incident that the base branch closes: its warning goes without a reload', async () => {
    const { text, workspace } = window();
    workspace.git('switch', '--quiet', 'main');
    workspace.write(FILE, OPEN.replace('state: open', 'state: closed'));
    workspace.commit('Close the incident');
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('switch', '--quiet', 'smaller');
    await text.open('src/orders.ts');
    text.goto(1, 1);
    text.type('// all orders\n');
    text.save();
    await expectWarnings('src/orders.ts', []);
  });
});
