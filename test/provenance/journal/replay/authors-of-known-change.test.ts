import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AuthoredText, diffLines, splitLines, type Provenance } from '../../../../src/provenance/authorship';
import { aroundChanges } from '../../../../src/provenance/journal/replay/authors-of-known-change';

const AI: Provenance = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };
const PERSON: Provenance = { author: 'human', evidence: 'observed' };

describe('a change that is known by lines:', () => {
  const words = fc.constantFrom('one\n', 'two\n', 'one and two\n', '  two;\n', '}\n', '\n');
  const text = fc.array(words, { maxLength: 12 }).map((lines) => lines.join(''));

  it('has the same authors without the lines around it when it stands anywhere in a text', () => {
    fc.assert(
      fc.property(text, text, text, text, fc.array(fc.boolean()), (head, before, after, tail, people) => {
        const [older, newer] = [head + before + tail, head + after + tail];
        const by = (line: number): Provenance => (people[line % (people.length + 1)] === true ? PERSON : AI);
        const hunks = diffLines(splitLines(older), splitLines(newer));
        const added = (line: number): Provenance | undefined =>
          hunks.some(({ newStart, newEnd }) => line > newStart && line <= newEnd) ? by(line) : undefined;
        const removed = (line: number): Provenance | undefined =>
          hunks.some(({ oldStart, oldEnd }) => line > oldStart && line <= oldEnd) ? by(line) : undefined;
        const whole = AuthoredText.carried(older).replaceByLines(newer, added, removed);
        const part = aroundChanges(older, newer, { added, removed });
        const parts = ({ text: content, pieces, deletions, broken }: AuthoredText): readonly unknown[] => [
          content,
          pieces,
          deletions,
          new Map([...broken].sort(([a], [b]) => a - b)),
        ];
        assert.deepEqual(parts(part), parts(whole));
      }),
      { numRuns: 300 },
    );
  });
});
