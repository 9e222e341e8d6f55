/** The table of docs/privacy.md: what the extension writes before anybody has accepted anything, and what Set Up adds. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentWrites } from '../agent';
import { until, useWindow } from '../../support/editor-window';

/** Each file below some folders, with a hash of what is in it. */
function filesBelow(folders: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const into = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) into(file);
      else if (lstatSync(file).isFile()) found.set(file, createHash('sha256').update(readFileSync(file)).digest('hex'));
    }
  };
  folders.forEach(into);
  return found;
}

describe('before consent', () => {
  /** Before the extension is activated. */
  let before: ReadonlyMap<string, string> = new Map();
  const window = useWindow((workspace) => {
    workspace.write('own.txt', 'mine\n');
    workspace.commit('Begin');
    before = filesBelow([path.dirname(workspace.root), process.env['HOME'] ?? '']);
  });

  it('typing, an edit of an assistant and marks: write to .git/linekeeper and the storage of the extension only', async () => {
    const { text, shown, state, workspace, home } = window();
    const around = path.dirname(workspace.root);
    const settings = structuredClone(state.settings);
    await text.open('own.txt');
    text.type('typed\n');
    text.save();
    await agentWrites(workspace, 'agent.txt', 'one\n');
    await shown.waitStatus(/1 AI line/);
    const journal = path.join(workspace.root, '.git', 'linekeeper');
    await until(() => filesBelow([journal]).size > 0, { what: 'the journal' });
    const allowed = [
      journal,
      path.join(around, 'storage'),
      path.join(around, 'global-storage'),
      path.join(around, 'extension'), // where it is installed
      // what the person and the assistant wrote themselves, and the index, which git refreshes when it is asked
      ...['own.txt', 'agent.txt', '.git/index'].map((name) => path.join(workspace.root, name)),
    ];
    const after = filesBelow([around, home]);
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
    assert.deepEqual(
      changed.filter((file) => !allowed.some((place) => file === place || file.startsWith(place + path.sep))),
      [],
    );
    assert.ok(changed.some((file) => file.startsWith(journal)));
    assert.deepEqual(state.settings, settings);
  });

  it('the keys of the editor and the review: are off until Set Up turns them on, and Undo Set Up turns them off', async () => {
    const { people, state } = window();
    const setting = 'linekeeper.keybindings.commands';
    assert.equal(state.settings[setting], undefined);
    const setUp = window().run('linekeeper.setUp');
    await people.pick('Set Up Linekeeper', /^More keys/);
    await setUp;
    assert.equal(state.settings[setting], true);
    const undo = window().run('linekeeper.undoSetUp');
    await people.pick('Undo what Linekeeper set up?', 'Remove Everything');
    await undo;
    assert.equal(state.settings[setting], undefined);
  });
});
