/**
 * `npm run soak -- editor MINUTES [SEED] [stock|all]`: an engineer's sessions in the real editor, one after another,
 * with new seeds; with a seed its session alone. Tells of each failure its seed and the shortest steps that were found
 * to lead to it.
 */
import { AGENT_SETTINGS, startEditor } from '../host';
import { builtCli, packedProduct } from '../../support/product';
import type { Build } from '../use-editor';
import { NO_SCORE, tell, type Score } from './score';
import { play, SoakFailure } from './soak';
import { stepsOf, type Step } from './steps';

const STEPS_OF_A_SESSION = 60;
/** A failure is played again with fewer steps, for no longer than this. */
const SHORTENED_FOR_MS = 180_000;

/** True when nothing was wrong. */
export async function soakEditor(minutes: number, seed: number | undefined, build: Build): Promise<boolean> {
  await builtCli();
  const end = Date.now() + minutes * 60_000;
  const editor = await startEditor({
    proposedApi: build,
    completions: true,
    extensions: [await packedProduct()],
    settings: AGENT_SETTINGS,
  });
  const score: Score = { ...NO_SCORE };
  let failures = 0;
  const fails = async (steps: readonly Step[]): Promise<unknown> => {
    try {
      await play({ editor, build }, steps, { ...NO_SCORE });
      return undefined;
    } catch (error) {
      return error;
    }
  };
  try {
    do {
      const one = seed ?? Math.floor(Math.random() * 2 ** 31);
      try {
        await play({ editor, build }, stepsOf(one, STEPS_OF_A_SESSION), score);
      } catch (error) {
        failures++;
        if (!(error instanceof SoakFailure)) throw error;
        console.log(`\nseed ${String(one)}: ${error.message}`);
        console.log(`screenshot: ${await editor.screenshot(`soak-${String(one)}`)}`);
        const shortest = await shortened(error, fails);
        console.log(`${String(shortest.error)}\n${shortest.steps.map((step) => JSON.stringify(step)).join('\n')}`);
      }
      console.log(`seed ${String(one)}: ${tell(score)}, ${String(failures)} failures`);
    } while (seed === undefined && Date.now() < end);
    console.log(`\n${build} build: ${tell(score)}, ${String(failures)} failures`);
    return failures === 0;
  } finally {
    await editor.close();
  }
}

/** Leaves steps out as long as it fails without them. */
async function shortened(
  first: SoakFailure,
  fails: (steps: readonly Step[]) => Promise<unknown>,
): Promise<{ readonly steps: readonly Step[]; readonly error: unknown }> {
  const end = Date.now() + SHORTENED_FOR_MS;
  const { steps } = first;
  const kind = kindOf(first);
  let [best, error]: [readonly Step[], unknown] = [steps, 'not the same when it is played again'];
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1 && Date.now() < end;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < best.length && Date.now() < end;) {
      const fewer = best.toSpliced(from, size);
      const failed = fewer.length > 0 ? await fails(fewer) : undefined;
      if (failed === undefined || kindOf(failed) !== kind) from += size;
      else [best, error] = [fewer, failed];
    }
  }
  return { steps: best, error };
}

/** What a failure is about, so that another one is not taken for it. */
const kindOf = (error: unknown): string =>
  [...new Set([...String(error).matchAll(/[+-]\d+ (\w+ and not \w+)/g)].map((match) => match[1]))].sort().join() ||
  String(error).slice(0, 40);
