/** Where HEAD is. */
import { OBJECT_ID } from '../../base/patterns';
import { readFileSync } from 'node:fs';
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
    if (ref === undefined || ref.includes('..')) return undefined;
    const id = looseRef(commonDir, ref) ?? packedRef(commonDir, ref) ?? '';
    return OBJECT_ID.test(id) ? id : undefined;
  } catch {
    return undefined; // none yet, or in a form that only git knows
  }
}

function looseRef(commonDir: string, ref: string): string | undefined {
  try {
    return readFileSync(path.join(commonDir, ...ref.split('/')), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** git packs all refs into one file when it tidies up (git-pack-refs(1)): one per line, after its id. */
function packedRef(commonDir: string, ref: string): string | undefined {
  const text = readFileSync(path.join(commonDir, 'packed-refs'), 'utf8');
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
