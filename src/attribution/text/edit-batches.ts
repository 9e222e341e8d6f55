/** Edits that were told one after another, put together where they can be done in one go over a text. Pure. */

/** Replaces `deleted` characters at `offset` by `inserted`. */
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
 * Batches of edits of which each lies behind what the one before it put in: they can be done at once. An edit for which
 * `isAlone` is a batch by itself; it is asked with where the edit begins, and where the one before it ended, in the
 * text before the batch. A batch is to be done before the next one is asked for.
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

/** How far around an edit its line is looked at. */
const NEAR = 200;

/** Whether text put in place of `[at, end)` is only a part of its line, by what stands beside it from `free` on. */
export function isPartOfLine(text: string, inserted: string, at: number, end: number, free: number): boolean {
  return (
    !inserted.includes('\n') &&
    (/\S[^\S\n]*$/.test(text.slice(Math.max(free, at - NEAR), at)) || /^[^\S\n]*\S/.test(text.slice(end, end + NEAR)))
  );
}
