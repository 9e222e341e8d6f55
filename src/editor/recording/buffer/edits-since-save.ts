/** The operations that lead from the saved text to the edited one, with their authors. Pure. */
import { PLACES_IN_A_SLICE, type TimeSliced } from '../../time-slices';
import {
  SpanList,
  isVisible,
  sameProvenance,
  SpanIndex,
  type InsertedText,
  type Provenance,
  type Span,
} from './text-spans';
import type { LongText } from './chunked-text';
import type { SavedRuns } from './span-offsets';
import type { RunSequence } from './span-sequence';
import type { AuthoredChange } from './text-change';

// Walks the saved text alongside its edited version. Pure.

/** Reads the saved text's runs from the front. */
class BaseReader {
  private readonly left: Span[];
  constructor(base: readonly Span[]) {
    this.left = [...base].reverse();
  }

  /** Passes to `use` what comes before a run that is in the base, or all that is left. */
  upTo(next: Span | undefined, use: (run: Span) => void): void {
    const skipped = new SpanList();
    for (let run = this.left.pop(); run; run = this.left.pop()) {
      if (next?.origin === run.origin && next.start >= run.start && next.start < run.start + run.length) {
        const before = next.start - run.start;
        skipped.add({ ...run, length: before });
        this.left.push({ ...run, start: next.start, length: run.length - before });
        break;
      }
      skipped.add(run);
    }
    skipped.runs.forEach(use);
  }

  /** Skips characters that stayed. */
  pass(length: number): void {
    const run = this.left.pop();
    if (run && run.length > length) this.left.push({ ...run, start: run.start + length, length: run.length - length });
  }
}

/** A text, the saved one, and what is known about undoing between them. */
interface Listed {
  readonly text: LongText;
  readonly runs: RunSequence;
  readonly base: SavedRuns;
  /** Who undid the insertion of what is no longer there. */
  readonly undoer: Provenance;
  /** What an undo restored last. */
  readonly restored: RunSequence | undefined;
  /** Text that was saved at some time. */
  readonly onceSaved: WeakSet<InsertedText>;
}

/** Lists the operations in text order, in slices. */
export function* listOperations({
  text: current,
  runs,
  base,
  undoer,
  restored,
  onceSaved,
}: Listed): TimeSliced<AuthoredChange[]> {
  if (runs === base.runs) return []; // as it was saved
  const { start: from, living, deleted: deletedRuns, other: others } = runs.differenceFrom(base.runs);
  yield;
  const isInBase = new SpanIndex(others);
  const deleted = new SpanIndex(deletedRuns);
  const operations: AuthoredChange[] = [];
  const add = (operation: AuthoredChange): void => {
    const last = operations.at(-1);
    if (
      last?.inserted === '' &&
      operation.inserted === '' &&
      last.offset === operation.offset &&
      sameProvenance(last.by, operation.by) &&
      last.back === operation.back
    )
      operations[operations.length - 1] = { ...last, deleted: last.deleted + operation.deleted };
    else operations.push(operation);
  };
  const pending = new BaseReader(others);
  let at = from;
  let inserts: { run: Span; from: number; isBack: boolean }[] = [];
  let inRestored: SpanIndex | undefined;
  // Others may know who wrote text that was in the file before, and what somebody inserted may be committed since.
  const cutBack = (run: Span, use: (part: Span, isBack: boolean) => void): void => {
    const { by } = run.origin;
    const wasThere = by === undefined || onceSaved.has(run.origin);
    if (by !== null || restored === undefined || !wasThere) use(run, wasThere);
    else
      (inRestored ??= new SpanIndex(restored.all().filter(isVisible))).cut(run, (part, member) =>
        use(part, member !== undefined),
      );
  };
  const close = (next: Span | undefined): void => {
    const start = inserts[0]?.from ?? at;
    pending.upTo(next, (missing) => {
      deleted.cut(missing, (part, tomb) =>
        add({
          offset: start,
          deleted: part.length,
          inserted: '',
          ...(tomb?.deletedBy === undefined
            ? { by: undoer, ...(undoer ? { back: undoer } : {}) }
            : { by: tomb.deletedBy }),
        }),
      );
    });
    for (const { run, from, isBack } of inserts) {
      let offset = from;
      base.cutCopied(run, (length, movedFrom) => {
        add({
          offset,
          deleted: 0,
          inserted: current.slice(offset, offset + length),
          by: run.origin.by ?? null,
          ...(movedFrom === undefined ? {} : { movedFrom }),
          ...(isBack && undoer ? { back: undoer } : {}),
        });
        offset += length;
      });
    }
    inserts = [];
  };
  yield;
  for (const [index, run] of living.entries()) {
    if (index % PLACES_IN_A_SLICE === 0) yield;
    isInBase.cut(run, (part, member) => {
      if (member) {
        close(part);
        pending.pass(part.length);
        at += part.length;
        return;
      }
      cutBack(part, (piece, isBack) => {
        inserts.push({ run: piece, from: at, isBack });
        at += piece.length;
      });
    });
  }
  close(undefined);
  return operations;
}
