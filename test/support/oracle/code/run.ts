/**
 * `npm run soak -- code MINUTES [SEED] [REPOSITORY]`: histories of real code, one after another, with new seeds; with a
 * seed its history alone, and each line of it that is missed. REPOSITORY is a folder with a git repository, of which
 * nothing is changed; without one this checkout's own is played. A seed draws the same history as long as there are few
 * new commits.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestRepository } from '../../repository';
import { playHistory } from './history';
import { newSeed } from './random';
import { noScore, tell } from './score';
import { openSource, SourceError, type Source } from './source';

const OWN = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const COMMITS_OF_A_HISTORY = 8;

/** True when nothing was wrong. */
export async function soakCode(minutes: number, words: readonly string[]): Promise<boolean> {
  const end = Date.now() + minutes * 60_000;
  const wanted = words.find((word) => /^\d+$/.test(word));
  const source = await sourceIn(path.resolve(words.find((word) => word !== wanted) ?? OWN));
  if (!source) return false;
  const score = noScore();
  let failures = 0;
  do {
    const seed = wanted === undefined ? newSeed() : Number(wanted);
    try {
      const { mode, told } = await playHistory(source, seed, COMMITS_OF_A_HISTORY, score);
      for (const line of told.wrong) console.log(`seed ${String(seed)} (${mode}) WRONG ${line}`);
      if (wanted !== undefined)
        for (const line of told.missed) console.log(`seed ${String(seed)} (${mode}) missed ${line}`);
    } catch (error) {
      failures++;
      console.log(error);
    }
  } while (wanted === undefined && Date.now() < end);
  console.log(`${tell(score)}, ${String(failures)} that failed`);
  return score.wrong === 0 && failures === 0;
}

/** Says why where there is none. */
async function sourceIn(folder: string): Promise<Source | undefined> {
  const test = await TestRepository.create();
  try {
    return await openSource(test, folder);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    console.error(error.message);
    return undefined;
  } finally {
    await test.dispose();
  }
}
