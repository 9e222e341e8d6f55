/** *Approve Agent Command…* and *Suspend Agent Restrictions…*: only the button of a modal dialog lets an agent do more. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Repository } from '../../../src/git';
import { activeExceptions } from '../../../src/provenance/journal/exceptions';
import { findRun, keepRequest } from '../../../src/guard/run-approval';
import { until, useWindow } from '../../support/editor-window';
import { SshKeys } from '../../support/ssh-keys';

const POLICY = `version: 1
people: { senior: [sue@example.com], junior: [ada@example.com] }
tiers:
  - { name: closed, paths: ["infra/**"], agents: deny }
`;

describe('what a person lets an agent do, in the editor:', function () {
  this.timeout(60_000);
  let folder = '';
  const window = useWindow((workspace) => {
    folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
    const keys = new SshKeys(folder);
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write('.github/allowed_signers', keys.allowed(['sue', 'ada']));
    workspace.write('infra/main.tf', 'a\n');
    workspace.commit('Begin');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const gitDir = (): string => {
    const repository = Repository.find(window().workspace.root);
    assert.ok(repository);
    return repository.gitDir;
  };
  /** A request of Ada's, and who signs. */
  const requested = (command: string, signer: string): string => {
    const { workspace } = window();
    workspace.git('config', 'user.signingKey', new SshKeys(folder).of(signer));
    return keepRequest(
      gitDir(),
      JSON.stringify({
        version: 1,
        command,
        directory: '.',
        head: workspace.git('rev-parse', 'HEAD').trim(),
        tree: '0'.repeat(40),
        reason: 'the old stack is gone',
        requestedBy: 'ada@example.com',
        requestedAt: new Date().toISOString(),
      }),
    );
  };
  const isApproved = (id: string): boolean => findRun(gitDir(), id)?.approval !== undefined;

  it('request of a run: is approved when a senior presses the button of the dialog', async () => {
    const { people } = window();
    const id = requested('rm infra/main.tf', 'sue');
    const cancelled = window().run('linekeeper.approveRun');
    const { detail } = await people.dialog('May an agent run this command once, within 15 minutes?');
    assert.match(detail, /^rm infra\/main\.tf\n/);
    assert.match(detail, /Requested by: ada@example\.com\nReason: the old stack is gone/);
    people.clear();
    await cancelled;
    assert.equal(isApproved(id), false, 'nothing is approved without the button');
    const running = window().run('linekeeper.approveRun');
    await people.press('May an agent run this command', 'Approve Once');
    await running;
    await people.notice('Approved. The agent can run the command now, once.');
    assert.equal(isApproved(id), true);
  });

  it('request of a run: stays open when its own requester signs', async () => {
    const { people } = window();
    people.clear();
    const id = requested('rm infra/other.tf', 'ada');
    const running = window().run('linekeeper.approveRun');
    await people.press('May an agent run this command', 'Approve Once');
    await running;
    await people.notice('Nothing was approved, because the approval would not count.');
    assert.equal(isApproved(id), false);
  });

  it('command of the editor: approves and allows nothing when arguments answer it', async () => {
    const { people } = window();
    people.clear();
    const id = requested('rm infra/third.tf', 'sue');
    const running = window().run('linekeeper.approveRun', { confirmed: true, id });
    await people.question("Approve Agent's Command").catch(() => undefined);
    await people.pick("Approve Agent's Command", 'rm infra/third.tf');
    await people.dialog('May an agent run this command');
    assert.equal(isApproved(id), false);
    people.clear();
    await running;
    assert.equal(isApproved(id), false);
  });

  it('exception: is granted when the button of the dialog is pressed, and not by the answers before it', async () => {
    const { people } = window();
    people.clear();
    const answered = async (): Promise<void> => {
      await people.pick('Lift the restrictions of agents in:', /closed/);
      await people.pick('For how long?', '15 minutes');
      await people.answer('Why is this needed?', 'moving the state');
    };
    const cancelled = window().run('linekeeper.allowForAWhile', { minutes: 15 });
    await answered();
    const { detail } = await people.dialog('Lift the restrictions of agents for 15 minutes?');
    assert.equal(detail, 'Only in tier closed\nReason: moving the state');
    assert.deepEqual(activeExceptions(gitDir(), Date.now()), []);
    people.clear();
    await cancelled;
    assert.deepEqual(activeExceptions(gitDir(), Date.now()), []);
    const running = window().run('linekeeper.allowForAWhile');
    await answered();
    await people.press('for 15 minutes?', 'Allow');
    await running;
    await until(() => activeExceptions(gitDir(), Date.now()).length === 1, { what: 'the exception' });
  });
});
