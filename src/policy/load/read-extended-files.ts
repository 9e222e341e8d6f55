/** The files that a policy extends, read from the same place as the policy itself. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';
import type { ExtendedFile } from '../file/parse';
import { treeFiles, type TreeFile } from './read-files-of-commit';

export type ExtendedFiles = ReadonlyMap<string, ExtendedFile>;

/** Larger files are not policies (bytes). */
const LARGEST = 4 * 1024 * 1024;

/** Hash of a policy's bytes, as `sha256:…`. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The digest of a policy with everything it extends; its own when it extends nothing. */
export const digestWith = (digest: string, files: ExtendedFiles): string =>
  files.size === 0
    ? digest
    : digestOf(Buffer.from([digest, ...[...files].map(([file, one]) => `${file} ${one.digest}`).sort()].join('\n')));

/** From a commit or tree, by its id. Anything but a plain file is left out. Throws a GitError. */
export async function extendedInTree(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ExtendedFiles> {
  return extendedAmong(await treeFiles(repository, tree, paths));
}

/** Those of some files of a tree. */
export function extendedAmong(found: ReadonlyMap<string, TreeFile>): ExtendedFiles {
  return new Map(
    [...found].flatMap(([file, entry]) =>
      entry.kind === 'file' ? [[file, { bytes: entry.bytes, digest: digestOf(entry.bytes) }] as const] : [],
    ),
  );
}

/** From the work tree, or a folder like one. Anything but a plain file is left out, including links to one. */
export function extendedInFolder(root: string, paths: readonly string[]): ExtendedFiles {
  return new Map(
    paths.flatMap((file) => {
      try {
        const parts = file.split('/');
        for (let depth = 1; depth < parts.length; depth++)
          if (!lstatSync(path.join(root, ...parts.slice(0, depth))).isDirectory()) return [];
        const found = lstatSync(path.join(root, file));
        if (!found.isFile() || found.size > LARGEST) return [];
        const bytes = readFileSync(path.join(root, file));
        return [[file, { bytes, digest: digestOf(bytes) }] as const];
      } catch {
        return []; // not there
      }
    }),
  );
}
