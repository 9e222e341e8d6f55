/**
 * Which commit of the range an added line comes from, as git blames it.
 */
import { plainGit, type Repository } from '../git';
import type { Range } from './range';
import { unquotePath } from './unquote';

/** Where a line comes from: line `line` of the file that `commit` has as `path`. */
export interface Origin {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

/** The lines of a file at the head that commits of the range wrote, by line (from 1). The others are not in it. Throws a GitError. */
export async function blame(repository: Repository, range: Range, path: string): Promise<ReadonlyMap<number, Origin>> {
  const { stdout } = await plainGit(repository, ['blame', '--porcelain', `${range.mergeBase}..${range.head}`, '--', path], { timeout: 120_000 });
  const within = new Set(range.commits.map((commit) => commit.id));
  const origins = new Map<number, Origin>();
  const paths = new Map<string, string>();
  let here = { commit: '', line: 0, final: 0 };
  // Each line of the file begins with a tab; everything else is git's own.
  for (const line of stdout.toString('utf8').split('\n')) {
    if (line.startsWith('\t')) {
      if (within.has(here.commit)) origins.set(here.final, { commit: here.commit, path: paths.get(here.commit) ?? path, line: here.line });
      continue;
    }
    const header = /^([0-9a-f]{40}|[0-9a-f]{64}) (\d+) (\d+)(?: \d+)?$/.exec(line);
    if (header) here = { commit: header[1] ?? '', line: Number(header[2]), final: Number(header[3]) };
    else if (line.startsWith('filename ')) paths.set(here.commit, unquotePath(line.slice('filename '.length)));
  }
  return origins;
}
