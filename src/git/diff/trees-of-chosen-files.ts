/**
 * Compares chosen files only, of many pairs of commits. git takes one list of paths for all pairs of a process; so each
 * pair becomes two trees with just its files in them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isolatedGit } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';
import { isZero } from './diff-trees-and-index';
import type { RawChange, Comparison, PatchFile } from './stream-patches-between-commits';

/** Trees of chosen files, in a folder of objects of their own. */
interface ChosenTrees {
  readonly objects: string;
  /** A pair for each list, in their order. */
  readonly pairs: readonly Comparison[];
  /** Removes the folder. */
  readonly remove: () => void;
}

/** Makes two trees for each list of changed files: with their old contents, and with their new ones. Throws a GitError. */
export async function treesOf(repository: Repository, lists: readonly (readonly RawChange[])[]): Promise<ChosenTrees> {
  const objects = mkdtempSync(path.join(tmpdir(), 'linekeeper-trees-'));
  const clear = (): void => {
    rmSync(objects, { recursive: true, force: true });
  };
  process.once('exit', clear);
  const remove = (): void => {
    process.removeListener('exit', clear);
    clear();
  };
  try {
    const input = lists
      .flatMap((files) => [
        treeOf(files.map(({ oldMode, oldId }) => ({ mode: oldMode, id: oldId }))),
        treeOf(files.map(({ newMode, newId }) => ({ mode: newMode, id: newId }))),
      ])
      .join('');
    const made =
      lists.length === 0
        ? []
        : (
            await isolatedGit(repository, ['mktree', '--batch', '--missing'], { input, objects, timeout: 120_000 })
          ).stdout
            .toString('latin1')
            .split('\n');
    return {
      objects,
      pairs: lists.map((_, at) => ({ from: made[2 * at] ?? '', to: made[2 * at + 1] ?? '', trees: true })),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const DIGITS = 8;
const TYPES: Readonly<Record<string, string>> = { '160000': 'commit', '040000': 'tree' };

/** The input of git-mktree(1), with the empty line that ends it; files are named by their position in the list. */
const treeOf = (sides: readonly { readonly mode: string; readonly id: string }[]): string =>
  sides
    .map(({ mode, id }, at) =>
      isZero(id) ? '' : `${mode} ${TYPES[mode] ?? 'blob'} ${id}\t${String(at).padStart(DIGITS, '0')}\n`,
    )
    .join('') + '\n';

/** What git answers for the trees of a list of files, as changes of these files. */
export function patchesFor(files: readonly RawChange[], patches: readonly PatchFile[]): readonly PatchFile[] {
  const byPosition = new Map(patches.map((patch) => [Number(patch.path), patch]));
  return files.map((file, at) => {
    const { binary = false, hunks = [] } = byPosition.get(at) ?? {};
    return { ...file, binary, hunks };
  });
}
