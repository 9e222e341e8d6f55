/** Two histories of notes become one that has everything of both. */
import { OBJECT_ID } from '../../../../base/patterns';
import { mergeNotes, readNote, renderNote } from '../format';
import { readBlobs, writeCommitOf, writeTreeOf, type Repository } from '../../../../git';

/**
 * Notes by the object that they are about; and other files that somebody put into the tree, by name. Values are blob
 * ids.
 */
export type NotesTree = ReadonlyMap<string, string>;

/** Merges the texts of two notes on one commit. */
type MergeText = (commit: string, ours: string, theirs: string) => string;

/** The commit of `refs/notes/…` that has the notes of both; no side effects except new objects. Throws a GitError. */
export async function mergeNotesRefs(
  repository: Repository,
  ours: string | undefined,
  theirs: string,
  merge: MergeText = mergeText,
): Promise<string> {
  if (ours === undefined || ours === theirs) return theirs;
  const common = await repository.git(['merge-base', ours, theirs], { codes: [0, 1] });
  const base = common.code === 0 ? common.stdout.toString('utf8').trim() : undefined;
  if (base === ours) return theirs;
  if (base === theirs) return ours;
  const [a, b, commonTree] = await Promise.all([
    readTree(repository, ours),
    readTree(repository, theirs),
    base === undefined ? new Map<string, string>() : readTree(repository, base),
  ]);
  const tree = new Map<string, string>();
  const both: [object: string, mine: string, other: string][] = [];
  for (const object of new Set([...a.keys(), ...b.keys()])) {
    const [mine, yours, before] = [a.get(object), b.get(object), commonTree.get(object)];
    const changed = mine === before ? yours : yours === before || mine === yours ? mine : null;
    // Deleted on one side and unchanged on the other: gone. Changed on both: both count.
    if (changed === null) both.push([object, mine ?? yours ?? '', yours ?? mine ?? '']);
    else if (changed !== undefined) tree.set(object, changed);
  }
  for (const [object, text] of await mergeTexts(repository, both, merge)) tree.set(object, text);
  return writeCommit(repository, await writeTree(repository, tree), [ours, theirs]);
}

/** The notes of a commit of a notes ref. Throws a GitError. */
export async function readTree(repository: Repository, commit: string): Promise<NotesTree> {
  const { stdout } = await repository.git(['ls-tree', '-r', '-z', '--full-tree', commit], { timeout: 120_000 });
  const tree = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\0')) {
    const [, id, name] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (id !== undefined && name !== undefined && (objectOf(name) !== undefined || HARMLESS.test(name)))
      tree.set(objectOf(name) ?? name, id);
  }
  return tree;
}

/** Names of other files that are kept; git itself would refuse some of the rest. */
const HARMLESS = /^\w[\w .-]*(?:\/\w[\w .-]*)*$/;

/** Notes are in folders by the first digits of the object's id: the more notes, the more levels. */
function objectOf(name: string): string | undefined {
  const joined = name.replaceAll('/', '');
  return OBJECT_ID.test(joined) ? joined : undefined;
}

async function mergeTexts(
  repository: Repository,
  both: readonly (readonly [object: string, mine: string, other: string])[],
  merge: MergeText,
): Promise<Map<string, string>> {
  const merged = new Map<string, string>();
  const blobs = await readBlobs(
    repository,
    both.flatMap(([, mine, other]) => [mine, other]),
  );
  for (const [object, mine, theirs] of both) {
    const text = merge(object, blobs.get(mine)?.toString('utf8') ?? '', blobs.get(theirs)?.toString('utf8') ?? '');
    merged.set(
      object,
      (await repository.git(['hash-object', '-w', '--stdin'], { input: text })).stdout.toString('utf8').trim(),
    );
  }
  return merged;
}

function mergeText(commit: string, a: string, b: string): string {
  const [mine, theirs] = [readNote(a, commit), readNote(b, commit)];
  if (mine && theirs) return renderNote(commit, mergeNotes(mine, theirs));
  if (a.includes(b)) return a;
  if (b.includes(a)) return b;
  // Something that is not a note of the standard: kept after it, or both in an order that is the same everywhere.
  return (mine ? [a, b] : theirs ? [b, a] : [a, b].sort()).join('\n');
}

/**
 * Above this many notes they are in folders by the first two digits, as git does; above the second number, by the first
 * four.
 */
const FLAT_AT_MOST = 256;
const ONE_FOLDER_AT_MOST = 65_536;

async function writeTree(repository: Repository, tree: NotesTree): Promise<string> {
  const depth = tree.size > ONE_FOLDER_AT_MOST ? 2 : tree.size > FLAT_AT_MOST ? 1 : 0;
  const nameOf = (object: string): string =>
    objectOf(object) === undefined
      ? object
      : [...Array.from({ length: depth }, (_, i) => object.slice(i * 2, i * 2 + 2)), object.slice(depth * 2)].join('/');
  return writeTreeOf(
    repository,
    [...tree].map(([object, blob]) => `100644 ${blob}\t${nameOf(object)}\0`),
  );
}

/** With no time beyond its parents', so that two machines make the same commit from the same notes. */
async function writeCommit(repository: Repository, tree: string, parents: readonly string[]): Promise<string> {
  const ordered = [...parents].sort();
  const dates = await repository.text(['show', '-s', '--no-notes', '--format=%ct', ...ordered]);
  const time = Math.max(...dates.split('\n').map(Number));
  return writeCommitOf(repository, { tree, parents: ordered, message: 'Notes merged by Linekeeper', time });
}

/** Git's words for a fetch of only these notes: no tags, nothing that is not on the remote any more, no clean-up. */
export const fetchOnly = (remote: string, refspecs: readonly string[]): string[] => [
  'fetch',
  '--quiet',
  '--prune',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
  '--',
  remote,
  ...refspecs,
];
