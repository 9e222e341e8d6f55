/** Files that Linekeeper itself writes because a person asked for them. */
import type { Repository } from '../git';
import { declareLines } from './declare';

/**
 * All lines of a file are the person's who asked for it: unknown ones would be asked for as AI's. Where that can't be
 * kept they stay unknown, and the file is there all the same.
 */
export async function declareWritten(repository: Repository, path: string, now: () => number): Promise<void> {
  await declareLines(repository, { path, lines: null, by: { author: 'human', evidence: 'declared' } }, now).catch(
    () => undefined,
  );
}
