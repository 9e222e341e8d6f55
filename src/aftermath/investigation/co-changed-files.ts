/** Files that changed together before, from history alone. */
import type { Repository } from '../../git';

interface Together {
  /** The file that it changed with. */
  readonly file: string;
  /** In this many of the commits that changed it. */
  readonly both: number;
  readonly all: number;
}

const COMMITS_AT_MOST = 2_000;
/** A commit with more files than this, such as one that formats everything, is no evidence. */
const FILES_AT_MOST = 30;
const BOTH_AT_LEAST = 3;
const SHARE_AT_LEAST = 0.3;

/** For files that often changed in the same commit as one of `files`: with which, and how often. Throws a GitError. */
export async function changedTogether(
  repository: Repository,
  until: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, Together>> {
  const touching = await repository.text(
    [
      'rev-list',
      `--max-count=${String(COMMITS_AT_MOST)}`,
      '--no-merges',
      until,
      '--',
      ...files.map((file) => `:(literal,top)${file}`),
    ],
    { timeout: 60_000 },
  );
  if (touching === '') return new Map();
  const { stdout } = await repository.git(
    ['diff-tree', '--stdin', '-r', '--root', '--no-renames', '--name-only', '-z', '--format=%x01'],
    { input: `${touching}\n`, timeout: 60_000 },
  );
  const together = new Map<string, Map<string, number>>();
  const total = new Map<string, number>();
  for (const part of stdout.toString('utf8').split('\x01')) {
    const names = part
      .split('\0')
      .map((name) => name.replace(/^\n+/, ''))
      .filter((name) => name !== '');
    if (names.length > FILES_AT_MOST) continue;
    for (const file of files.filter((one) => names.includes(one))) {
      total.set(file, (total.get(file) ?? 0) + 1);
      for (const name of names) {
        if (name === file) continue;
        const counts = together.get(name) ?? new Map<string, number>();
        counts.set(file, (counts.get(file) ?? 0) + 1);
        together.set(name, counts);
      }
    }
  }
  const found = new Map<string, Together>();
  for (const [name, counts] of together) {
    for (const [file, both] of counts) {
      const all = total.get(file) ?? 0;
      if (both >= BOTH_AT_LEAST && both / all >= SHARE_AT_LEAST && both > (found.get(name)?.both ?? 0))
        found.set(name, { file, both, all });
    }
  }
  return found;
}
