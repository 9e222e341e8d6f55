import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  EMPTY,
  CharacterStore,
  Moves,
  textOf,
  Weave,
  type Operation,
  type Snapshot,
} from '../../../../src/provenance/authorship';
import { applyOperations } from '../../../../src/provenance/journal/replay/apply-editor-edits';
import type { KeptOperation } from '../../../../src/provenance/journal';
import { commonEnds } from '../../../support/common-ends';

const WORDS = ['let ', 'rate', ' = ', 'cost', ';', '\n', '\n', '}', 'x', ' '];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(''));

/** An edit of the text, or an undo to one that was there before, and what is typed into that before the save. */
interface Step {
  readonly undoTo?: number | undefined;
  readonly at: number;
  readonly deleted: number;
  readonly inserted: string;
  readonly cuts: readonly number[];
  readonly unseen: number;
  readonly typed: string;
}
const step: fc.Arbitrary<Step> = fc.record({
  undoTo: fc.option(fc.nat(), { nil: undefined }),
  at: fc.nat(),
  deleted: fc.nat(8),
  inserted: text,
  cuts: fc.array(fc.nat(), { maxLength: 3 }),
  unseen: fc.nat(4),
  typed: text,
});

/** Where two texts differ, and by what. */
function difference(before: string, after: string): readonly [from: number, until: number, put: string] {
  const { head, tail } = commonEnds(before, after);
  return [head, before.length - tail, after.slice(head, after.length - tail)];
}

/** What an editor tells of a step, and the text behind it. */
function told(
  now: string,
  texts: readonly string[],
  { undoTo, at, deleted, inserted, cuts, unseen, typed }: Step,
): { readonly operations: readonly KeptOperation[]; readonly to: string } {
  const start = at % (now.length + 1);
  const target = undoTo === undefined ? undefined : texts[undoTo % texts.length];
  const [from, until, put] =
    target === undefined
      ? ([start, Math.min(now.length, start + deleted), inserted] as const)
      : difference(now, target);
  const back = target === undefined ? {} : { back: 0 };
  const places = [0, ...cuts.map((cut) => cut % (put.length + 1)).sort((a, b) => a - b), put.length];
  const parts = places.slice(1).map((end, i) => ({
    inserted: put.slice(places[i], end),
    by: target !== undefined && unseen === i ? -1 : 0,
    ...back,
  }));
  const all = parts.toSpliced(at % (parts.length + 1), 0, { inserted: typed, by: 0 });
  let offset = from;
  const pieces = all.map((part): KeptOperation => ({
    offset: (offset += part.inserted.length) - part.inserted.length,
    deleted: 0,
    ...part,
  }));
  const operations = [{ offset: from, deleted: until - from, inserted: '', by: 0, ...back }, ...pieces];
  return {
    operations: operations.filter((one) => one.deleted > 0 || one.inserted !== ''),
    to: now.slice(0, from) + all.map((part) => part.inserted).join('') + now.slice(until),
  };
}

describe("an editor's edit, replayed character by character", () => {
  it('gives a version whose visible spans are the text, for random edits and undos', () => {
    fc.assert(
      fc.property(text, fc.array(step, { minLength: 1, maxLength: 8 }), (base, steps) => {
        const ink = new CharacterStore();
        const moves = new Moves(ink);
        const weave = new Weave(ink, moves);
        let order = 0;
        const versions: Snapshot[] = [weave.start(base)];
        for (const one of steps) {
          const now = versions[0] ?? EMPTY;
          const { operations, to } = told(
            now.text,
            versions.map((version) => version.text),
            one,
          );
          const made = new Map<number, Operation>();
          const deedOf = (hand: number): Operation => {
            const operation = made.get(hand) ?? {
              by:
                hand < 0
                  ? { author: 'unknown', reason: 'unrecorded', time: order }
                  : { author: order % 2 === 0 ? 'human' : 'ai', evidence: 'observed', time: order },
              order: ++order,
            };
            made.set(hand, operation);
            return operation;
          };
          const version =
            applyOperations(now, operations, deedOf, { weave, store: ink, moves, former: versions.slice(0, 4) }) ??
            assert.fail('it does not fit');
          assert.equal(version.text, to);
          assert.equal(
            textOf(
              ink,
              version.spans.filter(({ deletedBy: gone }) => gone === null),
            ),
            to,
          );
          versions.unshift(version);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
