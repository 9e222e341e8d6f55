/** An edit that is told character by character, done to a version of its file. */
import {
  inBatches,
  isPartOfLine,
  withBatch,
  type Operation,
  type CharacterStore,
  type Moves,
  type Placed,
  type Patch,
  type Snapshot,
  type Weave,
} from '../../attribution';
import { hunksOfEdits } from '../undo/restore';
import { isRestored, touching, type EarlierContent } from '../undo/known-edit';
import type { KeptOperation } from '../store/record';

/** What texts are made of. */
interface ReplayContext {
  readonly weave: Weave;
  readonly store: CharacterStore;
  readonly moves: Moves;
  /** What the file was lately and in the latest commit, and what it once was with the text that the operations make. */
  readonly former: EarlierContent['versions'];
}

/** The version after operations, each by the operation of its hand; undefined when they do not fit the text. */
export function applyOperations(
  on: Snapshot,
  operations: readonly KeptOperation[],
  operationOf: (provenance: number) => Operation,
  { weave, store, moves, former: versions }: ReplayContext,
): Snapshot | undefined {
  let version = on;
  const isUndone = operations.some(({ back }) => back !== undefined); // in its place among the others
  // What is put in as whole lines may be found again in what is put in behind it.
  const isAlone = ({ deleted, inserted }: KeptOperation, at: number, free: number): boolean =>
    inserted !== '' && !isUndone && !isPartOfLine(version.text, inserted, at, at + deleted, free);
  try {
    for (const batch of inBatches(operations, isAlone)) {
      for (const part of isUndone ? parted(batch) : [batch]) {
        const edits = part.map(({ edit: { offset, deleted, inserted, by, back }, at }) => ({
          from: at,
          to: at + deleted,
          offset,
          inserted,
          by: operationOf(by),
          ...(back === undefined ? {} : { back: operationOf(back) }),
        }));
        const patch: Patch = {
          on: version,
          text: withBatch(version.text, part),
          hunks: hunksOfEdits(store, version, edits, { versions, order: weave.order, nobody: () => operationOf(-1) }),
        };
        moves.trace([patch], isTyped);
        version = weave.apply(patch);
        moves.learn(patch, version);
      }
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return version;
}

/**
 * First what undoes, then what was typed beside it before the save: so it shows what was undone to. What nobody is
 * known to have done right beside what an undo brings back goes with that.
 */
function parted(batch: readonly Placed<KeptOperation>[]): readonly (readonly Placed<KeptOperation>[])[] {
  const undoing: Placed<KeptOperation>[] = [];
  const others: Placed<KeptOperation>[] = [];
  let [undone, done] = [0, 0];
  for (const group of touching(batch, ({ edit, at }) => ({ from: at, to: at + edit.deleted }))) {
    const isUndo = group.some(({ edit }) => isRestored(edit));
    for (const { edit, at } of group) {
      const grown = edit.inserted.length - edit.deleted;
      if (edit.back !== undefined || (isUndo && edit.by < 0)) {
        undoing.push({ edit: { ...edit, offset: edit.offset - done }, at });
        undone += grown;
      } else {
        others.push({ edit, at: at + undone });
        done += grown;
      }
    }
  }
  return [undoing, others].filter((part) => part.length > 0);
}

/** An editor saw a person do it, key by key; what is pasted or moved is told apart there. */
const isTyped = ({ by }: Operation): boolean => by?.author === 'human' && by.evidence === 'observed';
