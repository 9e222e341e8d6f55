/** Which files of merges differ from every parent: one git process, which compares names and ids only. */
import { isolatedGit } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';

/** A file of a merge that no parent has in the same way. All zeros: it does not exist there. */
export interface CombinedFile {
  readonly path: string;
  /** Of each parent, in their order, then of the merge. */
  readonly modes: readonly string[];
  readonly ids: readonly string[];
}

const WORDS = ['diff-tree', '--stdin', '--always', '-c', '-r', '--raw', '-z', '--no-renames', '--no-abbrev'];

/** For each merge that has such files: these, without looking for renames. Throws a GitError. */
export async function combinedChanges(
  repository: Repository,
  merges: readonly { readonly id: string; readonly parents: readonly string[] }[],
): Promise<ReadonlyMap<string, readonly CombinedFile[]>> {
  const found = new Map<string, CombinedFile[]>();
  if (merges.length === 0) return found;
  const { stdout } = await isolatedGit(repository, WORDS, {
    input: merges.map(({ id, parents }) => `${[id, ...parents].join(' ')}\n`).join(''),
    timeout: 600_000,
  });
  const words = stdout.toString('latin1').split('\0');
  let files: CombinedFile[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, colons = '', rest = ''] = /^(:+)(.*)$/s.exec(word) ?? [];
    if (colons === '') {
      files = [];
      if (word !== '') found.set(word.trim(), files);
      continue;
    }
    const fields = rest.split(' ');
    const sides = colons.length + 1;
    files.push({
      path: Buffer.from(words[++at] ?? '', 'latin1').toString('utf8'),
      modes: fields.slice(0, sides),
      ids: fields.slice(sides, 2 * sides),
    });
  }
  for (const [id, files] of found) if (files.length === 0) found.delete(id);
  return found;
}
