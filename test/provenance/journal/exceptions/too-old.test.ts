import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { breaches, noteBreach } from '../../../../src/provenance/journal/breaches';
import { activeExceptions, exceptions, grantException, noteUse } from '../../../../src/provenance/journal/exceptions';

const DAY_MS = 24 * 3600_000;

describe('exceptions and breaches on disk', () => {
  let gitDir = '';
  beforeEach(() => {
    gitDir = mkdtempSync(path.join(tmpdir(), 'too-old-'));
  });
  afterEach(() => rmSync(gitDir, { recursive: true, force: true }));
  const filesIn = (name: string): number => readdirSync(path.join(gitDir, 'linekeeper', name)).length;

  it('an exception: its use is added to it, and its file is deleted when it expired more than 30 days ago', () => {
    const granted = grantException(
      gitDir,
      { minutes: 60, reason: 'outage', by: 'ada@example.com', session: null, tier: null },
      0,
    );
    noteUse(gitDir, granted.id, { assistant: 'kiro', session: 's', tier: 'critical' });
    assert.deepEqual(
      exceptions(gitDir, DAY_MS).map(({ id, uses }) => [id, uses.length]),
      [[granted.id, 1]],
    );
    assert.deepEqual(activeExceptions(gitDir, DAY_MS), []);
    assert.deepEqual(exceptions(gitDir, 31 * DAY_MS), []);
    assert.equal(filesIn('exceptions'), 0);
  });

  it('a breach: its file is deleted when it is more than 30 days old', () => {
    noteBreach(gitDir, { assistant: 'kiro', session: null, tier: 'critical', paths: ['a'], at: 0 });
    assert.equal(breaches(gitDir, 29 * DAY_MS).length, 1);
    assert.deepEqual(breaches(gitDir, 31 * DAY_MS), []);
    assert.equal(filesIn('breaches'), 0);
  });
});
