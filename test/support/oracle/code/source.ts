/**
 * A repository whose commits are played. Its objects are used where they are and nothing is written there; git may at
 * most renew the time of an object that it would have written itself.
 */
import path from 'node:path';
import type { TestRepository } from '../../repository';
import type { Random } from './random';

export interface RealCommit {
  readonly id: string;
  readonly parent: string;
}

/** A repository that has nothing to play, said for whoever named it. */
export class SourceError extends Error {}

export interface Source {
  /** Of its objects. */
  readonly objects: string;
  /** Commits with one parent on the way that leads to HEAD, the newest first. */
  readonly commits: readonly RealCommit[];
}

/**
 * Opens the repository in a folder. `test` only lends its environment. Throws a SourceError where it can't be played.
 */
export async function openSource(test: TestRepository, folder: string): Promise<Source> {
  const ask = async (...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await test.run(words, { cwd: folder });
    if (code !== 0) throw new SourceError(`The git repository in ${folder} can't be read: ${stderr.trim()}`);
    return stdout.trim();
  };
  const [common = '', shallow] = (await ask('rev-parse', '--git-common-dir', '--is-shallow-repository')).split('\n');
  if (shallow === 'true')
    throw new SourceError(
      `${folder} is a shallow clone: the commits that could be played are not in it. Please run "git fetch --unshallow" there, or name another repository.`,
    );
  const told = await ask('log', '--first-parent', '--no-merges', '--format=%H %P', 'HEAD');
  const commits = told.split('\n').flatMap((line): readonly RealCommit[] => {
    const [id, parent, ...more] = line.split(' ');
    return id !== undefined && parent !== undefined && parent !== '' && more.length === 0 ? [{ id, parent }] : [];
  });
  if (commits.length === 0)
    throw new SourceError(`${folder} has no commit that could be played: each is its first one or a merge.`);
  return { objects: path.join(path.resolve(folder, common), 'objects'), commits };
}

/** Some commits that follow one another, the oldest first. The same ones are drawn when there are a few new commits. */
export function stretchOf({ commits }: Source, length: number, random: Random): readonly RealCommit[] {
  const firsts = commits.slice(Math.min(length, commits.length) - 1).map(({ id }, i) => ({ i, rank: random.rank(id) }));
  const { i } = firsts.reduce((best, one) => (one.rank < best.rank ? one : best), { i: 0, rank: Infinity });
  return commits.slice(i, i + length).reverse();
}
