/**
 * What a command would take away that git can't bring back: asked of git, and only for a command that removes or discards
 * something in the repository.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { isBelow, relativeSlashes } from '../../base/platform';
import { entriesOf } from '../writes/git-lookups';
import type { Loses } from '../../danger/commands';

/** Something in the work tree that git can't bring back. */
export interface Lost {
  /** Relative to the repository's root, with `/`; a nested clone ends in `/`. The commit, for a stash. */
  readonly path: string;
  readonly why: 'not committed' | 'unknown to git' | 'ignored by git' | 'another repository' | 'put aside';
}

const MOST = 500;
/** What is younger was likely made by the work that is going on. */
const YOUNG_MS = 30 * 60_000;

/** Ignored or not, nothing else has what is in them. */
const PRECIOUS =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist)[\w.-]+)?|[\w.-]+\.tfstate(?:\.backup)?|[\w.-]+\.(?:sqlite3?|db3?|mdb|rdb|dump|sql\.gz|bak\.sql|pem|key|p12|pfx|kdbx|jks|tfvars))$/i;

/** `places`: absolute, wildcards included; undefined for the whole work tree. */
export function lostIn(
  root: string,
  loses: Loses,
  places: readonly string[] | undefined,
  now: number,
): readonly Lost[] {
  if (loses === 'stash') {
    const [commit] = entriesOf(root, ['rev-parse', '--verify', '--quiet', 'refs/stash']);
    return commit === undefined ? [] : [{ path: commit.trim(), why: 'put aside' }];
  }
  const inside = places?.flatMap((place) => {
    const native = path.normalize(place);
    return native === root ? ['.'] : isBelow(root, native) ? [relativeSlashes(root, native)] : [];
  });
  if (inside?.length === 0) return [];
  const status = entriesOf(root, [
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    loses === 'changes' ? '--untracked-files=no' : '--untracked-files=all',
    ...(loses === 'changes' ? [] : ['--ignored=matching']),
    '--',
    ...(inside ?? ['.']).map((one) => (/[*?[]/.test(one) ? `:(glob)${one}` : `:(literal)${one}`)).slice(0, MOST),
  ]);
  return status.slice(0, MOST).flatMap((line): Lost[] => {
    const [code, name] = [line.slice(0, 2), line.slice(3)];
    if (code === '!!') return PRECIOUS.test(name) ? [{ path: name, why: 'ignored by git' }] : [];
    if (code === '??') {
      if (name.endsWith('/')) return [{ path: name, why: 'another repository' }];
      return PRECIOUS.test(name) || isOld(path.join(root, name), now) ? [{ path: name, why: 'unknown to git' }] : [];
    }
    // already gone, so there is nothing to lose
    return loses === 'untracked' || code.includes('D') ? [] : [{ path: name, why: 'not committed' }];
  });
}

function isOld(file: string, now: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.size > 0 && now - stat.mtimeMs > YOUNG_MS;
}
