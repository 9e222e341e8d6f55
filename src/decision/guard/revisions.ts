/** What git would take for a branch, a tag or a commit. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 2000;
const PLAIN = /^[\w][\w./@^~{}-]*$/;

/**
 * Whether `git checkout NAME`, run in a folder, means a revision and no file: git's own order. One that only a remote has counts where
 * no file has its name. False where git can't tell.
 */
export function isRevision(folder: string, name: string): boolean {
  if (!PLAIN.test(name) || name.includes('..')) return false;
  const says = (...words: readonly string[]): string | undefined => {
    const answer = spawnSync('git', words, { cwd: folder, encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    return answer.status === 0 ? answer.stdout.trim() : undefined;
  };
  if (says('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`) !== undefined) return true;
  return !existsSync(path.resolve(folder, name)) && /^[\w./-]+$/.test(name) && (says('for-each-ref', '--count=1', `refs/remotes/*/${name}`) ?? '') !== '';
}
