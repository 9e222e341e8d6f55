import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { useWindow } from '../../support/editor-window';
import { Notices } from '../../../src/editor/hooks/notice-queue';

describe('an unsolicited notification', () => {
  const window = useWindow();

  it('a notification in the middle of a word: waits until typing pauses', async () => {
    const { text, people, workspace } = window();
    workspace.write('own.txt', 'mine\n');
    await text.open('own.txt');
    const notices = new Notices();
    text.type('wo');
    const answer = notices.show('Something was blocked.', 'Show');
    await delay(600);
    text.type('rd');
    await delay(600);
    assert.deepEqual(people.told, [], 'in the middle of a word');
    await people.press('Something was blocked.', 'Show');
    assert.equal(await answer, 'Show');
    notices.dispose();
  });
});
