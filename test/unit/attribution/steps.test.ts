/** Comparing is bounded by work: each case is a worst one made up for one of the bounds, and counted in steps. */
import assert from 'node:assert/strict';
import { compare, equalRanges, refineLine } from '../../../src/attribution/compare';
import { compareLines } from '../../../src/attribution/line-diff';
import { commonSequence, FRAME_STEPS, LINE_STEPS, PAIR_STEPS, Steps, wordSteps } from '../../../src/attribution/steps';

/** A made-up sequence that is the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) yield (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff);
}

function minified(characters: number, seed: number): string {
  const names = 'abcdefghijklmnopqrstuvwxyz'.split('').concat('function', 'return', 'const', 'var');
  const marks = '(){}[];,.+-*/=<>!&|:?';
  const next = numbers(seed);
  let text = '';
  while (text.length < characters) text += `${names[((next.next().value as number) >> 8) % names.length] ?? ''}${marks[((next.next().value as number) >> 8) % marks.length] ?? ''}`;
  return text;
}

function shuffled(lines: readonly string[], seed: number): string[] {
  const next = numbers(seed);
  return lines.map((line) => [next.next().value as number, line] as const).sort(([one], [other]) => one - other).map(([, line]) => line);
}

const lines = (count: number, of: (index: number) => string): string[] => Array.from({ length: count }, (_, index) => `${of(index)}\n`);

function stepsOf(work: () => unknown): number {
  const before = Steps.taken;
  work();
  return Steps.taken - before;
}

/** What stays must be the same on both sides. */
function assertTrue(before: string, after: string): void {
  for (const { oldStart, oldEnd, newStart, newEnd } of equalRanges(compare(before, after), before.length, after.length)) assert.equal(before.slice(oldStart, oldEnd), after.slice(newStart, newEnd));
}

describe('the bounds of comparing', () => {
  it('hold for the words of one long line that was rewritten, which is then new as a whole', () => {
    for (const size of [20_000, 200_000]) {
      const [before, after] = [`${minified(size, 1)}\n`, `${minified(size, 2)}\n`];
      const allowed = wordSteps(before.length + after.length);
      assert.ok(stepsOf(() => refineLine(before, after)) <= allowed);
      assert.ok(stepsOf(() => compare(before, after)) <= allowed + FRAME_STEPS + PAIR_STEPS);
      assertTrue(before, after);
    }
    const whole = compare(`${minified(200_000, 1)}\n`, `${minified(200_000, 2)}\n`);
    assert.ok(whole.length < 10, 'not word by word');
  });

  it('let a long line that was touched in a few places keep the rest', () => {
    const before = minified(200_000, 3);
    const after = before.replace(/function/g, (word, at: number) => (at % 1000 < 5 ? 'Function' : word));
    assert.notEqual(before, after);
    const stayed = equalRanges(compare(before, after), before.length, after.length).reduce((sum, { oldStart, oldEnd }) => sum + oldEnd - oldStart, 0);
    assert.ok(stayed > before.length * 0.99);
  });

  it('hold for many lines that are all there, in another order', () => {
    const before = lines(9_000, (index) => `line ${String(index)}`);
    const after = shuffled(before, 4);
    assert.ok(stepsOf(() => compareLines(before, after)) <= LINE_STEPS);
    const few = lines(9_000, (index) => `line ${String(index % 7)}`);
    assert.ok(stepsOf(() => compareLines(few, shuffled(few, 5))) <= LINE_STEPS);
  });

  it('hold for lines that may each differ in one of many words', () => {
    const sentence = (count: number, offset: number): string => Array.from({ length: count }, (_, index) => `w${String(index * 31 + offset)}`).join(' ');
    const [before, after] = [lines(60, (index) => sentence(2_000, index)).join(''), lines(60, (index) => sentence(2_000, index + 500)).join('')];
    assert.ok(stepsOf(() => compare(before, after)) <= wordSteps(before.length + after.length) + 2 * FRAME_STEPS + PAIR_STEPS);
  });

  it('hold for many lines of which each may be one of many others', () => {
    const of = (step: number) => (index: number): string => Array.from({ length: 40 }, (_, k) => `w${String((index * step + k * 131) % 9_000)}`).join(' ');
    const [before, after] = [lines(2_000, of(7)).join(''), lines(2_000, of(11)).join('')];
    assert.ok(stepsOf(() => compare(before, after)) <= wordSteps(before.length + after.length) + FRAME_STEPS + PAIR_STEPS);
    assertTrue(before, after);
  });

  it('stop a comparison when no steps are left, and only then', () => {
    const [a, b] = [Array.from({ length: 400 }, (_, i) => i % 7), Array.from({ length: 400 }, (_, i) => (i * 3) % 11)];
    const common = (steps: number): unknown => commonSequence(a.length, b.length, (i, j) => a[i] === b[j], new Steps(steps));
    assert.equal(common(1_000), undefined);
    assert.notEqual(common(1_000_000), undefined);
  });
});
