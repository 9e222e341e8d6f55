/** Lines that an editor command removes and inserts elsewhere, as sorting does, keep their authors. Pure. */
import type { Cutting } from '../buffer/cutting';
import { RunSequence } from '../buffer/span-sequence';
import { SpanList, type Provenance, type Span } from '../buffer/spans';

/** Shorter lines occur in many places. */
const LEAST = 4;

/**
 * An inserted text, with the lines in it that are removed at the same time; the rest is by `by`. Undefined when there
 * are none.
 */
export function withCarriedLines(inserted: string, taken: readonly Cutting[], by: Provenance): Cutting | undefined {
  const lines = taken.flatMap(linesOf);
  const parts = new SpanList();
  let found = false;
  for (const line of inserted.split(/(?<=\n)/)) {
    const core = line.trim();
    const at = core.length < LEAST ? -1 : lines.findIndex((one) => one.core === core);
    const [carried] = at < 0 ? [] : lines.splice(at, 1);
    if (!carried) {
      parts.add(fresh(line.length, by));
      continue;
    }
    found = true;
    const lead = line.indexOf(core);
    parts.add(fresh(lead, by));
    carried.parts.forEach((run) => parts.add(run));
    parts.add(fresh(line.length - lead - core.length, by));
  }
  return found ? { text: inserted, parts: parts.runs } : undefined;
}

/** A piece of such a text. */
export function pieceOf(whole: Cutting, piece: string): Cutting | undefined {
  const at = whole.text.indexOf(piece);
  return at < 0 || piece === ''
    ? undefined
    : { text: piece, parts: RunSequence.of(whole.parts).slice(at, at + piece.length) };
}

interface Line {
  readonly core: string;
  readonly parts: readonly Span[];
}

function linesOf({ text, parts }: Cutting): Line[] {
  const runs = RunSequence.of(parts);
  let start = 0;
  return text.split(/(?<=\n)/).flatMap((line): Line[] => {
    const core = line.trim();
    const from = start + line.indexOf(core);
    start += line.length;
    return core === '' ? [] : [{ core, parts: runs.slice(from, from + core.length) }];
  });
}

const fresh = (length: number, by: Provenance): Span => ({ origin: { by, length }, start: 0, length });
