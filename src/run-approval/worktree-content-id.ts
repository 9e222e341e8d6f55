/** What the work tree is at this moment, as one id. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Repository } from '../git';

/**
 * The id of the tree that the work tree would be if all of it were committed now: untracked files too, ignored ones
 * not. Works beside the repository: its index and its objects stay as they are. Throws a GitError.
 */
export async function workTreeId(repository: Repository): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-tree-'));
  try {
    const index = path.join(folder, 'index');
    // with what git knows of unchanged files it need not read them
    if (existsSync(path.join(repository.gitDir, 'index'))) copyFileSync(path.join(repository.gitDir, 'index'), index);
    mkdirSync(path.join(folder, 'objects'));
    const env = {
      GIT_INDEX_FILE: index,
      GIT_OBJECT_DIRECTORY: path.join(folder, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(path.join(repository.commonDir, 'objects')),
    };
    await repository.git(['add', '--all', '--', '.'], { env });
    return await repository.text(['write-tree'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
