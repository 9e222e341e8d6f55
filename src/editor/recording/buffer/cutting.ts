/** Without deleted runs. */
import { RunSequence } from './span-sequence';
import type { Provenance, Span } from './spans';
import type { AuthoredChange } from './text-change';

/** Where its runs are in it. */
export interface Cutting {
  readonly text: string;
  readonly parts: readonly Span[];
}

/** Cuts a copied run where its original is cut in this text, and reports where the original is. */
export interface Pasted {
  /**
   * The runs of a text (spans.ts), in chunks: a change to a few of thousands of runs shares the other chunks with the
   * previous sequence.
   *
   * Offsets are UTF-16 code units of the living text. Pure.
   */
  readonly cutBefore: (inserted: string) => Cutting | undefined;
  /** Number of its characters that are in the text. */
  readonly around?: Provenance;
  /** Runs per chunk; a chunk has at most twice as many. */
  readonly taker?: (index: number) => Provenance | undefined;
  /** This many are processed before other work may run. */
  readonly isUndo?: true;
}

export const NOT_PASTED: Pasted = { cutBefore: () => undefined };

/** How a sequence differs from another one without deleted runs. */
export function piecesOf(
  { inserted, by }: AuthoredChange,
  cutting: Cutting | undefined,
  around: Provenance = by,
): Span[] {
  const fresh = (length: number, provenance: Provenance): Span => ({
    origin: { by: provenance, length },
    start: 0,
    length,
  });
  const core = cutting?.text.trim() ?? '';
  const at = core === '' ? -1 : inserted.indexOf(core);
  if (!cutting || at < 0 || inserted.trim() !== core) return inserted === '' ? [] : [fresh(inserted.length, by)];
  const lead = cutting.text.indexOf(core);
  const copies = RunSequence.of(cutting.parts)
    .slice(lead, lead + core.length)
    .map((part): Span => {
      const { origin, start, length } = part;
      if (origin.by !== undefined && !origin.copied) return { origin: { by: origin.by, length }, start: 0, length };
      const copied = origin.copied
        ? { origin: origin.copied.origin, start: origin.copied.start + start }
        : { origin, start };
      return { origin: { by: null, length, copied }, start: 0, length };
    });
  return [fresh(at, around), ...copies, fresh(inserted.length - at - core.length, around)].filter(
    (run) => run.length > 0,
  );
}
