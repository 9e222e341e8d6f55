/** Which files differ from the index or are new, and what clean files contained at an earlier time. */
import { ownName, type Journal, type OpenBracket } from '../../journal';
import { diffTrees, emptyTree, headNow, readBlobs, type Repository } from '../../../git';

/** With more changed files than this, they are not examined individually: their earlier contents are unknown. */
const FILES_AT_MOST = 20_000;

/** Paths that differ between index and work tree or between HEAD and index, and untracked ones that are not ignored. */
export async function changedPaths(repository: Repository): Promise<string[]> {
  const { stdout } = await repository.git(
    ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=dirty'],
    { timeout: 60_000 },
  );
  const paths: string[] = [];
  for (const entry of stdout.toString('utf8').split('\0')) {
    const name = entry.slice(3);
    if (name !== '' && !name.endsWith('/')) paths.push(name);
  }
  return paths.slice(0, FILES_AT_MOST);
}

/** Paths changed by commits made since the bracket opened. */
export async function committedPaths(repository: Repository, bracket: OpenBracket): Promise<string[]> {
  const head = await headNow(repository);
  const before = bracket.record.opens.head;
  if (head === null || head === before) return [];
  return (await diffTrees(repository, before ?? emptyTree(repository), head)).flatMap((file) =>
    file.from === null ? [file.path] : [file.path, file.from],
  );
}

/** What git's index had at a path; null if nothing. */
export type CleanFile =
  { readonly content: Buffer; readonly mode: string } | { readonly commit: string; readonly mode: string } | null;

/**
 * The content on disk, when a bracket opened, of files that were clean then. Files whose content is unavailable are
 * left out.
 */
export async function cleanFiles(
  repository: Repository,
  journal: Journal,
  bracket: OpenBracket,
  paths: readonly string[],
): Promise<Map<string, CleanFile>> {
  const files = new Map<string, CleanFile>(paths.map((p) => [p, null]));
  const index = bracket.record.opens.index;
  if (paths.length === 0 || index === undefined) return files;
  const entries = await repository.git(
    ['ls-files', '-s', '-z', '--full-name', '--', ...paths.map((p) => `:(top,literal)${p}`)],
    { env: { GIT_INDEX_FILE: journal.indexPath(index) }, codes: [0, 128] },
  );
  const found: Entry[] = [];
  for (const line of entries.stdout.toString('utf8').split('\0')) {
    const match = /^(\d+) ([0-9a-f]+) 0\t(.*)$/s.exec(line);
    const [, mode, id, name] = match ?? [];
    // A folder's name also matches what is in it.
    if (mode === undefined || id === undefined || name === undefined || !files.has(name)) continue;
    if (mode === '160000') {
      files.set(name, { commit: id, mode });
    } else {
      files.delete(name);
      found.push({ mode, id, path: name });
    }
  }
  // As in the work tree, with line endings and filters applied; if a filter can't be run, it has not written the file
  // either.
  const contents = await filtered(repository, found);
  const plain = await readBlobs(
    repository,
    found.filter((entry) => !contents.has(entry.path)).map((entry) => entry.id),
  );
  for (const { path, id, mode } of found) {
    const content = contents.get(path) ?? plain.get(id);
    if (content) files.set(path, { content, mode });
  }
  return files;
}

interface Entry {
  readonly path: string;
  readonly id: string;
  readonly mode: string;
}

/** Contents by path, as git would write them into the work tree. Left out: symbolic links, and what a filter can't make. */
export async function filtered(repository: Repository, entries: readonly Entry[]): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  const regular = entries.filter((entry) => entry.mode !== '120000');
  for (const { path, id } of regular.filter((entry) => entry.path.includes('\n'))) {
    const answer = await repository.git(['cat-file', '--filters', `--path=${path}`, id], {
      timeout: 60_000,
      codes: [0, 128],
    });
    if (answer.code === 0) contents.set(path, answer.stdout);
  }
  const lines = regular.filter((entry) => !entry.path.includes('\n'));
  if (lines.length === 0) return contents;
  // git reports a content's size before filtering: only the marker after it shows where it ends.
  const behind = `end-${ownName()}`;
  const { stdout } = await repository.git(['cat-file', '--batch', '--filters'], {
    input: lines.map((f) => `${f.id} ${f.path}\n${behind} -\n`).join(''),
    timeout: 60_000,
    codes: [0, 128],
  });
  let at = 0;
  for (const file of lines) {
    const start = stdout.indexOf(0x0a, at) + 1;
    const end = stdout.indexOf(`\n${behind} `, start - 1);
    if (start === 0 || end < 0) break;
    if (stdout.toString('latin1', at, start).split(' ')[1] === 'blob')
      contents.set(file.path, stdout.subarray(start, end));
    at = stdout.indexOf(0x0a, end + 1) + 1;
  }
  return contents;
}
