/** Settings that an organization locks, in the small stand-in for the editor. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { useWindow } from '../support/editor-window';
import { lockedNotices, personsSetting } from '../../src/editor/personal-and-locked-settings';
import type { LockedSettings, ManagedSettings } from '../../src/policy/load';
import { changeSettings } from '../support/vscode/workspace';

const settings = (locked: LockedSettings, problem: string | null = null): ManagedSettings => ({
  file: '/etc/linekeeper/settings.json',
  bytes: Buffer.alloc(0),
  locked,
  problem,
});
const t = (message: string, ...words: readonly (string | number | boolean)[]): string =>
  message.replace(/\{(\d)\}/g, (_, at: string) => String(words[Number(at)]));

describe('settings that an organization locks', () => {
  useWindow((workspace) => {
    workspace.write('a.txt', 'a\n');
    workspace.commit('Begin');
  });
  afterEach(() => {
    changeSettings({ 'linekeeper.paste': undefined });
  });

  it("a locked setting: is used when a person's own is another, who is told which file says so", () => {
    changeSettings({ 'linekeeper.paste': 'human' });
    assert.equal(personsSetting('paste', 'unknown', undefined), 'human');
    const locked = settings({ paste: 'unknown' });
    assert.equal(personsSetting('paste', 'unknown', locked), 'unknown');
    assert.deepEqual(lockedNotices(t, locked), [
      'linekeeper.paste is unknown by your organization (/etc/linekeeper/settings.json), so your own value is not used.',
    ]);
    changeSettings({ 'linekeeper.paste': 'unknown' });
    assert.deepEqual(lockedNotices(t, locked), []);
  });

  it('a broken file: is said with what is wrong in it when the editor starts', () => {
    assert.match(lockedNotices(t, settings({}, 'it is no JSON')).join(), /broken: it is no JSON/);
  });

  it('who counts as an author: no repository can set it with any settings file', () => {
    const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      readonly contributes: { readonly configuration: { readonly properties: Record<string, { scope?: string }> } };
    };
    const { properties } = manifest.contributes.configuration;
    for (const name of ['linekeeper.paste', 'linekeeper.recording.editorCommands'])
      assert.equal(properties[name]?.scope, 'application', name);
  });
});
