import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until } from '../host';
import { useEditor } from '../shared';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
tiers:
  - name: critical
    paths: ["prod/**", "prdo/**"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
`;

describe('the policy in the editor (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/main.tf', 'size = 100\n');
      workspace.commit('Begin');
    }),
  );
  type Found = readonly {
    readonly message: string;
    readonly severity: number;
    readonly line: number;
    readonly source?: string;
  }[];

  const expectFound = async (test: (found: Found) => boolean, what: string): Promise<Found> => {
    let found: Found = [];
    await until(async () => test((found = await shared().editor.diagnostics('.linekeeper.yml'))), {
      timeout: 10_000,
      what,
    }).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(found)}`));
    return found;
  };

  it('is advised on: what matches nothing is said at its place', async () => {
    const { editor } = shared();
    await editor.text.open('.linekeeper.yml');
    const [advice] = await expectFound((all) => all.length === 1, 'one advice');
    assert.match(advice?.message ?? '', /"prdo\/\*\*" matches no tracked file/);
    assert.equal(advice?.line, 6);
  });

  it('is loud when it is broken: at the place, in the status bar, and once in a notification', async () => {
    const { editor } = shared();
    await editor.notices.clear();
    editor.workspace.write('.linekeeper.yml', POLICY.replace('from: senior', 'from: seniro'));
    const problem = (await expectFound((all) => all.some(({ severity }) => severity === 0), 'the mistake')).find(
      ({ severity }) => severity === 0,
    );
    assert.match(problem?.message ?? '', /seniro.*[Dd]id you mean "senior"\?/);
    await editor.workbench.waitStatus('Policy broken');
    await editor.notices.wait(/\.linekeeper\.yml is broken \(line 9: .*not in effect/);
    await editor.screenshot('policy-broken');
    await editor.notices.clear();
  });

  it('is mended at the light bulb', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.text.goto(9, 27);
    await editor.text.quickFix('Change to senior');
    await editor.text.save();
    await expectFound((all) => all.every(({ severity }) => severity !== 0), 'no mistake');
    await until(async () => !(await editor.workbench.statusBar()).some(({ text }) => text.includes('Policy broken')), {
      what: 'a sound policy',
    });
  });

  it('offers keys with what they are for', async () => {
    const { editor } = shared();
    const offered = await editor.inside.run(async (vscode) => {
      const { document } = vscode.window.activeTextEditor ?? {};
      const list =
        document &&
        (await vscode.commands.executeCommand<{
          readonly items: readonly { readonly label: unknown; readonly detail?: string }[];
        }>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(6, 4)));
      return (list?.items ?? []).map(({ label }) => (typeof label === 'string' ? label : ''));
    });
    assert.ok(offered.includes('agents') && offered.includes('detect'), JSON.stringify(offered));
    assert.match(await editor.hover('paths'), /gitignore-like patterns/);
  });

  it("answers by the base's policy where that is another, and says so", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    workspace.write('.linekeeper.yml', POLICY.replace('prdo', 'src'));
    await agentWrites(workspace, 'prod/main.tf', 'size = 5\n');
    await expectFound(
      (all) =>
        all.some(({ message }) =>
          /^This version is not in effect yet: origin\/main.* decides until it is merged\.$/.test(message),
        ),
      'that the base decides',
    );
  });
});
