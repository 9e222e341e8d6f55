/** Where Linekeeper keeps something about a repository. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../git';

/** Names below a work tree's `linekeeper` folder that hold what was recorded. What is not named is set-up, without which hooks and settings could not be put back. */
const RECORDED = ['journal', 'past', 'open', 'latest', 'contents', 'unnamed', 'indexes', 'aside', 'seen', 'prepared', 'acknowledged', 'tmp', 'rewritten', 'made-of', 'taken-back', 'hooked', 'amendable', 'nameless', 'unwritten', 'drafts', 'id', 'settled'] as const;

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
  return gitDirs(repository).flatMap((gitDir) => RECORDED.map((name) => path.join(gitDir, 'linekeeper', name)).filter((place) => existsSync(place)).map(measured));
}

function measured(place: string): KeptPlace {
  const stat = statSync(place);
  if (!stat.isDirectory()) return { path: place, files: 1, bytes: stat.size };
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, entry) => sum + (statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0);
  return { path: place, files: files.length, bytes };
}
