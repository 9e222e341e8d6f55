/** What a commit changed, hunk by hunk, as far as it can be played. */
import type { TestRepository } from '../../repository';
import type { RealCommit } from './source';

export interface Hunk {
  /** Where its old lines are, from 0, in the file as it is before the commit. */
  readonly at: number;
  /** Lines with their breaks. */
  readonly old: readonly string[];
  readonly new: readonly string[];
}

export interface FileChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted';
  /** Whether it may be run afterwards. */
  readonly executable: boolean;
  readonly hunks: readonly Hunk[];
}

const MOST_HUNKS = 60;
const KINDS = new Map<string, FileChange['kind']>([
  ['A', 'added'],
  ['M', 'changed'],
  ['D', 'deleted'],
]);
const PLAIN = ['000000', '100644', '100755'];
/** A byte that is no text, or what is left of one that is not UTF-8. */
const NO_TEXT = /[\0\ufffd]/;

/** Lines with their breaks. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** A file of a commit. */
export async function textIn(test: TestRepository, revision: string, path: string): Promise<string> {
  const { code, stdout, stderr } = await test.run(['cat-file', 'blob', `${revision}:${path}`]);
  if (code !== 0) throw new Error(`${revision} has no ${path}: ${stderr}`);
  return stdout;
}

/**
 * Undefined for what is not played: submodules, links, what is no text, a file in place of a folder, more than sixty
 * hunks.
 */
export async function changesOf(
  test: TestRepository,
  { id, parent }: RealCommit,
): Promise<readonly FileChange[] | undefined> {
  const words = (await test.git('diff-tree', '-r', '-z', '--no-renames', '--raw', parent, id)).split('\0');
  const changes: FileChange[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [before = '', after = '', , , status = ''] = (words[i] ?? '').slice(1).split(' ');
    const [kind, path] = [KINDS.get(status), words[i + 1] ?? ''];
    if (!kind || !PLAIN.includes(before) || !PLAIN.includes(after)) return undefined;
    const old = kind === 'added' ? '' : await textIn(test, parent, path);
    const now = kind === 'deleted' ? '' : await textIn(test, id, path);
    if (NO_TEXT.test(old) || NO_TEXT.test(now)) return undefined;
    changes.push({
      path,
      kind,
      executable: after === '100755',
      hunks: await hunksOf(test, [parent, id], path, linesOf(old), linesOf(now)),
    });
  }
  const isNested = changes.some(({ path }) => changes.some((other) => other.path.startsWith(`${path}/`)));
  return isNested || changes.reduce((sum, { hunks }) => sum + hunks.length, 0) > MOST_HUNKS ? undefined : changes;
}

async function hunksOf(
  test: TestRepository,
  between: readonly [string, string],
  path: string,
  old: readonly string[],
  now: readonly string[],
): Promise<readonly Hunk[]> {
  const diff = await test.git(
    'diff',
    '--no-renames',
    '--no-ext-diff',
    '--no-color',
    '--text',
    '-U0',
    ...between,
    '--',
    `:(literal)${path}`,
  );
  return [...diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map(([, from, taken, to, put]) => {
    const [there, here] = [placeOf(from, taken), placeOf(to, put)];
    return { at: there.start, old: old.slice(there.start, there.end), new: now.slice(here.start, here.end) };
  });
}

/** git counts from 1, and names the line before where there is none. */
function placeOf(line = '0', count = '1'): { readonly start: number; readonly end: number } {
  const start = count === '0' ? Number(line) : Number(line) - 1;
  return { start, end: start + Number(count) };
}
