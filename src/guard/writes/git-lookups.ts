/** What only git knows of the words of a command. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 2000;
const PLAIN = /^[\w][\w./@^~{}-]*$/;

/** What git says in a folder; undefined where it fails. */
function says(folder: string, ...words: readonly string[]): string | undefined {
  const answer = spawnSync('git', words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/**
 * Whether `git checkout NAME`, run in a folder, means a revision and no file: git's own order. One that only a remote
 * has counts where no file has its name. False where git can't tell.
 */
export function isRevision(folder: string, name: string): boolean {
  if (!PLAIN.test(name) || name.includes('..')) return false;
  if (says(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`) !== undefined)
    return true;
  return (
    !existsSync(path.resolve(folder, name)) &&
    /^[\w./-]+$/.test(name) &&
    (says(folder, 'for-each-ref', '--count=1', `refs/remotes/*/${name}`) ?? '') !== ''
  );
}

/**
 * Whether the last commit of its repository has a file byte by byte as it is. No filter and no program that the
 * repository names is run. False where git can't tell.
 */
export function isCommitted(absolute: string): boolean {
  const [folder, name] = [path.dirname(absolute), path.basename(absolute)];
  const id = says(folder, 'rev-parse', '--verify', '--quiet', `HEAD:./${name}`);
  return id !== undefined && id === says(folder, 'hash-object', '--no-filters', '--', name);
}

/** What is set for a verb in a folder (`alias.VERB`, git-config(1)); undefined for none. */
export function alias(folder: string, verb: string): string | undefined {
  return says(folder, 'config', '--get', `alias.${verb}`);
}
