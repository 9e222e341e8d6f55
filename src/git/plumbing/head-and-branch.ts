/** Where HEAD is. */
import { OBJECT_ID } from '../../base/patterns';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where a work tree's own git directory is, and the one that it shares. */
interface GitFolders {
  readonly gitDir: string;
  readonly commonDir: string;
}

/** The commit that HEAD points to, read without git where its branch is a loose or packed ref. */
export function headOf({ gitDir, commonDir }: GitFolders): string | undefined {
  try {
    const head = readFileSync(path.join(gitDir, 'HEAD'), 'utf8').trim();
    if (OBJECT_ID.test(head)) return head;
    const ref = /^ref: (refs\/[^\n]+)$/.exec(head)?.[1];
    return ref === undefined || ref.includes('..') ? undefined : idAt(commonDir, ref);
  } catch {
    return undefined; // none yet, or in a form that only git knows
  }
}

/** As git names refs that all work trees share, without what else a revision may say (gitrevisions(7)). */
const PLAIN_REF = /^refs\/(?!(?:bisect|rewritten|worktree)\/)(?!.*\.\.)[\w./-]+$/;

/**
 * What a full ref name names, read without git where it is loose or packed; null where there is none, undefined where
 * only git can tell.
 */
export function refNow({ commonDir }: Pick<GitFolders, 'commonDir'>, ref: string): string | null | undefined {
  if (!PLAIN_REF.test(ref)) return undefined;
  try {
    const id = idAt(commonDir, ref) ?? null;
    return id === null && existsSync(path.join(commonDir, 'reftable')) ? undefined : id;
  } catch {
    return undefined;
  }
}

/** Whether there may be refs that begin with a prefix that ends in a slash: where only git can tell, there may. */
export const mayHaveRefs = ({ commonDir }: Pick<GitFolders, 'commonDir'>, prefix: string): boolean =>
  ['reftable', prefix].some((place) => existsSync(path.join(commonDir, place))) ||
  (textAt(path.join(commonDir, 'packed-refs')) ?? '').includes(` ${prefix}`);

/** Undefined where there is none. Throws where it is anything else than an id. */
function idAt(commonDir: string, ref: string): string | undefined {
  const id = textAt(path.join(commonDir, ...ref.split('/')))?.trim() ?? packedId(commonDir, ref);
  if (id !== undefined && !OBJECT_ID.test(id)) throw new Error(`${ref} is symbolic, or damaged`);
  return id;
}

function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** git packs all refs into one file when it tidies up (git-pack-refs(1)): one per line, after its id. */
function packedId(commonDir: string, ref: string): string | undefined {
  const text = textAt(path.join(commonDir, 'packed-refs')) ?? '';
  const end = text.indexOf(` ${ref}\n`);
  return end < 0 ? undefined : text.slice(text.lastIndexOf('\n', end) + 1, end);
}

/** The commit that HEAD points to; null before the first one. */
export const headNow = async (
  repository: GitFolders & { readonly commitId: (revision: string) => Promise<string | undefined> },
): Promise<string | null> => headOf(repository) ?? (await repository.commitId('HEAD')) ?? null;

/** The name of the branch that is checked out, read without git; null on none, and where only git knows (reftable). */
export function branchNow({ gitDir }: Pick<GitFolders, 'gitDir'>): string | null {
  try {
    const name = /^ref: refs\/heads\/([^\n]+)$/.exec(readFileSync(path.join(gitDir, 'HEAD'), 'utf8').trim())?.[1];
    return name === undefined || name === '.invalid' ? null : name;
  } catch {
    return null;
  }
}
