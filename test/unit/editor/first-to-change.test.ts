import assert from 'node:assert/strict';
import { Draft } from '../../../src/editor/recording/buffer/draft';
import type { TextChange } from '../../../src/editor/recording/buffer/text-change';
import type { Provenance } from '../../../src/editor/recording/buffer/spans';
import { atOnce } from '../../../src/editor/time-slices';

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

describe('who was the first to change a line before a save', () => {
  const typed = changes(HUMAN, at, 0, 'typed ');
  const completed = changes(AI, at + 'typed two'.length, 0, ' and more');

  it('is told of a line that two changed, in whichever order they stand in it', () => {
    assert.deepEqual(firsts(typed, completed), ['2 human']);
    assert.deepEqual(firsts(changes(AI, at + 3, 0, ' and more'), typed), ['2 ai']);
  });

  it('is told though nothing that the first one did is left', () => {
    assert.deepEqual(firsts(typed, completed, changes(null, at, 5, 'other')), ['2 human']);
    assert.deepEqual(firsts(typed, completed, changes(AI, at, 5, 'other'), changes(null, at, 1, 'O')), ['2 human']);
  });

  it("is told to be nobody where only another one's text is left", () => {
    const [other, typedBeside] = [changes(null, at, 0, 'other '), changes(HUMAN, at, 0, 'typed ')];
    assert.deepEqual(firsts(other, typedBeside), []);
    assert.deepEqual(firsts(other, typedBeside, changes(HUMAN, at + 'typed '.length, 'other '.length, '')), [
      '2 nobody',
    ]);
  });

  it('is not told of a line that one alone changed, nor of one that is as it was', () => {
    assert.deepEqual(firsts(typed, changes(AI, 0, 0, 'above\n')), []);
    assert.deepEqual(firsts(changes(HUMAN, at + 3, 0, '\nbelow'), changes(AI, at, 0, 'above\n')), []);
  });

  it('counts from when the line was whole for the last time', () => {
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

  it('is not told of what an undo or a redo brought about', () => {
    const isUndone = undoes(at, 'typed '.length, '');
    assert.deepEqual(firsts(typed, isUndone, undoes(at, 0, 'typed '), completed), []);
    assert.deepEqual(firsts(typed, isUndone, typed, completed), ['2 human']);
  });

  it('is told of the person who pastes what another wrote', () => {
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

  it('is not told where several did it at once', () => {
    assert.deepEqual(
      firsts((draft) =>
        draft.change([...one(at, 0, 'a'), ...one(at + 2, 0, 'b')], (index) => (index === 0 ? HUMAN : AI)),
      ),
      [],
    );
  });

  it('is told of the lines that were joined to one', () =>
    assert.deepEqual(firsts(changes(HUMAN, at + 3, 1, ''), changes(AI, at + 3, 0, ' and ')), ['2 human', '3 human']));

  it('is told again after each save', () => {
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
