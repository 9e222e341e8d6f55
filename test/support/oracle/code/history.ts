/** One history of real code, as its seed draws it: which commits, in which way, by whom. */
import { TestRepository } from '../../repository';
import { Random } from './random';
import type { Score } from './score';
import { stretchOf, type Source } from './source';
import { CodeWorld, MODES, type Mode, type Told } from './world';

export interface Drawn {
  readonly mode: Mode;
  readonly told: Told;
}

/**
 * Throws an Error with the seed, where the history could not be played to its end. @param fixed The way in which it
 * commits; drawn when it is not given.
 */
export async function playHistory(
  source: Source,
  seed: number,
  length: number,
  score: Score,
  fixed?: Mode,
): Promise<Drawn> {
  const random = new Random(seed);
  const drawn = random.one(MODES);
  const mode = fixed ?? drawn;
  const test = await TestRepository.create();
  try {
    const world = new CodeWorld(test, mode, random, score);
    await world.play(source, stretchOf(source, length, random));
    return { mode, told: world.told };
  } catch (error) {
    throw new Error(`seed ${String(seed)} (${mode}) could not be played`, { cause: error });
  } finally {
    await test.dispose();
  }
}
