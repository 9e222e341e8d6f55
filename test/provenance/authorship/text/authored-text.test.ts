import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AuthoredText, diffChars, type Credit, type Provenance } from '../../../../src/provenance/authorship';
import { itInFull } from '../../../support/full';

const AI: Credit = { author: 'ai', assistant: 'one', evidence: 'reported' };
const PERSON: Credit = { author: 'human', evidence: 'observed' };
const HANDS: readonly Provenance[] = [AI, PERSON, null];

/** The same text, character by character, without any cleverness. */
class Naive {
  constructor(
    readonly characters: { readonly c: string; readonly base: number; readonly by: Provenance }[],
    readonly gone: Map<number, Provenance>,
  ) {}
  static of(base: string): Naive {
    return new Naive(
      [...base].map((c, i) => ({ c, base: i, by: null })),
      new Map(),
    );
  }
  edit(offset: number, deleted: number, inserted: string, by: Provenance): void {
    const out = this.characters.splice(offset, deleted, ...[...inserted].map((c) => ({ c, base: -1, by })));
    for (const { base } of out) if (base >= 0) this.gone.set(base, by);
  }
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' ', '}'), maxLength: 24 });
const operations = fc.array(
  fc.record({
    at: fc.nat(),
    deleted: fc.nat(6),
    inserted: fc.string({ unit: fc.constantFrom('a', 'x', '\n', '}'), maxLength: 5 }),
    hand: fc.nat(2),
  }),
  { maxLength: 8 },
);

describe('AuthoredText', () => {
  it('agrees with a naive model on the author of each character and deletion, for random edits', () => {
    fc.assert(
      fc.property(text, operations, (base, list) => {
        let fine = AuthoredText.carried(base);
        let naive = Naive.of(base);
        for (const o of list) {
          const offset = fine.text.length === 0 ? 0 : o.at % (fine.text.length + 1);
          const deleted = Math.min(o.deleted, fine.text.length - offset);
          fine = fine.edit({ offset, deleted, inserted: o.inserted, by: HANDS[o.hand] ?? null });
          naive.edit(offset, deleted, o.inserted, HANDS[o.hand] ?? null);
          // A text that is its base again starts over.
          if (fine.text === base) naive = Naive.of(base);
        }
        assert.equal(fine.text, naive.characters.map(({ c }) => c).join(''));
        assert.deepEqual(
          fine.pieces.flatMap((p) =>
            Array.from({ length: p.length }, (_, i) =>
              p.base < 0 ? { base: -1, by: p.by } : { base: p.base + i, by: null },
            ),
          ),
          naive.characters.map(({ base: b, by }) => ({ base: b, by: b < 0 ? by : null })),
        );
        const gone = new Map(
          fine.deletions.flatMap((g) =>
            Array.from({ length: g.end - g.start }, (_, i) => [g.start + i, g.by] as const),
          ),
        );
        assert.deepEqual(
          [...gone].sort((a, b) => a[0] - b[0]),
          [...naive.gone].sort((a, b) => a[0] - b[0]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('can become any other text, with each character of the base either carried or deleted', () => {
    fc.assert(
      fc.property(text, text, text, (base, one, two) => {
        const result = AuthoredText.carried(base).replaceText(one, AI).replaceText(two, PERSON);
        assert.equal(result.text, two);
        const carried = result.pieces.filter((p) => p.base >= 0).reduce((sum, p) => sum + p.length, 0);
        const gone = result.deletions.reduce((sum, g) => sum + g.end - g.start, 0);
        assert.equal(carried + gone, base.length);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an edit beyond its end', () => {
    assert.throws(
      () => AuthoredText.carried('abc').edit({ offset: 2, deleted: 2, inserted: '', by: null }),
      RangeError,
    );
  });

  it('counts text that was removed and put back in place as unchanged', () => {
    const base = 'one\ntwo three\nfour\n';
    const cut = AuthoredText.carried(base).edit({ offset: 4, deleted: 4, inserted: '', by: AI });
    const back = cut
      .edit({ offset: 4, deleted: 0, inserted: 'two ', by: PERSON })
      .edit({ offset: base.length, deleted: 0, inserted: 'five\n', by: PERSON });
    assert.deepEqual(back.settled.deletions, []);
    assert.deepEqual(
      back.settled.pieces.filter((p) => p.base < 0).map((p) => p.length),
      [5],
    );
  });
});

describe('diffChars', () => {
  it('its splices turn the one text into the other, for random texts', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        let result = '';
        let at = 0;
        for (const s of diffChars(a, b)) {
          result += a.slice(at, s.oldStart) + b.slice(s.newStart, s.newEnd);
          at = s.oldEnd;
        }
        assert.equal(result + a.slice(at), b);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the words when a formatter changes white space, commas and quotes', () => {
    const splices = diffChars("call('one', two)\n", 'call(\n  "one",\n  two,\n);\n');
    assert.ok(splices.every((s) => /^[\s,;'"]*$/.test("call('one', two)\n".slice(s.oldStart, s.oldEnd))));
  });

  /** What both texts have, in the words of the first. */
  const kept = (before: string, after: string): string => {
    let at = 0;
    const parts: string[] = [];
    for (const s of [...diffChars(before, after), { oldStart: before.length, oldEnd: before.length }]) {
      parts.push(before.slice(at, s.oldStart));
      at = s.oldEnd;
    }
    return parts.join('');
  };

  it('keeps the words of a line that was wrapped and changed', () => {
    const before = 'const total = sum(first, second, third, fourth);\n';
    assert.equal(
      kept(before, 'const total = sum(\n  first,\n  second,\n  third,\n  fifth,\n);\n').replace(/\s/g, ''),
      'consttotal=sum(first,second,third,);',
    );
  });

  it('keeps the words of a wrapped line when all line ends change', () => {
    const lines = [
      'alpha beta gamma',
      'delta epsilon zeta',
      'first second third fourth',
      'eta theta iota',
      'kappa lambda mu',
      'nu xi omicron',
      'pi rho sigma',
      'tau upsilon phi',
      'chi digamma omega',
    ];
    const before = lines.map((line) => `${line}\n`).join('');
    const after = lines.map((line) => `${line.replace(' ', line.startsWith('first') ? '\r\n  ' : ' ')}\r\n`).join('');
    assert.equal(
      kept(before, after.replace('digamma', 'other')).replace(/\s/g, ''),
      before.replace('digamma', '').replace(/\s/g, ''),
    );
  });

  it('matches lines by a word that no other line has, if enough of the line is left', () => {
    assert.equal(
      kept('something otherwise\none two three\n', 'something different\nfour five six seven\n').trim(),
      'something',
    );
    assert.equal(
      kept('alpha beta gamma delta\none two three\n', 'epsilon rho omicron delta\nfour five six seven\n').trim(),
      '',
    );
  });

  it('matches 200 lines of which each changed in one word', () => {
    const lines = (word: string): string =>
      Array.from({ length: 200 }, (_, i) => `line${String(i * 7919)} of many, with ${word}\n`).join('');
    assert.equal(kept(lines('salt'), lines('pepper')), lines(''));
  });

  it('does not match unrelated lines by their brackets', () => {
    const [splice, ...more] = diffChars('alpha(beta, gamma);\n', 'if [ -n "$x" ]; then\n');
    assert.deepEqual([splice?.oldStart, splice?.newStart, more.length], [0, 0, 0]);
  });

  itInFull('finishes on two unrelated texts of 50,000 lines', function () {
    this.timeout(60_000);
    const lines = (seed: number): string =>
      Array.from({ length: 50_000 }, (_, i) => `line ${String((i * seed) % 50_021)} of ${String(seed)}\n}\n`).join('');
    assert.ok(diffChars(lines(7), lines(11)).length > 0);
  });
});
