/**
 * Contents as git stores them. The journal keeps the bytes on disk; line endings, encodings and the user's filters
 * change them on commit, and lines are only comparable in one form.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { blobId, type Journal, type StoredRecord } from '../../journal';
import {
  isGitError,
  isZero,
  readBlobs,
  scratchFolder,
  withAlternates,
  type DiffFile,
  type Repository,
} from '../../../git';

/** With more versions than this, contents are not converted: they stay as they are on disk. */
const VERSIONS_AT_MOST = 2_000;

/** A stored content, and the path that decides how git stores it. */
interface Kept {
  readonly id: string;
  readonly path: string;
}

/**
 * The recorded contents of files whose change could not be explained otherwise, as git stores them, by the ids under
 * which they are kept. Most files are stored as they are on disk, or with other line endings, and need nothing: git
 * runs only where neither side of a change is known in that form. Two git calls at most.
 */
export async function storedForms(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
  files: readonly DiffFile[],
  blobs: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, Buffer>> {
  const stored = keptContents(records);
  const odd = files.flatMap((file) => {
    const contents = [file.path, ...(file.from === null ? [] : [file.from])].flatMap((name) =>
      [...(stored.get(name) ?? [])].map((id) => ({ id, path: name })),
    );
    const ids = [file.oldId, file.newId].filter((id) => !isZero(id));
    // Usually git's own id is there, and a hook need not load the hash code.
    if (contents.length === 0 || ids.length === 0 || contents.some(({ id }) => ids.includes(id))) return [];
    const sides = new Set(
      ids.flatMap((id) => [id, ...(blobs.has(id) ? [blobId(blobs.get(id) ?? Buffer.alloc(0))] : [])]),
    );
    const isStored =
      contents.some(({ id }) => sides.has(id)) || contents.some(({ id }) => sides.has(idWithoutReturns(journal, id)));
    return isStored ? [] : contents;
  });
  return odd.length === 0 ? new Map() : convert(repository, journal, odd);
}

/** Ids of what was seen on disk, by path. */
function keptContents(records: readonly StoredRecord[]): Map<string, Set<string>> {
  const contents = new Map<string, Set<string>>();
  const add = (name: string, id: string | null): void => {
    if (id !== null) contents.set(name, (contents.get(name) ?? new Set()).add(id));
  };
  for (const { record } of records) {
    if (record.kind === 'seen') for (const file of record.files) if (file.stored !== true) add(file.path, file.content);
    if (record.kind === 'edit')
      for (const file of record.files) for (const id of [file.from, file.to]) add(file.path, id);
  }
  return contents;
}

/** The id that a kept content has with plain line endings, which is how git usually stores it. */
export function idWithoutReturns(journal: Journal, id: string): string {
  const content = journal.content(id);
  return content?.includes('\r\n') === true
    ? blobId(Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))
    : id;
}

/** All of them or none: a mix of the two forms would look like edits. */
async function convert(
  repository: Repository,
  journal: Journal,
  odd: readonly Kept[],
): Promise<ReadonlyMap<string, Buffer>> {
  const list = [
    ...new Map(
      odd.filter(({ path: name }) => !/[\n"]/.test(name)).map((one) => [`${one.id} ${one.path}`, one]),
    ).values(),
  ];
  if (list.length > VERSIONS_AT_MOST) return new Map();
  const folder = scratchFolder(repository);
  try {
    const top = path.join(folder, 'tree');
    const objects = path.join(folder, 'objects');
    for (const place of [top, objects]) mkdirSync(place);
    copyAttributes(repository, top, ['']);
    const names = list.flatMap((entry, i) => {
      const content = journal.content(entry.id);
      if (content === undefined) return [];
      // Attributes apply to paths: each version gets the folders of its own path, with their attributes.
      const version = path.join(top, String(i));
      const file = path.join(version, ...entry.path.split('/'));
      mkdirSync(path.dirname(file), { recursive: true });
      copyAttributes(repository, version, foldersOf(entry.path));
      writeFileSync(file, content);
      return [{ id: entry.id, name: `${String(i)}/${entry.path}` }];
    });
    const env = {
      GIT_DIR: repository.gitDir,
      GIT_WORK_TREE: top,
      GIT_INDEX_FILE: path.join(folder, 'index'),
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: withAlternates(repository),
    };
    const answer = await repository.git(
      ['-C', top, '-c', 'core.safecrlf=false', 'hash-object', '-w', '--stdin-paths'],
      { env, input: names.map(({ name }) => `${name}\n`).join('') },
    );
    const stored = answer.stdout.toString('latin1').trim().split('\n');
    const blobs = await readBlobs(repository, stored, { objects });
    return new Map(
      names.flatMap(({ id }, i) =>
        blobs.has(stored[i] ?? '') ? [[id, blobs.get(stored[i] ?? '') ?? Buffer.alloc(0)] as const] : [],
      ),
    );
  } catch (error) {
    if (isGitError(error)) return new Map(); // a user filter that can't be run
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const foldersOf = (name: string): string[] =>
  name
    .split('/')
    .slice(0, -1)
    .reduce<string[]>((all, part) => [...all, [all.at(-1) ?? '', part].filter((word) => word !== '').join('/')], ['']);

function copyAttributes(repository: Repository, top: string, folders: readonly string[]): void {
  for (const folder of folders) {
    const [from, to] = [repository.root, top].map((start) =>
      path.join(start, ...folder.split('/'), '.gitattributes'),
    ) as [string, string];
    if (!existsSync(from) || existsSync(to)) continue;
    try {
      linkSync(from, to);
    } catch {
      copyFileSync(from, to);
    }
  }
}
