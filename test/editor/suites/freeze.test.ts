/** While an incident is open, whoever changes its files is told so where they work. */
import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until } from '../host';
import { useEditor } from '../shared';

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

describe('an open incident (freeze) in the editor (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write(FILE, OPEN);
      workspace.write('prod/orders/db.tf', 'size = 100\nengine = "postgres"\n');
      workspace.write('src/orders.ts', 'export const most = 100;\n');
      workspace.commit('Begin');
      workspace.git('remote', 'add', 'origin', 'git@github.com:acme/shop.git');
      workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      workspace.git('switch', '--quiet', '--create', 'smaller');
    }),
  );

  const warned = async (file: string): Promise<readonly string[]> =>
    (await shared().editor.diagnostics(file)).flatMap(({ source, line, message }) =>
      source === 'Linekeeper' ? [`${String(line)} ${message}`] : [],
    );
  async function expectWarnings(file: string, expected: readonly string[]): Promise<void> {
    let last: readonly string[] = [];
    await until(async () => (last = await warned(file)).join('\n') === expected.join('\n'), {
      what: 'the warnings',
    }).catch(() => assert.deepEqual(last, expected));
  }

  it("a person's edit of its files gets a warning, also outside the policy's tiers", async () => {
    const { editor } = shared();
    editor.workspace.git('checkout', '--quiet', '--force', 'smaller'); // an earlier try may have changed it
    await editor.text.open('src/orders.ts');
    await editor.text.goto(2, 1);
    await editor.type('export const least = 1;');
    await editor.text.save();
    await expectWarnings('src/orders.ts', [
      `2 ${ID} ("Orders were down") is open on this file, so changing it needs a senior's sign-off.`,
    ]);
    await editor.workbench.waitStatus('1 sign-off needed');
    await editor.notices.clear();
    assert.match(await editor.hover('least'), /is open on this file/);
    await editor.screenshot('freeze-typed');
    await editor.press('Escape');
    assert.equal(
      await editor.inside.run((vscode) => {
        const [, all] = vscode.languages.getDiagnostics().find(([uri]) => uri.path.endsWith('/src/orders.ts')) ?? [];
        const code = all?.find(({ source }) => source === 'Linekeeper')?.code;
        return typeof code === 'object' ? code.target.path.split('/').slice(-3).join('/') : '';
      }),
      FILE,
    );
  });

  it("the warning of an assistant's change names it once", async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'prod/orders/db.tf', 'size = 5\nengine = "postgres"\n');
    await editor.text.open('prod/orders/db.tf');
    await expectWarnings('prod/orders/db.tf', [
      `1 Claude Code +1 −1 in critical. Needs 2 seniors' sign-offs while ${ID} is open.`,
    ]);
    await editor.text.waitLine('size = 5');
    await editor.hover('size');
    await editor.screenshot('freeze-ai');
    await editor.press('Escape');
  });

  it('Request Senior Review names it, and how it ends', async () => {
    const { editor } = shared();
    editor.workspace.commit('Use a smaller database');
    await editor.command('Linekeeper: Request Senior Review');
    await editor.quick.wait('Request Senior Review');
    await editor.quick.pick('Open Anyway');
    await editor.browserUrl('github.com/acme/shop/compare', 60_000);
    const body = await editor.inside.run((vscode) => vscode.env.clipboard.readText());
    assert.match(
      body,
      /^\*\*Needs 2 seniors' sign-offs\.\*\*[^]*- INC-2026-03-01-orders \("Orders were down"\) is open on prod\/orders\/db\.tf until \.linekeeper\/incidents\/2026-03-01-orders\.yml says "state: closed"/,
    );
    editor.external.clear();
    await editor.command('Linekeeper: Show AI Changes');
    await until(
      async () =>
        ((await editor.workbench.tree('AI Changes')) ?? []).some(({ text }) =>
          text.includes(`Needs 2 seniors while ${ID} is open`),
        ),
      { what: 'what the branch owes' },
    );
    await editor.screenshot('freeze-branch');
  });

  it('the warning goes without a reload when the base branch closes it', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.git('switch', '--quiet', 'main');
    workspace.write(FILE, OPEN.replace('state: open', 'state: closed'));
    workspace.commit('Close the incident');
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('switch', '--quiet', 'smaller');
    await editor.text.open('src/orders.ts');
    await editor.text.goto(1, 1);
    await editor.type('// all orders\n');
    await editor.text.save();
    await expectWarnings('src/orders.ts', []);
  });
});
