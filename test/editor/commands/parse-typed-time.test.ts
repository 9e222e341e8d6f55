import assert from 'node:assert/strict';
import { localMinute, timeOf } from '../../../src/editor/commands/parse-typed-time';

describe('timeOf: the time that somebody types for an incident', () => {
  it('is read with a zone, and as local time without one', () => {
    const utc = Date.UTC(2026, 10, 24, 9, 12);
    for (const written of [
      '2026-11-24T09:12Z',
      '2026-11-24 9:12 UTC',
      '2026-11-24 10:12+01:00',
      '2026-11-24 10:12 +0100',
    ])
      assert.equal(timeOf(written), utc, written);
    const local = new Date(2026, 10, 24, 10, 12).getTime();
    assert.equal(timeOf('2026-11-24 10:12'), local);
    assert.equal(timeOf(localMinute(local)), local);
    assert.equal(timeOf('2026-11-24'), new Date(2026, 10, 24).getTime());
  });

  it('is undefined for text that is no time', () => {
    for (const written of ['', 'yesterday', '10:12', '2026-02-30 10:00', '2026-13-45', '2026-11-24 25:00', '1'])
      assert.equal(timeOf(written), undefined, written);
  });
});
