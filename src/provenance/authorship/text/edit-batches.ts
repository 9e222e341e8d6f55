/** Edits that were reported one after another, grouped where one pass over a text can apply them. Pure. */

/** Replaces `deleted` characters at `offset` (UTF-16 code units, counted in the current text) by `inserted`. */
export interface Replacement {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** An edit of a batch, and where it begins in the text before the batch. */
export interface Placed<R extends Replacement> {
  readonly edit: R;
  readonly at: number;
}

/**
 * Batches of edits, each of which lies behind what the one before it inserted, so that they can be applied at once. An
 * edit for which `isAlone` is true forms its own batch; `isAlone` gets where the edit begins and where the one before
 * it ended, in the text before the batch. Apply each batch before requesting the next one.
 */
export function* inBatches<R extends Replacement>(
  edits: readonly R[],
  isAlone: (edit: R, at: number, free: number) => boolean = () => false,
): Generator<readonly Placed<R>[]> {
  let batch: Placed<R>[] = [];
  let alone = false;
  let shift = 0;
  let end = 0;
  for (const edit of edits) {
    const last = batch.at(-1);
    if (last && (alone || edit.offset < end || isAlone(edit, edit.offset - shift, last.at + last.edit.deleted))) {
      yield batch;
      batch = [];
      shift = 0;
    }
    if (batch.length === 0) alone = isAlone(edit, edit.offset, 0);
    batch.push({ edit, at: edit.offset - shift });
    shift += edit.inserted.length - edit.deleted;
    end = edit.offset + edit.inserted.length;
  }
  if (batch.length > 0) yield batch;
}

/** The text after a batch. Throws a RangeError when an edit lies outside it. */
export function withBatch(text: string, batch: readonly Placed<Replacement>[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { edit, at } of batch) {
    const end = at + edit.deleted;
    if (at < done || end < at || end > text.length)
      throw new RangeError(`an edit of ${String(at)}-${String(end)} lies outside a text of ${String(text.length)}`);
    parts.push(text.slice(done, at), edit.inserted);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** How far around an edit to look for the ends of its line. */
const NEAR = 200;

/** Whether text that replaces `[at, end)` is only a part of its line, judged by what is next to it from `free` on. */
export function isPartOfLine(text: string, inserted: string, at: number, end: number, free: number): boolean {
  return (
    !inserted.includes('\n') &&
    (/\S[^\S\n]*$/.test(text.slice(Math.max(free, at - NEAR), at)) || /^[^\S\n]*\S/.test(text.slice(end, end + NEAR)))
  );
}
