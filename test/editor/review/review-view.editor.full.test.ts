/** The reviewer's side: what AI changed on a branch, read hunk by hunk, ticked, and signed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Repository } from '../../../src/git';
import { signOffsOn } from '../../../src/review/gate/sign-offs';
import { SshKeys } from '../../support/ssh-keys';
import { agentWrites } from '../agent';
import { until, type Editor } from '../host';
import { useEditor } from '../use-editor';

/** The editor hides a fourth notification within this time, as spam. Milliseconds. */
const NOTIFICATIONS_WITHIN = 1_000;

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
  - name: standard
    paths: ["src/**"]
    review:
      ai:
        junior: { from: mid, approvals: 1 }
`;
const DATABASE =
  'resource "aws_db_instance" "orders" {\n  engine              = "postgres"\n  instance_class      = "db.m6g.large"\n  deletion_protection = true\n  multi_az            = true\n}\n';
const ORDERS = `export interface Order {\n  readonly id: string;\n  readonly cents: number;\n}\n\nexport function total(orders: readonly Order[]): number {\n  let sum = 0;\n  for (const order of orders) sum += order.cents;\n  return sum;\n}\n\nexport const isLarge = (order: Order): boolean => order.cents > 100_000;\n`;
const VIEW = 'AI Changes in This Review';

describe('the view AI Changes in This Review (stock build)', function () {
  this.timeout(120_000);
  let keys: SshKeys;
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      mkdirSync(path.join(editor.home, '.ssh'), { recursive: true });
      keys = new SshKeys(path.join(editor.home, '.ssh'));
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('.github/allowed_signers', keys.allowed(['sue']));
      workspace.write('prod/db.tf', DATABASE);
      workspace.write('src/orders.ts', ORDERS);
      workspace.commit('Begin');
    }),
  );

  const rows = async (): Promise<readonly string[]> =>
    ((await shared().editor.workbench.tree(VIEW)) ?? []).map(({ text }) => text);
  async function expectRows(test: (rows: readonly string[]) => boolean, what: string): Promise<readonly string[]> {
    let last: readonly string[] = [];
    await until(async () => test((last = await rows())), { what }).catch(async (error: unknown) =>
      assert.fail(`${String(error)}: ${JSON.stringify(last)}, ${await shared().editor.workbench.paneText(VIEW)}`),
    );
    return last;
  }
  async function expectText(match: RegExp): Promise<void> {
    let last = '';
    await until(async () => match.test((last = await shared().editor.workbench.paneText(VIEW))), {
      what: String(match),
    }).catch((error: unknown) => assert.fail(`${String(error)}: ${last}`));
  }
  const pane = (editor: Editor) =>
    editor.host.page
      .locator('.pane', {
        has: editor.host.page.locator('.pane-header .title', { hasText: new RegExp(`^${VIEW}$`, 'i') }),
      })
      .first();
  const marked = (side: 'original' | 'modified'): Promise<number> =>
    shared().editor.host.page.locator(`.editor.${side} .glyph-margin-widgets .cgmr`).count();
  const progress = (): Promise<string> => pane(shared().editor).locator('.pane-header .description').innerText();
  const front = (): Promise<string> =>
    shared().editor.inside.run((vscode) => {
      const editor = vscode.window.activeTextEditor;
      return editor
        ? `${editor.document.uri.scheme}:${editor.document.uri.path.slice(1)}:${String(editor.selection.active.line + 1)}`
        : '';
    });
  async function expectFront(place: string): Promise<void> {
    let last = '';
    await until(async () => (last = await front()) === place, { what: place }).catch((error: unknown) =>
      assert.fail(`${String(error)}: ${last}`),
    );
  }
  /** Gives the rows room, as people do; a comparison that is too narrow has one side only. */
  async function widen(editor: Editor): Promise<void> {
    const { page } = editor.host;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (!box || box.width > 400) return;
    await page.mouse.move(box.x + box.width + 1, 600);
    await page.mouse.down();
    await page.mouse.move(box.x + 440, 600, { steps: 8 });
    await page.mouse.up();
  }
  const signed = async (): Promise<number> => {
    const repository = Repository.find(shared().editor.workspace.root);
    assert.ok(repository);
    return (await signOffsOn(repository, shared().editor.workspace.head())).filter(({ why }) => why === '').length;
  };

  it('says that there is no branch to compare with', async () => {
    const { editor } = shared();
    await editor.run('linekeeper.showReview');
    await expectText(/^There is no branch to compare with\. Check out the branch of a pull request/);
  });

  it("lists AI's hunks by risk, with findings and people's later edits", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.git('checkout', '--quiet', '--force', '-B', 'cheaper-orders', 'main');
    await agentWrites(
      workspace,
      'src/orders.ts',
      ORDERS.replace(
        '  let sum = 0;\n  for (const order of orders) sum += order.cents;\n  return sum;\n',
        '  return orders.reduce((sum, { cents }) => sum + cents, 0);\n',
      ).replace('> 100_000', '>= 100_000'),
    );
    workspace.commit('Simplify the total');
    await agentWrites(
      workspace,
      'prod/db.tf',
      DATABASE.replace('deletion_protection = true', 'deletion_protection = false').replace(
        '  multi_az            = true\n',
        '',
      ),
    );
    workspace.write('notes.txt', 'who wrote this?\n');
    workspace.commit('Save money\n\nAssisted-by: claude-code\nAI-Lines: +1 -2 of +2 -2');
    await editor.text.open('src/orders.ts');
    await editor.text.goto(10, 1);
    await editor.press('End');
    await editor.type(' // cents, not euros');
    await editor.text.save();
    workspace.commit('Say what it counts');
    for (const other of ['Changes', 'Graph', 'AI Changes']) {
      const header = editor.host.page
        .locator('.pane-header', { has: editor.host.page.locator('.title', { hasText: new RegExp(`^${other}$`) }) })
        .first();
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click({ position: { x: 30, y: 10 } });
    }
    await editor.workbench.clickTree(VIEW, /^critical/); // which may have closed it
    await until(
      async () => {
        const row = (await editor.workbench.tree(VIEW))?.find(({ text }) => text.startsWith('critical'));
        if (row?.expanded === false) await editor.press('ArrowRight');
        return row?.expanded === true;
      },
      { what: 'the first tier to be open' },
    );
    await widen(editor);
    const all = await expectRows(
      (now) => now.some((row) => row.startsWith('People changed')) && now[0]?.startsWith('critical') === true,
      'all hunks, with the last commit',
    );
    assert.match(all[0] ?? '', /^critical ?0 of 1 read$/);
    assert.match(all[1] ?? '', /^db\.tf:4 ?AI \+1 −2 · prod$/);
    assert.match(all.join('\n'), /^Deletion protection .*high$|deletion_protection/m);
    assert.match(all.join('\n'), /^standard ?0 of 2 read$/m);
    assert.match(all.join('\n'), /^orders\.ts:7 ?AI \+1 −3 · src$/m);
    assert.match(all.join('\n'), /^People changed 1 of AI's lines afterwards$/m);
    assert.match(all.join('\n'), /^Other files ?0 of 1 read\nnotes\.txt:1 ?unknown \+1$/m);
    assert.equal(await progress(), '0 of 4 read');
    await editor.notices.clear();
    await editor.screenshot('review-list');
  });

  it("a key goes to the next unread hunk, with AI's lines marked on both sides", async () => {
    const { editor } = shared();
    await editor.workbench.clickTree(VIEW, /^critical/);
    await editor.press('Alt+N');
    await expectFront('linekeeper-review:prod/db.tf:4');
    const sides = await editor.inside.run((vscode) =>
      vscode.window.visibleTextEditors.map(({ document }): [string, string] => [
        document.uri.scheme,
        document.getText(),
      ]),
    );
    assert.deepEqual(
      sides.map(([scheme]) => scheme),
      ['linekeeper-review', 'linekeeper-review'],
    );
    assert.deepEqual(sides.map(([, text]) => text.includes('multi_az')).sort(), [false, true]);
    await until(async () => (await marked('original')) >= 2 && (await marked('modified')) >= 1, {
      what: 'marks on both sides',
    });
    await until(
      async () =>
        (
          await editor.inside.run((vscode) =>
            vscode.languages
              .getDiagnostics()
              .filter(([uri]) => uri.scheme === 'linekeeper-review')
              .flatMap(([, all]) => all.map(({ range }) => range.start.line + 1)),
          )
        ).includes(4),
      { what: 'the finding at its line' },
    );
    await editor.notices.clear();
    await editor.screenshot('review-diff');
    await editor.hover('multi_az', /Claude Code removed this/);
    await editor.press('Alt+N');
    await expectFront('linekeeper-review:src/orders.ts:7');
  });

  it('a key ticks a hunk and goes on, and a click ticks too', async () => {
    const { editor } = shared();
    await editor.press('Alt+Shift+N');
    await until(async () => (await progress()) === '1 of 4 read', { what: 'the first tick' });
    await expectFront('linekeeper-review:src/orders.ts:10');
    await expectRows((now) => now.some((row) => /^standard ?1 of 2 read$/.test(row)), 'the tier, with what is read'); // it is drawn anew
    await pane(editor)
      .locator('.monaco-list-row', { hasText: /^notes\.txt/ })
      .locator('[role=checkbox]')
      .first()
      .click();
    await until(async () => (await progress()) === '2 of 4 read', { what: 'the second tick' });
    await expectRows(
      (now) =>
        now.some((row) => /^standard ?1 of 2 read$/.test(row)) &&
        now.some((row) => /^Other files ?all read$/.test(row)),
      'the tiers, with what is read',
    );
    await editor.notices.clear();
    await editor.screenshot('review-ticked');
    await editor.workbench.clickTree(VIEW, /^db\.tf/);
    await until(async () => (await editor.text.activeTab())?.name.startsWith('db.tf') === true, {
      what: 'the riskiest once more',
    });
    await until(async () => (await marked('original')) >= 2 && (await marked('modified')) >= 1, {
      what: 'marks on both sides',
    });
    await editor.screenshot('review-hunks');
  });

  it('ticks survive a window reload, and go when the hunk changes', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await editor.reload();
    await until(
      async () => {
        await editor.run('linekeeper.showReview'); // again: the extension may not have begun yet
        return (await progress().catch(() => '')) === '2 of 4 read';
      },
      { what: 'the ticks, after a reload' },
    );
    await agentWrites(
      workspace,
      'src/orders.ts',
      workspace.read('src/orders.ts').replace('sum + cents, 0', 'sum + cents, 1'),
    );
    workspace.commit('Count one more');
    await until(async () => (await progress()) === '1 of 4 read', { what: 'the changed hunk to be unread' });
  });

  it('signs only by the button of a dialog that shows what is signed', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.git('config', 'user.signingKey', keys.of('sue'));
    // As an assistant would: with words of its own, and answering for the person.
    await editor.inside.run(async (vscode) => {
      void vscode.commands.executeCommand('linekeeper.signReview', { tiers: ['critical'], confirmed: true });
      await new Promise((resolve) => setTimeout(resolve, 4000));
      for (const command of ['quickInput.accept', 'workbench.action.acceptSelectedQuickOpenItem'])
        await vscode.commands.executeCommand(command).then(undefined, () => undefined);
    });
    const dialog = await editor.notices.waitDialog(/Sign off 2 tiers of this change\?/);
    for (const command of [
      'quickInput.accept',
      'workbench.action.acceptSelectedQuickOpenItem',
      'notifications.acceptPrimaryAction',
      'list.select',
    ])
      await editor.inside.run(
        async (vscode, name) => vscode.commands.executeCommand(name).then(undefined, () => undefined),
        command,
      );
    assert.equal(await signed(), 0);
    assert.match(dialog.detail, /critical: AI \+1, −2|critical: AI \+1 −2/);
    assert.match(
      dialog.detail,
      /prod\/db\.tf[^]*standard: [^]*src\/orders\.ts[^]*not ticked as read\.[^]*Your key: ~\/\.ssh\/key-sue/,
    );
    await editor.notices.answerDialog('Cancel');
    assert.equal(await signed(), 0);
  });

  it('a signed sign-off is pushed to the remote', async () => {
    const { editor } = shared();
    const { workspace, home } = editor;
    const bare = path.join(home, 'remote.git');
    mkdirSync(bare, { recursive: true });
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    workspace.git('config', 'remote.origin.url', bare);
    workspace.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    workspace.git('push', '--quiet', 'origin', 'main', 'cheaper-orders');
    const before = await signed(); // of an earlier try
    await editor.notices.clear();
    await editor.command('Linekeeper: Sign Off…');
    await editor.quick.wait('Choose the change to sign off. Nothing is signed yet.');
    await editor.screenshot('review-sign-tiers');
    await editor.press('Enter');
    await editor.notices.waitDialog(/Sign off 2 tiers/);
    await editor.notices.waitDialog(/⚠ prod\/db\.tf:\d+ .*deletion_protection/);
    await editor.screenshot('review-sign');
    await editor.notices.answerDialog('Sign Off');
    await editor.notices.wait(/Signed, valid for 30 days/);
    await delay(NOTIFICATIONS_WITHIN); // as long as a person takes to read it
    await editor.notices.press(/Signed, valid for 30 days/, 'Push Sign-Off');
    await editor.notices.wait('The sign-off is on the remote.');
    assert.equal(await signed(), before + 1);
    await until(async () => (await editor.workbench.statusBar()).every(({ text }) => !text.includes('needed')), {
      what: 'the status bar to ask for nothing more',
    });
    assert.match(
      execFileSync('git', ['--git-dir', bare, 'for-each-ref', '--format=%(refname)'], { encoding: 'utf8' }),
      /refs\/notes\/linekeeper-signoffs/,
    );
    await editor.notices.clear();
  });

  it('fetches missing notes', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    if (workspace.git('for-each-ref', 'refs/notes/ai') !== '')
      workspace.git('push', '--quiet', '--force', 'origin', 'refs/notes/ai');
    workspace.git('update-ref', '-d', 'refs/notes/ai');
    await editor.run('linekeeper.showReview');
    await expectRows(
      (now) => now.some((row) => /^1 commit without its AI note ?Fetch notes$/.test(row)),
      'what is missing',
    );
    await editor.screenshot('review-without-notes');
    const offer = /1 commit has AI lines, but its AI note is not here\. Fetch notes\?/;
    assert.deepEqual((await editor.notices.wait(offer)).buttons, ['Fetch', 'Not Now', 'Never in This Repository']);
    await editor.notices.press(offer, 'Not Now');
    await editor.workbench.clickTree(VIEW, /^1 commit without its AI note/);
    // The editor shows no more than three in 0.8 s, and its own git has a question at the first fetch: the others go to the
    // list at once.
    await until(
      async () => {
        await editor.run('notifications.showList');
        return editor.notices.wait(/^Fetched the notes of \d commits\.$/, 1_000);
      },
      { timeout: 30_000, what: 'what was fetched' },
    );
    await editor.run('notifications.hideList');
    await expectRows(
      (now) =>
        !now.some((row) => row.includes('without its AI note')) && now.some((row) => /^db\.tf:4 ?AI \+1 −2/.test(row)),
      'the lines of AI again',
    );
    await editor.notices.clear();
  });

  it("opens the pull request's page", async () => {
    const { editor } = shared();
    editor.workspace.git('remote', 'set-url', 'origin', 'git@github.com:acme/shop.git');
    editor.workspace.git('config', 'branch.cheaper-orders.github-pr-owner-number', 'acme#shop#7');
    editor.external.clear();
    await editor.run('linekeeper.approveOnForge');
    assert.equal(await editor.browserUrl('github.com'), 'https://github.com/acme/shop/pull/7');
  });

  it('sends a requested change to the pull request, with its line', async () => {
    const { editor } = shared();
    editor.external.clear();
    await editor.workbench.clickTree(VIEW, /^db\.tf/);
    await editor.run('linekeeper.requestChanges');
    await editor.quick.wait(/What must change at prod\/db\.tf:4\?/);
    await editor.screenshot('review-request-changes');
    await editor.quick.answer('Keep deletion_protection');
    assert.equal(await editor.browserUrl('github.com'), 'https://github.com/acme/shop/pull/7');
    assert.equal(
      await editor.inside.run((vscode) => vscode.env.clipboard.readText()),
      '`prod/db.tf:4`: Keep deletion_protection',
    );
    await editor.notices.wait(/choose “Request changes”/);
    await editor.notices.clear();
  });

  it('says when everything is read', async () => {
    const { editor } = shared();
    await editor.run('linekeeper.showReview');
    await editor.workbench.clickTree(VIEW, /^critical/);
    await until(
      async () => {
        await editor.press('Alt+Shift+N');
        return (await progress()) === '4 of 4 read';
      },
      { every: 1000, what: 'all to be read' },
    );
    await expectText(/^You have read everything here\. Approve in your browser, or sign off\.$/);
    await editor.notices.wait('You have read everything here.');
    await editor.screenshot('review-all-read');
  });

  it('shows a hostile file name escaped, and opens the file', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const name = 'src/\u202Egnp.$(bell) [x](command:y)#?%2e.ts';
    await agentWrites(workspace, name, 'export const x = 1;\n');
    workspace.commit('Odd');
    await expectRows((now) => now.some((row) => row.startsWith('�gnp.$(bell) [x](command:y)#?%2e.ts:1')), 'its row');
    await editor.workbench.clickTree(VIEW, /gnp\./);
    await until(
      async () =>
        (
          await editor.inside.run((vscode) =>
            vscode.window.visibleTextEditors.map(({ document }) => document.getText()),
          )
        ).includes('export const x = 1;\n'),
      { what: 'its text' },
    );
    await editor.run('linekeeper.openReviewedFile');
    await until(() => editor.inside.run((vscode) => vscode.window.activeTextEditor?.document.uri.scheme === 'file'), {
      what: 'the file itself',
    });
    assert.equal(
      await editor.inside.run((vscode) => vscode.window.activeTextEditor?.document.uri.fsPath),
      workspace.at(name),
    );
  });
});
