/** Where Linekeeper keeps data about a repository. */
import { wordSet } from '../../base/patterns';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import type { Repository } from '../../git';

/**
 * Names below a work tree's `linekeeper` folder that belong to the set-up: without them hooks and settings could not be
 * restored, hooks would not know what the policy restricts, and nobody would miss shared notes. Everything else there was
 * recorded.
 */
const SET_UP: ReadonlySet<string> = wordSet(`
  hooks hooks-path program setup policy held failed notes-taken known-refs installed new-clone
`);

export interface KeptPlace {
  /** Absolute. */
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
}

/** The git directories of all work trees of a repository, the main one first. */
export function gitDirs({ commonDir }: Pick<Repository, 'commonDir'>): readonly string[] {
  const linked = path.join(commonDir, 'worktrees');
  return [commonDir, ...(existsSync(linked) ? readdirSync(linked).map((name) => path.join(linked, name)) : [])];
}

/** What was recorded, in all work trees. */
export function recordedPlaces(repository: Pick<Repository, 'commonDir'>): KeptPlace[] {
  return gitDirs(repository).flatMap((gitDir) => recordedIn(dataPlace(gitDir)).map(measured));
}

function recordedIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !SET_UP.has(name))
    .sort()
    .map((name) => path.join(folder, name));
}

function measured(place: string): KeptPlace {
  const stat = statSync(place);
  if (!stat.isDirectory()) return { path: place, files: 1, bytes: stat.size };
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce(
    (sum, entry) => sum + (statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return { path: place, files: files.length, bytes };
}
