import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines } from '../../../../src/provenance/authorship';
import { replay, type By, type KeptOperation, type StoredRecord } from '../../../../src/provenance/journal';
import { KeptContents } from '../../../support/kept';

const PASTED: By = { author: 'unknown', reason: 'pasted' };
const PERSON: By = { author: 'human', evidence: 'observed' };

interface Saved {
  readonly path: string;
  readonly from: string;
  readonly operations: readonly (Omit<KeptOperation, 'by'> & { readonly by: By | null })[];
}

/** The last line of the file that was saved last: its author and, when unknown, why. */
function told(saves: readonly Saved[]): string {
  const { keep, content } = new KeptContents();
  let [path, base, last] = ['', '', ''];
  const records = saves.map(({ path: file, from, operations }, index): StoredRecord => {
    const hands: By[] = operations.flatMap(({ by }) => by ?? []);
    const kept = operations.map((operation): KeptOperation => ({
      ...operation,
      by: operation.by === null ? -1 : hands.indexOf(operation.by),
    }));
    const to = operations.reduce(
      (text, { offset, deleted, inserted }) => text.slice(0, offset) + inserted + text.slice(offset + deleted),
      from,
    );
    [path, base, last] = [file, from, to];
    return {
      name: `${String(index)}.json`,
      record: {
        version: 1,
        kind: 'edit',
        at: index + 1,
        by: { author: 'unknown', reason: 'several' },
        files: [{ path: file, from: keep(from), to: keep(to), operations: kept, hands }],
      },
    };
  });
  const text =
    replay(records, content, [{ path, base: Buffer.from(base), target: Buffer.from(last) }], { now: 100 }).get(path) ??
    assert.fail('no text');
  const { by } =
    attributeLines(text, diffLines(splitLines(base), splitLines(last))).added.at(-1) ?? assert.fail('no line');
  return [by.author, by.author === 'unknown' ? (by.hand?.reason ?? '') : ''].filter((part) => part !== '').join(', ');
}

describe("the reason why a line's author is unknown", () => {
  const elsewhere = (by: By | null): Saved => ({
    path: 'other.txt',
    from: 'one;\n',
    operations: [
      { offset: 5, deleted: 0, inserted: 'typed by hand;\n', by: PERSON },
      { offset: 20, deleted: 0, inserted: 'from elsewhere;\n', by },
    ],
  });
  const pasted: Saved = {
    path: 'a.txt',
    from: 'first;\n',
    operations: [{ offset: 7, deleted: 0, inserted: 'from elsewhere;', by: PASTED }],
  };

  it("comes from the line's own record, even if the same text is unknown in another file", () => {
    assert.equal(told([pasted]), 'unknown, pasted');
    assert.equal(told([elsewhere(null), pasted]), 'unknown, pasted');
    assert.equal(told([elsewhere({ author: 'unknown', reason: 'suggestion' }), pasted]), 'unknown, pasted');
    assert.equal(
      told([
        {
          path: 'other.txt',
          from: 'from elsewhere;\n',
          operations: [{ offset: 16, deleted: 0, inserted: 'x', by: PERSON }],
        },
        pasted,
      ]),
      'unknown, pasted',
    );
  });

  it("is dropped when another file's record names the author of that text", () => {
    assert.equal(told([elsewhere(PERSON), pasted]), 'human');
    assert.equal(told([elsewhere({ author: 'ai', assistant: 'kiro', evidence: 'reported' }), pasted]), 'ai');
  });

  it("is none when a declaration makes pasted text a person's, unless it is known to be AI's", () => {
    const declared: Saved = {
      ...pasted,
      operations: [
        { offset: 7, deleted: 0, inserted: 'from elsewhere;', by: { author: 'human', evidence: 'declared' } },
      ],
    };
    assert.equal(told([{ ...pasted, path: 'other.txt' }, declared]), 'human');
    assert.equal(told([elsewhere(null), declared]), 'human');
    assert.equal(told([elsewhere({ author: 'ai', assistant: 'kiro', evidence: 'reported' }), declared]), 'ai');
  });

  it('is none when the person typed text that stands elsewhere too', () => {
    const typed: Saved = {
      ...pasted,
      operations: [{ offset: 7, deleted: 0, inserted: 'from elsewhere;', by: PERSON }],
    };
    for (const by of [{ author: 'ai', assistant: 'kiro', evidence: 'reported' } as const, null])
      assert.equal(told([elsewhere(by), typed]), 'human');
  });

  it('is that of most of the line', () => {
    const more = (by: By | null, inserted: string): Saved => ({
      ...pasted,
      operations: [...pasted.operations, { offset: 22, deleted: 0, inserted, by }],
    });
    assert.equal(told([more(null, ' x')]), 'unknown, pasted');
    assert.equal(told([more(null, ' and much more from some program;')]), 'unknown, unrecorded');
  });
});
