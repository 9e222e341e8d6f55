import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
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

describe('dangers and denied agents (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/db.tf', DATABASE);
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
    await page.getByRole('heading', { name: 'Restrictions on agents' }).waitFor({ timeout: 60_000 });
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
    await editor.quick.command('Linekeeper: Suspend Agent Restrictions…');
    await editor.quick.wait('Lift the restrictions of agents in:');
    await editor.quick.pick(/Only in tier critical/);
    await editor.quick.wait('For how long?');
    await editor.quick.pick(/^15 minutes/);
    await editor.quick.wait('Why is this needed?');
    await editor.quick.answer('moving the database');
    const { detail } = await editor.notices.waitDialog(/for 15 minutes/);
    assert.match(detail, /Only in tier critical\nReason: moving the database/);
    await editor.notices.answerDialog('Allow');
    await status(/Agent restrictions off: 15 min/);
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
    await editor.workbench.clickStatus(/Agent restrictions off/);
    await until(
      async () => !(await editor.workbench.statusBar()).some(({ text }) => text.includes('Agent restrictions off')),
      {
        what: 'no exception',
      },
    );
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
