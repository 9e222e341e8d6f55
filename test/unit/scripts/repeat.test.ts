/** Which suites are run once more, and what counts then. */
import assert from 'node:assert/strict';
import { suitesToRepeat, withRepeated } from '../../../scripts/test/repeat';
import type { TestResult } from '../../../scripts/test/mocha';

const result = (suite: string, title: string, outcome: TestResult['outcome'], why?: string): TestResult => ({
  file: `test/${suite}.test.ts`,
  suite,
  title,
  outcome,
  milliseconds: 1,
  ...(why === undefined ? {} : { why }),
});

const MARKS = { file: 'test/marks.test.ts', suite: 'marks' };

describe('a suite that is run once more', () => {
  it('is each in which a test failed, once', () => {
    const tests = [
      result('marks', 'come', 'failed', 'late'),
      result('marks', 'go', 'failed', 'late'),
      result('policy', 'is read', 'passed'),
    ];
    assert.deepEqual(suitesToRepeat(tests), [MARKS]);
  });

  it('is none when many failed, or a hook outside of all suites did', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((suite) => result(suite, 'works', 'failed', 'no'));
    assert.deepEqual(suitesToRepeat(many), []);
    assert.deepEqual(suitesToRepeat([{ ...result('', 'hook', 'failed', 'no'), file: '' }]), []);
  });

  it('replaces the first results, and says why the first run failed', () => {
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

  it('passes what passed in either run, and says why the other failed', () => {
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

  it('fails what failed in both runs', () => {
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

  it('replaces nothing when a test that had passed is missing, or none ran', () => {
    const first = [result('marks', 'come', 'passed'), result('marks', 'go', 'failed', 'late')];
    assert.deepEqual(withRepeated(first, [result('marks', 'go', 'passed')], MARKS), first);
    assert.deepEqual(withRepeated(first, [], MARKS), first);
  });

  it('tells of a hook that failed, which is no test of the second run', () => {
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
