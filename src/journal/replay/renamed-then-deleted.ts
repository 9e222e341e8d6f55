/**
 * A file that is no more because it got another name: who took its lines away is who did so under the new name, as where git
 * tells of the rename. Lines that are still there under it are by who renamed the file. Pure.
 */
import { sameHand, type Deed, type Plan, type Strand, type Version } from '../../attribution';

/** Of larger files nothing is looked for (strands of the file times those of the others). */
const PAIRS_AT_MOST = 4_000_000;

/** Where text of another file is or was. */
interface Place {
  readonly strand: Strand;
  /** Nothing is left of that file. */
  readonly isEmpty: boolean;
}

/** A part of a text that got into another file. */
interface Part {
  readonly length: number;
  /** Who took it away there; null where it is still there, undefined where it never came to another file. */
  readonly gone: Deed | null | undefined;
}

/**
 * A plan for the version of a deleted file in which the text that its new name lost later is by whom that was. `others` are the
 * other files as they are by now. Undefined where there is no such text.
 */
export function withLaterLosses(version: Version, others: readonly Version[]): Plan | undefined {
  const away = version.strands.filter(({ gone }) => gone?.by);
  if (version.text !== '' || away.length === 0) return undefined;
  const places = others.filter((other) => other !== version).flatMap(({ text, strands }) => strands.map((strand): Place => ({ strand, isEmpty: text === '' })));
  if (away.length * places.length > PAIRS_AT_MOST) return undefined;
  const fill = away.flatMap(({ id, length, ink, gone, back }) => {
    let at = id;
    return (gone ? partsOf(ink, length, gone, places) : []).flatMap((part) => {
      const start = at;
      at += part.length;
      return part.gone ? [{ id: start, length: part.length, back, gone: part.gone }] : [];
    });
  });
  const [first] = fill;
  return first && { on: version, text: '', gaps: [{ from: 0, to: 0, by: first.gone, fill }] };
}

/** What became of a run of ink that a deed put into another file. */
function partsOf(ink: number, length: number, deed: Deed, places: readonly Place[]): readonly Part[] {
  const place = places.find(({ strand }) => strand.ink < ink + length && ink < strand.ink + strand.length && strand.put !== deed && deed.by !== null && sameHand(strand.put.by, deed.by));
  if (!place) return [{ length, gone: undefined }];
  const { strand, isEmpty } = place;
  const from = Math.max(ink, strand.ink);
  const to = Math.min(ink + length, strand.ink + strand.length);
  const others = places.filter((other) => other !== place);
  const { gone } = strand;
  const own = gone && isEmpty ? partsOf(from, to - from, gone, others).map((part) => (part.gone === undefined ? { ...part, gone } : part)) : [{ length: to - from, gone }];
  return [...(from > ink ? partsOf(ink, from - ink, deed, others) : []), ...own, ...(ink + length > to ? partsOf(to, ink + length - to, deed, others) : [])];
}
