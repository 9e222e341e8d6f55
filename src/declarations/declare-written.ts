/** Files that Linekeeper itself writes at a person's request. */
import type { Repository } from '../git';
import { declareLines } from './declare';

/**
 * All lines of such a file are the requester's: as unknown ones they would need a sign-off like AI's. If that can't be
 * recorded they stay unknown, and the file is kept all the same.
 */
export async function declareWritten(repository: Repository, path: string, now: () => number): Promise<void> {
  await declareLines(repository, { path, lines: null, by: { author: 'human', evidence: 'declared' } }, now).catch(
    () => undefined,
  );
}
