/** The rows of the table: what was measured against what, and whether that is within its budget. */
import { median, processorOf, type Times } from './measure';

export interface Row {
  readonly group: string;
  /** What a user waits for. */
  readonly what: string;
  readonly baseline: string;
  /** Medians in milliseconds. */
  readonly ms: number;
  readonly baselineMs: number;
  /** `ms` by `baselineMs`. */
  readonly ratio: number;
  /** The same of the processor time, where that was taken; then the budget is one of it. */
  readonly processor?: number;
  /** The same of the fastest round of each: what is left when a busy machine's noise is taken away. */
  readonly fastest: number;
  /** Half of the rounds lie between these. */
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
  /** The largest ratio that is meant to be; null where none is set. */
  readonly budget: number | null;
}

/** A figure that is no ratio. */
export interface Fact {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The largest value that is meant to be; null where none is set. */
  readonly limit: number | null;
}

/** One row to be made of times. The baseline is what all of `against` take together. */
export interface Comparison {
  readonly what: string;
  /** Name of the contender. */
  readonly of: string;
  readonly against: readonly string[];
  /** Largest ratio, or how many times each part of the baseline may be waited for. */
  readonly budget?: number | Readonly<Record<string, number>>;
}

export function rowsOf(group: string, times: Times, comparisons: readonly Comparison[]): Row[] {
  const of = (name: string): readonly number[] => times.get(name) ?? fail(`${name} was not measured`);
  return comparisons.map(({ what, of: name, against, budget }) => {
    const own = of(name);
    const parts = against.map(of);
    const baselines = own.map((_, turn) =>
      parts.reduce((sum, part) => sum + (part[turn] ?? fail(`a round of ${name} is missing`)), 0),
    );
    const ratios = own.map((ms, turn) => ms / (baselines[turn] ?? 1)).sort((a, b) => a - b);
    const baselineMs = parts.reduce((sum, part) => sum + median(part), 0);
    const fastest = Math.min(...own) / parts.reduce((sum, part) => sum + Math.min(...part), 0);
    const processors = [name, ...against].map((one) => times.get(processorOf(one)));
    const quartile = (part: number): number => ratios[Math.round((ratios.length - 1) * part)] ?? 0;
    return {
      group,
      what,
      baseline: against.join(' + '),
      ms: median(own),
      baselineMs,
      ratio: median(own) / baselineMs,
      ...(processors.every((each) => each !== undefined)
        ? { processor: median(processors[0] ?? []) / processors.slice(1).reduce((sum, each) => sum + median(each), 0) }
        : {}),
      fastest,
      from: quartile(0.25),
      to: quartile(0.75),
      rounds: own.length,
      budget:
        typeof budget === 'object'
          ? against.reduce((sum, part) => sum + (budget[part] ?? 0) * median(of(part)), 0) / baselineMs
          : (budget ?? null),
    };
  });
}

export const isWithin = (row: Row): boolean => row.budget === null || (row.processor ?? row.ratio) <= row.budget;

function fail(message: string): never {
  throw new Error(message);
}
