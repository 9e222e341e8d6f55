/** Work that an assistant announced and never reported as done. */
import assert from 'node:assert/strict';
import { runningBrackets, type StoredRecord } from '../../../src/provenance/journal';

/** When the first announcement was made: milliseconds since the epoch. */
const T = 1_000_000;

type Stored = StoredRecord['record'];

const AI = { author: 'ai', assistant: 'claude-code', session: 's1' } as const;
const before = (
  at: number,
  files: readonly string[] = [],
  by: typeof AI | { readonly session: string } = AI,
): Stored => ({
  version: 1,
  kind: 'seen',
  at: T + at,
  files: files.map((path) => ({ path, content: null })),
  opens: { by: { ...AI, ...by }, all: files.length === 0, head: null },
});
const after = (at: number, closes: string): Stored => ({
  version: 1,
  kind: 'edit',
  at: T + at,
  by: AI,
  closes,
  files: [],
});
const commit = (at: number): Stored => ({
  version: 1,
  kind: 'committed',
  at: T + at,
  commit: 'c'.repeat(40),
  files: [],
});
const named = (...records: readonly Stored[]): StoredRecord[] =>
  records.map((record, index) => ({ name: `r${String(index)}`, record }));
const running = (now: number, ...records: readonly Stored[]): string[] =>
  runningBrackets(named(...records), T + now).map(({ name }) => name);

describe('work announced and never reported as done', () => {
  it('running command: goes on while nothing else is heard of its session', () => {
    assert.deepEqual(running(60_000, before(0)), ['r0']);
  });
  it('running command: is over when the next call of its session begins', () => {
    assert.deepEqual(running(6000, before(0), before(5000)), ['r1']);
    assert.deepEqual(running(7000, before(0), before(5000), after(6000, 'r1')), []);
  });
  it('running command: goes on when others of its session began with it', () => {
    assert.deepEqual(running(2000, before(0), before(100), after(1500, 'r1')), ['r0']);
  });
  it('running command: is over when another session of its assistant begins', () => {
    assert.deepEqual(running(6000, before(0), before(5000, [], { session: 's2' })), ['r1']);
  });
  it('running command: goes on beside a session that had begun before it', () => {
    const other = before(0, [], { session: 's2' });
    assert.deepEqual(running(6000, other, after(10, 'r0'), before(1000), before(5000, [], { session: 's2' })), [
      'r2',
      'r3',
    ]);
  });
  it('running edit: is over when somebody commits the files that it names', () => {
    assert.deepEqual(running(2000, before(0, ['a.txt']), commit(1000)), []);
  });
  it('running command: goes on for 15 seconds when it may have committed', () => {
    assert.deepEqual(running(2000, before(0), commit(1000)), ['r0']);
    assert.deepEqual(running(15_900, before(0), commit(1000)), ['r0']);
    assert.deepEqual(running(16_100, before(0), commit(1000)), []);
  });
});
