/** Our hooks prove themselves before they are written: the sh that git would run them with runs them once. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { isWindows } from '../../base/platform';
import type { Repository } from '../plumbing/repository';
import { runGit } from '../plumbing/run-git';

const TRIAL_MS = 20_000;
const PASSED = 'linekeeper: passed';

/**
 * Why the sh of git's hooks can't run this text of blocks; undefined when it can, or where there is no sh and git could
 * run no hook at all. The text runs in no repository and without git, where it has nothing to do.
 */
export async function whyNotUnderstood(repository: Repository, blocks: string): Promise<string | undefined> {
  const text = `git() { return 1; }
${blocks}echo "${PASSED} $?"\n`;
  const env = { ...process.env, GIT_DIR: path.join(dataPlace(repository.commonDir), 'no-repository') };
  if (!isWindows()) {
    const done = spawnSync('/bin/sh', ['-c', text, 'trial'], {
      cwd: repository.commonDir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: TRIAL_MS,
    });
    if (done.error === undefined) return verdict(done.stdout, done.stderr);
    if (!('code' in done.error && done.error.code === 'ENOENT')) return undefined; // too slow, or no processes left
  }
  // Where sh is not a file of the system, git has one of its own.
  const gits = await runGit(['-c', 'alias.lk-trial=!GIT_DIR=linekeeper/no-repository exec sh -s', 'lk-trial'], {
    cwd: repository.commonDir,
    input: `lk_trial() {\n${text}}\nlk_trial </dev/null\n`,
    codes: [0, 1, 2],
  }).catch(() => undefined);
  return gits === undefined ? undefined : verdict(gits.stdout.toString('utf8'), gits.stderr);
}

const verdict = (stdout: string, stderr: string): string | undefined =>
  stdout.endsWith(`${PASSED} 0\n`) ? undefined : (stderr.trim().split('\n')[0] ?? '') || 'it says nothing';
