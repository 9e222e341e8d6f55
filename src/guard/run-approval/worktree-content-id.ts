/** The current content of the work tree, as one id. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withAlternates, type Repository } from '../../git';

/**
 * The id of the tree that committing everything now would give: with untracked files, without ignored ones. Uses a
 * temporary index and object folder: the repository's own stay as they are. Throws a GitError.
 */
export async function workTreeId(repository: Repository): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-tree-'));
  try {
    const index = path.join(folder, 'index');
    // git's stat cache saves reading unchanged files
    if (existsSync(path.join(repository.gitDir, 'index'))) copyFileSync(path.join(repository.gitDir, 'index'), index);
    mkdirSync(path.join(folder, 'objects'));
    const env = {
      GIT_INDEX_FILE: index,
      GIT_OBJECT_DIRECTORY: path.join(folder, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: withAlternates(repository),
    };
    await repository.git(['add', '--all', '--', '.'], { env });
    return await repository.text(['write-tree'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
