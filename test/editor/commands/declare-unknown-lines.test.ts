/** Uncommitted lines of unknown author: one command declares those of the selection, and lists all others. */
import assert from 'node:assert/strict';
import { useWindow } from '../../support/editor-window';
import { labelsOf } from '../../support/editor-people';

const LIST = /^Lines of unknown author\. Did you write them\?$/;
const ALL = 'All Unknown Lines…';

describe('Declare Author of Lines…', () => {
  const window = useWindow((workspace) => {
    workspace.write('main.txt', 'first\n');
    workspace.commit('Begin');
    workspace.write('main.txt', 'first\nsecond\n');
    workspace.write('new.txt', 'third\n');
  });

  it('the list of all unknown lines: has each file when a person asks for it, and records one answer', async () => {
    const { people, text } = window();
    await text.open('main.txt');
    text.goto(1, 1);
    const known = window().run('linekeeper.declareAuthor');
    await people.pick(/^Who wrote line 1\?$/, 'Human');
    await known;
    await people.press(/^The author of these lines is already recorded/, ALL);
    assert.deepEqual([...labelsOf(await people.question(LIST))].sort(), ['main.txt:2', 'new.txt:1']);
    await people.dismiss(LIST);

    const asked = window().run('linekeeper.declareAuthor');
    await people.pick(/^Who wrote line/, ALL);
    await people.accept(LIST);
    await asked;
    await window().run('linekeeper.declareUnknown');
    await people.notice('The author of every uncommitted line is known.');
  });
});
