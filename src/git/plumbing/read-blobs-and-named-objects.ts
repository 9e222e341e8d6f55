/** Reads contents of git objects, many in one call. */
import { OBJECT_ID } from '../../base/patterns';
import { headOf, refNow } from './head-and-branch';
import { inOrder, objectsIn } from './read-commits';
import { isolatedGit } from './isolated-git';
import { LooseTrees } from './loose-trees';
import { readLoose, type LooseObject } from './read-loose-object';
import type { Repository } from './repository';

/** A git object as it is stored. */
interface StoredObject extends LooseObject {
  readonly id: string;
}

/** What is remembered of the last call. */
const REMEMBERED_BYTES = 4 * 1024 * 1024;

/**
 * The objects that revisions (gitrevisions(7)) name, in order; undefined for one that names nothing. At most one git call,
 * for what is not loose. Throws a GitError.
 */
export async function readNamed(
  repository: Repository,
  names: readonly string[],
): Promise<(StoredObject | undefined)[]> {
  const known = latestNamed.get(repository);
  const objectOf = looseNames(repository);
  const found: (StoredObject | null | undefined)[] = [];
  for (const name of names) found.push(known?.get(name) ?? (await objectOf(name)));
  const rest = names.filter((_, at) => found[at] === undefined);
  const others = rest.length === 0 ? [] : await askForNamed(repository, rest);
  const all = found.map((object) => (object === undefined ? others.shift() : (object ?? undefined)));
  if (rest.length > 0) remember(repository, names, all);
  return all;
}

/** Finds the object that a ref, an id, or a path in one of them names: null where there is none, undefined where git has to say. */
function looseNames(repository: Repository): (name: string) => Promise<StoredObject | null | undefined> {
  const trees = new LooseTrees(repository);
  const bases = new Map<string, string | null | undefined>();
  const idOf = (base: string): string | null | undefined =>
    OBJECT_ID.test(base) ? base : base === 'HEAD' ? headOf(repository) : refNow(repository, base);
  return async (name) => {
    const [, base = '', path] = /^([^:]*)(?::(.*))?$/s.exec(name) ?? [];
    const root = bases.has(base) ? bases.get(base) : idOf(base);
    bases.set(base, root);
    const entry = typeof root === 'string' && path !== undefined ? await trees.entry(root, path) : undefined;
    const id = path === undefined || typeof root !== 'string' ? root : entry === null ? null : entry?.id;
    if (typeof id !== 'string') return id;
    const object = await trees.object(id);
    return object && { id, ...object };
  };
}

/** Files of commits that git read last, by the names that they were asked for. */
const latestNamed = new WeakMap<Repository, ReadonlyMap<string, StoredObject>>();

/** A file of a commit that is named by its full id stays what it is. */
const LASTS = /^(?:[0-9a-f]{40}|[0-9a-f]{64}):/;

function remember(
  repository: Repository,
  names: readonly string[],
  found: readonly (StoredObject | undefined)[],
): void {
  const objects = names.flatMap((name, at): [string, StoredObject][] => {
    const object = found[at];
    return object !== undefined && LASTS.test(name) ? [[name, object]] : [];
  });
  const bytes = objects.reduce((sum, [, { content }]) => sum + content.length, 0);
  if (objects.length > 0 && bytes <= REMEMBERED_BYTES) latestNamed.set(repository, new Map(objects));
}

async function askForNamed(repository: Repository, names: readonly string[]): Promise<(StoredObject | undefined)[]> {
  const { stdout } = await repository.git(['cat-file', '--batch'], {
    input: `${names.join('\n')}\n`,
    env: { GIT_NO_REPLACE_OBJECTS: '1' },
    timeout: 120_000,
  });
  let at = 0;
  return names.map(() => {
    const end = stdout.indexOf(0x0a, at);
    const [, id, kind, size] = /^([0-9a-f]+) ([a-z]+) (\d+)$/.exec(stdout.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (id === undefined || kind === undefined) return undefined;
    const content = stdout.subarray(at, at + Number(size));
    at += content.length + 1;
    return { id, kind, content };
  });
}

/** Blobs that git read last: one question reads some of them twice, and each time costs a process. */
const latest = new WeakMap<Repository, ReadonlyMap<string, Buffer>>();

/** The contents of blobs by id; missing ones are left out. One git call at most. Throws a GitError. */
export async function readBlobs(
  repository: Repository,
  ids: Iterable<string>,
  options: { readonly objects?: string } = {},
): Promise<Map<string, Buffer>> {
  const all = [...new Set(ids)];
  const known = latest.get(repository);
  const blobs = new Map<string, Buffer>();
  for (const id of all) {
    const content = known?.get(id);
    if (content) blobs.set(id, content);
  }
  const loose = await readLoose(
    repository,
    all.filter((id) => !blobs.has(id)),
  );
  for (const [id, { kind, content }] of loose) if (kind === 'blob') blobs.set(id, content);
  const wanted = all.filter((id) => !blobs.has(id) && !loose.has(id));
  const early = blobs.size;
  if (wanted.length === 0) return inOrder(blobs, all);
  const { stdout } = await isolatedGit(repository, ['cat-file', '--batch'], {
    ...options,
    input: `${wanted.join('\n')}\n`,
    timeout: 120_000,
  });
  for (const [id, kind, content] of objectsIn(stdout)) if (kind === 'blob') blobs.set(id, content);
  if (options.objects === undefined && stdout.length <= REMEMBERED_BYTES) latest.set(repository, new Map(blobs));
  return early === 0 ? blobs : inOrder(blobs, all);
}
