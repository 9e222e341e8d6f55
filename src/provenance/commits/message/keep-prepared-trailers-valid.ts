/**
 * Prepared answers stay right when an assistant only announces a command: the record of that says what is there, and
 * nothing was changed since. An answer is found by the tree that is committed, so what changes later has none.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, listFolder } from '../../../base/files';
import { latestEdit, openJournal } from '../../journal';
import { readStateFile, writeStateFile, type Repository } from '../../../git';

/** What was there before an announcement, for {@link keepAnswers}; undefined where no answer is prepared. */
export function answersBefore(
  { gitDir }: Pick<Repository, 'gitDir'>,
  now: () => number,
): readonly string[] | undefined {
  const folder = dataPlace(gitDir, 'prepared');
  try {
    if (readdirSync(folder).length === 0) return undefined;
  } catch {
    return undefined; // nothing is prepared
  }
  return openJournal(gitDir, now).names();
}

/** Makes the answers hold for the records including the one that was just added, if it is the only one. */
export function keepAnswers(
  { gitDir }: Pick<Repository, 'gitDir'>,
  before: readonly string[],
  added: string,
  now: () => number,
): void {
  const names = openJournal(gitDir, now).names();
  const last = latestEdit(before);
  if (last === undefined || names.at(-1) !== added || names.length !== before.length + 1) return;
  const folder = dataPlace(gitDir, 'prepared');
  for (const name of listFolder(folder)) {
    const [head, record, ...rest] = readStateFile(path.join(folder, name)).split('\n');
    if (head !== undefined && record === last)
      writeStateFile(path.join(folder, name), [head, added, ...rest].join('\n'));
  }
}
