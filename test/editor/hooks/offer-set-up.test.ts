import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { agentWrites } from '../agent';
import { useWindow } from '../../support/editor-window';

const OFFERED = { settings: { 'linekeeper.setUp.offer': true } };
/** Written, seen and shown, so that there was an occasion to say something. Milliseconds. */
const OCCASION = 300;

describe('the first run in a repository', () => {
  const window = useWindow(undefined, OFFERED);

  it('before an assistant has written something: nothing is said', async () => {
    const { text, people, workspace } = window();
    workspace.write('own.txt', 'mine\n');
    await text.open('own.txt');
    text.type('typed\n');
    text.save();
    await delay(OCCASION);
    assert.deepEqual(people.told, []);
  });

  it('the first lines of an assistant: an offer of two sentences leads to Set Up, once for the repository', async () => {
    const { people, shown, workspace } = window();
    await agentWrites(workspace, 'cost.txt', 'one\ntwo\n');
    const notice = await people.notice(/wrote 2 lines here/);
    assert.equal(notice.message, 'Claude Code wrote 2 lines here. Name the assistant in your commits?');
    assert.deepEqual(notice.buttons, ['Set Up…', 'Not Now', 'Never Ask']);
    notice.answer('Set Up…');
    await people.dismiss('Set Up Linekeeper');
    await agentWrites(workspace, 'cost.txt', 'one\ntwo\nthree\n');
    await shown.waitStatus(/3 AI lines/);
    await delay(OCCASION);
    assert.deepEqual(people.told, [], 'once for each repository');
  });

  it('Preview Set Up: shows what would be written where', async () => {
    const { text } = window();
    await window().run('linekeeper.previewSetUp');
    await text.waitLine('Linekeeper changes nothing until you run');
    await text.waitLine(/\.git\/hooks$/);
  });
});

describe('the first run for somebody who is never to be asked', () => {
  const window = useWindow(undefined, OFFERED);

  it('Never Ask: is kept as a setting, and ends the offers', async () => {
    const { people, state, workspace } = window();
    await agentWrites(workspace, 'next.txt', 'one\n');
    await people.press(/Claude Code wrote 1 line here/, 'Never Ask');
    await delay(0);
    assert.equal(state.settings['linekeeper.setUp.offer'], false);
    assert.deepEqual(people.told, []);
  });
});

describe('the first run with the offer switched off', () => {
  const window = useWindow();

  it('lines of an assistant: nothing is offered', async () => {
    const { people, shown, workspace } = window();
    await agentWrites(workspace, 'next.txt', 'one\n');
    await shown.waitStatus(/1 AI line/);
    await delay(OCCASION);
    assert.deepEqual(people.told, []);
  });
});
