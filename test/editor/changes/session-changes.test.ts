import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { agentBegins, agentWrites } from '../agent';
import { expectAuthors } from '../authors';
import { until, useWindow } from '../../support/editor-window';

const VIEW = 'linekeeper.changes';
const BEFORE = 'one\ntwo\nthree\n';
const AFTER = 'one\ntwo by AI\nthree\nfour of mine\n';

describe('one session in the AI Changes view', () => {
  const window = useWindow((workspace) => {
    workspace.write('src/cost.txt', BEFORE);
    workspace.write('src/size.txt', 'small\n');
    workspace.write('src/tool.sh', '#!/bin/sh\n');
    workspace.commit('Begin');
  });
  const expectRows = (test: (rows: readonly string[]) => boolean, what: string) =>
    window().shown.waitRows(VIEW, test, what);
  const expectText = async (file: string, expected: string): Promise<void> => {
    const { state, workspace } = window();
    const textOf = (): string =>
      state.documents.find(({ uri }) => uri.fsPath === workspace.at(file))?.text ?? workspace.read(file);
    await until(() => textOf() === expected, { what: file }).catch(() => undefined);
    assert.equal(textOf(), expected);
  };

  it("Open Diff of This Session: leaves out the person's edits, and asks nobody where there is one session", async () => {
    const { text, shown, state, workspace } = window();
    await agentWrites(workspace, 'src/cost.txt', 'one\ntwo by AI\nthree\nfour\n');
    await agentWrites(workspace, 'src/size.txt', 'large\n');
    await agentWrites(workspace, 'src/made.txt', 'made\n');
    await agentWrites(workspace, 'src/tool.sh', null);
    await text.open('src/cost.txt');
    await text.waitLine('four');
    text.goto(4, 5);
    text.type(' of mine');
    text.save();
    await expectAuthors(workspace, 'src/cost.txt', ['. one', 'A two by AI', '. three', 'A four of mine', '-A']);
    await expectRows((rows) => rows.some((row) => /^Claude Code.*4 files/.test(row)), 'the session');
    await shown.runOn(VIEW, /^Claude Code/, 'linekeeper.openSessionDiff');
    assert.deepEqual(state.compared, ['Claude Code, session 00e6e2c0…']);
    const sides = state.documents
      .filter(({ uri }) => uri.scheme === 'linekeeper-session')
      .map(({ uri, text: side }): [string, string] => [uri.path.split('/').slice(-2).join('/'), side]);
    assert.equal(new Map(sides).get('src/cost.txt'), 'one\ntwo\nthree\n of mine\n');
    await window().run('linekeeper.openSessionDiff');
    assert.equal(state.compared.length, 2);
    assert.equal(state.question, undefined, 'nobody is asked which session where there is one');
  });

  it('Revert on a file of it: keeps a line that the person edited, and Undo takes it back', async () => {
    const { text, shown, people, workspace } = window();
    await shown.toggle(VIEW, /^Claude Code/);
    const row = /^cost\.txt/;
    await until(
      async () => (await shown.rows(VIEW)).some((one) => one.text.startsWith('cost.txt') && one.level === 3),
      {
        every: 10,
        what: 'the files of the session',
      },
    );
    await shown.toggle(VIEW, /^Other files/); // the same file is there, too
    assert.deepEqual(
      (await shown.menu(VIEW, row)).filter((title) => title.includes('Session')),
      ['Open Diff of This Session', "Revert This Session's Edits"],
    );
    await shown.runOn(VIEW, row, 'linekeeper.revertSession');
    const { message } = await people.notice(/Reverted Claude Code's changes in src\/cost\.txt/);
    assert.match(
      message,
      /^Skipped \(also changed by others\): src\/cost\.txt:4\. Reverted Claude Code's changes in src\/cost\.txt\./,
    );
    await expectText('src/cost.txt', 'one\ntwo\nthree\nfour of mine\n');
    text.undo();
    await expectText('src/cost.txt', AFTER);
    text.redo();
    await expectText('src/cost.txt', 'one\ntwo\nthree\nfour of mine\n');
    text.save();
    await expectAuthors(workspace, 'src/cost.txt', ['. one', '. two', '. three', 'A four of mine']);
    people.clear();
  });

  it('Revert of all its files: restores removed ones, and asks before it deletes those that the session made', async () => {
    const { people, workspace, state, text } = window();
    const reverting = window().run('linekeeper.revertSession');
    await expectText('src/size.txt', 'small\n');
    await until(() => workspace.has('src/tool.sh'), { what: 'the removed file' });
    assert.equal(workspace.read('src/tool.sh'), '#!/bin/sh\n');
    await people.notice(/Reverted Claude Code's changes in 2 files/);
    assert.equal(
      state.notices.find(({ modal }) => modal),
      undefined,
    );
    assert.ok(workspace.has('src/made.txt'));
    await people.press(/src\/made\.txt was created in this session/, 'Delete File');
    await until(() => !existsSync(workspace.at('src/made.txt')), { what: 'the file to be deleted' });
    await reverting;
    people.clear();
    text.closeAll();
    for (const document of state.documents) document.revert();
    workspace.git('checkout', '--', '.');
  });

  it('Revert while the session is at work: is refused', async () => {
    const { people, workspace } = window();
    await expectRows((rows) => !rows.some((row) => row.startsWith('size.txt')), 'what is left to be gone');
    await agentWrites(workspace, 'src/size.txt', 'huge\n');
    await expectRows(
      (rows) =>
        rows.some((row) => row.startsWith('size.txt')) && rows.some((row) => /^Claude Code.*\+1 −1 · 1 file/.test(row)),
      'the session with its file',
    );
    const action = await agentBegins(workspace, 'src/size.txt');
    await expectRows((rows) => rows.some((row) => row.includes('at work')), 'the session at work');
    await window().run('linekeeper.revertSession');
    await people.notice('Claude Code is at work on this. Try again when it is done.');
    await action.done();
    assert.equal(workspace.read('src/size.txt'), 'huge\n');
  });
});
