import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Draft } from '../../../../src/editor/recording/buffer/document-draft';
import type { TextChange } from '../../../../src/editor/recording/buffer/text-change';
import type { Provenance } from '../../../../src/editor/recording/buffer/text-spans';
import { atOnce } from '../../../../src/editor/time-slices';
import { casesOf, itOfCases } from '../../../support/full';

const HUMAN: Provenance = { author: 'human', evidence: 'observed' };
const AI: Provenance = { author: 'ai', assistant: 'unknown-assistant', evidence: 'observed' };

const one = (offset: number, deleted: number, inserted: string): TextChange[] => [{ offset, deleted, inserted }];

const restore = (draft: Draft, changes: readonly TextChange[], by: Provenance): void =>
  atOnce(draft.restoring(changes, by));

/** What the operations make of the saved text, as text and as one letter an author for each character. */
function played(saved: string, draft: Draft): { text: string; authors: string } {
  let text = saved;
  let authors = '.'.repeat(saved.length);
  for (const { offset, deleted, inserted, by } of draft.operations()) {
    text = text.slice(0, offset) + inserted + text.slice(offset + deleted);
    authors = authors.slice(0, offset) + letter(by).repeat(inserted.length) + authors.slice(offset + deleted);
  }
  return { text, authors };
}
const letter = (hand: Provenance): string =>
  hand === null ? '?' : hand.author === 'ai' ? 'A' : hand.author === 'human' ? 'H' : 'U';

/** So small that a few characters are many parts. */
const GRAIN = fc.record({ part: fc.integer({ min: 1, max: 5 }), chunk: fc.integer({ min: 1, max: 4 }) });

/** How many characters are copied meanwhile, of whichever texts. */
function charactersCopied(work: () => void): number {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is bound to each text again
  const { slice } = String.prototype;
  const { join } = Array.prototype;
  let characters = 0;
  const counted = (text: string): string => {
    characters += text.length;
    return text;
  };
  String.prototype.slice = function count(...words) {
    return counted(slice.apply(this, words));
  };
  Array.prototype.join = function count(...words) {
    return counted(join.apply(this, words));
  };
  try {
    work();
  } finally {
    String.prototype.slice = slice;
    Array.prototype.join = join;
  }
  return characters;
}

describe('Draft, the edits of a document between two saves:', () => {
  it('keeps typed text and a completion apart, each with its author', () => {
    const draft = new Draft('let a;\n');
    draft.change(one(6, 0, '\n'), () => HUMAN);
    draft.change(one(7, 0, 'f'), () => HUMAN);
    draft.change(one(8, 0, 'u'), () => HUMAN);
    draft.change(one(7, 2, 'function f() {}'), () => AI);
    assert.deepEqual(played('let a;\n', draft), {
      text: 'let a;\nfunction f() {}\n',
      authors: '......HHHAAAAAAAAAAAAA.',
    });
    assert.equal(draft.operations().length, 2, 'what one hand typed in one go is one operation');
  });

  it('gives text that is undone and redone back to its author', () => {
    const draft = new Draft('');
    draft.change(one(0, 0, 'ab'), () => HUMAN);
    draft.change(one(2, 0, 'XYZ'), () => AI);
    draft.change(one(0, 5, ''), () => HUMAN);
    restore(draft, one(0, 0, 'abXYZ'), HUMAN);
    assert.deepEqual(played('', draft), { text: 'abXYZ', authors: 'HHAAA' });
    restore(draft, one(2, 3, ''), HUMAN);
    assert.deepEqual(played('', draft), { text: 'ab', authors: 'HH' });
    restore(draft, one(2, 0, 'XYZ'), HUMAN);
    assert.deepEqual(played('', draft), { text: 'abXYZ', authors: 'HHAAA' });
  });

  it('gives text that is undone after a save back to its author', () => {
    const draft = new Draft('old\n');
    draft.change(one(4, 0, 'new'), () => AI);
    atOnce(draft.saving());
    assert.deepEqual(draft.operations(), []);
    draft.change(one(0, 7, ''), () => HUMAN);
    atOnce(draft.saving());
    restore(draft, one(0, 0, 'old\nnew'), HUMAN);
    assert.deepEqual(played('', draft), { text: 'old\nnew', authors: '????AAA' });
    assert.deepEqual(
      draft.operations(),
      [
        { offset: 0, deleted: 0, inserted: 'old\n', by: null, back: HUMAN },
        { offset: 4, deleted: 0, inserted: 'new', by: AI, back: HUMAN },
      ],
      'what was there at first, and what was saved, is told to be back',
    );
    atOnce(draft.saving());
    restore(draft, one(4, 3, ''), HUMAN);
    assert.deepEqual(
      draft.operations(),
      [{ offset: 4, deleted: 3, inserted: '', by: HUMAN, back: HUMAN }],
      'a person who undoes takes text away, which may have been gone before',
    );
  });

  it("reports an undo across a save as a restore by the person, and later unseen text as nobody's", () => {
    const draft = new Draft('old\n');
    draft.change(one(4, 0, 'read\n'), () => null);
    atOnce(draft.saving());
    draft.change(one(0, 9, ''), () => HUMAN);
    atOnce(draft.saving());
    restore(draft, one(0, 0, 'old\nread\n'), HUMAN);
    draft.change(one(9, 0, 'more\n'), () => null);
    assert.deepEqual(draft.operations(), [
      { offset: 0, deleted: 0, inserted: 'old\n', by: null, back: HUMAN },
      { offset: 4, deleted: 0, inserted: 'read\n', by: null, back: HUMAN },
      { offset: 9, deleted: 0, inserted: 'more\n', by: null },
    ]);
  });

  it("does not report an undo of unsaved text by nobody, such as a formatter's, as a restore", () => {
    const draft = new Draft('old text\n');
    draft.change(one(3, 0, ' '), () => null);
    draft.change(one(0, 1, ''), () => HUMAN);
    restore(draft, one(0, 0, 'o'), HUMAN);
    assert.deepEqual(draft.operations(), [{ offset: 3, deleted: 0, inserted: ' ', by: null }]);
  });

  it('does not report an undo of unsaved text as a restore after the save', () => {
    const draft = new Draft('old\n');
    draft.change(one(4, 0, 'new'), () => AI);
    draft.change(one(4, 3, ''), () => HUMAN);
    atOnce(draft.saving());
    restore(draft, one(4, 0, 'new'), HUMAN);
    draft.change(one(7, 0, 'er'), () => HUMAN);
    assert.deepEqual(draft.operations(), [
      { offset: 4, deleted: 0, inserted: 'new', by: AI },
      { offset: 7, deleted: 0, inserted: 'er', by: HUMAN },
    ]);
  });

  it('reports a redo of a deletion that was read from disk as a restore by the person', () => {
    const draft = new Draft('one\ntwo\n');
    draft.change(one(4, 4, ''), () => null);
    atOnce(draft.loading());
    restore(draft, one(4, 0, 'two\n'), HUMAN);
    atOnce(draft.saving());
    restore(draft, one(4, 4, ''), HUMAN);
    draft.change(one(0, 3, ''), () => HUMAN);
    assert.deepEqual(draft.operations(), [
      { offset: 0, deleted: 3, inserted: '', by: HUMAN },
      { offset: 1, deleted: 4, inserted: '', by: HUMAN, back: HUMAN },
    ]);
  });

  it('has no operations when everything was undone', () => {
    const draft = new Draft('one two\n');
    draft.change(one(0, 3, ''), () => HUMAN);
    restore(draft, one(0, 0, 'one'), HUMAN);
    assert.deepEqual(draft.operations(), []);
  });

  it('gives text that an undo brings back from before the draft to nobody', () => {
    const draft = new Draft('one\n');
    restore(draft, one(4, 0, 'two\n'), HUMAN);
    assert.deepEqual(played('one\n', draft), { text: 'one\ntwo\n', authors: '....????' });
  });

  it('takes only the changed part of a replaced text', () => {
    const draft = new Draft('const a = 1;\nconst b = 2;\nconst c = 3;\n');
    draft.change(one(0, 39, 'const a = 1;\nconst b = 20;\nconst c = 3;\nconst d = 4;\n'), () => null);
    assert.deepEqual(
      played('const a = 1;\nconst b = 2;\nconst c = 3;\n', draft).authors.replace(/\./g, ''),
      '?'.repeat(14),
    );
  });

  it('keeps the authors of text that is cut and pasted with other white space', () => {
    const draft = new Draft('head\n');
    draft.change(one(5, 0, 'by AI\n'), () => AI);
    const [cutting] = draft.change(one(5, 6, ''), () => HUMAN);
    assert.ok(cutting);
    const other = new Draft('x');
    other.change(one(1, 0, '\n  by AI'), () => null, { cutBefore: () => cutting });
    assert.deepEqual(played('x', other), { text: 'x\n  by AI', authors: '.???AAAAA' });
  });

  it('names the old place of text that moves in one edit', () => {
    const draft = new Draft('one\ntwo\n');
    const changes = [
      { offset: 0, deleted: 4, inserted: '' },
      { offset: 8, deleted: 0, inserted: 'one\n' },
    ];
    const own = draft.cuttingsOf(changes);
    draft.change(changes, () => HUMAN, { cutBefore: () => own[0] });
    assert.equal(draft.text, 'two\none\n');
    assert.deepEqual(draft.operations(), [
      { offset: 0, deleted: 4, inserted: '', by: HUMAN },
      { offset: 4, deleted: 0, inserted: 'one', by: null, movedFrom: 0 },
      { offset: 7, deleted: 0, inserted: '\n', by: HUMAN },
    ]);
  });

  it('names the saved place of each part of a copy', () => {
    const draft = new Draft('one\n');
    draft.change(one(4, 0, 'by AI\n'), () => AI);
    atOnce(draft.saving());
    const copy = draft.copyOf(4, 9);
    draft.change(one(6, 1, ''), () => HUMAN);
    atOnce(draft.saving());
    draft.change(one(9, 0, 'by AI'), () => HUMAN, { cutBefore: () => copy });
    assert.deepEqual(draft.operations(), [
      { offset: 9, deleted: 0, inserted: 'by', by: null, movedFrom: 4 },
      { offset: 11, deleted: 0, inserted: ' ', by: null },
      { offset: 12, deleted: 0, inserted: 'AI', by: null, movedFrom: 6 },
    ]);
  });

  it('refuses a change outside the text', () => {
    assert.throws(() => new Draft('abc').change(one(3, 1, ''), () => HUMAN), RangeError);
  });

  itOfCases('gives the same result for many changes at once and one by one, for random changes', () => {
    const edit = fc.record({
      gap: fc.nat(3),
      deleted: fc.nat(3),
      inserted: fc.stringMatching(/^[a-d]{0,3}$/),
      ai: fc.boolean(),
    });
    type Edit = TextChange & { readonly by: Provenance };
    /** None of them overlaps another; some touch. */
    const placed = (
      edits: readonly { gap: number; deleted: number; inserted: string; ai: boolean }[],
      length: number,
    ): Edit[] => {
      let at = 0;
      return edits.flatMap(({ gap, deleted, inserted, ai }) => {
        const offset = at + gap;
        if (offset + deleted > length) return [];
        at = offset + Math.max(1, deleted);
        return [{ offset, deleted, inserted, by: ai ? AI : HUMAN }];
      });
    };
    fc.assert(
      fc.property(
        fc.stringMatching(/^[x-z]{0,40}$/),
        fc.array(fc.array(edit, { maxLength: 8 }), { maxLength: 5 }),
        GRAIN,
        (start, rounds, grain) => {
          const [together, oneByOne] = [new Draft(start, grain), new Draft(start)];
          for (const edits of rounds) {
            const changes = placed(edits, together.text.length);
            const before = together.text;
            together.change(changes, (index) => changes[index]?.by ?? null);
            for (const change of [...changes].reverse()) oneByOne.change([change], () => change.by);
            assert.equal(together.text, oneByOne.text);
            assert.deepEqual(together.operations(), oneByOne.operations());
            assert.deepEqual(
              together.copyOf(0, Infinity).parts.map(({ length, origin }) => [length, origin.by]),
              oneByOne.copyOf(0, Infinity).parts.map(({ length, origin }) => [length, origin.by]),
            );
            if (together.text !== before) {
              const back = [{ offset: 0, deleted: together.text.length, inserted: before }];
              const forth = [{ offset: 0, deleted: before.length, inserted: together.text }];
              for (const draft of [together, oneByOne]) {
                restore(draft, back, HUMAN);
                assert.equal(played(start, draft).text, before);
                restore(draft, forth, HUMAN);
              }
              assert.deepEqual(together.operations(), oneByOne.operations());
            }
          }
        },
      ),
      { numRuns: casesOf(500, 100) },
    );
  });

  it('has one operation for a key press among thousands of places read from disk', () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `line ${String(index)} stays\n`);
    const saved = lines.join('');
    const draft = new Draft(saved);
    draft.change(
      [
        {
          offset: 0,
          deleted: saved.length,
          inserted: lines.map((line, index) => (index % 2 === 0 ? line.replace('stays', 'is another') : line)).join(''),
        },
      ],
      () => null,
    );
    atOnce(draft.loading());
    assert.deepEqual(draft.operations(), []);
    const offset = draft.text.indexOf('line 2001');
    draft.change([{ offset, deleted: 4, inserted: 'Line' }], () => HUMAN);
    const told = draft.operations();
    assert.deepEqual(
      told.map(({ offset: at }) => at),
      told.map(() => offset),
    );
    const text = told.reduce(
      (so, { offset: at, deleted, inserted }) => so.slice(0, at) + inserted + so.slice(at + deleted),
      draft.text.replace('Line', 'line'),
    );
    assert.equal(text, draft.text);
  });

  it('copies less than 20,000 of a million characters on a key press', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `export const value${String(index)} = compute(${String(index * 7919)});\n`,
    );
    const saved = lines.join('');
    const draft = new Draft(saved);
    draft.change(
      [
        {
          offset: 0,
          deleted: saved.length,
          inserted: lines
            .map((line, index) => (index % 4 === 0 ? line.replace('compute', 'calculate') : line))
            .join(''),
        },
      ],
      () => null,
    );
    atOnce(draft.loading());
    const middle = draft.text.indexOf('\n', draft.length / 2);
    const copied = charactersCopied(() => draft.change(one(middle, 0, 'x'), () => HUMAN));
    assert.ok(copied < 20_000, `${String(copied)} of ${String(draft.length)} characters were copied`);
    assert.equal(draft.operations().length, 1);
  });

  it('keeps its state until the last slice of a change', () => {
    const saved = 'one two three\n'.repeat(2_000);
    const draft = new Draft(saved);
    const work = draft.changing(
      [{ offset: 0, deleted: saved.length, inserted: saved.replaceAll('two', '2') }],
      () => AI,
    );
    let slices = 0;
    while (work.next().done !== true) {
      slices++;
      assert.equal(draft.length, saved.length);
      assert.deepEqual(draft.operations(), []);
    }
    assert.ok(slices > 10, `only ${String(slices)} slices`);
    assert.equal(draft.text, saved.replaceAll('two', '2'));
    assert.ok(draft.operations().every(({ by }) => by === AI));
  });

  it('a save in slices keeps the operations until the last slice', () => {
    const saved = 'one two three\n'.repeat(1_200);
    const draft = new Draft(saved);
    draft.change(
      [...saved.matchAll(/two/g)].map(({ index }) => ({ offset: index, deleted: 3, inserted: '2' })),
      () => HUMAN,
    );
    const expected = draft.operations();
    const work = draft.saving();
    let slices = 0;
    for (; work.next().done !== true; slices++) assert.deepEqual(draft.operations(), expected);
    assert.ok(slices > 10, `only ${String(slices)} slices`);
    assert.deepEqual(draft.operations(), []);
  });

  it('yields after each line of a short text that is replaced', () => {
    const lines = 40;
    const saved = `export const version = 'one';\n`.repeat(lines);
    const work = new Draft(saved).changing(
      [{ offset: 0, deleted: saved.length, inserted: saved.replaceAll('one', 'two') }],
      () => null,
    );
    let slices = 0;
    while (work.next().done !== true) slices++;
    assert.ok(slices > lines, `only ${String(slices)} slices`);
  });

  it('lists the operations of the time it was asked, though changes come between the slices', () => {
    const saved = 'one two three\n'.repeat(5_000);
    const draft = new Draft(saved);
    const three = draft.copyOf(8, 13);
    draft.change(
      [...saved.matchAll(/two/g)].map(({ index }) => ({ offset: index, deleted: 3, inserted: '2' })),
      () => HUMAN,
    );
    draft.change(one(draft.length, 0, 'three'), () => HUMAN, { cutBefore: () => three });
    const expected = draft.operations();
    const work = draft.listing();
    let slices = 0;
    let step = work.next();
    for (; step.done !== true; step = work.next()) {
      if (slices++ === 0) draft.change(one(0, 1, 'x'), () => AI);
      if (slices === 5) atOnce(draft.saving());
    }
    assert.deepEqual(step.value, expected);
    assert.equal(expected.at(-1)?.movedFrom, 8);
    assert.ok(slices > 10, `only ${String(slices)} slices`);
  });

  itOfCases(
    "its operations lead from the saved text to the text with a simple model's authors, for random acts",
    () => {
      type Act =
        | { kind: 'change'; at: number; deleted: number; inserted: string; ai: boolean }
        | { kind: 'undo'; steps: number }
        | { kind: 'save' };
      const act: fc.Arbitrary<Act> = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            kind: fc.constant('change' as const),
            at: fc.nat(1000),
            deleted: fc.nat(3),
            inserted: fc.stringMatching(/^[a-d\n]{0,4}$/),
            ai: fc.boolean(),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({ kind: fc.constant('undo' as const), steps: fc.integer({ min: 1, max: 4 }) }),
        },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('save' as const) }) },
      );
      fc.assert(
        fc.property(
          fc.stringMatching(/^[x-z\n]{0,12}$/),
          fc.array(act, { maxLength: 25 }),
          GRAIN,
          (start, acts, grain) => {
            const draft = new Draft(start, grain);
            // Each character is its own object: [letter, author]. Texts are unique enough only by these identities.
            interface Char {
              readonly c: string;
              readonly by: string;
            }
            let model: Char[] = [...start].map((c) => ({ c, by: '.' }));
            let saved = model;
            const past: Char[][] = [];
            for (const a of acts) {
              const text = model.map((char) => char.c).join('');
              if (a.kind === 'save') {
                atOnce(draft.saving());
                saved = model;
              } else if (a.kind === 'change') {
                const offset = a.at % (model.length + 1);
                const deleted = a.inserted === '' ? Math.min(a.deleted, model.length - offset) : 0;
                if (deleted === 0 && a.inserted === '') continue;
                past.push(model);
                draft.change(one(offset, deleted, a.inserted), () => (a.ai ? AI : HUMAN));
                model = [
                  ...model.slice(0, offset),
                  ...[...a.inserted].map((c) => ({ c, by: a.ai ? 'A' : 'H' })),
                  ...model.slice(offset + deleted),
                ];
              } else {
                const state = past.at(-Math.min(a.steps, past.length));
                if (!state) continue;
                // The latest state with the same text is the one that an undo finds.
                const target = state.map((char) => char.c).join('');
                if (target === text) continue;
                const found =
                  [...past].reverse().find((chars) => chars.map((char) => char.c).join('') === target) ?? state;
                restore(draft, one(0, text.length, target), HUMAN);
                past.push(model);
                model = found;
              }
            }
            const { text, authors } = played(saved.map((char) => char.c).join(''), draft);
            assert.equal(text, model.map((char) => char.c).join(''));
            assert.equal(text, draft.text);
            const kept = new Set(saved);
            assert.equal(
              authors,
              model.map((char) => (kept.has(char) ? '.' : char.by === '.' ? '?' : char.by)).join(''),
            );
          },
        ),
        { numRuns: casesOf(500, 100) },
      );
    },
  );
});
