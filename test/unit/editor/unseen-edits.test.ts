import assert from 'node:assert/strict';
import { Accepting } from '../../../src/editor/recording/commands/accepting';
import type { Translate } from '../../../src/editor/attribution-messages';
import { aboutUnseen } from '../../../src/editor/commands/unseen-assistants';
import { assistantsIn, unseenIn, type Presence, type Unseen } from '../../../src/editor/recording/chat/unseen-edits';

const presence = (more: Partial<Presence> = {}): Presence => ({
  active: [],
  isReporting: (id) => id === 'GitHub.copilot-chat',
  off: undefined,
  isEditorUnknown: false,
  ...more,
});
const COPILOT = presence({ active: ['GitHub.copilot-chat'] });

describe('which assistants could be editing unseen', () => {
  it('an assistant that is seen when it edits is at work only while a request of it is open', () => {
    assert.deepEqual(
      [false, true].map((working) => assistantsIn(COPILOT, working)),
      ['silent', 'working'],
    );
    assert.deepEqual(unseenIn(COPILOT), []);
  });

  it('without any there is none', () => {
    assert.equal(assistantsIn(presence(), false), 'none');
  });

  it('one that nothing tells of is, for as long as it is active, and is named', () => {
    const both = presence({ active: ['GitHub.copilot-chat', 'someone.helper'] });
    assert.equal(assistantsIn(both, false), 'able');
    assert.deepEqual(unseenIn(both), [{ extension: 'someone.helper', why: 'unknown' }]);
  });

  it('so is one whose hooks or keys are switched off, and what did so is named', () => {
    for (const off of ['untrusted', 'chat.useHooks', 'keys'] as const) {
      assert.equal(assistantsIn({ ...COPILOT, off }, false), 'able');
      assert.deepEqual(unseenIn({ ...COPILOT, off }), [{ extension: 'GitHub.copilot-chat', why: off }]);
      assert.equal(assistantsIn(presence({ off }), false), 'none');
    }
  });

  it("so is the editor's own, of which nothing is known", () => {
    assert.deepEqual(unseenIn(presence({ isEditorUnknown: true })), [{ extension: null, why: 'unknown' }]);
    assert.equal(assistantsIn(presence({ isEditorUnknown: true }), false), 'able');
  });
});

describe('what Show Coverage says of them', () => {
  const t: Translate = (text, ...more) => text.replace(/\{(\d)\}/g, (_, index) => String(more[Number(index)]));
  const said = (unseen: readonly Unseen[]): string => aboutUnseen(unseen, (id) => `Title of ${id}`, t).join('\n');

  it('is nothing where all are seen', () => {
    assert.equal(said([]), '');
  });

  it('names each, and what would end it', () => {
    const text = said([
      { extension: 'someone.helper', why: 'unknown' },
      { extension: 'GitHub.copilot-chat', why: 'chat.useHooks' },
      { extension: 'GitHub.copilot-chat', why: 'keys' },
    ]);
    assert.match(text, /Title of someone\.helper \(someone\.helper\)\n {2}Nothing tells.*Disable it/);
    assert.match(text, /Title of GitHub\.copilot-chat.*\n.*because chat\.useHooks is off\. Turn it on/);
    assert.match(text, /because linekeeper\.keybindings\.enabled is off/);
  });
});

describe('an accepted completion', () => {
  it('counts in its document for a moment longer, for what the assistant adds to it', async () => {
    let now = 1_000;
    const accepting = new Accepting(() => now);
    await accepting.during('a', () => {
      assert.ok(accepting.wasJust('a'));
      return Promise.resolve();
    });
    now += 900;
    assert.deepEqual([accepting.covers('a'), accepting.wasJust('a'), accepting.wasJust('b')], [false, true, false]);
    now += 200;
    assert.equal(accepting.wasJust('a'), false);
  });
});
