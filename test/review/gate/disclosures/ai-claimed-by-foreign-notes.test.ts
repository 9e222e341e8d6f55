/** A record that anybody may have written, as a fork's note is: it adds AI's lines to a commit, and does nothing else. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Author, FileAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import type { CommitAuthors } from '../../../../src/review/gate';
import { disclosuresOf, withDisclosures } from '../../../../src/review/gate/disclosures/read-and-apply-disclosures';
import { lines } from '../../../support/policies';

const CARL = { name: 'Carl', email: 'carl@example.com', time: 0, zone: '+0000' };
const LINES = 12;

const fileOf = (ranges: readonly LineRange[]): FileAttribution => ({
  path: 'a',
  from: null,
  status: 'M',
  binary: false,
  ranges,
  removed: ranges,
  change: null,
});
const rangesOf = (authors: readonly Author[]): readonly LineRange[] =>
  authors.map((author, index) => lines(index + 1, index + 1, author));

/** The authors of both sides, line by line, with a message's claims and a fork's note. */
function heard(known: CommitAuthors, message: string, claimed?: readonly Author[]): readonly Author[] {
  const { files } = withDisclosures(
    claimed === undefined ? known : { ...known, claimedAi: [fileOf(rangesOf(claimed))] },
    disclosuresOf({ author: CARL, committer: CARL, message }),
  );
  return files.flatMap(({ ranges, removed }) =>
    [...ranges, ...removed].flatMap(({ start, end, author }) =>
      Array.from({ length: end - start + 1 }, (): Author => author),
    ),
  );
}

const authors = fc.array(fc.constantFrom<Author>('ai', 'human', 'unknown'), { minLength: LINES, maxLength: LINES });

describe("a fork's note beside what is known of a commit", () => {
  it('each line: is AI’s when either says so, and else what it was without the fork, for random notes and messages', () => {
    fc.assert(
      fc.property(
        authors,
        authors,
        fc.constantFrom<CommitAuthors['provenance']>('note', 'none'),
        fc.constantFrom(
          '',
          'AI-Lines: +5 -5 of +12 -12',
          'Assisted-by: kiro',
          'Co-authored-by: Claude <noreply@anthropic.com>',
        ),
        (trusted, claimed, provenance, message) => {
          const known: CommitAuthors = { files: [fileOf(rangesOf(trusted))], provenance, assistants: [] };
          const without = heard(known, `x\n\n${message}\n`);
          const both = [...claimed, ...claimed];
          assert.deepEqual(
            heard(known, `x\n\n${message}\n`, claimed),
            without.map((author, index) => (both[index] === 'ai' ? 'ai' : author)),
          );
        },
      ),
    );
  });

  it("a person's lines: stay in doubt when the fork places as many AI lines as the message claims", () => {
    const trusted: CommitAuthors = {
      files: [fileOf(rangesOf(Array<Author>(LINES).fill('human')))],
      provenance: 'note',
      assistants: [],
    };
    const placed: readonly Author[] = Array.from({ length: LINES }, (_, index) => (index < 5 ? 'ai' : 'unknown'));
    const found = heard(trusted, 'x\n\nAI-Lines: +5 -5 of +12 -12\n', placed);
    assert.deepEqual([found.includes('human'), found.filter((author) => author === 'ai').length], [false, 10]);
  });

  it('an assistant of the fork: is named when it has a line, and not named when the line is known already', () => {
    const trusted: CommitAuthors = {
      files: [fileOf([lines(1, 2, 'ai', 'kiro')])],
      provenance: 'note',
      assistants: ['kiro'],
    };
    const named = (claim: LineRange): readonly string[] =>
      withDisclosures(
        {
          ...trusted,
          files: [fileOf([lines(1, 2, 'ai', 'kiro'), lines(3, 3, 'human')])],
          claimedAi: [fileOf([claim])],
        },
        disclosuresOf({ author: CARL, committer: CARL, message: 'x\n' }),
      ).assistants;
    assert.deepEqual(named(lines(1, 1, 'ai', 'cursor')), ['kiro']);
    assert.deepEqual(named(lines(3, 3, 'ai', 'cursor')), ['cursor', 'kiro']);
  });
});
