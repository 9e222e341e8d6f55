import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Repository } from '../../../src/git';
import { keepTeams } from '../../../src/policy/load';
import { agentWrites } from '../agent';
import { until } from '../host';
import { useEditor } from '../use-editor';

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

  it('a pattern that matches nothing gets advice at its place', async () => {
    const { editor } = shared();
    await editor.text.open('.linekeeper.yml');
    const [advice] = await expectFound((all) => all.length === 1, 'one advice');
    assert.match(advice?.message ?? '', /"prdo\/\*\*" matches no tracked file/);
    assert.equal(advice?.line, 6);
  });

  it('a mistake is shown at its place, in the status bar, and in one notification', async () => {
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

  it('a mistake is corrected by a quick fix', async () => {
    const { editor } = shared();
    // Another try finds it mended.
    if (editor.workspace.read('.linekeeper.yml').includes('seniro')) {
      await editor.text.focus();
      await editor.text.goto(9, 27);
      await editor.text.quickFix('Change to senior');
      await editor.text.save();
    }
    await expectFound((all) => all.every(({ severity }) => severity !== 0), 'no mistake');
    await until(async () => !(await editor.workbench.statusBar()).some(({ text }) => text.includes('Policy broken')), {
      what: 'a sound policy',
    });
  });

  it('completion offers keys, and hovers explain them', async () => {
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

  it("the base's policy decides when it differs, and a notice says so", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    workspace.write('.linekeeper.yml', POLICY.replace('prdo', 'src'));
    await agentWrites(workspace, 'prod/main.tf', 'size = 5\n');
    await expectFound(
      (all) =>
        all.some(({ message }) =>
          /^Not in effect yet: origin\/main.* applies until this version is merged\.$/.test(message),
        ),
      'that the base decides',
    );
  });
});

/** The author's level hangs on a team, which only the forge knows. */
const WITH_TEAM = `version: 1
people:
  senior: ["@acme/platform"]
  mid: [sue@example.com]
aliases: { ada: [ada@example.com] }
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: mid, approvals: 1 }
`;

describe('changes outside the work tree (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', WITH_TEAM);
      workspace.write('prod/main.tf', 'size = 100\n');
      workspace.commit('Begin');
      workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      workspace.git('switch', '--quiet', '--create', 'smaller');
    }),
  );
  /** As `linekeeper policy people --refresh` does in a terminal. */
  const refresh = (root: string, members: readonly string[]): void => {
    const repository = Repository.find(root);
    assert.ok(repository);
    keepTeams(repository, { host: 'github.com', at: Date.now(), teams: { '@acme/platform': members } });
  };
  const tooltip = (): Promise<string> =>
    shared()
      .editor.host.page.locator('.statusbar-item[id="linekeeper.linekeeper.linekeeper.ai-lines"]')
      .getAttribute('aria-label')
      .then((label) => label ?? '');

  it('resolved teams take effect without a reload', async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'prod/main.tf', 'size = 5\n');
    await editor.workbench.waitStatus('1 sign-off needed');
    refresh(editor.workspace.root, ['ada']);
    await editor.workbench.waitStatus('1 AI line');
    refresh(editor.workspace.root, ['grace']);
    await editor.workbench.waitStatus('1 sign-off needed');
    assert.equal(
      (await tooltip()).split('. ')[0],
      'prod/main.tf: needs a mid-level or senior sign-off before it is merged',
      'and nobody has to be asked who is in the team',
    );
  });

  it('a new policy on the base and teams resolved in a linked work tree take effect without a reload', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const linked = path.join(editor.home, 'linked');
    if (!existsSync(linked)) workspace.git('worktree', 'add', '--quiet', '-b', 'other', linked); // not at another try
    const there = await editor.openFolder(linked);
    await agentWrites(there, 'prod/main.tf', 'size = 6\n');
    await editor.workbench.waitStatus('1 sign-off needed');
    refresh(linked, ['ada']);
    await editor.workbench.waitStatus('1 AI line');
    // As a fetch does.
    there.write('.linekeeper.yml', WITH_TEAM.replace('junior: {', 'senior: {'));
    there.git('add', '.linekeeper.yml');
    const tree = there.git('write-tree').trim();
    there.git('reset', '--quiet', '--', '.linekeeper.yml');
    there.git('checkout', '--', '.linekeeper.yml');
    await editor.workbench.waitStatus('1 AI line');
    const stricter = there.git('commit-tree', '-m', 'Ask of seniors too', '-p', 'HEAD', tree).trim();
    there.git('update-ref', 'refs/remotes/origin/main', stricter);
    await editor.workbench.waitStatus('1 sign-off needed');
  });
});
