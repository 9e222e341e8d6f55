/** Whether a new file is a copy of one that the work tree has. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeAttribution } from '../../provenance/authorship/types';
import { readNamed, type Repository } from '../../git';
import { blobId } from '../../provenance/journal';

/** Changed files that are compared with it. */
const COMPARED_AT_MOST = 500;

/**
 * The committed content of a file that a content is a copy of: itself, or what the copied file was changed from since.
 * Null where it is a copy of none. Throws a GitError.
 */
export async function copiedFrom(
  repository: Repository,
  { path, content }: { readonly path: string; readonly content: Buffer },
  changed: ChangeAttribution['files'],
): Promise<Buffer | null> {
  const { stdout } = await repository.git(['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], { codes: [0, 128] });
  if (stdout.includes(` blob ${blobId(content)}\t`)) return content;
  const source = changed
    .slice(0, COMPARED_AT_MOST)
    .find((file) => file.path !== path && hasContent(join(repository.root, file.path), content));
  if (!source) return null;
  const [committed] = await readNamed(repository, [`HEAD:${source.from ?? source.path}`]);
  return committed?.kind === 'blob' ? committed.content : null;
}

function hasContent(file: string, content: Buffer): boolean {
  try {
    return statSync(file).size === content.length && readFileSync(file).equals(content);
  } catch {
    return false; // deleted, or not readable
  }
}
