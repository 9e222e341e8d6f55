import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AuthoredText, diffLines, splitLines, unrecorded } from '../../../src/provenance/authorship';
import { hunksOf, lineInHead, lineNow, linesIn, linesOf } from '../../../src/editor/state/line-hunks';
import { slide } from '../../../src/editor/state/slide-ambiguous-hunks';

const AI = { author: 'ai', assistant: 'claude-code' } as const;

describe('linesOf and hunksOf: the changed lines of a document', () => {
  it('a new block is from its blank line to its closing brace', () => {
    const base = 'resource "a" {\n  x = 1\n}\n';
    const text = AuthoredText.carried(base).replaceText(`${base}\nresource "b" {\n  y = 2\n}\n`, AI);
    assert.deepEqual(
      linesOf(text).added.map(({ start, end }) => [start, end]),
      [[4, 7]],
    );
  });

  it('a new function starts at its own first line, not at the brace before it', () => {
    const base = 'function a() {\n  one();\n}\n\nfunction c() {\n  three();\n}\n';
    const text = AuthoredText.carried(base).replaceText(
      base.replace('function c', 'function b() {\n  two();\n}\n\nfunction c'),
      AI,
    );
    assert.deepEqual(
      linesOf(text).added.map(({ start, end }) => [start, end]),
      [[5, 8]],
    );
  });

  it('a removed line is in the hunk of the line that replaced it', () => {
    const text = AuthoredText.carried('a\nb\nc\nd\ne\n').replaceText('a\nB2\nc\ne\n', AI);
    const hunks = hunksOf(linesOf(text));
    assert.deepEqual(
      hunks.map(({ line, added, removed }) => ({ line, added: added.length, removed: removed.length })),
      [
        { line: 2, added: 1, removed: 1 },
        { line: 4, added: 0, removed: 1 },
      ],
    );
  });

  it('lineNow and lineWas map unchanged lines to HEAD and back, for random texts', () => {
    const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const hunks = hunksOf(linesOf(AuthoredText.carried(before.join('')).replaceText(after.join(''), AI)));
        const kept = after.flatMap((text, index) => {
          const was = lineInHead(hunks, index + 1);
          return was === undefined ? [] : [[text, was, index + 1] as const];
        });
        for (const [text, was, now] of kept) {
          assert.equal(before[was - 1], text);
          assert.equal(lineNow(hunks, was), now);
        }
        const added = hunks.reduce((sum, hunk) => sum + linesIn(hunk.added), 0);
        const removed = hunks.reduce((sum, hunk) => sum + linesIn(hunk.removed), 0);
        assert.equal(kept.length, after.length - added);
        assert.equal(before.filter((_, index) => lineNow(hunks, index + 1) === undefined).length, removed);
      }),
    );
  });

  it('lines without a record are one run, whatever the reason, and pasted ones another', () => {
    const text = AuthoredText.carried('a\n')
      .replaceText('a\nb\n', null)
      .replaceText('a\nb\nc\n', unrecorded(1))
      .replaceText('a\nb\nc\nd\n', { author: 'unknown', reason: 'pasted' });
    assert.deepEqual(
      linesOf(text).added.map(({ start, end, reason }) => [start, end, reason]),
      [
        [2, 3, null],
        [4, 4, 'pasted'],
      ],
    );
  });

  it('slide keeps what the diff says of both texts, for random texts', () => {
    const line = fc.constantFrom('a\n', 'b\n', '\n', '  c\n', '}\n');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, now) => {
        const hunks = slide(diffLines(before, now), before, now);
        const rebuilt: string[] = [];
        let at = 0;
        for (const { oldStart, oldEnd, newStart, newEnd } of hunks) {
          assert.ok(oldStart >= at);
          rebuilt.push(...before.slice(at, oldStart), ...now.slice(newStart, newEnd));
          assert.equal(rebuilt.length, newEnd);
          at = oldEnd;
        }
        assert.deepEqual([...rebuilt, ...before.slice(at)], now);
      }),
      { numRuns: 2000 },
    );
  });

  it('the hunks have exactly the changed lines, for random texts', () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', '\n'), { maxLength: 14 })
      .map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, (base, now) => {
        const lines = linesOf(AuthoredText.carried(base).replaceText(now, AI));
        const hunks = hunksOf(lines);
        const numbers = (seen: readonly { start: number; end: number }[]): number[] =>
          seen.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i));
        assert.deepEqual(numbers(hunks.flatMap((hunk) => hunk.added)), numbers(lines.added));
        assert.deepEqual(numbers(hunks.flatMap((hunk) => hunk.removed)), numbers(lines.removed));
        const kept = splitLines(now).filter((_, index) => !numbers(lines.added).includes(index + 1));
        assert.deepEqual(
          kept,
          splitLines(base).filter((_, index) => !numbers(lines.removed).includes(index + 1)),
        );
      }),
    );
  });
});
