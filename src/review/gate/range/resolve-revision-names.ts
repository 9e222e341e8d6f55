/**
 * The commits that people's revision names refer to. Git would prefer a tag to a branch of the same name, and anybody
 * with push access can push a tag of any name.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { outputLines, type Repository } from '../../../git';
import { quoted } from '../../../policy';
import { GateError } from '../gate-error';
import { OBJECT_ID } from '../../../base/patterns';

/**
 * The commits that revisions refer to: each a full id or ref, else a branch, else a remote's branch, else a tag. Throws a
 * {@link GateError} when a name refers to none, or to two.
 */
async function commitsNamed(repository: Repository, revisions: readonly string[]): Promise<readonly string[]> {
  return (await readNames(repository, revisions)).ids;
}

/** Revisions, as the refs were when they were looked up. */
export interface Names {
  /** As from {@link commitsNamed}. */
  readonly ids: readonly string[];
  /**
   * The name of the branch that one of the revisions means, the same for this clone's and a remote's; null for anything
   * but a branch.
   */
  readonly branchOf: (revision: string) => Promise<string | null>;
}

/** Looks revisions up. Throws a {@link GateError} as {@link commitsNamed} does. */
export async function readNames(repository: Repository, revisions: readonly string[]): Promise<Names> {
  const refs = await refsFor(repository, revisions);
  const found = await idsOf(repository, revisions, refs);
  const ids = revisions.map((revision, index) => {
    const id = found[index];
    if (id === undefined)
      throw new GateError(
        'range',
        `${quoted(revision)} is not a commit in this clone. Fetch it first, or name another one.`,
      );
    return id;
  });
  return { ids, branchOf: (revision) => branchNamed(repository, revision, refs) };
}

/** The same for one revision. */
export async function commitOf(repository: Repository, revision: string): Promise<string> {
  const [id = ''] = await commitsNamed(repository, [revision]);
  return id;
}

/** The same; undefined when it refers to none. */
export async function findCommit(repository: Repository, revision: string): Promise<string | undefined> {
  return (await idsOf(repository, [revision], await refsFor(repository, [revision])))[0];
}

async function branchNamed(
  repository: Repository,
  revision: string,
  refs: ReadonlyMap<string, Ref>,
): Promise<string | null> {
  const part = partsOf(repository, revision);
  if (part?.rest !== '') return null;
  const place = await placeOf(repository, part.name, refs);
  const branch = place?.endsWith('/HEAD') === true ? await target(repository, place) : place;
  return /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(branch ?? '')?.[1] ?? null;
}

async function target(repository: Repository, ref: string): Promise<string | undefined> {
  const { code, stdout } = await repository.git(['symbolic-ref', '--quiet', ref], { codes: [0, 1, 128] });
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

interface Ref {
  readonly kind: string;
  readonly id: string;
}

/** A revision as its first part, if that may name a ref, and the rest (gitrevisions(7)). */
interface Parts {
  readonly name: string;
  readonly rest: string;
}

/** All refs that revisions may mean. One git call. */
function refsFor(repository: Repository, revisions: readonly string[]): Promise<ReadonlyMap<string, Ref>> {
  const parts = revisions.flatMap((revision) => partsOf(repository, revision) ?? []);
  return refsNamed(repository, [...new Set(parts.flatMap(({ name }) => [...placesOf(name), ...remotesOf(name)]))]);
}

async function idsOf(
  repository: Repository,
  revisions: readonly string[],
  refs: ReadonlyMap<string, Ref>,
): Promise<readonly (string | undefined)[]> {
  const parts = revisions.map((revision) => partsOf(repository, revision));
  return Promise.all(
    revisions.map(async (revision, index) => {
      const part = parts[index];
      if (part === undefined) return repository.commitId(revision);
      const place = await placeOf(repository, part.name, refs);
      if (place === undefined) return part.name.startsWith('refs/') ? undefined : repository.commitId(revision);
      const ref = refs.get(place);
      return ref?.kind === 'commit' && part.rest === '' ? ref.id : repository.commitId(`${place}${part.rest}`);
    }),
  );
}

/**
 * The ref that a name means; undefined when there is none. Throws a {@link GateError} when it means two, or a ref and a
 * commit whose id begins like that.
 */
async function placeOf(
  repository: Repository,
  name: string,
  refs: ReadonlyMap<string, Ref>,
): Promise<string | undefined> {
  const local = placesOf(name).filter((place) => refs.has(place));
  const branches = local.filter((place) => !place.startsWith('refs/tags/'));
  const remote = branches.length > 0 ? [] : remoteBranches(name, refs);
  const ids = new Set(remote.map((place) => refs.get(place)?.id));
  const found = [...local, ...(ids.size > 1 ? remote : remote.slice(0, 1))];
  const commits = found.length > 0 && /^[0-9a-f]{4,}$/i.test(name) ? await commitsBeginning(repository, name) : [];
  const all = [...found, ...commits];
  if (all.length > 1)
    throw new GateError(
      'range',
      `${quoted(name)} names ${all.map((place) => quoted(place)).join(' and ')}, so it can't be known which is meant. Write one of these names in full.`,
    );
  return found[0];
}

const remoteBranches = (name: string, refs: ReadonlyMap<string, Ref>): readonly string[] =>
  [...refs.keys()]
    .filter((place) => place.startsWith('refs/remotes/') && place.split('/').slice(3).join('/') === name)
    .sort();

async function commitsBeginning(repository: Repository, prefix: string): Promise<readonly string[]> {
  const ids = (await repository.git(['rev-parse', `--disambiguate=${prefix}`], { codes: [0, 128] })).stdout
    .toString('latin1')
    .split('\n')
    .filter((id) => OBJECT_ID.test(id));
  if (ids.length === 0) return [];
  const { stdout } = await repository.git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], {
    input: `${ids.join('\n')}\n`,
  });
  return [...stdout.toString('latin1').matchAll(/^commit (\S+)$/gm)].map((match) => match[1] ?? '');
}

async function refsNamed(repository: Repository, patterns: readonly string[]): Promise<ReadonlyMap<string, Ref>> {
  if (patterns.length === 0) return new Map();
  const { stdout } = await repository.git([
    'for-each-ref',
    '--format=%(refname) %(objecttype) %(objectname)',
    ...patterns,
  ]);
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const ends = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*')[1] ?? '');
  return new Map(
    outputLines(stdout).flatMap((line): [string, Ref][] => {
      const [name = '', kind = '', id = ''] = line.split(' ');
      const isRemotes = name.startsWith('refs/remotes/') && ends.some((end) => name.endsWith(end));
      return exact.has(name) || isRemotes ? [[name, { kind, id }]] : [];
    }),
  );
}

/**
 * Every ref that a name may mean to git (gitrevisions(7)), in the order used here. One that is written in full means
 * only itself: git would also take a tag that is called `refs/heads/main`.
 */
const placesOf = (name: string): readonly string[] =>
  name.startsWith('refs/')
    ? [name]
    : [`refs/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/${name}/HEAD`, `refs/tags/${name}`];

/** The branches of that name that only remotes have, as `git switch` finds them. */
const remotesOf = (name: string): readonly string[] => (name.startsWith('refs/') ? [] : [`refs/remotes/*/${name}`]);

/** Undefined for what names no ref, or only this clone's own. */
function partsOf({ gitDir }: Repository, revision: string): Parts | undefined {
  const [name = ''] = /^[^~^@:]+(?:@(?!\{)[^~^@:]*)*/.exec(revision) ?? [];
  if (name === '' || name === 'HEAD' || name.startsWith('-') || OBJECT_ID.test(name) || /[*?[\\\s]|\.\./.test(name))
    return undefined;
  // `FETCH_HEAD` and the like are this clone's own, and nobody can push one.
  if (/^[A-Z_]+$/.test(name) && existsSync(path.join(gitDir, name))) return undefined;
  return { name, rest: revision.slice(name.length) };
}
