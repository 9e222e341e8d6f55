/** What a branch's own commits changed, read from names and ids alone: two git processes for all of them. */
import { isolatedGit, type Repository } from '../../../git';

/** At most this many commits are examined. */
const LOOKED_AT = 200;

/** Both sides of a file, as `mode id`. */
export interface Side {
  readonly old: string;
  readonly new: string;
}

/** The files of a comparison, by path. Paths are bytes, one a character. */
export type Sides = ReadonlyMap<string, Side>;

/** Adds an earlier change to the net change of later ones. */
export function addEarlier(net: Map<string, Side>, change: Sides): void {
  for (const [path, { old, new: next }] of change) net.set(path, { old, new: net.get(path)?.new ?? next });
}

/** A commit of a branch, with what it brought to its first parent. */
export interface FirstParentStep {
  readonly commit: string;
  readonly parent: string;
  readonly change: Sides;
}

/**
 * The first-parent commits of a commit, itself included, latest first; without a first one, which has no parent. Throws
 * a GitError.
 */
export async function firstParentSteps(repository: Repository, head: string): Promise<readonly FirstParentStep[]> {
  const list = await isolatedGit(repository, [
    'rev-list',
    '--first-parent',
    '--parents',
    `--max-count=${String(LOOKED_AT)}`,
    head,
  ]);
  // With its first parent only, a merge is compared with the branch before it.
  const pairs = list.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' ').slice(0, 2).join(' '))
    .filter((pair) => pair.includes(' '));
  if (pairs.length === 0) return [];
  const compared = await isolatedGit(
    repository,
    ['diff-tree', '--stdin', '-r', '--raw', '--no-renames', '--no-abbrev', '-z'],
    { input: `${pairs.join('\n')}\n` },
  );
  const changes = sidesIn(compared.stdout);
  return pairs.map((pair) => {
    const [commit = '', parent = ''] = pair.split(' ');
    return { commit, parent, change: changes.get(commit) ?? new Map<string, never>() };
  });
}

/**
 * The raw format of git-diff-tree(1) with `-z`, by the commit id that precedes its files; a diff of two trees has none.
 */
export function sidesIn(output: Buffer): ReadonlyMap<string, Sides> {
  const found = new Map<string, Map<string, Side>>();
  const words = output.toString('latin1').split('\0');
  let commit = '';
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, oldMode, newMode, oldId, newId] = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]/.exec(word) ?? [];
    if (oldMode === undefined) {
      if (word !== '') commit = word.trim();
      continue;
    }
    const files = found.get(commit) ?? new Map<string, Side>();
    found.set(
      commit,
      files.set(words[++at] ?? '', { old: `${oldMode} ${oldId ?? ''}`, new: `${newMode ?? ''} ${newId ?? ''}` }),
    );
  }
  return found;
}
