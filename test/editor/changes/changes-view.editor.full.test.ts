import assert from 'node:assert/strict';
import { expectAuthors } from '../authors';
import { agentWrites, agentWritesUnseen } from '../agent';
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
      workspace.write('src/cost.txt', 'one\ntwo\n');
      workspace.commit('Begin');
    });
    await editor.run('linekeeper.showChanges');
    await showOthers(editor, false);
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
    await editor.run('linekeeper.showChanges');
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
    await expectRows(editor, (rows) => rows.some((row) => row.startsWith('critical')), 'the other tier');
    await expectKeysOn(/^Line 21/, 'when a tier came above');
    await editor.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await expectKeysOn(/^Other files/, 'on the tier');
    workspace.git('checkout', '--', 'prod/main.tf');
    await expectRows(editor, (rows) => !rows.some((row) => row.startsWith('critical')), 'the other tier to be gone');
    await expectKeysOn(/^Other files/, 'when the tier above went');
    workspace.commit('All that');
    await showOthers(editor, true);
  });
});

describe('one session in the AI Changes view (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', async (editor) => {
    await editor.openRepository();
    await editor.run('linekeeper.showChanges');
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
    await editor.run('linekeeper.showChanges');
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
    await editor.run('linekeeper.showChanges');
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
});
