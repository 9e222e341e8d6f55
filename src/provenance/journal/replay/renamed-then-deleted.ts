/**
 * A file deleted because it was renamed: lines deleted later under the new name are credited as they would be if git
 * reported the rename. Lines still present under it belong to whoever renamed the file. Pure.
 */
import { sameProvenance, type Operation, type Patch, type Span, type Snapshot } from '../../authorship';

/** Above this product (spans of the file times those of the others), nothing is searched. */
const PAIRS_AT_MOST = 4_000_000;

/** Where another file has or had the text. */
interface CopyElsewhere {
  readonly span: Span;
  /** That file is empty now. */
  readonly isEmpty: boolean;
}

/** A part of a text that moved to another file. */
interface Part {
  readonly length: number;
  /** Who deleted it there; null where it is still present, undefined where it never moved to another file. */
  readonly deletedBy: Operation | null | undefined;
}

/**
 * A patch for the version of a deleted file that credits text later deleted under the new name to whoever deleted it
 * there. `others` are the other files as they are now. Undefined where there is no such text.
 */
export function creditDeletionsAfterRename(version: Snapshot, others: readonly Snapshot[]): Patch | undefined {
  const away = version.spans.filter(({ deletedBy }) => deletedBy?.by);
  if (version.text !== '' || away.length === 0) return undefined;
  const places = others
    .filter((other) => other !== version)
    .flatMap(({ text, spans }) => spans.map((span): CopyElsewhere => ({ span, isEmpty: text === '' })));
  if (away.length * places.length > PAIRS_AT_MOST) return undefined;
  const fill = away.flatMap(({ id, length, textOffset, deletedBy, restoredBy }) => {
    let at = id;
    return (deletedBy ? partsOf(textOffset, length, deletedBy, places) : []).flatMap((part) => {
      const start = at;
      at += part.length;
      return part.deletedBy ? [{ id: start, length: part.length, restoredBy, deletedBy: part.deletedBy }] : [];
    });
  });
  const [first] = fill;
  return first && { on: version, text: '', hunks: [{ from: 0, to: 0, by: first.deletedBy, items: fill }] };
}

/** What became of a run of stored characters that an operation moved to another file. */
function partsOf(
  textOffset: number,
  length: number,
  operation: Operation,
  places: readonly CopyElsewhere[],
): readonly Part[] {
  const place = places.find(
    ({ span }) =>
      span.textOffset < textOffset + length &&
      textOffset < span.textOffset + span.length &&
      span.insertedBy !== operation &&
      operation.by !== null &&
      sameProvenance(span.insertedBy.by, operation.by),
  );
  if (!place) return [{ length, deletedBy: undefined }];
  const { span, isEmpty } = place;
  const from = Math.max(textOffset, span.textOffset);
  const to = Math.min(textOffset + length, span.textOffset + span.length);
  const others = places.filter((other) => other !== place);
  const { deletedBy } = span;
  const parts =
    deletedBy && isEmpty
      ? partsOf(from, to - from, deletedBy, others).map((part) =>
          part.deletedBy === undefined ? { ...part, deletedBy } : part,
        )
      : [{ length: to - from, deletedBy }];
  return [
    ...(from > textOffset ? partsOf(textOffset, from - textOffset, operation, others) : []),
    ...parts,
    ...(textOffset + length > to ? partsOf(to, textOffset + length - to, operation, others) : []),
  ];
}
