/** Rebases: what one is picking or combining, and what git told the post-rewrite hook. */
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../../base/files';
import type { Repository } from '../../../git';
import { readLines } from './read-and-append-state-lines';

/** The commits that git's `post-rewrite` hook named: new id to old ids, in order. */
export function rewritten(repository: Repository): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const line of readLines(dataPlace(repository.gitDir, 'rewritten'))) {
    const [oldId = '', newId = ''] = line.split(' ');
    if (OBJECT_ID.test(oldId) && OBJECT_ID.test(newId))
      map.set(newId, [...new Set([...(map.get(newId) ?? []), oldId])]);
  }
  return map;
}

/** Removes entries that were processed; git may have added more meanwhile. */
export function forgetRewritten(repository: Repository, heeded: ReadonlyMap<string, readonly string[]>): void {
  const file = dataPlace(repository.gitDir, 'rewritten');
  try {
    if (readLines(file).every((line) => line.split(' ').some((id) => heeded.has(id)))) rmSync(file, { force: true });
  } catch {
    // read-only: its entries were processed, and will be again
  }
}

/** The commit that a rebase is picking without having stopped. */
export function pickedByRebase(repository: Repository): string[] {
  if (existsSync(path.join(repository.gitDir, 'rebase-merge', 'stopped-sha'))) return [];
  const last = readLines(path.join(repository.gitDir, 'rebase-merge', 'done')).at(-1) ?? '';
  const id = /^(?:p|pick|e|edit|r|reword)\s+([0-9a-f]{40,64})\b/.exec(last)?.[1];
  return id === undefined ? [] : [id];
}

/**
 * The commits that a rebase is combining: the last one picked, and those squashed into it since. Empty when there are
 * none.
 */
export function combinedCommits(repository: Repository): string[] {
  const done = readLines(path.join(repository.gitDir, 'rebase-merge', 'done')).filter((line) => /^[a-z]/.test(line));
  if (!/^(?:s|squash|f|fixup)\s/.test(done.at(-1) ?? '')) return [];
  const picked = done.findLastIndex(
    (line) => !/^(?:s|squash|f|fixup|x|exec|b|break|l|label|u|update-ref)\b/.test(line),
  );
  return done
    .slice(Math.max(0, picked))
    .flatMap((line) => /^\w+\s+(?:-[cC]\s+)?([0-9a-f]{40,64})\b/.exec(line)?.[1] ?? []);
}
