/** Notes that a plain `git fetch` brought, where it is configured to: they are merged with ours by the next command. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../../../base/files';
import { readStateFile, writeStateFile, type Repository } from '../../../../git';
import { fetchedFolder } from './may-have-fetched-notes';
import { takeIn } from './push-and-fetch-notes';

/** Merges what was fetched since the last time. Throws a GitError. */
export async function mergeFetched(repository: Repository): Promise<void> {
  const marker = dataPlace(repository.commonDir, 'notes-taken');
  const before = readStateFile(marker);
  const fetched = readdirSync(fetchedFolder(repository))
    .map((remote) => ({ remote, id: readStateFile(path.join(fetchedFolder(repository), remote, 'ai')).trim() }))
    .filter(({ id }) => id !== '');
  const tips = fetched
    .map(({ remote, id }) => `${remote} ${id}\n`)
    .sort()
    .join('');
  if (tips === before) return;
  for (const { remote } of fetched) await takeIn(repository, `refs/linekeeper/remotes/${remote}/ai`);
  writeStateFile(marker, tips);
}
