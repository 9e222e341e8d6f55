/** Comparing is bounded by work: each case is a worst one made up for one of the bounds, and counted in steps. */
import assert from 'node:assert/strict';
import { diffChars, equalRanges } from '../../../../src/provenance/authorship/diff/char-diff';
import { refineLine } from '../../../../src/provenance/authorship/diff/word-diff';
import { CharacterStore } from '../../../../src/provenance/authorship/weave/character-store';
import { type Operation } from '../../../../src/provenance/authorship/weave/operation';
import { diffLines } from '../../../../src/provenance/authorship/diff/line-diff';
import { Moves } from '../../../../src/provenance/authorship/weave/move-detection';
import {
  ALL_PAIRS_STEPS,
  FRAME_STEPS,
  LIKENESS_STEPS,
  LINE_STEPS,
  LONG_STEPS,
  PAIR_STEPS,
  Steps,
  wordSteps,
} from '../../../../src/provenance/authorship/diff/step-budget';
import { commonSequence } from '../../../../src/provenance/authorship/diff/common-sequence';
import { EMPTY, type Snapshot } from '../../../../src/provenance/authorship/weave/snapshot-and-patch';
import { itInFull } from '../../../support/full';

/** A made-up sequence that is the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff);
}

function minified(characters: number, seed: number): string {
  const names = 'abcdefghijklmnopqrstuvwxyz'.split('').concat('function', 'return', 'const', 'var');
  const marks = '(){}[];,.+-*/=<>!&|:?';
  const next = numbers(seed);
  let text = '';
  while (text.length < characters)
    text += `${names[((next.next().value as number) >> 8) % names.length] ?? ''}${marks[((next.next().value as number) >> 8) % marks.length] ?? ''}`;
  return text;
}

function shuffled(lines: readonly string[], seed: number): string[] {
  const next = numbers(seed);
  return lines
    .map((line) => [next.next().value as number, line] as const)
    .sort(([one], [other]) => one - other)
    .map(([, line]) => line);
}

const lines = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => `${of(index)}\n`);

function stepsOf(work: () => unknown): number {
  const before = Steps.taken;
  work();
  return Steps.taken - before;
}

/** Steps, and the pieces that texts were split into for them. */
function workOf(before: string, after: string): number {
  const split = Steps.splitInto;
  return stepsOf(() => diffChars(before, after)) + Steps.splitInto - split;
}

/** What stays must be the same on both sides. */
function assertTrue(before: string, after: string): void {
  for (const { oldStart, oldEnd, newStart, newEnd } of equalRanges(
    diffChars(before, after),
    before.length,
    after.length,
  ))
    assert.equal(before.slice(oldStart, oldEnd), after.slice(newStart, newEnd));
}

describe('the step limit of diffs:', () => {
  it('holds for one long line that was rewritten, which then counts as new as a whole', () => {
    for (const size of [20_000, 200_000]) {
      const [before, after] = [`${minified(size, 1)}\n`, `${minified(size, 2)}\n`];
      const allowed = wordSteps(before.length + after.length);
      assert.ok(stepsOf(() => refineLine(before, after)) <= allowed);
      assert.ok(stepsOf(() => diffChars(before, after)) <= allowed + FRAME_STEPS + PAIR_STEPS);
      assertTrue(before, after);
    }
    const whole = diffChars(`${minified(200_000, 1)}\n`, `${minified(200_000, 2)}\n`);
    assert.ok(whole.length < 10, 'not word by word');
  });

  it('a long line changed in a few places keeps more than 99% of its characters', () => {
    const before = minified(200_000, 3);
    const after = before.replace(/function/g, (word, at: number) => (at % 1000 < 5 ? 'Function' : word));
    assert.notEqual(before, after);
    const stayed = equalRanges(diffChars(before, after), before.length, after.length).reduce(
      (sum, { oldStart, oldEnd }) => sum + oldEnd - oldStart,
      0,
    );
    assert.ok(stayed > before.length * 0.99);
  });

  for (const [name, change] of [
    ['once', (text: string): string => `${text.slice(0, text.length / 2)}xyzzy+${text.slice(text.length / 2)}`],
    ['at both ends', (text: string): string => `xyzzy+${text.slice(0, -4)}+zz9\n`],
    [
      'in many places',
      (text: string): string => text.replace(/return/g, (word, at: number) => (at % 50 < 5 ? 'back' : word)),
    ],
    ['all over', (text: string): string => text.replace(/return|function/g, 'other')],
  ] as const) {
    const test = name === 'once' ? it : itInFull;
    test(`a line of any length, changed ${name}, takes at most twice the work of the same text in short lines`, () => {
      for (const size of [5_000, 46_000, 1_000_000]) {
        const text = `${minified(size, 6)}\n`;
        const parted = text.replace(/[^]{50}/g, '$&\n');
        assert.ok(workOf(text, change(text)) <= 2 * workOf(parted, change(parted)), String(size));
        assertTrue(text, change(text));
      }
    });
  }

  it('a long line changed in many places keeps what stayed', () => {
    const before = `${minified(200_000, 7)}\n`;
    const after = before.replace(/return/g, (word, at: number) => (at % 50 < 5 ? 'back' : word));
    const stayed = equalRanges(diffChars(before, after), before.length, after.length).reduce(
      (sum, { oldStart, oldEnd }) => sum + oldEnd - oldStart,
      0,
    );
    assert.ok(stayed > before.length - 10 * (before.match(/return/g) ?? []).length && after !== before, String(stayed));
  });

  itInFull('holds for a hundred long lines', () => {
    const text = (seed: number): string => lines(100, (index) => minified(10_000, seed + index)).join('');
    const [before, after] = [text(100), text(300)];
    assert.ok(
      stepsOf(() => diffChars(before, after)) <=
        LONG_STEPS + PAIR_STEPS + LIKENESS_STEPS + wordSteps(before.length + after.length),
    );
    assertTrue(before, after);
    const few = (seed: number): string => lines(60, (index) => minified(3_900, seed + index)).join('');
    assert.ok(
      stepsOf(() => diffChars(few(100), few(300))) <= ALL_PAIRS_STEPS + LIKENESS_STEPS + wordSteps(2 * 60 * 4_000),
    );
  });

  itInFull('holds for 1,500 moved and changed lines that resemble each other', () => {
    const ink = new CharacterStore();
    const text = (step: number): string =>
      lines(1_500, (index) =>
        Array.from({ length: 60 }, (_, k) => `word${String((index * step + k * 131) % 6_000)}`).join(' '),
      ).join('');
    const [before, after] = [text(7), text(11)];
    const [was, now]: Operation[] = [
      { by: null, order: 1 },
      { by: null, order: 2 },
    ];
    if (!was || !now) throw new Error('unreachable');
    const on: Snapshot = {
      text: before,
      spans: [
        {
          id: 0,
          length: before.length,
          textOffset: ink.add(before, was),
          insertedBy: was,
          deletedBy: null,
          restoredBy: null,
        },
      ],
    };
    const split = Steps.splitInto;
    const steps = stepsOf(() =>
      new Moves(ink).trace([
        { on, text: '', hunks: [{ from: 0, to: before.length, by: now, items: [] }] },
        { on: EMPTY, text: after, hunks: [{ from: 0, to: 0, by: now, items: [{ at: 0, text: after, by: now }] }] },
      ]),
    );
    assert.ok(steps <= LIKENESS_STEPS + LONG_STEPS + wordSteps(after.length));
    assert.ok(Steps.splitInto - split <= 4 * (before.length + after.length), 'each line once');
  });

  it('holds for a change of many files: the reads grow with their number', () => {
    const readsFor = (files: number): number => {
      let reads = 0;
      const ink = new CharacterStore();
      const by: Operation = { by: null, order: 1 };
      new Moves(ink).trace(
        Array.from({ length: files }, (_, file) => {
          const text = lines(5, (line) => `distinctive ${String(file)} ${String(line)}`).join('');
          return {
            on: EMPTY,
            get text(): string {
              reads++;
              return text;
            },
            hunks: [{ from: 0, to: 0, by, items: [{ at: 0, text, by }] }],
          };
        }),
      );
      return reads;
    };
    assert.ok(readsFor(200) <= 2 * readsFor(100));
  });

  it('holds for 9,000 lines in another order', () => {
    const before = lines(9_000, (index) => `line ${String(index)}`);
    const after = shuffled(before, 4);
    assert.ok(stepsOf(() => diffLines(before, after)) <= LINE_STEPS);
    const few = lines(9_000, (index) => `line ${String(index % 7)}`);
    assert.ok(stepsOf(() => diffLines(few, shuffled(few, 5))) <= LINE_STEPS);
  });

  it('holds for lines that may each differ in one of 2,000 words', () => {
    const sentence = (count: number, offset: number): string =>
      Array.from({ length: count }, (_, index) => `w${String(index * 31 + offset)}`).join(' ');
    const [before, after] = [
      lines(60, (index) => sentence(2_000, index)).join(''),
      lines(60, (index) => sentence(2_000, index + 500)).join(''),
    ];
    assert.ok(
      stepsOf(() => diffChars(before, after)) <= wordSteps(before.length + after.length) + 2 * FRAME_STEPS + PAIR_STEPS,
    );
  });

  it('holds for 2,000 lines that resemble each other', () => {
    const of =
      (step: number) =>
      (index: number): string =>
        Array.from({ length: 40 }, (_, k) => `w${String((index * step + k * 131) % 9_000)}`).join(' ');
    const [before, after] = [lines(2_000, of(7)).join(''), lines(2_000, of(11)).join('')];
    assert.ok(
      stepsOf(() => diffChars(before, after)) <= wordSteps(before.length + after.length) + FRAME_STEPS + PAIR_STEPS,
    );
    assertTrue(before, after);
  });

  it('commonSequence gives up when no steps are left, and only then', () => {
    const [a, b] = [Array.from({ length: 400 }, (_, i) => i % 7), Array.from({ length: 400 }, (_, i) => (i * 3) % 11)];
    const common = (steps: number): unknown =>
      commonSequence(a.length, b.length, (i, j) => a[i] === b[j], new Steps(steps));
    assert.equal(common(1_000), undefined);
    assert.notEqual(common(1_000_000), undefined);
  });
});
