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

  it('a checkout holds the index; a lock of a killed git does not count forever', () => {
    assert.equal(isGitAtWork(folder, Date.now()), false);
    write('index.lock');
    assert.equal(isGitAtWork(folder, Date.now()), true);
    write('index.lock', '', 3600);
    assert.equal(isGitAtWork(folder, Date.now()), false);
  });

  it('a rebase works between its commits, and waits for a person in a conflict', () => {
    write('rebase-merge/done', 'pick 1\n');
    assert.equal(isGitAtWork(folder, Date.now()), true);
    write('rebase-merge/done', 'pick 1\n', 60);
    assert.equal(isGitAtWork(folder, Date.now()), false);
    write('MERGE_HEAD', '1\n');
    assert.equal(isGitAtWork(folder, Date.now()), true);
  });

  it('HEAD has another mark if it was moved', () => {
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

  it('are those of before until git has ended', async () => {
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
