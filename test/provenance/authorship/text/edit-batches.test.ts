import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  AuthoredText,
  inBatches,
  isPartOfLine,
  Weave,
  withBatch,
  type TextEdit,
  type Patch,
} from '../../../../src/provenance/authorship';
import { blobId, replay, type StoredRecord } from '../../../../src/provenance/journal';

const HANDS = [{ author: 'human', evidence: 'observed' }, { author: 'ai', assistant: 'kiro' }, null] as const;

/** Edits of a text, one after another, anywhere in it. What they put in is none of what was there. */
const anyEdits = fc.record({
  base: fc.stringMatching(/^[ab \n]{0,30}$/),
  acts: fc.array(
    fc.record({
      at: fc.nat(1000),
      on: fc.boolean(),
      deleted: fc.nat(4),
      inserted: fc.stringMatching(/^[xy\n]{0,4}$/),
      by: fc.nat(2),
    }),
    { maxLength: 12 },
  ),
});

function editsOf(
  base: string,
  acts: readonly {
    readonly at: number;
    readonly on: boolean;
    readonly deleted: number;
    readonly inserted: string;
    readonly by: number;
  }[],
): TextEdit[] {
  let text = base;
  let end = 0;
  return acts.map(({ at, on, deleted: wanted, inserted, by }) => {
    const from = on ? Math.min(end, text.length) : 0;
    const offset = from + (at % (text.length - from + 1));
    const deleted = Math.min(wanted, text.length - offset);
    text = text.slice(0, offset) + inserted + text.slice(offset + deleted);
    end = offset + inserted.length;
    return { offset, deleted, inserted, by: HANDS[by] ?? null };
  });
}

describe('AuthoredText.edits, several edits in one batch', () => {
  it('has the same result as the edits one by one', () => {
    fc.assert(
      fc.property(anyEdits, ({ base, acts }) => {
        const edits = editsOf(base, acts);
        const start = AuthoredText.carried(base);
        const states = edits.reduce((all, edit) => [...all, (all.at(-1) ?? start).edit(edit)], [start]);
        const [single, together] = [states.at(-1) ?? start, start.edits(edits)];
        const told = ({ text, pieces, deletions: gone }: AuthoredText): unknown => [
          text,
          pieces,
          gone.flatMap(({ start: from, end, by }) => Array.from({ length: end - from }, (_, i) => [from + i, by])),
        ];
        // A text that is its base again on the way has not changed till then; at once, it never is.
        if (!states.slice(1, -1).some((text) => text.text === base)) assert.deepEqual(told(together), told(single));
        assert.equal(together.text, single.text);
        let text = base;
        for (const batch of inBatches(edits, ({ inserted }, at, free) => !isPartOfLine(text, inserted, at, at, free)))
          text = withBatch(text, batch);
        assert.equal(text, single.text);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses an edit beyond the end of the text', () => {
    assert.throws(
      () => AuthoredText.carried('abc').edits([{ offset: 2, deleted: 2, inserted: '', by: null }]),
      RangeError,
    );
  });

  it('writes the weave at most three times for 2,000 edits', () => {
    const many = 2_000;
    const base = 'one apple a day;\n'.repeat(many);
    const edits = Array.from({ length: many }, (_, i) => ({ offset: i * 19, deleted: 3, inserted: 'three', by: 0 }));
    const now = base.replaceAll('one', 'three');
    assert.equal([...inBatches(edits)].length, 1);
    const contents = new Map([base, now].map((text) => [blobId(Buffer.from(text)), Buffer.from(text)]));
    const record: StoredRecord = {
      name: '1.json',
      record: {
        version: 1,
        kind: 'edit',
        at: 1,
        by: HANDS[0],
        files: [
          {
            path: 'a',
            from: blobId(Buffer.from(base)),
            to: blobId(Buffer.from(now)),
            operations: edits,
            hands: [HANDS[0]],
          },
        ],
      },
    };
    const own = Object.getOwnPropertyDescriptor(Weave.prototype, 'apply') ?? assert.fail('it writes otherwise');
    let writes = 0;
    const counted = function counted(this: Weave, plan: Patch): unknown {
      writes++;
      return Reflect.apply(own.value as (plan: Patch) => unknown, this, [plan]);
    };
    Object.defineProperty(Weave.prototype, 'apply', { ...own, value: counted });
    try {
      const text = replay(
        [record],
        (id) => contents.get(id),
        [{ path: 'a', base: Buffer.from(base), target: Buffer.from(now) }],
        { now: 2 },
      ).get('a');
      assert.equal(
        text?.pieces.filter(({ base: from }) => from < 0).every(({ by }) => by?.author === 'human'),
        true,
      );
    } finally {
      Object.defineProperty(Weave.prototype, 'apply', own);
    }
    assert.ok(writes <= 3, `${String(writes)} writes`);
  });

  it('isPartOfLine is false for whole inserted lines, which stay out of batches', () => {
    const isAlone = (text: string, inserted: string, at: number): boolean => !isPartOfLine(text, inserted, at, at, 0);
    assert.ok(isAlone('one\n', 'two', 4));
    assert.ok(isAlone('one\n  \n', 'two', 6));
    assert.ok(isAlone('one two', 'x\n', 3));
    assert.ok(!isAlone('one two', 'x', 3));
    assert.ok(!isAlone('one\n', 'x', 3));
    assert.ok(!isAlone('one\n', 'x', 0));
  });
});
