/** Files that changed together before: dependencies that no parser can find. */
import type { Repository } from '../../git';
import type { Edge } from './types';

const COMMITS = 500;
/** A commit of more files is weak evidence about any two. */
const FILES_OF_COMMIT = 30;
const TOGETHER_AT_LEAST = 3;
/** The other file must have changed in at least this share of a file's changes. */
const SHARE_AT_LEAST = 0.5;
const OF_ONE_FILE = 5;

/** One git call. `from`: the commit that history is read from. Throws a GitError. */
export async function changedTogether(
  repository: Repository,
  from: string,
  changed: ReadonlySet<string>,
): Promise<readonly Omit<Edge, 'owners'>[]> {
  const { stdout } = await repository.git(
    ['log', '--no-merges', '--no-renames', '-n', String(COMMITS), '--name-only', '-z', '--format=%x01', from, '--'],
    { codes: [0, 128] },
  );
  const times = new Map<string, number>();
  const together = new Map<string, Map<string, number>>();
  for (const commit of stdout.toString('utf8').split('\u0001')) {
    const files = commit
      .split('\0')
      .map((one) => one.replace(/^\n/, ''))
      .filter((one) => one !== '');
    if (files.length === 0 || files.length > FILES_OF_COMMIT) continue;
    for (const file of files.filter((one) => changed.has(one))) {
      times.set(file, (times.get(file) ?? 0) + 1);
      const others = together.get(file) ?? new Map<string, number>();
      together.set(file, others);
      for (const other of files) if (!changed.has(other)) others.set(other, (others.get(other) ?? 0) + 1);
    }
  }
  return [...together].flatMap(([path, others]) => {
    const all = times.get(path) ?? 0;
    return [...others]
      .filter(([, count]) => count >= TOGETHER_AT_LEAST && count / all >= SHARE_AT_LEAST)
      .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .slice(0, OF_ONE_FILE)
      .map(([dependent, count]) => ({
        kind: 'history' as const,
        path,
        dependent,
        line: null,
        evidence: `changed together in ${String(count)} of ${String(all)} commits`,
      }));
  });
}
