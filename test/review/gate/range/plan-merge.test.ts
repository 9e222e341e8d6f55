/** Which files of a merge are compared line by line, and which are taken as a parent has them. */
import assert from 'node:assert/strict';
import { Removed, Version, type Known } from '../../../../src/review/gate/range/versions-of-file';
import { planMerge, type MergePlan, type Versions } from '../../../../src/review/gate/range/plan-merge';
import type { CombinedFile, RawChange } from '../../../../src/git';

const MODE = '100644';
const ZERO = '0'.repeat(40);
const modified = (path: string, oldId: string, newId: string): RawChange => ({
  path,
  from: null,
  status: 'M',
  oldMode: MODE,
  newMode: MODE,
  oldId,
  newId,
});
const version = (id: string, ...from: readonly Known[]): Version => new Version(from, id, MODE);
const both = (path: string, ...ids: readonly string[]): CombinedFile => ({ path, ids, modes: ids.map(() => MODE) });

function planned(
  first: readonly RawChange[],
  states: readonly Versions[],
  combined: readonly CombinedFile[] = [],
  all?: readonly (readonly RawChange[])[],
): MergePlan | undefined {
  return planMerge({ parents: states.length, first, combined, all }, states, () => undefined);
}

/** For each file: the parents whose versions count, with `*` where they are compared with the merge. */
const summary = (plan: MergePlan | undefined): readonly string[] | undefined =>
  plan?.files.map(
    ({ path, versions }) =>
      `${path} ${versions.map(({ parent, file }) => `${String(parent + 1)}${file === null ? '' : '*'}`).join(' ')}`,
  );

describe('planned: which files of a merge must be compared', () => {
  it('a file that only the topic changed is taken from the topic', () => {
    const topic = version('t');
    const state: Versions = new Map();
    assert.deepEqual(summary(planned([modified('a', 'm', 't')], [state, new Map([['a', topic]])])), ['a 2']);
    assert.equal(state.get('a'), topic);
  });

  it('files changed since an old topic began are left out, if no commit of the range touched them', () => {
    const first = Array.from({ length: 5_000 }, (_, index) => modified(`f${String(index)}`, 'o', 'n'));
    assert.deepEqual(summary(planned(first, [new Map(), new Map()])), []);
  });

  it("a file whose version builds on the other side's is left out", () => {
    const shared = version('s');
    const ahead = version('n', version('m', shared));
    assert.deepEqual(summary(planned([], [new Map([['a', ahead]]), new Map([['a', shared]])])), []);
  });

  it('a file that both sides changed is compared with both', () => {
    const plan = planned(
      [modified('a', 'x', 'z')],
      [new Map([['a', version('x')]]), new Map([['a', version('y')]])],
      [both('a', 'x', 'y', 'z')],
    );
    assert.deepEqual(summary(plan), ['a 1* 2*']);
    assert.deepEqual(
      plan?.own.map((files) => files.map(({ oldId, newId }) => `${oldId} ${newId}`)),
      [['x z'], ['y z'], ['x y']],
    );
  });

  it('a file whose other version the merge drops is compared with that', () => {
    const [mine, theirs] = [version('x'), version('y')];
    assert.deepEqual(summary(planned([], [new Map([['a', mine]]), new Map([['a', theirs]])])), ['a 1 2*']);
    const first = [modified('a', 'x', 'y')];
    assert.deepEqual(summary(planned(first, [new Map([['a', mine]]), new Map([['a', theirs]])])), ['a 1* 2']);
    assert.deepEqual(summary(planned(first, [new Map([['a', mine]]), new Map()])), ['a 1* 2']);
  });

  it('two versions with the same content are joined without a comparison', () => {
    const states = [new Map([['a', version('x')]]), new Map([['a', version('x')]])];
    assert.deepEqual(summary(planned([], states)), ['a 1 2']);
  });

  it('it is undefined when the unchanged or deleted version must be known first', () => {
    const theirs = (): Versions => new Map([['a', version('y')]]);
    assert.equal(planned([], [new Map(), theirs()]), undefined);
    assert.equal(planned([], [new Map([['a', new Removed([])]]), theirs()]), undefined);
    assert.equal(planned([modified('a', 'x', 'z')], [new Map(), new Map()], [both('a', 'x', ZERO, 'z')]), undefined);
    assert.equal(planned([], [new Map(), new Map(), new Map()]), undefined);
  });

  it('a rename on the other side is followed once it is known', () => {
    const renamed: RawChange = { ...modified('b', 'x', 'z'), from: 'a', status: 'R' };
    const plan = planned([], [new Map([['b', version('z')]]), new Map([['a', version('x')]])], [], [[], [renamed], []]);
    assert.deepEqual(summary(plan), ['b 1 2*', 'a ']);
  });
});
