import assert from 'node:assert/strict';
import { until, useWindow } from '../support/editor-window';
import { clipboardWithConsent } from '../../src/editor/read-clipboard';
import { modelled } from '../support/vscode/modelled';
import type * as vscode from 'vscode';

describe('the clipboard:', () => {
  const window = useWindow(undefined, { settings: { 'linekeeper.recording.compareClipboard': 'automatic' } });
  const QUESTION = /compare inserted text with the clipboard/;

  /** A reader with a memory of its own, as in a new installation. */
  function reader(): { readonly read: () => Promise<string | undefined>; readonly kept: Map<string, unknown> } {
    const kept = new Map<string, unknown>();
    const memory = modelled<vscode.Memento>('Memento', {
      get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
      update: (key: string, value: unknown) => {
        kept.set(key, value);
        return Promise.resolve();
      },
    });
    return { read: clipboardWithConsent(memory, (text) => text), kept };
  }

  it('is not read before a person has agreed, and is read after they have, without another question', async () => {
    const { state, people } = window();
    state.clipboard = 'copied';
    const { read, kept } = reader();
    assert.deepEqual([await read(), await read()], [undefined, undefined]);
    const notice = await people.notice(QUESTION);
    assert.deepEqual(notice.buttons, ['Compare', 'Do Not Compare']);
    notice.answer('Compare');
    await until(() => kept.size > 0);
    assert.equal(await read(), 'copied');
    assert.deepEqual(people.told, [], 'asked once, however often text was inserted');
  });

  it('is never read when the answer is no, and the question is not asked again', async () => {
    const { people } = window();
    const { read, kept } = reader();
    await read();
    (await people.notice(QUESTION)).answer('Do Not Compare');
    await until(() => kept.size > 0);
    assert.equal(await read(), undefined);
    assert.deepEqual(people.told, []);
  });

  it('is read without a question when a person has set always, and not at all when they have set never', async () => {
    const { people } = window();
    const { read } = reader();
    window().settings({ 'linekeeper.recording.compareClipboard': 'always' });
    assert.equal(await read(), 'copied');
    window().settings({ 'linekeeper.recording.compareClipboard': 'never' });
    assert.equal(await read(), undefined);
    assert.deepEqual(people.told, []);
  });
});
