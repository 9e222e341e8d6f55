/**
 * Which files the last commits changed. What lies behind a commit never changes, so the answer is kept for the commit
 * that was asked about last: a large repository's takes git longer than everything else in an answer.
 */
import { OBJECT_ID } from '../../base/patterns';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { readStateFile, writeStateFile, type Repository } from '../../git';

const COMMITS = 500;
/** More is not kept. Characters. */
const KEPT_AT_MOST = 2_000_000;

/**
 * The files of each commit, the latest first. One git call at most. `keep`: it will be asked for again. Throws a
 * GitError.
 */
export async function filesOfRecentCommits(
  repository: Repository,
  from: string,
  keep: boolean,
): Promise<readonly string[][]> {
  const file = dataPlace(repository.gitDir, 'recent');
  const key = `${from}\n`;
  const isLasting =
    keep && OBJECT_ID.test(from) && !['shallow', 'info/grafts'].some((name) => hasFile(repository, name));
  const stored = isLasting ? readStateFile(file) : '';
  if (stored.startsWith(key)) return parsed(stored.slice(key.length));
  const { stdout, code } = await repository.git(
    ['log', '--no-merges', '--no-renames', '-n', String(COMMITS), '--name-only', '-z', '--format=%x01', from, '--'],
    { codes: [0, 128], env: { GIT_NO_REPLACE_OBJECTS: '1' } },
  );
  const text = stdout.toString('utf8');
  if (isLasting && code === 0 && text.length <= KEPT_AT_MOST) writeStateFile(file, key + text);
  return parsed(text);
}

/** Both say where history seems to end or to go on, and may change at any time. */
const hasFile = ({ commonDir }: Repository, name: string): boolean => existsSync(path.join(commonDir, name));

const parsed = (text: string): string[][] =>
  text.split('\u0001').map((commit) =>
    commit
      .split('\0')
      .map((one) => one.replace(/^\n/, ''))
      .filter((one) => one !== ''),
  );
