import assert from 'node:assert/strict';
import { Accepting } from '../../../../src/editor/recording/commands/accepting-completion';
import type { Translate } from '../../../../src/editor/translate';
import { aboutUnseen } from '../../../../src/editor/commands/unseen-assistants-text';
import {
  assistantsIn,
  unseenIn,
  type Presence,
  type Unseen,
} from '../../../../src/editor/recording/chat/assistants-editing-unseen';

const presence = (more: Partial<Presence> = {}): Presence => ({
  active: [],
  isReporting: (id) => id === 'GitHub.copilot-chat',
  off: undefined,
  isEditorUnknown: false,
  ...more,
});
const COPILOT = presence({ active: ['GitHub.copilot-chat'] });

describe('assistants that could edit unseen', () => {
  it('an assistant whose edits are reported is at work only while its request is open', () => {
    assert.deepEqual(
      [false, true].map((working) => assistantsIn(COPILOT, working)),
      ['silent', 'working'],
    );
    assert.deepEqual(unseenIn(COPILOT), []);
  });

  it('without assistants the answer is none', () => {
    assert.equal(assistantsIn(presence(), false), 'none');
  });

  it('an active assistant that nothing reports on could, and is named', () => {
    const both = presence({ active: ['GitHub.copilot-chat', 'someone.helper'] });
    assert.equal(assistantsIn(both, false), 'able');
    assert.deepEqual(unseenIn(both), [{ extension: 'someone.helper', why: 'unknown' }]);
  });

  it('an assistant whose hooks or key bindings are off could, with the setting that did it', () => {
    for (const off of ['untrusted', 'chat.useHooks', 'keys'] as const) {
      assert.equal(assistantsIn({ ...COPILOT, off }, false), 'able');
      assert.deepEqual(unseenIn({ ...COPILOT, off }), [{ extension: 'GitHub.copilot-chat', why: off }]);
      assert.equal(assistantsIn(presence({ off }), false), 'none');
    }
  });

  it("the editor's own assistant could when nothing is known of it", () => {
    assert.deepEqual(unseenIn(presence({ isEditorUnknown: true })), [{ extension: null, why: 'unknown' }]);
    assert.equal(assistantsIn(presence({ isEditorUnknown: true }), false), 'able');
  });
});

describe('Show Coverage, on assistants whose edits the extension cannot see', () => {
  const t: Translate = (text, ...more) => text.replace(/\{(\d)\}/g, (_, index) => String(more[Number(index)]));
  const said = (unseen: readonly Unseen[]): string => aboutUnseen(unseen, (id) => `Title of ${id}`, t).join('\n');

  it("lists none when every assistant's edits are seen", () => {
    assert.equal(said([]), '');
  });

  it('names each assistant, the reason, and the setting that would change it', () => {
    const text = said([
      { extension: 'someone.helper', why: 'unknown' },
      { extension: 'GitHub.copilot-chat', why: 'chat.useHooks' },
      { extension: 'GitHub.copilot-chat', why: 'keys' },
    ]);
    assert.match(text, /Title of someone\.helper \(someone\.helper\)\n {2}Linekeeper cannot see.*Disable it/);
    assert.match(text, /Title of GitHub\.copilot-chat.*\n.*because chat\.useHooks is off\. Turn it on/);
    assert.match(text, /because linekeeper\.keybindings\.enabled is off/);
  });
});

describe('an accepted completion', () => {
  it('keeps its document covered for a moment, for what the assistant adds', async () => {
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
