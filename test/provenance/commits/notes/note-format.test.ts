import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {
  Author,
  ChangeAttribution,
  Evidence,
  FileAttribution,
  LineRange,
} from '../../../../src/provenance/authorship/types';
import {
  attributionOfNote,
  mergeNotes,
  nameModels,
  readNote,
  renderNote,
  writeNote,
  type Note,
} from '../../../../src/provenance/commits/notes/format';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'f'.repeat(40);
const ADA = 'Ada <ada@example.com>';

const line = (start: number, end: number, author: Author, more: Partial<LineRange> = {}): LineRange => ({
  start,
  end,
  author,
  edited: false,
  assistant: author === 'ai' ? 'claude-code' : null,
  model: author === 'ai' ? 'm-1' : null,
  session: author === 'ai' ? 's-1' : null,
  evidence: author === 'unknown' ? null : author === 'ai' ? 'reported' : 'observed',
  ...more,
});
const file = (path: string, ranges: readonly LineRange[], more: Partial<FileAttribution> = {}): FileAttribution => ({
  path,
  from: null,
  status: 'M',
  binary: false,
  ranges,
  removed: [],
  change: null,
  ...more,
});
const change = (...files: readonly FileAttribution[]): ChangeAttribution => ({
  files,
  added: { ai: 0, human: 0, unknown: 0 },
  removed: { ai: 0, human: 0, unknown: 0 },
});
const read = (text: string, commit = COMMIT): Note => readNote(text, commit) ?? assert.fail('not a note');
const saysOf = (note: Note, path: string, lines: number): string =>
  Array.from({ length: lines }, (_, index) =>
    (attributionOfNote(note).added(path, index + 1)?.author ?? 'unknown').charAt(0),
  ).join('');

/** As git-ai writes them. */
const FOREIGN = `src/pay.ts
  h_cb2a9fd343ae0b 3,18-20
  s_b9059a19e62988::t_0a1b2c3d4e5f60 4-12
"with space.ts"
  s_b9059a19e62988::t_0a1b2c3d4e5f60 1
---
{
  "schema_version": "authorship/3.0.0",
  "git_ai_version": "1.0.0",
  "base_commit_sha": "${COMMIT}",
  "prompts": {},
  "humans": { "h_cb2a9fd343ae0b": { "author": "Ada Example <ada@example.com>" } },
  "sessions": {
    "s_b9059a19e62988": {
      "agent_id": { "tool": "claude", "id": "7f3c1d2e-0000-4000-8000-000000000001", "model": "claude-sonnet-4-5" },
      "human_author": "Ada Example <ada@example.com>"
    }
  }
}
`;

describe('an authorship note', () => {
  it("of another tool is read, with its assistants' names mapped to ours", () => {
    const answer = attributionOfNote(read(FOREIGN));
    assert.deepEqual(answer.added('src/pay.ts', 4), {
      author: 'ai',
      edited: false,
      assistant: 'claude-code',
      model: 'claude-sonnet-4-5',
      session: '7f3c1d2e-0000-4000-8000-000000000001',
      evidence: 'reported',
    });
    assert.equal(answer.added('src/pay.ts', 18)?.author, 'human');
    assert.equal(answer.added('src/pay.ts', 13), undefined);
    assert.equal(answer.added('with space.ts', 1)?.author, 'ai');
  });

  it('a time: is in no note when Linekeeper writes it', () => {
    const today = new Date().toISOString().slice(0, 10);
    const text = writeNote(
      COMMIT,
      ADA,
      change(file('a', [line(1, 3, 'ai'), line(4, 5, 'human'), line(6, 6, 'unknown')])),
    );
    assert.match(text, /m-1/);
    assert.ok(!text.includes(today), text);
    assert.doesNotMatch(text.replaceAll(/[0-9a-f]{14,}/g, ''), /\d{4}-\d\d-\d\d|\d\d:\d\d|\b\d{10,}\b/);
  });

  it('gives the same authors by runs as line by line, for random overlapping entries', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 5 }))
        .map(([from, more]) => [from, from + more] as const),
      { maxLength: 4 },
    );
    const hand = fc.constantFrom(
      ['ai', 0, 'reported', 's_b9059a19e62988', null] as const,
      ['human', 0, 'declared', null, null] as const,
      ['unknown', 0, null, null, null] as const,
    );
    const handSpans = fc
      .array(fc.tuple(spans, hand), { maxLength: 3 })
      .map((all) => all.flatMap(([some, by]) => some.map(([from, to]) => [from, to, by] as const)));
    const key = fc.constantFrom('h_cb2a9fd343ae0b', 's_b9059a19e62988::t_1', 's_unexplained::t_2');
    fc.assert(
      fc.property(
        fc.array(fc.record({ key, ranges: spans }), { maxLength: 4 }),
        handSpans,
        handSpans,
        (entries, odd, removed) => {
          const note: Note = {
            ...read(FOREIGN),
            files: new Map([['a', entries]]),
            record: { v: 1, keys: {}, changes: {}, odd: { a: odd }, removed: { a: removed } },
          };
          const answer = attributionOfNote(note);
          for (const side of ['added', 'removed'] as const) {
            const runs = answer.runs(side, 'a', 2, 15);
            const lines = runs.flatMap(({ start, end, by }) =>
              Array.from({ length: end - start + 1 }, (_, index) => ({ line: start + index, by })),
            );
            assert.deepEqual(
              lines,
              Array.from({ length: 14 }, (_, index) => ({ line: index + 2, by: answer[side]('a', index + 2) })),
            );
          }
        },
      ),
    );
  });

  it('of ours gives no line the model of another line in the same session', () => {
    const hand = (model: string | null): LineRange => line(1, 1, 'ai', { model, session: null });
    const written = change(
      file('a', [hand('m-1'), { ...hand(null), start: 2, end: 2 }], { removed: [hand(null)] }),
      file('b', [], { binary: true, change: hand(null) }),
    );
    const note = read(writeNote(COMMIT, ADA, written));
    const answer = attributionOfNote(note);
    assert.deepEqual(
      [answer.added('a', 1), answer.added('a', 2), answer.removed('a', 1), answer.change('b')].map((one) => one?.model),
      ['m-1', null, null, null],
    );
    // Where none of them has one, it may be told later.
    const without = read(writeNote(COMMIT, ADA, change(file('a', [hand(null)]))));
    assert.equal(attributionOfNote(read(nameModels(COMMIT, without, () => 'm-2') ?? '')).added('a', 1)?.model, 'm-2');
  });

  it('of ours gives back the author of every line on both sides, in this format and the first', () => {
    const [machine, hand] = [
      { author: 'ai', edited: true } as const,
      { author: 'human', evidence: 'declared' } as const,
    ];
    const ranges = [
      line(1, 3, 'ai'),
      line(5, 5, 'human', hand),
      line(7, 7, 'ai', machine),
      line(9, 9, 'ai'),
      line(11, 20, 'human'),
    ];
    const text = writeNote(
      COMMIT,
      ADA,
      change(
        file('a', ranges, { removed: ranges }),
        file('odd " name', ranges),
        file('c', [], { binary: true, change: line(1, 1, 'ai') }),
      ),
    );
    const record = read(text).record ?? assert.fail('no record');
    // As the first version wrote it.
    const first = { ...read(text), record: null };
    const withFirst = renderNote(COMMIT, {
      ...first,
      sessions: Object.fromEntries(
        Object.entries(first.sessions).map(([key, session]) => [
          key,
          { ...session, custom_attributes: { 'linekeeper.record': JSON.stringify(record) } },
        ]),
      ),
    });
    for (const note of [read(text), read(withFirst)]) {
      const answer = attributionOfNote(note);
      for (const range of ranges) {
        for (let at = range.start; at <= range.end; at++) {
          const { start: _start, end: _end, ...by } = range;
          assert.deepEqual(
            [answer.added('a', at), answer.removed('a', at), answer.added('odd " name', at)],
            [by, by, by],
            String(at),
          );
        }
      }
      assert.deepEqual(
        [answer.removed('a', 4), answer.removed('a', 21), answer.change('c')?.author],
        [undefined, undefined, 'ai'],
      );
    }
  });

  it("of ours with damaged lines still gives what the standard's part says", () => {
    const text = writeNote(COMMIT, ADA, change(file('a', [line(1, 3, 'ai')], { removed: [line(1, 3, 'ai')] })));
    for (const damaged of ['9:1-3', '0:1-', '0:x', 'constructor:1', '0:1-3;', '0:99999999999', ':1']) {
      const note = read(text.replace('0:1-3', damaged));
      assert.equal(note.record, null, damaged);
      assert.equal(attributionOfNote(note).added('a', 2)?.author, 'ai');
    }
  });

  it("of ours merges into another tool's, and neither loses anything", () => {
    const merged = read(
      writeNote(
        COMMIT,
        ADA,
        change(
          file('src/pay.ts', [line(1, 3, 'ai', { assistant: 'amp', session: 's-9' }), line(13, 14, 'human')], {
            removed: [line(7, 8, 'ai')],
          }),
        ),
        read(FOREIGN),
      ),
    );
    assert.equal(saysOf(merged, 'src/pay.ts', 20), 'aaaaaaaaaaaahhuuuhhh');
    assert.equal(attributionOfNote(merged).added('src/pay.ts', 3)?.assistant, 'amp');
    assert.equal(attributionOfNote(merged).removed('src/pay.ts', 7)?.author, 'ai');
    assert.equal(merged.other['git_ai_version'], '1.0.0');
    assert.equal(Object.keys(merged.sessions).length, 3);
  });

  it('concatenated by git is read as a whole, without parts copied from other commits', () => {
    const ours = writeNote(COMMIT, ADA, change(file('a.ts', [line(1, 2, 'ai')])));
    const copied = writeNote(OTHER, ADA, change(file('a.ts', [line(5, 9, 'ai')])));
    for (const text of [
      `${ours}\n${FOREIGN}`,
      `${FOREIGN}\n${ours}`,
      `${copied}\n${ours}\n${FOREIGN}`,
      `${FOREIGN}${ours}${copied}`,
    ]) {
      const note = read(text);
      assert.equal(saysOf(note, 'a.ts', 9), 'aauuuuuuu');
      assert.equal(saysOf(note, 'src/pay.ts', 4), 'uuha');
    }
    assert.equal(readNote(copied, COMMIT), undefined, 'a copy of ours numbers other lines: it is owed again');
    assert.equal(saysOf(read(FOREIGN.replace(COMMIT, OTHER)), 'src/pay.ts', 4), 'uuha');
  });

  it('other text is not taken for one', () => {
    for (const text of [
      '',
      'a remark\n',
      '---\n',
      '---\n{}\n',
      '---\n[]\n',
      '---\n{"schema_version":"authorship/9"}\n',
      'a\n---\n{"schema_version": 3}\n',
    ])
      assert.equal(readNote(text, COMMIT), undefined, text);
  });

  it('hostile ranges, names and counts are read without expanding them', () => {
    const hostile = FOREIGN.replace('4-12', '1-999999999,5-2,0').replace('src/pay.ts', '__proto__');
    const merged = mergeNotes(read(hostile), read(FOREIGN));
    assert.equal(attributionOfNote(merged).added('__proto__', 500_000_000)?.author, 'ai');
    assert.equal(({} as Record<string, unknown>)['0'], undefined);
    const many = `big.ts\n${Array.from({ length: 30_000 }, (_, i) => `  s_b9059a19e62988::t_0a1b2c3d4e5f60 ${String(i * 2 + 1)}-${String(i * 3 + 9)}\n`).join('')}${FOREIGN.slice(FOREIGN.indexOf('---'))}`;
    assert.equal(attributionOfNote(mergeNotes(read(many), read(FOREIGN))).added('big.ts', 60_000)?.author, 'ai');
  });

  const hand = fc.constantFrom<readonly [Author, string | null, Evidence | null]>(
    ['ai', 'one', 'reported'],
    ['ai', 'two', 'observed'],
    ['ai', 'two', 'declared'],
    ['human', null, 'observed'],
    ['human', null, 'declared'],
    ['unknown', null, null],
  );
  const runs = fc.array(fc.record({ hand, length: fc.integer({ min: 1, max: 4 }), edited: fc.boolean() }), {
    maxLength: 5,
  });
  const rangesOf = (
    list: readonly {
      readonly hand: readonly [Author, string | null, Evidence | null];
      readonly length: number;
      readonly edited: boolean;
    }[],
  ): LineRange[] => {
    let at = 1;
    return list.map(({ hand: [author, assistant, evidence], length, edited }) =>
      line(at, (at += length) - 1, author, {
        assistant,
        session: assistant,
        evidence,
        edited: author !== 'unknown' && edited,
      }),
    );
  };
  // The last name is not composed; the one before can't be written in the standard's grammar.
  const PATHS = ['a.ts', 'b c.ts', 'odd"name.ts', 'cafe\u0301.ts'];
  const note = fc
    .array(fc.record({ path: fc.constantFrom(...PATHS), added: runs, removed: runs }), { maxLength: 3 })
    .map((files) => {
      const unique = [...new Map(files.map((one) => [one.path, one])).values()];
      return writeNote(
        COMMIT,
        ADA,
        change(
          ...unique.map(({ path, added, removed }) =>
            file(path, rangesOf(added), { removed: rangesOf(removed), change: null }),
          ),
        ),
      );
    });
  const any = fc
    .oneof(note, note, fc.constant(FOREIGN), fc.constant(FOREIGN.replaceAll('src/pay.ts', 'a.ts')))
    .map((text) => read(text));
  const bytes = (one: Note): string => renderNote(COMMIT, one);

  it('merging is commutative, associative and idempotent, for random notes', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        assert.equal(bytes(mergeNotes(a, b)), bytes(mergeNotes(b, a)));
        assert.equal(bytes(mergeNotes(mergeNotes(a, b), c)), bytes(mergeNotes(a, mergeNotes(b, c))));
        const merged = mergeNotes(a, b);
        assert.equal(bytes(mergeNotes(merged, b)), bytes(merged));
        assert.equal(bytes(read(bytes(merged))), bytes(merged));
      }),
    );
  });

  it('merging keeps every line, and AI wherever either has it, for random notes', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const merged = mergeNotes(a, b);
        for (const path of PATHS) {
          for (let at = 1; at <= 20; at++) {
            for (const side of ['added', 'removed'] as const) {
              const [mine, other, both] = [a, b, merged].map(
                (one) => attributionOfNote(one)[side](path, at)?.author ?? 'unknown',
              );
              const most =
                mine === 'ai' || other === 'ai' ? 'ai' : mine === 'human' || other === 'human' ? 'human' : 'unknown';
              assert.equal(both, most, `${side} ${path}:${String(at)}`);
            }
          }
        }
      }),
    );
  });
});
