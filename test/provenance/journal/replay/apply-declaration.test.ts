import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  attributeLines,
  diffLines,
  lineStarts,
  splitLines,
  type AuthoredText,
} from '../../../../src/provenance/authorship';
import { replay, type By, type StoredRecord } from '../../../../src/provenance/journal';
import { KeptContents } from '../../../support/kept';

const AI: By = { author: 'ai', assistant: 'amp', evidence: 'reported' };
const HUMAN: By = { author: 'human', evidence: 'observed' };
const PASTED: By = { author: 'unknown', reason: 'pasted' };
const SAID: By = { author: 'human', evidence: 'declared' };

/** A file's states one after the other, by somebody or by nobody (null), and what is said of lines at the end. */
function told(
  base: string,
  states: readonly { readonly text: string; readonly by: By | null }[],
  lines?: readonly (readonly [number, number])[] | null,
): AuthoredText {
  const { keep, content } = new KeptContents();
  const records: StoredRecord[] = [
    { name: '00', record: { version: 1, kind: 'seen', at: 1, files: [{ path: 'a', content: keep(base) }] } },
  ];
  let last = base;
  for (const { text, by } of states) {
    const at = records.length + 1;
    if (by === null)
      records.push({
        name: String(at).padStart(2, '0'),
        record: { version: 1, kind: 'seen', at, files: [{ path: 'a', content: keep(text) }] },
      });
    else
      records.push({
        name: String(at).padStart(2, '0'),
        record: { version: 1, kind: 'edit', at, by, files: [{ path: 'a', from: keep(last), to: keep(text) }] },
      });
    last = text;
  }
  if (lines !== undefined)
    records.push({
      name: '99',
      record: {
        version: 1,
        kind: 'edit',
        at: 99,
        by: SAID,
        files: [{ path: 'a', from: keep(last), to: keep(last), declares: lines }],
      },
    });
  return (
    replay(records, content, [{ path: 'a', base: Buffer.from(base), target: Buffer.from(last) }], { now: 100 }).get(
      'a',
    ) ?? assert.fail('no text')
  );
}

const charactersOf = (text: AuthoredText): string[] =>
  text.pieces.flatMap(({ length, base, by }) =>
    Array.from({ length }, () => (base >= 0 ? 'carried' : by === null ? 'unknown' : by.author)),
  );
const goneOf = (text: AuthoredText): Map<number, string> =>
  new Map(
    text.deletions.flatMap(({ start, end, by }) =>
      Array.from({ length: end - start }, (_, i) => [start + i, by === null ? 'unknown' : by.author] as const),
    ),
  );
const linesOf = (text: AuthoredText): string => {
  const { added, removed } = attributeLines(text, diffLines(splitLines(text.base), splitLines(text.text)));
  return [
    ...added.map(({ line, by }) => `+${String(line)} ${by.author}`),
    ...removed.map(({ line, by }) => `-${String(line)} ${by.author}`),
  ].join(', ');
};

describe("a declaration that lines are a person's", () => {
  const line = fc.constantFrom('alpha', 'beta gamma', 'delta', '', '}', 'one two three');
  const text = fc.array(line, { maxLength: 5 }).map((all) => all.map((one) => `${one}\n`).join(''));
  const states = fc.array(fc.record({ text, by: fc.constantFrom<By | null>(AI, HUMAN, PASTED, null) }), {
    minLength: 1,
    maxLength: 4,
  });

  it('changes only unknown characters of those lines, for random edits', () => {
    fc.assert(
      fc.property(
        text,
        states,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 2 }),
        (base, steps, first, more) => {
          const before = told(base, steps);
          const after = told(base, steps, [[first, first + more]]);
          assert.equal(after.text, before.text);
          const starts = lineStarts(splitLines(before.text));
          const within = (at: number): boolean =>
            (starts[first - 1] ?? Infinity) <= at && at < (starts[first + more] ?? Infinity);
          const [was, is] = [charactersOf(before), charactersOf(after)];
          is.forEach((author, at) => {
            assert.equal(
              author,
              was[at] === 'unknown' && within(at) ? 'human' : was[at],
              `character ${String(at)} of ${JSON.stringify(before.text)}`,
            );
          });
          const [wasGone, isGone] = [goneOf(before), goneOf(after)];
          assert.deepEqual([...isGone.keys()], [...wasGone.keys()]);
          for (const [at, author] of isGone)
            assert.ok(
              author === wasGone.get(at) || (wasGone.get(at) === 'unknown' && author === 'human'),
              `removed ${String(at)}: ${author}, was ${wasGone.get(at) ?? ''}`,
            );
        },
      ),
    );
  });

  it('of the whole file leaves nothing unknown, for random edits', () => {
    fc.assert(
      fc.property(text, states, (base, steps) => {
        const after = told(base, steps, null);
        assert.ok(charactersOf(after).every((author) => author !== 'unknown'));
        assert.ok([...goneOf(after).values()].every((author) => author !== 'unknown'));
      }),
    );
  });

  it('covers changed, added and removed lines', () => {
    const [base, now] = ['one\ntwo\nthree\nfour\n', 'one\nTWO\nfour\nfive\n'];
    assert.equal(linesOf(told(base, [{ text: now, by: null }])), '+2 unknown, +4 unknown, -2 unknown, -3 unknown');
    assert.equal(linesOf(told(base, [{ text: now, by: null }], [[2, 3]])), '+2 human, +4 unknown, -2 human, -3 human');
    assert.equal(
      linesOf(told(base, [{ text: now, by: null }], [[4, 4]])),
      '+2 unknown, +4 human, -2 unknown, -3 unknown',
    );
    assert.equal(linesOf(told(base, [{ text: now, by: AI }], null)), '+2 ai, +4 ai, -2 ai, -3 ai');
  });
});
