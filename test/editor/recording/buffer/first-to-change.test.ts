import assert from 'node:assert/strict';
import { Draft } from '../../../../src/editor/recording/buffer/document-draft';
import type { TextChange } from '../../../../src/editor/recording/buffer/text-change';
import type { Provenance } from '../../../../src/editor/recording/buffer/text-spans';
import { atOnce } from '../../../../src/editor/time-slices';

const HUMAN: Provenance = { author: 'human', evidence: 'observed' };
const AI: Provenance = { author: 'ai', assistant: 'unknown-assistant', evidence: 'observed' };

const SAVED = 'one\ntwo\nsix\n';
const at = SAVED.indexOf('two');

const one = (offset: number, deleted: number, inserted: string): TextChange[] => [{ offset, deleted, inserted }];

/** Who is told to have been the first to change which lines, after some steps. */
function firsts(...steps: readonly ((draft: Draft) => unknown)[]): readonly string[] {
  const draft = new Draft(SAVED);
  for (const step of steps) step(draft);
  return [...atOnce(draft.firstsToChange(SAVED, draft.operations()))]
    .map(([line, by]) => `${String(line)} ${by?.author ?? 'nobody'}`)
    .sort();
}

const changes = (by: Provenance, offset: number, deleted: number, inserted: string) => (draft: Draft) =>
  draft.change(one(offset, deleted, inserted), () => by);
const undoes = (offset: number, deleted: number, inserted: string) => (draft: Draft) =>
  atOnce(draft.restoring(one(offset, deleted, inserted), HUMAN));

describe('Draft.firstsToChange: who first changed each line before a save', () => {
  const typed = changes(HUMAN, at, 0, 'typed ');
  const completed = changes(AI, at + 'typed two'.length, 0, ' and more');

  it('names the first of two authors of a line, in whichever order their text stands', () => {
    assert.deepEqual(firsts(typed, completed), ['2 human']);
    assert.deepEqual(firsts(changes(AI, at + 3, 0, ' and more'), typed), ['2 ai']);
  });

  it('names the first author when none of their text is left', () => {
    assert.deepEqual(firsts(typed, completed, changes(null, at, 5, 'other')), ['2 human']);
    assert.deepEqual(firsts(typed, completed, changes(AI, at, 5, 'other'), changes(null, at, 1, 'O')), ['2 human']);
  });

  it("names nobody when the first change was nobody's and is gone", () => {
    const [other, typedBeside] = [changes(null, at, 0, 'other '), changes(HUMAN, at, 0, 'typed ')];
    assert.deepEqual(firsts(other, typedBeside), []);
    assert.deepEqual(firsts(other, typedBeside, changes(HUMAN, at + 'typed '.length, 'other '.length, '')), [
      '2 nobody',
    ]);
  });

  it('leaves out a line with a single author, and an unchanged line', () => {
    assert.deepEqual(firsts(typed, changes(AI, 0, 0, 'above\n')), []);
    assert.deepEqual(firsts(changes(HUMAN, at + 3, 0, '\nbelow'), changes(AI, at, 0, 'above\n')), []);
  });

  it('counts from the last time the line was as saved', () => {
    const takenOut = changes(HUMAN, at, 'other '.length, '');
    assert.deepEqual(
      firsts(changes(AI, at, 0, 'other '), takenOut, typed, changes(null, at + 'typed two'.length, 0, '!')),
      ['2 human'],
    );
    assert.deepEqual(
      firsts(changes(AI, at, 0, 'other '), typed, changes(null, at + 'typed '.length, 'other '.length, '')),
      ['2 ai'],
    );
  });

  it('leaves out changes by undo and redo', () => {
    const isUndone = undoes(at, 'typed '.length, '');
    assert.deepEqual(firsts(typed, isUndone, undoes(at, 0, 'typed '), completed), []);
    assert.deepEqual(firsts(typed, isUndone, typed, completed), ['2 human']);
  });

  it("names the person who pastes an assistant's text", () => {
    const cutBefore = {
      text: 'their words',
      parts: [
        { origin: { by: AI, length: 6 }, start: 0, length: 6 },
        { origin: { by: null, length: 5 }, start: 0, length: 5 },
      ],
    };
    assert.deepEqual(
      firsts((draft) =>
        draft.change(one(at + 1, 0, 'their words'), () => null, { cutBefore: () => cutBefore, around: HUMAN }),
      ),
      ['2 human'],
    );
  });

  it('leaves out a line that two authors changed in one edit', () => {
    assert.deepEqual(
      firsts((draft) =>
        draft.change([...one(at, 0, 'a'), ...one(at + 2, 0, 'b')], (index) => (index === 0 ? HUMAN : AI)),
      ),
      [],
    );
  });

  it('names both lines that were joined', () =>
    assert.deepEqual(firsts(changes(HUMAN, at + 3, 1, ''), changes(AI, at + 3, 0, ' and ')), ['2 human', '3 human']));

  it('starts anew with each save', () => {
    const saved = 'one\ntyped two and more\nsix\n';
    const draft = new Draft(SAVED);
    typed(draft);
    completed(draft);
    atOnce(draft.saving());
    draft.change(one(at, 1, 'T'), () => AI);
    draft.change(one(at + 6, 3, 'TWO'), () => HUMAN);
    assert.deepEqual([...atOnce(draft.firstsToChange(saved, draft.operations()))], [[2, AI]]);
  });
});
