/**
 * Changed lines and texts in the form in which they pass between processes: numbers in one block, and each provenance
 * once. Deserializing thousands of objects would block the receiving thread for longer than a key press may take. Pure.
 */
import type { Splice } from '../../provenance/authorship';
import { RUNS_IN_A_SLICE, type Lines, type Seen } from '../state/line-hunks';
import type { TimeSliced } from '../time-slices';

type Hand = Omit<Seen, 'start' | 'end'>;

export interface CompactLines {
  readonly hands: readonly Hand[];
  /** Three for each run: first line, last line, index of its provenance. */
  readonly added: Int32Array<ArrayBuffer>;
  readonly removed: Int32Array<ArrayBuffer>;
}

export function compactLines({ added, removed }: Lines): CompactLines {
  const provenances: Hand[] = [];
  const known = new Map<string, number>();
  const numbersOf = (runs: readonly Seen[]): Int32Array<ArrayBuffer> => {
    const numbers = new Int32Array(runs.length * 3);
    for (const [index, { start, end, ...provenance }] of runs.entries()) {
      const key = JSON.stringify(provenance);
      const at = known.get(key) ?? provenances.push(provenance) - 1;
      known.set(key, at);
      numbers.set([start, end, at], index * 3);
    }
    return numbers;
  };
  return { added: numbersOf(added), removed: numbersOf(removed), hands: provenances };
}

/** In slices. */
export function* linesFrom({ hands: provenances, added, removed }: CompactLines): TimeSliced<Lines> {
  return { added: yield* runsFrom(added, provenances), removed: yield* runsFrom(removed, provenances) };
}

function* runsFrom(numbers: Int32Array, provenances: readonly Hand[]): TimeSliced<Seen[]> {
  const runs: Seen[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    const provenance = provenances[numbers[i + 2] ?? -1];
    if (provenance) runs.push({ start: numbers[i] ?? 0, end: numbers[i + 1] ?? 0, ...provenance });
    if (runs.length % RUNS_IN_A_SLICE === 0) yield;
  }
  return runs;
}

/** Four numbers for each. */
export type CompactSplices = Int32Array<ArrayBuffer>;

export const compactSplices = (splices: readonly Splice[]): CompactSplices =>
  Int32Array.from(splices.flatMap(({ oldStart, oldEnd, newStart, newEnd }) => [oldStart, oldEnd, newStart, newEnd]));

/** By index: creating a view for each sometimes took the receiving thread many milliseconds. */
export function splicesFrom(numbers: CompactSplices): Splice[] {
  const splices: Splice[] = [];
  for (let i = 0; i + 3 < numbers.length; i += 4)
    splices.push({
      oldStart: numbers[i] ?? 0,
      oldEnd: numbers[i + 1] ?? 0,
      newStart: numbers[i + 2] ?? 0,
      newEnd: numbers[i + 3] ?? 0,
    });
  return splices;
}
