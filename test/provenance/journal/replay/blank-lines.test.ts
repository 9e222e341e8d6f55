import assert from 'node:assert/strict';
import { attributeLines, AuthoredText, type LineHunk } from '../../../../src/provenance/authorship';
import { blobId, creditOf, replay, type By, type KeptOperation } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'unknown-assistant', evidence: 'observed' };
const HANDS = [PERSON, AGENT];

const BASE = 'charge(net, 0);\n\n\n\n';
const TYPED = { offset: 18, deleted: 0, inserted: '// with tax', by: 0 };
const COMPLETED = { offset: 12, deleted: 1, inserted: 'rate', by: 1 };
/**
 * As git tells it: of the blank lines it marks the one beside the first line as removed, though text was typed into the
 * last.
 */
const BESIDE: readonly LineHunk[] = [
  { oldStart: 0, oldEnd: 2, newStart: 0, newEnd: 1 },
  { oldStart: 4, oldEnd: 4, newStart: 3, newEnd: 4 },
];

const after = (operations: readonly KeptOperation[]): string =>
  operations.reduce(
    (text, { offset, deleted, inserted }) => text.slice(0, offset) + inserted + text.slice(offset + deleted),
    BASE,
  );
const told = (text: AuthoredText, hunks: readonly LineHunk[]): readonly (readonly string[])[] => {
  const { added, removed } = attributeLines(text, hunks);
  return [added, removed].map((lines) => lines.map(({ line, by }) => `${String(line)} ${by.author}`));
};

/** The two ways in which edits become a text with authors: read from the record, and followed in an editor. */
const WAYS = {
  'read from the record'(operations: readonly KeptOperation[]) {
    const [from, to] = [Buffer.from(BASE), Buffer.from(after(operations))];
    const contents = new Map([from, to].map((content) => [blobId(content), content]));
    const record = {
      version: 1,
      kind: 'edit',
      at: 1,
      by: { author: 'unknown', reason: 'several' },
      files: [{ path: 'a.ts', from: blobId(from), to: blobId(to), operations, hands: HANDS }],
    } as const;
    return (
      replay([{ name: '1.json', record }], (id) => contents.get(id), [{ path: 'a.ts', base: from, target: to }], {
        now: 100,
      }).get('a.ts') ?? assert.fail('no text')
    );
  },
  'followed in an editor': (operations: readonly KeptOperation[]) =>
    AuthoredText.carried(BASE).edits(
      operations.map(({ offset, deleted, inserted, by }) => ({
        offset,
        deleted,
        inserted,
        by: creditOf(HANDS[by] ?? PERSON, 1),
      })),
    ),
};

for (const [way, read] of Object.entries(WAYS)) {
  describe(`attribution of a blank line among others, ${way}`, () => {
    it('it belongs to whoever wrote in it, though git marks the blank line beside it', () => {
      const moved = { ...TYPED, offset: TYPED.offset + COMPLETED.inserted.length - COMPLETED.deleted };
      for (const operations of [
        [TYPED, COMPLETED],
        [COMPLETED, moved],
      ])
        assert.deepEqual(told(read(operations), BESIDE), [
          ['1 ai', '4 human'],
          ['1 ai', '2 human'],
        ]);
    });

    it('it is kept when a line with text is inserted before it', () => {
      for (const inserted of ['// with tax\n', '\n// with tax']) {
        const text = read([{ ...TYPED, inserted }, COMPLETED]);
        assert.equal(text.broken.size, 1, 'only the line that the agent changed');
      }
    });
  });
}

describe('attribution of a blank line below a line', () => {
  it('its removal is credited to whoever deleted its break, or that of the line above', () => {
    const [base, target] = ['first line;\n\nlast line;\n', 'first line;\nlast line;\n'];
    const at = base.indexOf('\n');
    for (const offset of [at, at + 1]) {
      const operations: KeptOperation[] = [{ offset, deleted: 1, inserted: '', by: 0 }];
      const { removed } = attributed(base, target, (keep) => [
        {
          version: 1,
          kind: 'edit',
          at: 1,
          by: PERSON,
          files: [{ path: 'a.ts', from: keep(base), to: keep(target), hands: [PERSON], operations }],
        },
      ]);
      assert.deepEqual(
        removed.map(({ line, by }) => `${String(line)} ${by.author}`),
        ['2 human'],
        String(offset),
      );
    }
  });
});
