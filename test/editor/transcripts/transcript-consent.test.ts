import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { until, useWindow } from '../../support/editor-window';
import { Filler } from '../../../src/editor/transcripts/backfill-in-background';
import { mayReadTranscripts, tellOfTranscripts } from '../../../src/editor/transcripts/transcript-consent';
import { modelled } from '../../support/vscode/modelled';

const LINE = /found edits that no hook reported, in an assistant's session logs/;

/** A memory of its own, as in a new installation. */
function memory(): vscode.Memento {
  const values = new Map<string, unknown>();
  return modelled<vscode.Memento>('Memento', {
    get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  });
}

describe("assistants' transcripts:", () => {
  const window = useWindow();

  it('are looked into while the setting allows it, and left alone once it does not', async () => {
    const looked: string[] = [];
    let allowed = true;
    let found = 0;
    const filler = new Filler({
      background: {
        ask: ((_question: string, { root }: { readonly root: string }) => {
          looked.push(root);
          return Promise.resolve({ filled: root === '/empty' ? [] : [{ assistant: 'claude-code', edits: 1 }] });
        }) as never,
      },
      program: 'fill.js',
      home: '/home',
      now: () => 0,
      isAllowed: () => allowed,
      found: () => {
        found++;
      },
      log: { info: () => undefined, warn: () => undefined },
    });
    filler.request('/empty');
    await until(() => looked.length === 1);
    assert.equal(found, 0, 'nothing is told when nothing is found');
    filler.request('/repository');
    await until(() => found === 1);
    allowed = false;
    filler.request('/another');
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(looked, ['/empty', '/repository']);
    filler.dispose();
  });

  it('one line tells of them, once, and its button switches them off', async () => {
    const { people } = window();
    const kept = memory();
    assert.equal(mayReadTranscripts(), true);
    const told = tellOfTranscripts(kept, (text) => text);
    (await people.notice(LINE)).answer('Do Not Read Them');
    await told;
    assert.equal(mayReadTranscripts(), false);
    await tellOfTranscripts(kept, (text) => text);
    assert.deepEqual(people.told, []);
  });
});
