/** What only git knows about the words of a command. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startOf } from '../../base/platform';

const PATIENCE_MS = 2000;
const PLAIN = /^[\w][\w./@^~{}-]*$/;

/** git's output in a folder; undefined where it fails. */
function says(folder: string, ...words: readonly string[]): string | undefined {
  const { program, words: all, ...how } = startOf('git', words);
  const answer = spawnSync(program, all, {
    ...how,
    cwd: folder,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/** The entries of git's output with `-z`; none where it fails. Takes no lock, starts no program of the repository. */
export function entriesOf(root: string, words: readonly string[]): readonly string[] {
  const { program, words: all, ...how } = startOf('git', ['-c', 'core.fsmonitor=false', ...words]);
  const answer = spawnSync(program, all, {
    ...how,
    cwd: root,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    maxBuffer: 8 * 1024 * 1024,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '0' },
  });
  return answer.status === 0 ? answer.stdout.split('\0').filter((line) => line !== '') : [];
}

/**
 * Whether `git checkout NAME`, run in a folder, means a revision and not a file, in git's own order of precedence. A
 * branch that only a remote has counts if no file has its name. False where git can't tell.
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
 * Whether a file is byte for byte as in its repository's last commit. Runs no filter and no program that the repository
 * names. False where git can't tell.
 */
export function isCommitted(absolute: string): boolean {
  const [folder, name] = [path.dirname(absolute), path.basename(absolute)];
  const id = says(folder, 'rev-parse', '--verify', '--quiet', `HEAD:./${name}`);
  return id !== undefined && id === says(folder, 'hash-object', '--no-filters', '--', name);
}

/** The alias of a git subcommand in a folder (`alias.VERB`, git-config(1)); undefined for none. */
export function alias(folder: string, verb: string): string | undefined {
  return says(folder, 'config', '--get', `alias.${verb}`);
}
