/** Applies an edit that was reported character by character to a version of its file. */
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
} from '../../authorship';
import { hunksOfEdits } from '../undo/authors-of-undone-edits';
import { isRestored, touching, type EarlierContent } from '../undo/editor-edits-and-earlier-contents';
import type { KeptOperation } from '../store/record-format';

/** What building the text requires. */
interface ReplayContext {
  readonly weave: Weave;
  readonly store: CharacterStore;
  readonly moves: Moves;
  /** The file's recent and latest committed versions, and an earlier one that equals the result of the operations. */
  readonly former: EarlierContent['versions'];
}

/** The version after the operations, each credited to its own author; undefined when they do not fit the text. */
export function applyOperations(
  on: Snapshot,
  operations: readonly KeptOperation[],
  operationOf: (provenance: number) => Operation,
  { weave, store, moves, former: versions }: ReplayContext,
): Snapshot | undefined {
  let version = on;
  const isUndone = operations.some(({ back }) => back !== undefined); // in its place among the others
  // Lines inserted whole may be found again in what is inserted after them.
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
 * Applies the undo first, then what was typed next to it before the save, so that the state undone to becomes visible.
 * Unattributed edits directly next to restored text go with the undo.
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

/** The editor saw a person type it key by key; pastes and moves have other evidence. */
const isTyped = ({ by }: Operation): boolean => by?.author === 'human' && by.evidence === 'observed';
