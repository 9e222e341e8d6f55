import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { agentWrites } from '../agent';
import { builtCli, CLI } from '../../support/product';
import { until, type Editor } from '../host';
import { useEditor } from '../use-editor';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    agents: deny
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
`;

type Found = Awaited<ReturnType<Editor['diagnostics']>>;

const DATABASE =
  'resource "aws_db_instance" "costs" {\n  engine              = "postgres"\n  deletion_protection = true\n}\n';
const RULE = 'destructive/tf-protection-off';

describe('dangers and denied agents (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/db.tf', DATABASE);
      workspace.write('lab/db.tf', DATABASE);
      workspace.commit('Begin');
    }),
  );
  before('the program of the hooks', async () => {
    await builtCli();
  });

  async function expectDangers(file: string, test: (found: Found) => boolean, what: string): Promise<Found> {
    let found: Found = [];
    await until(
      async () => {
        found = (await shared().editor.diagnostics(file)).filter((one) => one.source === 'Linekeeper');
        return test(found);
      },
      { timeout: 15_000, what },
    ).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(found, null, 1)}`));
    return found;
  }

  /** What an assistant's hook is told by the program that is installed. */
  function hook(
    event: 'PreToolUse' | 'PostToolUse',
    tool: string,
    input: object,
    id: string,
    session = '00e6e2c0-5d0a-4f0e-9c55-1f0000000001',
  ): string {
    const { workspace } = shared().editor;
    const payload = {
      hook_event_name: event,
      session_id: session,
      tool_name: tool,
      tool_input: input,
      tool_use_id: id,
      cwd: workspace.root,
      ...(event === 'PostToolUse' ? { tool_response: {} } : {}),
    };
    const ended = spawnSync(process.execPath, [CLI, 'record', 'claude-code'], {
      cwd: workspace.root,
      input: JSON.stringify(payload),
      encoding: 'utf8',
    });
    assert.equal(ended.status, 0, ended.stderr);
    return ended.stdout;
  }

  const status = (text: RegExp): Promise<unknown> => shared().editor.workbench.waitStatus(text);

  it("a warning at AI's line says what happens, why it matters and who has to sign, in a closed file too", async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'prod/db.tf', DATABASE.replace('= true', '= false'));
    const [found] = await expectDangers(
      'prod/db.tf',
      (all) => all.length === 1 && all[0]?.code === RULE && all[0].message.includes('senior'),
      'one warning',
    );
    assert.equal(found?.line, 3);
    assert.equal(found.severity, 1);
    assert.match(found.message, /^deletion_protection .*costs: data may be lost\. Needs a senior's sign-off\./);
    await editor.workbench.problems();
    await editor.screenshot('dangers-problems');
  });

  it("a warning links to its rule's page in the extension", async () => {
    const { editor } = shared();
    const text = await editor.inside.run(async (vscode, root) => {
      const uri = vscode.Uri.file(`${root}/prod/db.tf`);
      const [one] = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Linekeeper');
      const { target } = one?.code as { readonly target: { readonly toString: () => string } };
      return (await vscode.workspace.openTextDocument(vscode.Uri.parse(target.toString()))).getText();
    }, editor.workspace.root);
    assert.match(text, /# `destructive\/tf-protection-off`/);
  });

  it('a warning moves with its line, and follows undo and redo before a save', async () => {
    const { editor } = shared();
    await editor.text.open('prod/db.tf');
    await editor.text.focus();
    await editor.text.goto(1, 1);
    await editor.press('Enter');
    await editor.press('Enter');
    await expectDangers(
      'prod/db.tf',
      (all) => all.some(({ code, line }) => code === RULE && line === 5),
      'the warning two lines below',
    );
    await editor.text.goto(5, 28);
    await editor.press('Shift+End');
    await editor.type('true');
    await expectDangers('prod/db.tf', (all) => !all.some(({ code }) => code === RULE), 'no warning');
    for (let i = 0; i < 8 && !(await editor.text.lines()).some((line) => line.includes('false')); i++)
      await editor.press('Control+z');
    await expectDangers('prod/db.tf', (all) => all.some(({ code }) => code === RULE), 'the warning again');
    await editor.screenshot('dangers-unsaved');
  });

  it('a quick fix writes rules-off with a reason into the policy', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    await agentWrites(editor.workspace, 'prod/db.tf', DATABASE.replace('= true', '= false'));
    await editor.text.open('prod/db.tf');
    await expectDangers('prod/db.tf', (all) => all.length === 1 && all[0]?.line === 3, 'one warning');
    await editor.text.focus();
    await editor.text.goto(3, 5);
    await editor.text.quickFix('Not dangerous here');
    await editor.quick.wait('Not Dangerous Here');
    await editor.screenshot('dangers-not-here');
    await editor.quick.answer('a copy for tests');
    await until(
      () => {
        const text = editor.workspace.read('.linekeeper.yml');
        return text.includes(`rule: ${RULE}\n`) && text.includes('paths: ["/prod/db.tf"]');
      },
      { timeout: 10_000, what: 'the entry in the policy' },
    );
    const selected = await editor.inside.run((vscode) => {
      const shown = vscode.window.activeTextEditor;
      return shown?.document.getText(shown.selection);
    });
    assert.match(selected ?? '', new RegExp(`^  - rule: ${RULE}\n[^]*paths: .*\n$`));
    await until(async () => (await editor.gutter()).length === 0, { what: 'no mark: the person wrote all of it' });
    await editor.screenshot('dangers-rules-off');
    editor.workspace.git('checkout', '--', '.linekeeper.yml');
  });

  it('quick fixes explain and acknowledge a warning, which returns when the text changes or on demand', async () => {
    const { editor } = shared();
    const atLine3 = async (): Promise<void> => {
      await editor.text.focus();
      await editor.text.goto(3, 5);
    };
    await editor.workbench.tidy();
    await agentWrites(editor.workspace, 'prod/db.tf', DATABASE.replace('= true', '= false'));
    await editor.text.open('prod/db.tf');
    await expectDangers('prod/db.tf', (all) => all.length === 1 && all[0]?.line === 3, 'one warning');
    await atLine3();
    const fixes = await editor.text.quickFixes();
    await editor.screenshot('dangers-fixes');
    for (const title of ['Request senior review', 'Explain this rule', 'Acknowledge with a reason…', 'Open the policy'])
      assert.ok(fixes.includes(title), `${title} is not among ${fixes.join(', ')}`);
    await editor.press('Escape');
    await atLine3();
    await editor.text.quickFix('Acknowledge with a reason');
    await editor.quick.wait('Acknowledge');
    await editor.quick.answer('a test database');
    await expectDangers('prod/db.tf', (all) => all.length === 0, 'no warning');
    await atLine3();
    await editor.text.quickFix('Show the acknowledged warning again');
    await expectDangers('prod/db.tf', (all) => all.length === 1, 'the warning on demand');
    await atLine3();
    await editor.text.quickFix('Acknowledge with a reason');
    await editor.quick.wait('Acknowledge');
    await editor.quick.answer('a test database');
    await expectDangers('prod/db.tf', (all) => all.length === 0, 'no warning');
    await agentWrites(editor.workspace, 'prod/db.tf', DATABASE.replace('= true', '= "false"'));
    await expectDangers(
      'prod/db.tf',
      (all) => all.some(({ code }) => code === RULE),
      'the warning about another content',
    );
    await atLine3();
    await editor.text.quickFix('Explain this rule');
    const labels = (): Promise<readonly string[]> =>
      editor.inside.run((vscode) => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)));
    await until(async () => (await labels()).some((label) => label.includes('tf-protection-off')), {
      what: 'the page of the rule',
    });
    await editor.screenshot('dangers-explained');
  });

  it("a person's own line has a warning when the danger is high", async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    editor.workspace.git('checkout', '--', '.');
    await expectDangers('prod/db.tf', (all) => all.length === 0, 'nothing');
    await editor.text.open('lab/db.tf');
    await editor.text.focus();
    await editor.text.goto(3, 25);
    await editor.press('Shift+End');
    await editor.type('false');
    const [found] = await expectDangers('lab/db.tf', (all) => all.length === 1, 'one warning');
    assert.equal(found?.code, RULE);
    await editor.text.save();
    await expectDangers('lab/db.tf', (all) => all.length === 1, 'the same');
    editor.workspace.git('checkout', '--', '.');
    await expectDangers('lab/db.tf', (all) => all.length === 0, 'gone with its cause');
  });

  it('a file that an agent deleted has a warning', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    await agentWrites(editor.workspace, 'lab/db.tf', null);
    const [found] = await expectDangers('lab/db.tf', (all) => all.length > 0, 'a warning');
    assert.equal(found?.code, 'destructive/tf-resource-removed');
    editor.workspace.git('checkout', '--', '.');
    await expectDangers('lab/db.tf', (all) => all.length === 0, 'gone with its cause');
  });

  it('one notification says that an agent was denied, and why', async () => {
    const { editor } = shared();
    await editor.notices.clear();
    const session = `turn-${String(Date.now())}`; // an earlier try was told of its own
    assert.match(
      hook(
        'PreToolUse',
        'Edit',
        { file_path: editor.workspace.at('prod/db.tf'), old_string: 'true', new_string: 'false' },
        'call-a',
        session,
      ),
      /deny/,
    );
    await editor.notices.wait('Claude Code was stopped');
    await editor.screenshot('held-back-notice');
    await editor.notices.press('Claude Code was stopped', 'Show Why');
    const page = editor.host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByRole('heading', { name: 'What agents may not do' }).waitFor({ timeout: 60_000 });
    await editor.screenshot('held-back-page');
    hook(
      'PreToolUse',
      'Edit',
      { file_path: editor.workspace.at('prod/db.tf'), old_string: 'true', new_string: 'false' },
      'call-b',
      session,
    );
    hook('PreToolUse', 'Bash', { command: 'rm -rf prod' }, 'call-c', session);
    await delay(3000);
    assert.deepEqual(
      (await editor.notices.all()).filter(({ message }) => /was stopped|wanted to run/.test(message)),
      [],
      'one a turn: none for the repeat, none for the other way that it tries',
    );
    assert.match(
      hook(
        'PreToolUse',
        'Bash',
        { command: 'cd prod && terraform destroy -auto-approve' },
        'call-e',
        `another-${session}`,
      ),
      /deny/,
    );
    const notice = await editor.notices.wait(/wanted to run/);
    assert.equal(
      notice.message,
      'Claude Code wanted to run “terraform destroy”. Blocked: it destroys everything that Terraform manages here.',
    );
    await editor.screenshot('held-back-command');
    assert.equal(await editor.notices.dialog(), undefined);
    await editor.notices.clear();
  });

  it('a notification offers to restore what an agent changed against the policy', async () => {
    const { editor } = shared();
    const file = 'prod/db.tf';
    await editor.notices.clear();
    const command = 'make all';
    hook('PreToolUse', 'Bash', { command }, 'call-d');
    editor.workspace.write(file, DATABASE.replace('postgres', 'mysql'));
    hook('PostToolUse', 'Bash', { command }, 'call-d');
    await editor.notices.wait('Claude Code changed prod/db.tf, in tier critical, which agents may not change.');
    await expectDangers(file, (all) => all.length > 0, "that it is known as the agent's");
    await editor.screenshot('breach-notice');
    await editor.notices.press('which agents may not change', 'Revert…');
    await editor.notices.wait('Revert what');
    await editor.screenshot('breach-diff');
    await editor.notices.press('Revert what', 'Revert');
    await until(async () => (await editor.text.lines()).some((line) => line.includes('postgres')), {
      what: 'the file as it was',
    });
    await editor.workbench.tidy();
    editor.workspace.git('checkout', '--', '.');
  });

  it('a person can allow agents for a while, sees that in the status bar, and can end it', async () => {
    const { editor } = shared();
    await editor.notices.clear();
    await editor.quick.command('Linekeeper: Allow Agents for a While…');
    await editor.quick.wait('Let agents do anything in:');
    await editor.quick.pick(/Only in tier critical/);
    await editor.quick.wait('For how long?');
    await editor.quick.pick(/^15 minutes/);
    await editor.quick.wait('Why is this needed?');
    await editor.quick.answer('moving the database');
    await status(/Agents allowed: 15 min/);
    await editor.screenshot('agents-allowed');
    assert.equal(
      hook(
        'PreToolUse',
        'Edit',
        { file_path: editor.workspace.at('prod/db.tf'), old_string: 'true', new_string: 'false' },
        'call-e',
      ),
      '',
    );
    await editor.workbench.clickStatus(/Agents allowed/);
    await until(async () => !(await editor.workbench.statusBar()).some(({ text }) => text.includes('Agents allowed')), {
      what: 'no exception',
    });
    assert.match(
      hook(
        'PreToolUse',
        'Edit',
        { file_path: editor.workspace.at('prod/db.tf'), old_string: 'true', new_string: 'false' },
        'call-f',
      ),
      /deny/,
    );
  });
});
