import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openJournal, timeOf } from '../../../../src/provenance/journal';
import { newestIn, timeName } from '../../../../src/provenance/journal/store/newest-record-time';

let gitDir: string;
const FUTURE = Date.now() + 3_600_000;
const SESSION = { kind: 'session', event: 'start', assistant: 'kiro', session: 's' } as const;

describe('the time of the newest record', () => {
  beforeEach(() => {
    gitDir = mkdtempSync(path.join(tmpdir(), 'linekeeper-latest-'));
  });
  afterEach(() => {
    rmSync(gitDir, { recursive: true, force: true });
  });
  const places = (): [string, string] => [
    path.join(gitDir, 'linekeeper', 'latest'),
    path.join(gitDir, 'linekeeper', 'journal'),
  ];
  const journalAt = (now: number): { add: () => string } => {
    const journal = openJournal(gitDir, () => now);
    return { add: () => journal.add(SESSION) };
  };
  const assertInOrder = (names: readonly string[]): void => {
    assert.deepEqual([...names].sort(), names);
  };

  it('is known without listing the records', () => {
    const latest = newestIn(...places());
    let looks = 0;
    const all = (): number => (looks++, 0);
    for (let time = FUTURE; time < FUTURE + 500; time++) latest.leave(latest.time(time, all) + 1);
    assert.equal(looks, 1, 'once, as nothing was left yet');
    assert.equal(readdirSync(places()[0]).length, 1);
    const [, records] = places();
    mkdirSync(records);
    utimesSync(records, FUTURE / 1000 + 0.5007, FUTURE / 1000 + 0.5007);
    latest.time(FUTURE + 500, all);
    assert.equal(looks, 1, 'file systems tell parts of a millisecond, clocks do not');
  });

  it('grows with each record, in the same millisecond and after the clock was set back', () => {
    const times = [
      FUTURE,
      FUTURE,
      FUTURE,
      FUTURE - 5,
      FUTURE + 3,
      FUTURE - 86_400_000,
      FUTURE - 86_400_000,
      FUTURE + 1,
    ];
    assertInOrder(times.map((time) => journalAt(time).add()));
  });

  it("is read from the records' names when an older version left no marker", () => {
    const names = [journalAt(FUTURE).add()];
    const [left, records] = places();
    const other = (time: number): void => {
      const name = `${timeName(time)}-1-old.session`;
      writeFileSync(path.join(records, name), JSON.stringify({ version: 1, at: time, ...SESSION }));
      names.push(name);
    };
    other(FUTURE + 50_000);
    names.push(journalAt(FUTURE - 5000).add());
    assert.ok(timeOf(names.at(-1) ?? '') > FUTURE + 50_000, 'the clock was set back before what was left');
    rmSync(left, { recursive: true });
    names.push(journalAt(FUTURE).add());
    other(FUTURE + 90_000);
    rmSync(left, { recursive: true });
    mkdirSync(left);
    writeFileSync(path.join(left, timeName(FUTURE - 10_000)), '');
    utimesSync(records, (FUTURE + 90_000) / 1000, (FUTURE + 90_000) / 1000);
    names.push(journalAt(FUTURE + 10_000).add());
    assertInOrder(names);
  });

  it("is the latest of several writers', also when a slower one cleans up", () => {
    const [left, records] = places();
    const latest = newestIn(left, records);
    const all = (): number => 0;
    latest.leave(FUTURE);
    // One of three that saw the same is killed before it takes anything away, and one comes late.
    writeFileSync(path.join(left, timeName(FUTURE + 2)), '');
    writeFileSync(path.join(left, timeName(FUTURE + 1)), '');
    assert.equal(latest.time(FUTURE + 5, all), FUTURE + 2);
    latest.leave(FUTURE + 1);
    assert.equal(latest.time(FUTURE + 5, all), FUTURE + 2);
    latest.leave(FUTURE + 3);
    assert.deepEqual(readdirSync(left), [timeName(FUTURE + 3)]);
  });

  it('ignores other files in its folder, and leaves them', () => {
    const [left, records] = places();
    mkdirSync(left, { recursive: true });
    for (const name of ['.DS_Store', '99999999999999.tmp', 'x']) writeFileSync(path.join(left, name), '');
    const latest = newestIn(left, records);
    latest.leave(5);
    assert.equal(
      latest.time(10, () => 0),
      5,
    );
    assert.ok(existsSync(path.join(left, 'x')), 'and leaves them alone');
  });
});
