import assert from 'node:assert/strict';
import { installGitHooks } from '../../../src/commits';
import { gitHooksState, Repository, uninstallGitHooks } from '../../../src/git';
import { expectAuthors } from '../authors';
import { agentAsked, agentBegins, agentWrites, agentWritesUnseen } from '../agent';
import { until, type Editor } from '../host';
import { useEditor } from '../use-editor';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
`;

const VIEW = 'AI Changes';

async function expectRows(
  editor: Editor,
  test: (rows: readonly string[]) => boolean,
  what: string,
): Promise<readonly string[]> {
  let rows: readonly string[] = [];
  await until(async () => test((rows = ((await editor.workbench.tree(VIEW)) ?? []).map(({ text }) => text))), {
    what,
  }).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(rows)}`));
  for (const row of rows) assert.doesNotMatch(row, /· *(?:·|$)/, 'a dot stands between two parts');
  return rows;
}

const expectText = (editor: Editor, match: RegExp): Promise<unknown> => {
  let last = '';
  return until(async () => match.test((last = await editor.workbench.paneText(VIEW))), { what: String(match) }).catch(
    (error: unknown) => assert.fail(`${String(error)}: ${last}`),
  );
};

/** What shares the side bar with the view: with it only a few rows are in sight. */
const showOthers = async (editor: Editor, shown: boolean): Promise<void> => {
  for (const other of ['Changes', 'Graph']) {
    const header = editor.host.page
      .locator('.pane-header', { has: editor.host.page.locator('.title', { hasText: new RegExp(`^${other}$`) }) })
      .first();
    if ((await header.getAttribute('aria-expanded')) !== String(shown))
      await header.click({ position: { x: 30, y: 10 } }); // its middle may be a button
  }
};

describe('the AI Changes view (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', async (editor) => {
    await editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/main.tf', 'size = 100\n');
      workspace.write('src/cost.txt', 'one\n');
      workspace.commit('Begin');
    });
    await editor.command('Linekeeper: Show AI Changes');
    await showOthers(editor, false);
  });

  it('offers Set Up when nothing is installed, and not after install on the command line', async () => {
    const { editor } = shared();
    await expectText(editor, /Set Up Linekeeper/);
    const repository = Repository.find(editor.workspace.root);
    assert.ok(repository);
    await installGitHooks(repository, { executable: process.execPath, cli: '/nowhere/cli.js', electron: false });
    await expectText(editor, /^No uncommitted AI changes\. AI edits appear here/);
    await uninstallGitHooks(repository);
    assert.equal(await gitHooksState(repository), 'absent');
    await expectText(editor, /Set Up Linekeeper/);
  });

  it('shows a session when it starts, and its changes when it ends', async () => {
    const { editor } = shared();
    const action = await agentBegins(editor.workspace, 'prod/main.tf');
    await expectRows(editor, (rows) => rows.some((row) => /^Claude Code ?at work/.test(row)), 'the session at work');
    editor.workspace.write('prod/main.tf', 'size = 5\nname = "x"\n');
    await action.done();
    await expectRows(
      editor,
      (all) => all.some((row) => /^Claude Code ?\+2 −1 · 1 file$/.test(row)),
      'what the session did',
    );
    await expectRows(
      editor,
      (all) => all.some((row) => /^critical ?Needs mid or senior · \+2 −1$/.test(row)),
      'the tier, and what it asks',
    );
    await editor.screenshot('changes-session');
  });

  it('has a badge only when a sign-off is missing', async () => {
    const { editor } = shared();
    const badge = (): Promise<number> =>
      editor.host.page.locator('.pane-header .monaco-count-badge, .pane-header .badge').count();
    await until(
      async () =>
        (await badge()) > 0 ||
        (await editor.host.page.locator('.activitybar .action-item.checked .badge:visible').count()) > 0,
      { what: 'the number' },
    );
  });

  it('says that trailers are off without hooks, and offers Set Up', async () => {
    const { editor } = shared();
    await expectRows(editor, (rows) => rows.some((row) => /^AI trailers are off ?Set up$/.test(row)), 'the offer');
    assert.doesNotMatch(await editor.workbench.paneText(VIEW), /Next commit/);
    await editor.screenshot('changes-not-set-up');
    await editor.workbench.clickTree(VIEW, /^AI trailers are off/);
    await editor.quick.wait('Set Up Linekeeper');
    await editor.press('Escape');
  });

  it("shows the next commit's trailers, and follows what is staged", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const repository = Repository.find(workspace.root);
    assert.ok(repository);
    await installGitHooks(repository, { executable: process.execPath, cli: '/nowhere/cli.js', electron: false });
    await agentWrites(workspace, 'src/cost.txt', 'one\ntwo\nthree\n');
    await expectText(editor, /Next commit: AI \+4 −1 of \+4 −1 · Claude Code/);
    workspace.git('add', 'src/cost.txt');
    await expectText(editor, /Next commit: AI \+2 −0 of \+2 −0/);
    workspace.git('add', 'prod/main.tf');
    await expectText(editor, /Next commit: AI \+4 −1 of \+4 −1/);
    await expectRows(editor, (rows) => !rows.some((row) => row.includes('AI trailers are off')), 'no offer any more');
  });

  it('its rows have labels for screen readers', async () => {
    const { editor } = shared();
    const rows = (await editor.workbench.tree(VIEW)) ?? [];
    const spoken = rows.map(({ aria }) => aria).join('\n');
    assert.match(spoken, /Tier critical, AI added 2 lines and removed 1 line/);
    assert.match(spoken, /Claude Code, session 00e6e2c0…, added 4 lines and removed 1 line in 2 files/);
  });

  it("shows a session's prompt when prompts are kept", async () => {
    const { editor } = shared();
    agentAsked(editor.workspace, 'Make <b>it</b> cheaper');
    await agentWrites(editor.workspace, 'src/more.txt', 'more\n');
    await expectRows(
      editor,
      (rows) => rows.some((row) => /^Claude Code.*3 files · .*asked: Make <b>it<\/b> cheaper$/.test(row)),
      'what was asked',
    );
    editor.workspace.remove('src/more.txt');
  });

  it('is empty again after a commit', async () => {
    const { editor } = shared();
    editor.workspace.commit('All of it');
    await expectText(editor, /No uncommitted AI changes/);
  });

  it("lists a person's change that needs a sign-off", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await editor.text.open('.linekeeper.yml');
    await editor.text.goto(1, 1);
    await editor.type('# our policy\n');
    await editor.text.save();
    const item = await editor.workbench.waitStatus('1 sign-off needed');
    assert.match(item.label, /^\.linekeeper\.yml: needs .* before it is merged\. Commit it, then request the review\./);
    await editor.workbench.clickStatus('1 sign-off needed');
    await expectRows(
      editor,
      (rows) =>
        rows.some((row) => /^critical ?Needs /.test(row)) && rows.some((row) => row.startsWith('.linekeeper.yml')),
      'the policy',
    );
    await editor.screenshot('changes-policy');
    workspace.git('checkout', '--', '.linekeeper.yml');
    await expectText(editor, /No uncommitted AI changes/);
  });

  it('shows a session known only from its transcript', async () => {
    const { editor } = shared();
    agentWritesUnseen(editor.workspace, editor.home, 'src/cost.txt', 'two', 'two, unseen');
    await until(
      async () =>
        ((await editor.workbench.tree(VIEW)) ?? []).some(({ text }) => /^Claude Code ?\+1 −1 · 1 file$/.test(text)),
      { what: 'the session', timeout: 60_000 },
    );
    editor.workspace.commit('What was not seen');
  });

  it('keeps the focused row while other rows come and go', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const numbered = (marks: Readonly<Record<number, string>>): string =>
      Array.from({ length: 30 }, (_, i) => `${marks[i + 1] ?? `${String(i + 1)} as it was`}\n`).join('');
    const rowOfKeys = async (): Promise<string | undefined> => (await editor.workbench.rowOfKeys(VIEW))?.text;
    const elsewhere = (): Promise<string> =>
      editor.host.page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200) ?? ""');
    const expectKeysOn = async (row: RegExp, when: string): Promise<void> => {
      let last: string | undefined;
      await until(async () => row.test((last = await rowOfKeys()) ?? ''), { what: String(row) }).catch(async () =>
        assert.fail(
          `${when}: the keyboard is on ${last ?? `none of its rows but ${await elsewhere()}`}, not on ${String(row)}`,
        ),
      );
    };
    await editor.command('Linekeeper: Show AI Changes');
    await showOthers(editor, false);
    workspace.write('src/long.txt', numbered({}));
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--allow-empty', '--message', 'A longer file'); // an earlier try may have committed it
    await expectText(editor, /No uncommitted AI changes/); // its rows would look the same
    await agentWrites(workspace, 'src/long.txt', numbered({ 20: 'changed here' }));
    await expectRows(editor, (rows) => rows.some((row) => /^Other files ?\+1 −1/.test(row)), 'the tier of the file');
    await editor.workbench.clickTree(VIEW, /^Other files/);
    await expectKeysOn(/^Other files ?\+1 −1/, 'at first');
    await editor.press('ArrowLeft'); // the click opened or closed it
    await expectRows(editor, (rows) => !rows.some((row) => row.startsWith('long.txt')), 'the tier, closed');
    await editor.press('ArrowRight');
    await expectRows(editor, (rows) => rows.some((row) => row.startsWith('long.txt')), 'the file');
    await editor.press('ArrowDown');
    await expectKeysOn(/^long\.txt/, 'one further down');
    await agentWrites(workspace, 'src/long.txt', numbered({ 5: 'and here', 20: 'changed here' }));
    await expectKeysOn(/^long\.txt ?\+2 −2/, 'when more of the file was changed');
    await editor.press('ArrowRight');
    await expectRows(editor, (rows) => rows.some((row) => row.startsWith('Line 20')), 'the places in the file');
    await editor.press('ArrowDown', 'ArrowDown');
    await expectKeysOn(/^Line 20/, 'on the second place');
    await agentWrites(workspace, 'src/long.txt', numbered({ 5: 'and here', 10: 'two for\none', 20: 'changed here' }));
    await expectKeysOn(/^Line 21/, 'when a place above was changed');
    await agentWrites(workspace, 'prod/main.tf', 'size = 7\n');
    await expectText(editor, /AI \+5 −/); // the other tier is there
    await expectKeysOn(/^Line 21/, 'when a tier came above');
    await editor.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await expectKeysOn(/^Other files/, 'on the tier');
    workspace.git('checkout', '--', 'prod/main.tf');
    await expectText(editor, /AI \+4 −/);
    await expectKeysOn(/^Other files/, 'when the tier above went');
    workspace.commit('All that');
    await showOthers(editor, true);
  });
});

describe('one session in the AI Changes view (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', async (editor) => {
    await editor.openRepository();
    await editor.command('Linekeeper: Show AI Changes');
    await showOthers(editor, false);
  });
  const before = 'one\ntwo\nthree\n';
  const after = 'one\ntwo by AI\nthree\nfour of mine\n';
  const text = async (editor: Editor, file: string): Promise<string> =>
    editor.inside.run(
      async (vscode, name) => (await vscode.workspace.openTextDocument(name)).getText(),
      editor.workspace.at(file),
    );
  const expectDocument = async (editor: Editor, file: string, expected: string): Promise<void> => {
    await until(async () => (await text(editor, file)) === expected, { what: file }).catch(() => undefined);
    assert.equal(await text(editor, file), expected);
  };

  it("Open Diff of This Session leaves out the person's edits", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    workspace.write('src/cost.txt', before);
    workspace.write('src/size.txt', 'small\n');
    workspace.write('src/tool.sh', '#!/bin/sh\n');
    workspace.remove('src/made.txt'); // an earlier try made it
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
    await agentWrites(workspace, 'src/cost.txt', 'one\ntwo by AI\nthree\nfour\n');
    await agentWrites(workspace, 'src/size.txt', 'large\n');
    await agentWrites(workspace, 'src/made.txt', 'made\n');
    await agentWrites(workspace, 'src/tool.sh', null);
    await editor.text.open('src/cost.txt');
    await editor.text.goto(4, 5);
    await editor.type(' of mine');
    await editor.text.save();
    await expectAuthors(workspace, 'src/cost.txt', ['. one', 'A two by AI', '. three', 'A four of mine', '-A']);
    await editor.command('Linekeeper: Show AI Changes');
    await expectRows(editor, (rows) => rows.some((row) => /^Claude Code.*4 files/.test(row)), 'the session');
    const isShown = (): Promise<unknown> =>
      until(async () => (await editor.host.page.locator('.multiDiffEntry:visible').count()) >= 2, {
        timeout: 15_000,
        what: 'its files',
      });
    // The view may be drawn again just when it is clicked.
    await editor.workbench
      .clickTreeAction(VIEW, /^Claude Code/, 'Open Diff of This Session')
      .then(isShown)
      .catch(async () => {
        await editor.workbench.clickTreeAction(VIEW, /^Claude Code/, 'Open Diff of This Session');
        await isShown();
      });
    const sides = await editor.inside.run((vscode) =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === 'linekeeper-session')
        .map((one): [string, string] => [one.uri.path.split('/').slice(-2).join('/'), one.getText()]),
    );
    assert.equal(new Map(sides).get('src/cost.txt'), 'one\ntwo\nthree\n of mine\n');
    await editor.screenshot('session-diff');
    await editor.workbench.tidy();
    await editor.run('linekeeper.openSessionDiff');
    await isShown();
    assert.equal(await editor.quick.state(), undefined, 'nobody is asked which session where there is one');
  });

  it('Revert reverts one file by keyboard, keeps a line that the person edited, and Undo takes it back', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await editor.workbench.tidy();
    await editor.command('Linekeeper: Show AI Changes');
    await editor.workbench.clickTree(VIEW, /^Claude Code/);
    await until(
      async () =>
        ((await editor.workbench.tree(VIEW)) ?? []).some(
          ({ text: row, level }) => row.startsWith('cost.txt') && level === 3,
        ),
      { what: 'the files of the session' },
    );
    await editor.press('ArrowDown');
    const menu = await editor.workbench.rowMenu();
    assert.deepEqual(
      menu.filter((title) => title.includes('Session')),
      ['Open Diff of This Session', "Revert This Session's Edits"],
    );
    await editor.screenshot('session-menu');
    await editor.press('ArrowDown', 'ArrowDown', 'Enter');
    const notice = await editor.notices.wait(/Reverted Claude Code's changes in src\/cost\.txt/);
    assert.match(
      notice.message,
      /^Skipped \(also changed by others\): src\/cost\.txt:4\. Reverted Claude Code's changes in src\/cost\.txt\./,
    );
    await expectDocument(editor, 'src/cost.txt', 'one\ntwo\nthree\nfour of mine\n');
    await editor.screenshot('session-reverted');
    await editor.text.focus();
    await editor.press('ControlOrMeta+Z');
    await expectDocument(editor, 'src/cost.txt', after);
    await editor.press('ControlOrMeta+Shift+Z');
    await expectDocument(editor, 'src/cost.txt', 'one\ntwo\nthree\nfour of mine\n');
    await editor.text.save();
    await expectAuthors(workspace, 'src/cost.txt', ['. one', '. two', '. three', 'A four of mine']);
    await editor.notices.clear();
  });

  it('Revert reverts all its files, restores removed ones, and asks before deleting its own', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    if (workspace.has('src/tool.sh')) {
      // An earlier try reverted them.
      await editor.notices.clear();
      await editor.workbench.tidy();
      workspace.git('checkout', '--', '.');
      await agentWrites(workspace, 'src/size.txt', 'large\n');
      await agentWrites(workspace, 'src/made.txt', 'made\n');
      await agentWrites(workspace, 'src/tool.sh', null);
      await expectRows(editor, (rows) => rows.some((row) => /^Claude Code.*3 files/.test(row)), 'the session');
    }
    await editor.run('linekeeper.revertSession');
    await expectDocument(editor, 'src/size.txt', 'small\n');
    await until(() => workspace.has('src/tool.sh'), { what: 'the removed file' });
    assert.equal(workspace.read('src/tool.sh'), '#!/bin/sh\n');
    await editor.notices.wait(/Reverted Claude Code's changes in 2 files/);
    await editor.screenshot('session-delete');
    assert.equal(await editor.notices.dialog(), undefined);
    assert.ok(workspace.has('src/made.txt'));
    await editor.notices.press(/src\/made\.txt was created in this session/, 'Delete File');
    await until(() => !workspace.has('src/made.txt'), { what: 'the file to be deleted' });
    await editor.notices.clear();
    await editor.workbench.tidy();
    editor.workspace.git('checkout', '--', '.');
  });

  it('Revert is refused while the session is at work', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await editor.notices.clear();
    await editor.workbench.tidy();
    workspace.git('checkout', '--', '.'); // whatever an earlier try or test left
    await expectRows(editor, (rows) => !rows.some((row) => row.startsWith('size.txt')), 'what is left to be gone');
    await agentWrites(workspace, 'src/size.txt', 'huge\n');
    await expectRows(
      editor,
      (rows) =>
        rows.some((row) => row.startsWith('size.txt')) && rows.some((row) => /^Claude Code.*\+1 −1 · 1 file/.test(row)),
      'the session with its file',
    );
    const action = await agentBegins(workspace, 'src/size.txt');
    try {
      await editor.run('linekeeper.revertSession');
      await editor.notices.wait('Claude Code is at work on this. Try again when it is done.');
    } finally {
      await action.done();
    }
    assert.equal(workspace.read('src/size.txt'), 'huge\n');
    await editor.notices.clear();
  });
});
