import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { acknowledgements } from '../../../src/policy/warnings';

describe('acknowledgements', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-acknowledged-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('a warning is acknowledged for its exact text until that is taken back', () => {
    const kept = acknowledgements(folder, () => 7);
    kept.add('a.tf', 'one', 'it is a test stack', 'ada@example.com');
    assert.equal(kept.of('a.tf', 'one')?.reason, 'it is a test stack', 'ada@example.com');
    assert.equal(kept.of('a.tf', 'one')?.by, 'ada@example.com');
    assert.equal(kept.of('a.tf', 'two'), undefined);
    kept.remove('a.tf', 'one');
    assert.equal(kept.of('a.tf', 'one'), undefined);
    kept.remove('a.tf', 'one'); // nothing to take back is no error
  });
});
