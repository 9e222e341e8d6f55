/** Whether a change exactly reverts what was merged recently, and nothing else. */
import { isolatedGit, type Repository } from '../../../git';
import type { Range } from './commit-range';

/** At most this many first-parent commits of the base are examined. */
const LOOKED_AT = 200;

/** The files of a comparison, by path: both sides as `mode id`. */
export type Sides = ReadonlyMap<string, { readonly old: string; readonly new: string }>;

/**
 * The id of the base's first-parent commit that the range undoes in every file, or of the oldest one if it undoes
 * everything since; null when it does anything else. Compares names, modes and contents, never messages. Throws a
 * GitError.
 */
export async function exactRevert(
  repository: Repository,
  range: Pick<Range, 'mergeBase' | 'head'>,
): Promise<string | null> {
  const wanted =
    [
      ...sidesIn(
        (
          await isolatedGit(repository, [
            'diff-tree',
            '-r',
            '--raw',
            '--no-renames',
            '--no-abbrev',
            '-z',
            range.mergeBase,
            range.head,
          ])
        ).stdout,
      ).values(),
    ][0] ?? new Map<string, never>();
  if (wanted.size === 0) return null;
  const line = (
    await isolatedGit(repository, [
      'rev-list',
      '--first-parent',
      '--parents',
      `--max-count=${String(LOOKED_AT)}`,
      range.mergeBase,
    ])
  ).stdout.toString('utf8');
  // With its first parent only, a merge is compared with the base before it.
  const pairs = line
    .split('\n')
    .map((one) => one.split(' ').slice(0, 2).join(' '))
    .filter((one) => one.includes(' '));
  const changes = sidesIn(
    (
      await isolatedGit(repository, ['diff-tree', '--stdin', '-r', '--raw', '--no-renames', '--no-abbrev', '-z'], {
        input: `${pairs.join('\n')}\n`,
      })
    ).stdout,
  );
  return revertedBy(
    wanted,
    pairs.map((pair) => {
      const [commit = ''] = pair.split(' ');
      return { commit, change: changes.get(commit) ?? new Map<string, never>() };
    }),
  );
}

/** The same for changes that were read. `history`: of the base, latest first. */
export function revertedBy(
  wanted: Sides,
  history: readonly { readonly commit: string; readonly change: Sides }[],
): string | null {
  const since = new Map<string, { old: string; new: string }>();
  for (const { commit, change } of history) {
    if (isInverse(wanted, change)) return commit;
    for (const [path, sides] of change) since.set(path, { old: sides.old, new: since.get(path)?.new ?? sides.new });
    for (const [path, sides] of since) if (sides.old === sides.new) since.delete(path);
    if (isInverse(wanted, since)) return commit;
  }
  return null;
}

function isInverse(wanted: Sides, change: Sides): boolean {
  return (
    change.size === wanted.size &&
    [...wanted].every(([path, sides]) => change.get(path)?.old === sides.new && change.get(path)?.new === sides.old)
  );
}

/**
 * The raw format of git-diff-tree(1) with `-z`, by the commit id that precedes its files; a diff of two trees has none.
 */
function sidesIn(output: Buffer): ReadonlyMap<string, Sides> {
  const found = new Map<string, Map<string, { old: string; new: string }>>();
  const words = output.toString('latin1').split('\0');
  let commit = '';
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, oldMode, newMode, oldId, newId] = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]/.exec(word) ?? [];
    if (oldMode === undefined) {
      if (word !== '') commit = word.trim();
      continue;
    }
    const files = found.get(commit) ?? new Map<string, { old: string; new: string }>();
    found.set(
      commit,
      files.set(words[++at] ?? '', { old: `${oldMode} ${oldId ?? ''}`, new: `${newMode ?? ''} ${newId ?? ''}` }),
    );
  }
  return found;
}
