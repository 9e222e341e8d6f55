import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Author, FileAttribution, LineRange } from '../../../src/authorship/types';
import { coAuthorsOf } from '../../../src/gate/disclosures/co-authors';
import { disclosuresOf, withDisclosures } from '../../../src/gate/disclosures/commit-disclosures';
import type { CommitAuthors } from '../../../src/gate';
import { lines } from '../../support/policies';

const person = { name: 'Carl', email: 'carl@example.com', time: 0, zone: '+0000' };
const claims = (message: string, email = person.email): ReturnType<typeof disclosuresOf> =>
  disclosuresOf({ author: { ...person, email }, committer: person, message });

const file = (ranges: readonly LineRange[], removed: readonly LineRange[] = []): FileAttribution => ({
  path: 'a',
  from: null,
  status: 'M',
  binary: false,
  ranges,
  removed,
  change: null,
});
const note = (...files: readonly FileAttribution[]): CommitAuthors => ({ files, provenance: 'note', assistants: [] });
const authorsOf = (of: CommitAuthors, side: 'ranges' | 'removed' = 'ranges'): readonly Author[] =>
  of.files.flatMap((one) => one[side]).map((range) => range.author);

describe('what a commit claims', () => {
  it('is not read from a sentence that quotes a trailer', () => {
    assert.equal(claims('x\n\nThe hook writes\nAI-Lines: +42 -30 of +57 -31\ninto the message.\n').lines, null);
  });

  it('is read from trailers anywhere in the message', () => {
    assert.deepEqual(
      claims(
        'x\n\nAssisted-by: claude-code:opus\nAI-Lines: +42 -30 of +57 -31, unknown +10 -0\n\nCo-authored-by: X <x@y.z>\n',
      ),
      { lines: { added: 52, removed: 30 }, named: ['claude-code'], marked: [] },
    );
    assert.deepEqual(claims('x\n\nAI-Lines: +1 -2 of +3 -4\n\nmore\n\nai-lines: +2 -1 of +3 -4\n').lines, {
      added: 2,
      removed: 2,
    });
  });

  it('is nothing where a person helped', () => {
    assert.deepEqual(claims('x\n\nAssisted-by: Jane\nAI-Lines: many\nCo-authored-by: Jane <jane@example.com>\n'), {
      lines: null,
      named: [],
      marked: [],
    });
  });

  it('is told by the marks that assistants leave', () => {
    assert.deepEqual(claims('x\n\nCo-Authored-By: Claude Opus <noreply@anthropic.com>\n').marked, ['claude-code']);
    assert.deepEqual(claims('x', '198982749+Copilot@users.noreply.github.com').marked, ['github-copilot']);
    assert.deepEqual(claims('x\n\nClaude-Session: https://example.com\n').marked, ['claude-code']);
  });

  it('is read from hostile messages in no time', () => {
    const started = process.cpuUsage();
    for (const message of [
      'Co-authored-by: '.repeat(20_000),
      `AI-Lines: +${'9'.repeat(100_000)}`,
      'a:\n'.repeat(50_000),
      `Co-authored-by: ${'<'.repeat(100_000)}`,
      `Co-authored-by: ${'a@'.repeat(50_000)}`,
      `Co-authored-by: a\n${' b\n'.repeat(50_000)}`,
      `Co-authored-by: a\n${' '.repeat(100_000)}`,
    ])
      claims(message);
    assert.ok(process.cpuUsage(started).user < 2_000_000);
  });

  for (const [text, expected] of [
    ['Ada <ada@x.y>', ['ada@x.y']],
    ['Ada\n  <ada@x.y>', ['ada@x.y']],
    ['Ada\r\n\t<ada@x.y>', ['ada@x.y']],
    ['Ada ada@x.y', ['ada@x.y']],
    ['ada@x.y', ['ada@x.y']],
    ['ada', ['ada']],
    ['@ada', ['ada']],
    ['@ada @bob', ['ada', 'bob']],
    ['@ada, bob and Carl <c@x.y>', ['ada', 'bob', 'c@x.y']],
    ['Ada <ada@x.y>, Bob <bob@x.y>', ['ada@x.y', 'bob@x.y']],
    ['Ada <ada@x.y> Bob <bob@x.y>', ['ada@x.y', 'bob@x.y']],
    ['Ada <ada@x.y> & Bob', ['ada@x.y', 'Bob']],
    ['Ada Lovelace', ['? Ada Lovelace']],
    ['Ada Lovelace <>', ['? Ada Lovelace']],
    ['', []],
  ] as const)
    it(`names co-authors as people write them: ${JSON.stringify(text)}`, () => {
      for (const key of [
        'Co-authored-by',
        'co-author',
        'Coauthored-By',
        'Co-authored by',
        'co_authored_by',
        'Co\u2011authored\u2011by',
        '* Co-authored-by',
        '> - Co-authored-by',
        'Co-developed-by',
        'Co-written-by',
        'Pair-programmed-with',
        'Paired-with',
      ])
        assert.deepEqual(
          coAuthorsOf(`subject\n\n${key}: ${text}\nReviewed-by: Zoe <zoe@x.y>\n`).map(
            ({ name, email, login }) => email ?? login ?? `? ${name}`,
          ),
          expected,
          key,
        );
    });

  it('names none where a message only speaks of authors and pairs', () => {
    for (const text of ['Pair of keys: ada', 'Pairs: a@b.c', 'Author: a@b.c'])
      assert.deepEqual(coAuthorsOf(`subject\n\n${text}\n`), [], text);
  });

  it('names the co-authors of a message in any case', () => {
    assert.deepEqual(coAuthorsOf('Co-authored-by: A <a@b.c>\nCO-AUTHORED-BY: <d@e.f>\n'), [
      { name: 'A', email: 'a@b.c' },
      { name: '', email: 'd@e.f' },
    ]);
  });
});

describe('a note that tells of less AI than its commit', () => {
  const human = note(file([lines(1, 10, 'human')], [lines(1, 4, 'human')]));

  it('leaves nobody known as the author of the side in question', () => {
    const added = withDisclosures(human, claims('x\n\nAI-Lines: +3 -0 of +10 -4\n'));
    assert.deepEqual(
      [authorsOf(added), authorsOf(added, 'removed')],
      [['unknown'], ['unknown']],
      'it tells of no AI at all',
    );
    const some = note(file([lines(1, 4, 'ai'), lines(5, 10, 'human')], [lines(1, 4, 'human')]));
    const less = withDisclosures(some, claims('x\n\nAI-Lines: +9 -0 of +10 -4\n'));
    assert.deepEqual([authorsOf(less), authorsOf(less, 'removed')], [['ai', 'unknown'], ['human']]);
  });

  it("is doubted too where an assistant's name or mark is on the commit", () => {
    for (const message of ['x\n\nAssisted-by: kiro', 'x\n\nCo-authored-by: Claude <noreply@anthropic.com>'])
      assert.deepEqual(authorsOf(withDisclosures(human, claims(message))), ['unknown'], message);
  });

  it('keeps its word where it tells as much', () => {
    const some = note(file([lines(1, 4, 'ai'), lines(5, 10, 'human')]));
    const same = withDisclosures(some, claims('x\n\nAssisted-by: kiro\nAI-Lines: +4 -0 of +10 -0\n'));
    assert.deepEqual([same.files, same.provenance, same.unplaced], [some.files, 'note', []]);
  });

  it('names the assistants that it has no line of', () => {
    const some = note(file([lines(1, 4, 'ai', 'kiro')]));
    const heard = withDisclosures(some, claims('x\n\nAssisted-by: kiro\nAssisted-by: cursor\n'));
    assert.deepEqual([heard.assistants, heard.unplaced], [['cursor', 'kiro'], ['cursor']]);
  });

  it('never has fewer lines of AI or unknown origin after its claims were heard, and never changes where lines are', () => {
    const range = fc
      .record({ at: fc.integer({ min: 0, max: 9 }), author: fc.constantFrom<Author>('ai', 'human', 'unknown') })
      .map(({ at, author }) => lines(at * 10 + 1, at * 10 + 5, author));
    const message = fc
      .subarray([
        'Assisted-by: kiro',
        'AI-Lines: +3 -1 of +9 -9',
        'AI-Lines: +30 -10 of +50 -50',
        'Co-authored-by: Claude <noreply@anthropic.com>',
        'text',
      ])
      .map((parts) => `x\n\n${parts.join('\n')}\n`);
    const rank: Readonly<Record<Author, number>> = { human: 0, unknown: 1, ai: 1 };
    fc.assert(
      fc.property(fc.array(range), fc.array(range), message, (ranges, removed, text) => {
        const before = note(file(ranges, removed));
        const after = withDisclosures(before, claims(text));
        for (const side of ['ranges', 'removed'] as const) {
          const [old, now] = [before.files.flatMap((one) => one[side]), after.files.flatMap((one) => one[side])];
          assert.deepEqual(
            now.map(({ start, end }) => [start, end]),
            old.map(({ start, end }) => [start, end]),
          );
          now.forEach((one, index) => {
            const was = old[index]?.author ?? 'human';
            assert.ok(rank[one.author] >= rank[was]);
            if (was === 'ai') assert.equal(one.author, 'ai');
          });
        }
      }),
    );
  });
});

describe('a commit without a note', () => {
  it('says where its assistants are known from', () => {
    const none: CommitAuthors = { files: [file([lines(1, 2, 'unknown')])], provenance: 'none', assistants: [] };
    assert.deepEqual(
      ['x', 'x\n\nAssisted-by: kiro', 'x\n\nClaude-Session: y'].map(
        (message) => withDisclosures(none, claims(message)).provenance,
      ),
      ['none', 'trailers', 'markers'],
    );
    assert.equal(withDisclosures(undefined, claims('x')).known, false);
  });
});
