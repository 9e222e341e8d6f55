/**
 * The commits that people's revision names refer to. Git would prefer a tag to a branch of the same name, and anybody
 * with push access can push a tag of any name.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';
import { quoted } from '../../policy';
import { GateError } from '../error';

/**
 * The commits that revisions refer to: each a full id or ref, else a branch, else a remote branch, else a tag. Throws a
 * {@link GateError} when a name refers to none, or to two.
 */
export async function commitsNamed(repository: Repository, revisions: readonly string[]): Promise<readonly string[]> {
  const found = await idsOf(repository, revisions);
  return revisions.map((revision, index) => {
    const id = found[index];
    if (id === undefined)
      throw new GateError('range', `${quoted(revision)} names no commit here. Fetch it first, or name another.`);
    return id;
  });
}

/** The same for one revision. */
export async function commitOf(repository: Repository, revision: string): Promise<string> {
  const [id = ''] = await commitsNamed(repository, [revision]);
  return id;
}

/** The same; undefined when it refers to none. */
export async function findCommit(repository: Repository, revision: string): Promise<string | undefined> {
  return (await idsOf(repository, [revision]))[0];
}

interface Ref {
  readonly kind: string;
  readonly id: string;
}

async function idsOf(repository: Repository, revisions: readonly string[]): Promise<readonly (string | undefined)[]> {
  const shorts = revisions.map((revision) => shortNameOf(repository, revision));
  const asked = [...new Set(shorts.flatMap((short) => (short === undefined ? [] : placesOf(short))))];
  const refs = await refsNamed(repository, asked);
  return Promise.all(
    revisions.map(async (revision, index) => {
      const short = shorts[index];
      const found = short === undefined ? [] : placesOf(short).filter((name) => refs.has(name));
      const [first] = found;
      if (found.length > 1)
        throw new GateError(
          'range',
          `${quoted(short ?? '')} names ${found.map((name) => quoted(name)).join(' and ')}, so it can't be known which is meant. Write one of these names in full.`,
        );
      const ref = first === undefined ? undefined : refs.get(first);
      if (ref?.kind === 'commit' && revision === short && !FULL_ID.test(short)) return ref.id;
      return repository.commitId(
        first === undefined || FULL_ID.test(short ?? '') ? revision : `${first}${revision.slice(short?.length)}`,
      );
    }),
  );
}

async function refsNamed(repository: Repository, names: readonly string[]): Promise<ReadonlyMap<string, Ref>> {
  if (names.length === 0) return new Map();
  const { stdout } = await repository.git([
    'for-each-ref',
    '--format=%(refname) %(objecttype) %(objectname)',
    ...names,
  ]);
  return new Map(
    stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line): [string, Ref][] => {
        const [name = '', kind = '', id = ''] = line.split(' ');
        return names.includes(name) ? [[name, { kind, id }]] : [];
      }),
  );
}

/** Every ref that a short name may mean to git (gitrevisions(7)), in the order used here. */
const placesOf = (short: string): readonly string[] => [
  `refs/${short}`,
  `refs/heads/${short}`,
  `refs/remotes/${short}`,
  `refs/remotes/${short}/HEAD`,
  `refs/tags/${short}`,
];

const FULL_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The first part of a revision, if that may be the short name of a ref. */
function shortNameOf({ gitDir }: Repository, revision: string): string | undefined {
  const [short = ''] = /^[^~^@:]+(?:@(?!\{)[^~^@:]*)*/.exec(revision) ?? [];
  if (
    short === '' ||
    short === 'HEAD' ||
    short.startsWith('refs/') ||
    short.startsWith('-') ||
    /[*?[\\\s]|\.\./.test(short)
  )
    return undefined;
  // `FETCH_HEAD` and the like are this clone's own, and nobody can push one.
  return /^[A-Z_]+$/.test(short) && existsSync(path.join(gitDir, short)) ? undefined : short;
}
