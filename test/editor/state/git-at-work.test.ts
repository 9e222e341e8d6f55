import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { headMark, isGitAtWork } from '../../../src/editor/state/git-at-work';
import { useWindow } from '../../support/editor-window';
import { agentWrites } from '../agent';
import { SENIOR_FOR_PRODUCTION } from '../policies';

const SECOND = 1000;

describe('git at work', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-git-at-work-'));
    write('HEAD', 'ref: refs/heads/main\n', 3600);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** `age`: seconds since it was written. */
  const write = (name: string, text = '', age = 0): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    for (const at of [file, path.dirname(file)]) utimesSync(at, Date.now() / SECOND - age, Date.now() / SECOND - age);
  };

  it('a lock of the index: git is at work, until the lock is so old that its git was killed', () => {
    assert.equal(isGitAtWork(folder, Date.now()), false);
    write('index.lock');
    assert.equal(isGitAtWork(folder, Date.now()), true);
    write('index.lock', '', 3600);
    assert.equal(isGitAtWork(folder, Date.now()), false);
  });

  it('a rebase or merge: git is at work between two steps, and not when it waits for a person', () => {
    write('rebase-merge/done', 'pick 1\n');
    assert.equal(isGitAtWork(folder, Date.now()), true);
    write('rebase-merge/done', 'pick 1\n', 60);
    assert.equal(isGitAtWork(folder, Date.now()), false);
    write('MERGE_HEAD', '1\n');
    assert.equal(isGitAtWork(folder, Date.now()), true);
  });

  it('the mark of HEAD: is another when HEAD was moved', () => {
    const before = headMark(folder);
    assert.equal(headMark(folder), before);
    write('HEAD', 'ref: refs/heads/other\n');
    assert.notEqual(headMark(folder), before);
  });
});

describe('needs while git is at work', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', SENIOR_FOR_PRODUCTION);
    workspace.commit('Begin');
  });

  it('needs during a checkout: are those of before until git has ended', async () => {
    const { shown, workspace } = window();
    await agentWrites(workspace, 'cost.txt', 'one\n');
    await shown.waitStatus(/1 AI line/);
    const lock = path.join(workspace.root, '.git', 'index.lock');
    writeFileSync(lock, '');
    await agentWrites(workspace, 'prod/main.tf', 'resource "x" "y" {}\n');
    await delay(6 * SECOND);
    assert.deepEqual(
      shown.status().filter(({ text }) => /sign-off/.test(text)),
      [],
    );
    rmSync(lock);
    await shown.waitStatus(/1 sign-off needed/);
  });
});
