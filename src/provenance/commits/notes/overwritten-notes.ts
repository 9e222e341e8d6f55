/**
 * Notes that another tool removed by accident. `git notes add` reads all notes at its start, and puts its tree on
 * whatever the ref is at its end (git's builtin/notes.c). A note written in between is missing in its commit, as if it
 * had been removed. But adding a note never removes one: what disappears in a commit that says "Notes added by …" was
 * overwritten.
 */
import { OBJECT_ID } from '../../../base/patterns';
import { readBlobs, isolatedGit, type Repository } from '../../../git';

/**
 * The first words that git's own `notes add`, `append`, `edit` and `copy` put into the message of a notes commit; ours
 * do too.
 */
const ADDED = 'Notes added by ';

/**
 * The texts of overwritten notes that have not been written again, by the ids of their commits. Two git calls.
 *
 * @param after Where to begin: a notes commit, itself excluded; undefined: at the first.
 * @param until The notes commit that holds the current notes.
 * @throws GitError
 */
export async function overwrittenNotes(
  repository: Repository,
  after: string | undefined,
  until: string,
): Promise<ReadonlyMap<string, string>> {
  const range = after === undefined ? [until] : [until, `^${after}`];
  // A merge of two histories decides for each note what stays; with `log`, merges show no changes.
  const { stdout } = await isolatedGit(
    repository,
    [
      'log',
      '--reverse',
      '--topo-order',
      '--root',
      '--raw',
      '-r',
      '--no-abbrev',
      '--no-renames',
      '--format=%x01%s',
      ...range,
      '--',
    ],
    { timeout: 120_000 },
  );
  const lost = new Map<string, string>();
  for (const commit of stdout.toString('latin1').split('\x01')) {
    const [subject = '', ...lines] = commit.split('\n');
    const removed = new Map<string, string>();
    const there = new Set<string>();
    for (const line of lines) {
      const [, before, status, name] = /^:\d+ \d+ ([0-9a-f]+) [0-9a-f]+ ([A-Z])\t(.*)$/.exec(line) ?? [];
      const object = name?.replaceAll('/', '');
      if (before === undefined || object === undefined || !OBJECT_ID.test(object)) continue;
      if (status === 'D') removed.set(object, before);
      else there.add(object); // even where git only moved it to another folder
    }
    for (const object of there) lost.delete(object);
    if (!subject.startsWith(ADDED)) continue;
    for (const [object, blob] of removed) if (!there.has(object)) lost.set(object, blob);
  }
  if (lost.size === 0) return new Map();
  const blobs = await readBlobs(repository, lost.values());
  return new Map(
    [...lost].flatMap(([object, blob]) => {
      const text = blobs.get(blob)?.toString('utf8');
      return text === undefined ? [] : [[object, text] as const];
    }),
  );
}
