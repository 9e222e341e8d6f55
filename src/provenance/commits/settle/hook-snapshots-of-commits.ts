/**
 * What the hook saw: a commit has the content that it had then, however long it takes HEAD to reach it and whatever is
 * recorded meanwhile.
 */
import { createHash } from 'node:crypto';
import { dataPlace } from '../../../base/files';
import { type Commit, diffTrees, type DiffFile, emptyTree, readStateFile, type Repository } from '../../../git';
import { appendLine } from '../origins/read-and-append-state-lines';

/** What the hook knew. */
export interface HookSnapshot {
  /** Name of the latest record. */
  readonly last: string;
  /** When it was written (milliseconds since the epoch); undefined where the hook needed no clock. */
  readonly at?: number;
  /** The commit that git was reverting. */
  readonly reverts?: string;
  /** The hook credited all of it to the person who reverted. */
  readonly byPerson?: true;
}

const fileOf = (repository: Repository): string => dataPlace(repository.gitDir, 'hooked');

/**
 * Changes of fewer files are written out in full: loading the hash code takes a hook a sixth of Node's own start-up
 * time.
 */
const WRITTEN_OUT = 8;

/** A change as one key, for callers that have not computed its tree. */
export function patchKey(files: readonly DiffFile[]): string {
  const text = files
    .map((file) => `${file.newMode} ${file.newId} ${file.path}\0`)
    .sort()
    .join('');
  return files.length < WRITTEN_OUT
    ? Buffer.from(text).toString('base64url')
    : createHash('sha1').update(text).digest('hex');
}

/** Saves what the hook knew of the commit in progress: `to` is its tree, or what it changes. */
export function writeHookSnapshot(
  repository: Repository,
  parent: string,
  to: string | readonly DiffFile[],
  hooked: HookSnapshot,
): void {
  appendLine(
    fileOf(repository),
    `${parent} ${typeof to === 'string' ? to : patchKey(to)} ${hooked.last}${hooked.at === undefined ? '' : ` ${String(hooked.at)}`}${hooked.reverts === undefined ? '' : ` ${hooked.reverts}${hooked.byPerson ? ' person' : ''}`}`,
  );
}

/** What hooks have left. */
export interface HookedCommits {
  /** What the hook that saw this commit knew; undefined when none did. Throws a GitError. */
  of(commit: Commit): Promise<HookSnapshot | undefined>;
}

export function hookedCommits(repository: Repository): HookedCommits {
  const lines = readStateFile(fileOf(repository))
    .split('\n')
    .map((line) => line.split(' '));
  return {
    async of(commit) {
      const parent = commit.parents[0] ?? emptyTree(repository);
      const same = lines.filter(([from]) => from === parent);
      if (same.length === 0) return undefined;
      const byTree = same.findLast(([, to]) => to === commit.tree);
      const word = byTree ? '' : patchKey(await diffTrees(repository, parent, commit.id));
      const [, , last, at, reverts, person] = byTree ?? same.findLast(([, to]) => to === word) ?? [];
      if (last === undefined || last === '') return undefined;
      return {
        last,
        ...(at === undefined ? {} : { at: Number(at) }),
        ...(reverts === undefined ? {} : { reverts }),
        ...(person === undefined ? {} : { byPerson: true as const }),
      };
    },
  };
}
