/** Text together with the origins of its parts, and where it is pasted. Pure. */
import { RunSequence } from './span-sequence';
import { spanBy, SpanList, type Provenance, type Span } from './text-spans';
import type { AuthoredChange } from './text-change';

/** A deleted piece of text, and where its parts come from. */
export interface Cutting {
  readonly text: string;
  readonly parts: readonly Span[];
}

/** A piece of a text, which begins at a place in it. */
export const pieceOf = ({ parts }: Cutting, at: number, piece: string): Cutting => ({
  text: piece,
  parts: RunSequence.of(parts).slice(at, at + piece.length),
});

/** A text with pieces at places in it, in their order, as they were: the rest is by somebody. None overlaps the one before. */
export function textAround(
  text: string,
  pieces: readonly (readonly [at: number, piece: Cutting])[],
  by: Provenance,
): Cutting {
  const parts = new SpanList();
  let end = 0;
  for (const [at, piece] of pieces) {
    if (at < end) continue;
    for (const run of [spanBy(at - end, by), ...piece.parts]) parts.add(run);
    end = at + piece.text.length;
  }
  parts.add(spanBy(text.length - end, by));
  return { text, parts: parts.runs };
}

/** What a person may have had on the clipboard. */
export interface Pasted {
  /** Previously cut or copied text that is inserted again. */
  readonly cutBefore: (inserted: string) => Cutting | undefined;
  /** Who inserts the blanks around that; undefined: the author of the change. */
  readonly around?: Provenance;
  /** Who deletes what a change (given by index) deletes; undefined: the author of the change. */
  readonly taker?: (index: number) => Provenance | undefined;
  /** It restores text with an unknown author. */
  readonly isUndo?: true;
}

export const NOT_PASTED: Pasted = { cutBefore: () => undefined };

/**
 * The runs of an inserted text. Previously cut text keeps its authors; the blanks around it may differ, and `around` is
 * their author.
 */
export function piecesOf(
  { inserted, by }: AuthoredChange,
  cutting: Cutting | undefined,
  around: Provenance = by,
): Span[] {
  const core = cutting?.text.trim() ?? '';
  const at = core === '' ? -1 : inserted.indexOf(core);
  if (!cutting || at < 0 || inserted.trim() !== core) return inserted === '' ? [] : [spanBy(inserted.length, by)];
  const lead = cutting.text.indexOf(core);
  const copies = RunSequence.of(cutting.parts)
    .slice(lead, lead + core.length)
    .map((part): Span => {
      const { origin, start, length } = part;
      if (origin.by !== undefined && !origin.copied) return spanBy(length, origin.by);
      const copied = origin.copied
        ? { origin: origin.copied.origin, start: origin.copied.start + start }
        : { origin, start };
      return spanBy(length, null, copied);
    });
  return [spanBy(at, around), ...copies, spanBy(inserted.length - at - core.length, around)].filter(
    (run) => run.length > 0,
  );
}
