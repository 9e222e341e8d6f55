/** A commit as git stores it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isolatedGit } from './isolated-git';
import { readLoose } from './read-loose-object';
import type { Repository } from './repository';
import { attempt } from '../../base/platform';

interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since the epoch. */
  readonly time: number;
  /** As git writes it, such as `+0100`. */
  readonly zone: string;
}

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

/** Reads commits by id, in one git call at most; anything that is not a commit is left out. Throws a GitError. */
export async function readCommits(repository: Repository, ids: readonly string[]): Promise<Map<string, Commit>> {
  const commits = new Map<string, Commit>();
  if (ids.length === 0) return commits;
  const cutOff = new Set(whereCutOff(repository));
  const keep = (id: string, content: Buffer): void => {
    commits.set(
      id,
      parseCommit(repository, id, content, (one) => cutOff.has(one)),
    );
  };
  const all = [...new Set(ids)];
  const loose = await readLoose(repository, all);
  for (const [id, { kind, content }] of loose) if (kind === 'commit') keep(id, content);
  const rest = all.filter((id) => !loose.has(id));
  if (rest.length === 0) return commits;
  const { stdout } = await isolatedGit(repository, ['cat-file', '--batch'], {
    input: `${rest.join('\n')}\n`,
    timeout: 120_000,
  });
  for (const [id, kind, content] of objectsIn(stdout)) if (kind === 'commit') keep(id, content);
  return loose.size === 0 ? commits : inOrder(commits, all);
}

/** What `git cat-file --batch` printed: id, kind and content of each object that is there. */
export function* objectsIn(printed: Buffer): Generator<readonly [id: string, kind: string, content: Buffer]> {
  let at = 0;
  while (at < printed.length) {
    const end = printed.indexOf(0x0a, at);
    if (end < 0) return;
    const [id = '', kind = '', size] = printed.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    yield [id, kind, printed.subarray(at, at + Number(size))];
    at += Number(size) + 1;
  }
}

/** Those of a map with these keys in their order, before its others. */
export const inOrder = <T>(found: ReadonlyMap<string, T>, keys: readonly string[]): Map<string, T> => {
  const all = new Map<string, T>();
  for (const key of [...keys, ...found.keys()]) {
    const value = found.get(key);
    if (value !== undefined) all.set(key, value);
  }
  return all;
};

/** One commit by its id, or an unambiguous abbreviation; undefined when there is none. */
export async function readCommit(repository: Repository, id: string): Promise<Commit | undefined> {
  return [...(await readCommits(repository, [id])).values()].find((commit) => commit.id.startsWith(id));
}

/**
 * Whether a shallow clone ends at this commit: git then treats it as having no parents, whatever the commit itself
 * says.
 */
export const isCutOff = (repository: Repository, id: string): boolean => whereCutOff(repository).includes(id);

/** The commits that a shallow clone ends at; none in a complete one. */
export function whereCutOff(repository: Repository): readonly string[] {
  return attempt(
    () =>
      readFileSync(path.join(repository.commonDir, 'shallow'), 'latin1')
        .split('\n')
        .filter((line) => line !== ''),
    [],
  );
}

/** Parses a commit from its stored content. */
export function parseCommit(
  repository: Repository,
  id: string,
  content: Buffer,
  endsAt = (commit: string): boolean => isCutOff(repository, commit),
): Commit {
  const gap = content.indexOf('\n\n');
  const headers = content.toString('utf8', 0, gap < 0 ? content.length : gap).split('\n');
  const value = (key: string): string => headers.find((line) => line.startsWith(key))?.slice(key.length) ?? '';
  const parents = headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7));
  const encoding = value('encoding ');
  return {
    id,
    tree: value('tree '),
    parents: parents.length > 0 && endsAt(id) ? [] : parents,
    author: parsePerson(value('author ')),
    committer: parsePerson(value('committer ')),
    message: gap < 0 ? '' : content.toString(encoding === '' || /utf-?8/i.test(encoding) ? 'utf8' : 'latin1', gap + 2),
  };
}

function parsePerson(line: string): Person {
  const match = /^(.*?) ?<([^>]*)> (\d+) ([+-]\d{4})$/.exec(line);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    time: Number(match?.[3] ?? 0),
    zone: match?.[4] ?? '+0000',
  };
}
