/**
 * A file that is no more because it got another name: who took its lines away is who did so under the new name, as
 * where git tells of the rename. Lines that are still there under it are by who renamed the file. Pure.
 */
import { sameProvenance, type Operation, type Patch, type Span, type Snapshot } from '../../attribution';

/** Of larger files nothing is looked for (spans of the file times those of the others). */
const PAIRS_AT_MOST = 4_000_000;

/** Where text of another file is or was. */
interface Place {
  readonly strand: Span;
  /** Nothing is left of that file. */
  readonly isEmpty: boolean;
}

/** A part of a text that got into another file. */
interface Part {
  readonly length: number;
  /** Who took it away there; null where it is still there, undefined where it never came to another file. */
  readonly gone: Operation | null | undefined;
}

/**
 * A plan for the version of a deleted file in which the text that its new name lost later is by whom that was. `others`
 * are the other files as they are by now. Undefined where there is no such text.
 */
export function creditDeletionsAfterRename(version: Snapshot, others: readonly Snapshot[]): Patch | undefined {
  const away = version.spans.filter(({ deletedBy: deletedBy }) => deletedBy?.by);
  if (version.text !== '' || away.length === 0) return undefined;
  const places = others
    .filter((other) => other !== version)
    .flatMap(({ text, spans: spans }) => spans.map((span): Place => ({ strand: span, isEmpty: text === '' })));
  if (away.length * places.length > PAIRS_AT_MOST) return undefined;
  const fill = away.flatMap(({ id, length, textOffset: textOffset, deletedBy: deletedBy, restoredBy: restoredBy }) => {
    let at = id;
    return (deletedBy ? partsOf(textOffset, length, deletedBy, places) : []).flatMap((part) => {
      const start = at;
      at += part.length;
      return part.gone ? [{ id: start, length: part.length, restoredBy: restoredBy, deletedBy: part.gone }] : [];
    });
  });
  const [first] = fill;
  return first && { on: version, text: '', hunks: [{ from: 0, to: 0, by: first.deletedBy, items: fill }] };
}

/** What became of a run of character store that an operation put into another file. */
function partsOf(textOffset: number, length: number, operation: Operation, places: readonly Place[]): readonly Part[] {
  const place = places.find(
    ({ strand: span }) =>
      span.textOffset < textOffset + length &&
      textOffset < span.textOffset + span.length &&
      span.insertedBy !== operation &&
      operation.by !== null &&
      sameProvenance(span.insertedBy.by, operation.by),
  );
  if (!place) return [{ length, gone: undefined }];
  const { strand: span, isEmpty } = place;
  const from = Math.max(textOffset, span.textOffset);
  const to = Math.min(textOffset + length, span.textOffset + span.length);
  const others = places.filter((other) => other !== place);
  const { deletedBy: deletedBy } = span;
  const own =
    deletedBy && isEmpty
      ? partsOf(from, to - from, deletedBy, others).map((part) =>
          part.gone === undefined ? { ...part, gone: deletedBy } : part,
        )
      : [{ length: to - from, gone: deletedBy }];
  return [
    ...(from > textOffset ? partsOf(textOffset, from - textOffset, operation, others) : []),
    ...own,
    ...(textOffset + length > to ? partsOf(to, textOffset + length - to, operation, others) : []),
  ];
}
