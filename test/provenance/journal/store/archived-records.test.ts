import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openJournal, type Journal } from '../../../../src/provenance/journal';

const MANY = 60;

describe('the journal, while another process archives its records', function () {
  this.timeout(60_000);
  let gitDir = '';
  let journal: Journal;

  beforeEach(() => {
    gitDir = mkdtempSync(path.join(tmpdir(), 'linekeeper-put-away-'));
    journal = openJournal(gitDir, Date.now);
    mkdirSync(path.join(journal.folder, 'past'), { recursive: true });
  });
  afterEach(() => rmSync(gitDir, { recursive: true, force: true }));

  it('is read completely', async () => {
    for (let round = 1; round <= 4; round++) {
      for (let i = 0; i < MANY; i++)
        journal.add({ kind: 'session', event: 'turn-end', assistant: 'claude-code', session: `s${String(i)}` });
      const away = spawn('sh', ['-c', 'for file in journal/*; do mv "$file" past/; done'], {
        cwd: journal.folder,
        stdio: 'ignore',
      });
      const ended = once(away, 'close');
      // The other process works while this one reads, which it does without a pause.
      for (let reads = 0; journal.names().length > 0 && reads < 2_000; reads++)
        assert.equal(journal.read().length, round * MANY);
      await ended;
      assert.equal(journal.read().length, round * MANY);
    }
  });
});
