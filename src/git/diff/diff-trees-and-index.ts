/**
 * What changed between two trees, exactly as `git diff-tree -r -M --numstat` counts it under default configuration and
 * with no attributes applied. Line positions are 0-based; ends are exclusive.
 */
import { OBJECT_ID } from '../../base/patterns';
import type { ChangeStatus, LineHunk } from '../types';
import { isolatedGit } from '../plumbing/isolated-git';
import { readLoose } from '../plumbing/read-loose-object';
import type { Repository } from '../plumbing/repository';

/** One changed file. Ids are those of blobs; all zeros mean "does not exist". */
export interface DiffFile {
  readonly path: string;
  readonly from: string | null;
  readonly status: ChangeStatus;
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldId: string;
  readonly newId: string;
  readonly binary: boolean;
  readonly hunks: readonly LineHunk[];
}

const SUBMODULE = '160000';
const SYMLINK = '120000';

/** True for a file whose content is text of a regular file on both sides. */
export const hasLines = (file: DiffFile): boolean =>
  !file.binary && ![file.oldMode, file.newMode].some((mode) => mode === SUBMODULE);

/**
 * True when a side is a symbolic link or a submodule, or the file type changed: one entry with an author, not lines by
 * characters.
 */
export const isSpecial = (file: DiffFile): boolean =>
  file.status === 'T' || [file.oldMode, file.newMode].some((mode) => mode === SUBMODULE || mode === SYMLINK);

export const isZero = (id: string): boolean => /^0+$/.test(id);

const PLAINLY = ['--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'];
// One line of context, not none: without context git trims the common end first and may then choose other lines than
// --numstat.
const PATCH = ['-M', '--raw', '-p', '-U1', '-z', '--no-abbrev', ...PLAINLY];
const INDEX = ['diff-index', '--cached', '--ita-invisible-in-index'];

/** git arguments that compare an index with the commit named after them. */
export const INDEX_WORDS: readonly string[] = [...INDEX, ...PATCH];

/** This many results are cached: each commit in turn is examined from several sides. */
const KEPT_ANSWERS = 8;
/** Other names may later refer to something else. */
const answers = new WeakMap<Repository, Map<string, Promise<readonly DiffFile[]>>>();

/** Diffs of many commits read from one git process; these are never evicted. */
const remembered = new WeakMap<Repository, Map<string, readonly DiffFile[]>>();

/** Caches what is known of a change for callers of {@link diffTrees}. */
export function rememberDiff(repository: Repository, from: string, to: string, files: readonly DiffFile[]): void {
  const known = remembered.get(repository) ?? new Map<string, readonly DiffFile[]>();
  remembered.set(
    repository,
    known.set(
      `${from} ${to}`,
      files.map(({ path, from: oldPath, status, oldMode, newMode, oldId, newId, binary, hunks }) => ({
        path,
        from: oldPath,
        status,
        oldMode,
        newMode,
        oldId,
        newId,
        binary,
        hunks: hunks.map(({ oldStart, oldEnd, newStart, newEnd }) => ({ oldStart, oldEnd, newStart, newEnd })),
      })),
    ),
  );
}

/** What {@link rememberDiff} cached; undefined if nothing. */
export const rememberedDiff = (repository: Repository, from: string, to: string): readonly DiffFile[] | undefined =>
  remembered.get(repository)?.get(`${from} ${to}`);

/** Discards what {@link rememberDiff} cached. */
export const forgetDiffs = (repository: Repository): void => void remembered.delete(repository);

/** The changed files between two trees (or commits), by id, in git's order. Throws a GitError. */
export async function diffTrees(
  repository: Repository,
  from: string,
  to: string,
  options: { readonly objects?: string; readonly paths?: readonly string[] } = {},
): Promise<readonly DiffFile[]> {
  if (from === to) return [];
  const paths = options.paths ? ['--', ...options.paths.map((path) => `:(literal)${path}`)] : [];
  const ask = (): Promise<readonly DiffFile[]> =>
    diffOf(
      repository,
      (form) => ['diff-tree', '-r', ...form, from, to, ...paths],
      options.objects === undefined ? {} : { objects: options.objects },
    );
  if (options.objects !== undefined || options.paths || !OBJECT_ID.test(from) || !OBJECT_ID.test(to)) return ask();
  const known = answers.get(repository) ?? new Map<string, Promise<readonly DiffFile[]>>();
  answers.set(repository, known);
  const remembered = rememberedDiff(repository, from, to);
  if (remembered) return remembered;
  const [oldTree, newTree] = [await treeOf(repository, from), await treeOf(repository, to)];
  if (oldTree === newTree) return [];
  const key = `${oldTree} ${newTree}`;
  const answer = known.get(key) ?? ask();
  known.delete(key);
  known.set(key, answer);
  for (const oldest of [...known.keys()].slice(0, -KEPT_ANSWERS)) known.delete(oldest);
  answer.catch(() => known.delete(key)); // what was missing may be there the next time
  return answer;
}

/** The tree of a commit that is a file of its own, so that a commit and its tree are compared once; otherwise the id. */
async function treeOf(repository: Repository, id: string): Promise<string> {
  const object = (await readLoose(repository, [id])).get(id);
  const tree = object?.kind === 'commit' ? object.content.toString('latin1', 0, id.length + 5) : '';
  return tree.startsWith('tree ') ? tree.slice(5) : id;
}

/**
 * The same between a tree (or commit) and an index, by its file; undefined while paths are unmerged. `patch`: git's
 * output for {@link INDEX_WORDS}, if already there. `objects`: a folder with additional objects. Throws a GitError where
 * only git itself can read the index.
 */
export async function diffIndex(
  repository: Repository,
  from: string,
  index: string,
  { patch, objects }: { readonly patch?: Buffer | undefined; readonly objects?: string } = {},
): Promise<DiffFile[] | undefined> {
  const files = await diffOf(
    repository,
    (form) => [...INDEX, ...form, from],
    { env: { GIT_INDEX_FILE: index }, ...(objects === undefined ? {} : { objects }) },
    patch,
  );
  if (files.some((file) => !KNOWN.has(file.status))) return undefined;
  return files;
}

const KNOWN: ReadonlySet<string> = new Set<ChangeStatus>(['A', 'C', 'D', 'M', 'R', 'T']);

/** Runs a git command that reports a change. `command` places its arguments around those for the output format. */
async function diffOf(
  repository: Repository,
  command: (form: readonly string[]) => readonly string[],
  options: Parameters<typeof isolatedGit>[2],
  patch?: Buffer,
): Promise<DiffFile[]> {
  const more = { ...options, timeout: 120_000 };
  const files = parseDiff(patch ?? (await isolatedGit(repository, command(PATCH), more)).stdout);
  return withNumbers(repository, files, command, more);
}

/** The files of a comparison, completed where the patch alone is not sufficient. Throws a GitError. */
export async function completed(
  repository: Repository,
  { from, to }: { readonly from: string; readonly to: string },
  files: readonly DiffFile[],
): Promise<readonly DiffFile[]> {
  return files.some(tellsTooLittle)
    ? withNumbers(repository, files, (form) => ['diff-tree', '-r', ...form, from, to], { timeout: 120_000 })
    : files;
}

async function withNumbers(
  repository: Repository,
  files: readonly DiffFile[],
  command: (form: readonly string[]) => readonly string[],
  more: NonNullable<Parameters<typeof isolatedGit>[2]>,
): Promise<DiffFile[]> {
  if (!files.some(tellsTooLittle)) return [...files];
  const numbers = parseNumstat(
    (await isolatedGit(repository, command(['-M', '--numstat', '-z', ...PLAINLY]), more)).stdout,
  );
  return Promise.all(
    files.map(async (file) => {
      const counted = numbers.get(file.path);
      if (!tellsTooLittle(file) || !counted) return file;
      if (counted.binary) return { ...file, binary: true, hunks: [] };
      return file.status === 'T' && !agrees(file.hunks, counted)
        ? { ...file, hunks: await diffBlobs(repository, file, more) }
        : file;
    }),
  );
}

/**
 * A patch does not show whether a file with the same content on both sides is binary, and writes a type change as all
 * lines removed, all lines added.
 */
const tellsTooLittle = (file: DiffFile): boolean =>
  file.status === 'T' || (file.oldId === file.newId && file.newMode !== SUBMODULE);

interface Counted {
  readonly added: number;
  readonly removed: number;
  readonly binary: boolean;
}

const agrees = (hunks: readonly LineHunk[], { added, removed }: Counted): boolean =>
  hunks.reduce((sum, h) => sum + h.newEnd - h.newStart, 0) === added &&
  hunks.reduce((sum, h) => sum + h.oldEnd - h.oldStart, 0) === removed;

/** The lines that differ between a file and its new version of another type; git counts them this way. */
async function diffBlobs(
  repository: Repository,
  file: DiffFile,
  options: { readonly objects?: string },
): Promise<readonly LineHunk[]> {
  if ([file.oldMode, file.newMode].includes(SUBMODULE) || file.oldId === file.newId)
    return file.oldId === file.newId ? [] : file.hunks;
  const { stdout } = await isolatedGit(repository, ['diff', '-p', '-U1', ...PLAINLY, file.oldId, file.newId], options);
  return splitPatches(stdout.toString('latin1')).flatMap((section) => section.hunks);
}

/** Parses the output of `git diff-tree --numstat -z`: new paths with their numbers. */
function parseNumstat(output: Buffer): Map<string, Counted> {
  const numbers = new Map<string, Counted>();
  const fields = output.toString('utf8').split('\0');
  for (let i = 0; i < fields.length; i++) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(fields[i] ?? '');
    if (match?.[3] === undefined) continue;
    const name = match[3] === '' ? (fields[(i += 2)] ?? '') : match[3];
    numbers.set(name, { added: Number(match[1]) || 0, removed: Number(match[2]) || 0, binary: match[1] === '-' });
  }
  return numbers;
}

/** Parses the output of `git diff-tree --raw -p -z`. */
function parseDiff(output: Buffer): DiffFile[] {
  const entries: Omit<DiffFile, 'binary' | 'hunks'>[] = [];
  let at = 0;
  const field = (): string => {
    const end = output.indexOf(0, at);
    const text = output.toString('utf8', at, end < 0 ? output.length : end);
    at = end < 0 ? output.length : end + 1;
    return text;
  };
  while (output[at] === 0x3a) {
    const [oldMode = '', newMode = '', oldId = '', newId = '', status = ''] = field().slice(1).split(' ');
    const letter = status.charAt(0) as ChangeStatus;
    const first = field();
    const renamed = letter === 'R' || letter === 'C';
    entries.push({
      path: renamed ? field() : first,
      from: renamed ? first : null,
      status: letter,
      oldMode,
      newMode,
      oldId,
      newId,
    });
  }
  if (output[at] === 0) at++;
  const patches = splitPatches(output.toString('latin1', at));
  const files: DiffFile[] = [];
  let next = 0;
  for (const entry of entries) {
    // A type change is written as a removal and an addition.
    const sections = patches.slice(next, next + (entry.status === 'T' ? 2 : 1));
    next += sections.length;
    files.push({ ...entry, binary: sections.some((s) => s.binary), hunks: sections.flatMap((s) => s.hunks) });
  }
  return files;
}

interface Patch {
  binary: boolean;
  hunks: LineHunk[];
}

function splitPatches(text: string): Patch[] {
  const patches: Patch[] = [];
  let current: Patch | undefined;
  let inHunk = 0;
  let x = 0;
  let y = 0;
  let open: { oldStart: number; newStart: number } | undefined;
  const close = (): void => {
    if (open) current?.hunks.push({ oldStart: open.oldStart, oldEnd: x, newStart: open.newStart, newEnd: y });
    open = undefined;
  };
  let oldLeft = 0;
  let newLeft = 0;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    const mark = text.charCodeAt(from);
    if (inHunk > 0 && (oldLeft > 0 || newLeft > 0)) {
      if (mark === 0x2d || mark === 0x2b) {
        open ??= { oldStart: x, newStart: y };
        if (mark === 0x2d) {
          x++;
          oldLeft--;
        } else {
          y++;
          newLeft--;
        }
      } else if (mark !== 0x5c) {
        close();
        x++;
        y++;
        oldLeft--;
        newLeft--;
      }
      if (oldLeft === 0 && newLeft === 0) close();
    } else if (text.startsWith('diff --git ', from)) {
      current = { binary: false, hunks: [] };
      patches.push(current);
      inHunk = 0;
    } else if (text.startsWith('@@ ', from)) {
      const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text.slice(from, to));
      if (header) {
        oldLeft = Number(header[2] ?? 1);
        newLeft = Number(header[4] ?? 1);
        x = Number(header[1]) - (oldLeft === 0 ? 0 : 1);
        y = Number(header[3]) - (newLeft === 0 ? 0 : 1);
        inHunk++;
      }
    } else if (text.startsWith('Binary files ', from) || text.startsWith('GIT binary patch', from)) {
      if (current) current.binary = true;
    }
    from = to + 1;
  }
  return patches;
}
