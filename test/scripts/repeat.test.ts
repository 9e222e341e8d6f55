/** Which suites are run once more, and what counts then. */
import assert from 'node:assert/strict';
import { suitesToRepeat, withRepeated } from '../../scripts/test/repeat';
import type { TestResult } from '../../scripts/test/mocha';

const result = (suite: string, title: string, outcome: TestResult['outcome'], why?: string): TestResult => ({
  file: `test/${suite}.test.ts`,
  suite,
  title,
  outcome,
  milliseconds: 1,
  processor: 1,
  ...(why === undefined ? {} : { why }),
});

const MARKS = { file: 'test/marks.test.ts', suite: 'marks' };

describe('a suite that the test runner repeats', () => {
  it('is each one with a failed test, once', () => {
    const tests = [
      result('marks', 'come', 'failed', 'late'),
      result('marks', 'go', 'failed', 'late'),
      result('policy', 'is read', 'passed'),
    ];
    assert.deepEqual(suitesToRepeat(tests), [MARKS]);
  });

  it('is none when many suites failed, or a hook outside all suites', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((suite) => result(suite, 'works', 'failed', 'no'));
    assert.deepEqual(suitesToRepeat(many), []);
    assert.deepEqual(suitesToRepeat([{ ...result('', 'hook', 'failed', 'no'), file: '' }]), []);
  });

  it("its new results replace the first, with the first failure's reason", () => {
    const first = [
      result('marks', 'come', 'passed'),
      result('marks', 'go', 'failed', 'late'),
      result('policy', 'is read', 'passed'),
    ];
    const second = [result('marks', 'come', 'passed'), result('marks', 'go', 'passed')];
    const all = withRepeated(first, second, MARKS);
    assert.deepEqual(
      all.map(({ title, outcome, why }) => [title, outcome, why]),
      [
        ['is read', 'passed', undefined],
        ['come', 'passed', undefined],
        ['go', 'passed', 'late'],
      ],
    );
  });

  it("a test that passed in either run passes, with the other's failure as reason", () => {
    const first = [result('marks', 'come', 'passed'), result('marks', 'go', 'failed', 'late')];
    const second = [result('marks', 'come', 'failed', 'gone'), result('marks', 'go', 'passed')];
    assert.deepEqual(
      withRepeated(first, second, MARKS).map(({ outcome, why }) => [outcome, why]),
      [
        ['passed', 'gone'],
        ['passed', 'late'],
      ],
    );
  });

  it('a test that failed in both runs fails', () => {
    const first = [result('marks', 'come', 'passed'), result('marks', 'go', 'failed', 'late')];
    const second = [result('marks', 'come', 'passed'), result('marks', 'go', 'failed', 'again')];
    assert.deepEqual(
      withRepeated(first, second, MARKS).map(({ outcome, why }) => [outcome, why]),
      [
        ['passed', undefined],
        ['failed', 'again'],
      ],
    );
  });

  it('its results are dropped when a test is missing from them', () => {
    const first = [result('marks', 'come', 'passed'), result('marks', 'go', 'failed', 'late')];
    assert.deepEqual(withRepeated(first, [result('marks', 'go', 'passed')], MARKS), first);
    assert.deepEqual(withRepeated(first, [], MARKS), first);
  });

  it('the failure of a hook in the first run is kept as a reason', () => {
    const first = [result('marks', 'marks "before all" hook', 'failed', 'no editor')];
    const second = [result('marks', 'come', 'passed'), result('marks', 'go', 'passed')];
    assert.deepEqual(
      withRepeated(first, second, MARKS).map(({ outcome, why }) => [outcome, why]),
      [
        ['passed', 'no editor'],
        ['passed', undefined],
      ],
    );
  });
});
