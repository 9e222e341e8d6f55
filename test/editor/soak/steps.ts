/** What an engineer does, as numbers that a step reads as it finds the files. */
import fc from 'fast-check';
import { ACTS, type ActId } from './acts';

export interface Step {
  readonly act: ActId;
  /** Which file, where, how far and which way: taken modulo what there is. */
  readonly file: number;
  readonly at: number;
  readonly to: number;
  readonly way: number;
}

const number = fc.noBias(fc.nat(999_983));

const anyStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(
      ...(Object.keys(ACTS) as ActId[]).map((act) => ({
        weight: Math.round(10 * ACTS[act].weight),
        arbitrary: fc.constant(act),
      })),
    ),
    number,
    number,
    number,
    number,
  )
  .map(([act, file, at, to, way]) => ({ act, file, at, to, way }));

/** So many steps of a seed. */
export const stepsOf = (seed: number, count: number): Step[] => fc.sample(anyStep, { seed, numRuns: count });
