import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Author, FileAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import { coAuthorsOf } from '../../../../src/provenance/assistants/commit-marks';
import {
  disclosedAuthor,
  disclosuresOf,
  withDisclosures,
} from '../../../../src/review/gate/disclosures/read-and-apply-disclosures';
import type { CommitAuthors } from '../../../../src/review/gate';
import { lines } from '../../../support/policies';

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

describe("disclosures in a commit's message", () => {
  it('a sentence that quotes a trailer is no claim', () => {
    assert.equal(claims('x\n\nThe hook writes\nAI-Lines: +42 -30 of +57 -31\ninto the message.\n').lines, null);
  });

  it('AI-Lines and Assisted-by are read from any trailer block of the message', () => {
    assert.deepEqual(
      claims(
        'x\n\nAssisted-by: claude-code:opus\nAI-Lines: +42 -30 of +57 -31, unknown +10 -0\n\nCo-authored-by: X <x@y.z>\n',
      ),
      { lines: { added: 52, removed: 30, ai: { added: 42, removed: 30 } }, named: ['claude-code'], marked: [] },
    );
    assert.deepEqual(claims('x\n\nAI-Lines: +1 -2 of +3 -4\n\nmore\n\nai-lines: +2 -1 of +3 -4\n').lines, {
      added: 2,
      removed: 2,
      ai: { added: 2, removed: 2 },
    });
  });

  it("a file's lines become AI's only when all lines of that side are claimed for AI", () => {
    const known: CommitAuthors = { files: [file([lines(1, 2, 'unknown')])], provenance: 'trailers', assistants: [] };
    const authorOf = (counts: string): Author | undefined =>
      disclosedAuthor(known, claims(`x\n\nAssisted-by: claude-code:opus\nAI-Lines: ${counts}\n`))[0]?.ranges[0]?.author;
    assert.equal(authorOf('+2 -0 of +2 -0'), 'ai');
    assert.equal(authorOf('+1 -0 of +2 -0, unknown +1 -0'), 'unknown');
    assert.equal(authorOf('+1 -0 of +2 -0'), 'unknown');
  });

  for (const [line, id] of [
    ['Co-authored-by: Junie <junie@jetbrains.com>', 'unknown-assistant'],
    ['Co-authored-by: v0[bot] <v0[bot]@users.noreply.github.com>', 'unknown-assistant'],
    ['Co-authored-by: Replit Agent <agent@replit.com>', 'unknown-assistant'],
    ['Co-authored-by: seer-by-sentry[bot] <1+seer-by-sentry[bot]@users.noreply.github.com>', 'unknown-assistant'],
    ['Co-authored-by: bolt-new-by-stackblitz[bot]', 'unknown-assistant'],
    ['Co-authored-by: goose <271095942+aaif-goose@users.noreply.github.com>', 'unknown-assistant'],
    ['Co-authored-by: openhands <openhands@all-hands.dev>', 'unknown-assistant'],
    ['Co-authored-by: openhands-agent', 'unknown-assistant'],
    ['Co-authored-by: Composer <composer@anysphere.co>', 'cursor'],
    ['Co-authored-by: Gemini CLI <gemini-cli@google.com>', 'gemini'],
    ['Co-authored-by: Kiro <noreply@kiro.dev>', 'kiro'],
    ['Generated-by: Claude Code', 'claude-code'],
    ['AI-assistant: Claude Code', 'claude-code'],
    ['AI-assistant: Some Agent', 'unknown-assistant'],
    ['Replit-Commit-Author: Agent', 'unknown-assistant'],
  ] as const)
    it(`a mark of an agent: claims ${id} if it is "${line}"`, () => {
      assert.deepEqual(claims(`x\n\n${line}\n`).marked, [id]);
    });

  for (const line of [
    'Co-authored-by: Junie Park <junie.park@example.com>',
    'Replit-Commit-Author: Jane',
    'Entire-Checkpoint: aaa111aaa111',
    'We tried an AI-assistant: it was slow.',
  ])
    it(`a line of a person: claims nothing if it is "${line}"`, () => {
      assert.deepEqual(claims(`x\n\n${line}\n`).marked, []);
    });

  it('a co-author who is a person, and malformed trailers, claim nothing', () => {
    assert.deepEqual(claims('x\n\nAssisted-by: Jane\nAI-Lines: many\nCo-authored-by: Jane <jane@example.com>\n'), {
      lines: null,
      named: [],
      marked: [],
    });
  });

  it('co-author addresses, committer addresses and session links of assistants are recognised', () => {
    assert.deepEqual(claims('x\n\nCo-Authored-By: Claude Opus <noreply@anthropic.com>\n').marked, ['claude-code']);
    assert.deepEqual(claims('x', '198982749+Copilot@users.noreply.github.com').marked, ['github-copilot']);
    assert.deepEqual(claims('x\n\nClaude-Session: https://example.com\n').marked, ['claude-code']);
  });

  it('a line "Generated with" or "Generated by" an assistant is recognised, of protoc it is not', () => {
    for (const [line, id] of [
      ['🤖 Generated with [Claude Code](https://claude.com/claude-code)', 'claude-code'],
      ['Generated with Claude Code', 'claude-code'],
      ['Generated by GitHub Copilot', 'github-copilot'],
      ['Generated-by: Codex', 'codex'],
      ['Generated-by: ChatGPT', 'unknown-assistant'],
    ] as const)
      assert.deepEqual(claims(`x\n\n${line}\n`).marked, [id], line);
    for (const line of [
      'Generated by protoc 3.21',
      'Generated with the prompts of Claude Code',
      'Says what was Generated with Claude Code',
      'Generated-by: Jane',
    ])
      assert.deepEqual(claims(`x\n\n${line}\n`).marked, [], line);
  });

  it('hostile messages are read in less than two seconds', () => {
    const started = process.cpuUsage();
    for (const message of [
      'Co-authored-by: '.repeat(20_000),
      `AI-Lines: +${'9'.repeat(100_000)}`,
      `Generated by ${'a '.repeat(50_000)}`,
      'Generated with [a\n'.repeat(20_000),
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
    it(`co-authors are found in ${JSON.stringify(text)}`, () => {
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

  it('text about pairs and authors names no co-author', () => {
    for (const text of ['Pair of keys: ada', 'Pairs: a@b.c', 'Author: a@b.c'])
      assert.deepEqual(coAuthorsOf(`subject\n\n${text}\n`), [], text);
  });

  it('co-author trailers are read in upper and lower case', () => {
    assert.deepEqual(coAuthorsOf('Co-authored-by: A <a@b.c>\nCO-AUTHORED-BY: <d@e.f>\n'), [
      { name: 'A', email: 'a@b.c' },
      { name: '', email: 'd@e.f' },
    ]);
  });
});

describe("withDisclosures: a note with less AI than the commit's message claims", () => {
  const human = note(file([lines(1, 10, 'human')], [lines(1, 4, 'human')]));

  it('the lines of that side become unknown, except those of AI', () => {
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

  it("a person's lines become unknown when an assistant's trailer or co-author is on the commit", () => {
    for (const message of ['x\n\nAssisted-by: kiro', 'x\n\nCo-authored-by: Claude <noreply@anthropic.com>'])
      assert.deepEqual(authorsOf(withDisclosures(human, claims(message))), ['unknown'], message);
  });

  it('lines that were unknown in the message: count as a person’s once that person declared them', () => {
    const declared = { ...lines(2, 2, 'human'), evidence: 'declared' } as const;
    const message = claims('x\n\nAI-Lines: +1 -0 of +2 -0, unknown +1 -0\n');
    const ai = lines(1, 1, 'ai');
    assert.deepEqual(authorsOf(withDisclosures(note(file([ai, declared])), message)), ['ai', 'human']);
    assert.deepEqual(authorsOf(withDisclosures(note(file([ai, lines(2, 2, 'human')])), message)), ['ai', 'unknown']);
    const moreAi = claims('x\n\nAI-Lines: +2 -0 of +2 -0\n');
    assert.deepEqual(authorsOf(withDisclosures(note(file([ai, declared])), moreAi)), ['ai', 'unknown']);
  });

  it('the note stays unchanged when it has as much AI as the message claims', () => {
    const some = note(file([lines(1, 4, 'ai'), lines(5, 10, 'human')]));
    const same = withDisclosures(some, claims('x\n\nAssisted-by: kiro\nAI-Lines: +4 -0 of +10 -0\n'));
    assert.deepEqual([same.files, same.provenance, same.unplaced], [some.files, 'note', []]);
  });

  it('assistants without a line in the note are named as unplaced', () => {
    const some = note(file([lines(1, 4, 'ai', 'kiro')]));
    const heard = withDisclosures(some, claims('x\n\nAssisted-by: kiro\nAssisted-by: cursor\n'));
    assert.deepEqual([heard.assistants, heard.unplaced], [['cursor', 'kiro'], ['cursor']]);
  });

  it('lines only ever change from human to unknown, for random notes and messages', () => {
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

describe('withDisclosures: a commit without a note', () => {
  it('its provenance is trailers, markers or none', () => {
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
