/**
 * Makes the sample repository: a small service with a past, on a branch of June's, with a remote that looks like GitHub
 * to everybody and is a folder on this machine.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Person } from '../../editor/host';
import { HISTORY } from './history';
import { JUNE } from './people';

export interface Sample {
  /** Top of the work tree. */
  readonly root: string;
  /** The bare repository that `origin` really is. */
  readonly forge: string;
  /** The branch that is checked out: where `main` is, not pushed yet. */
  readonly branch: string;
}

const FILES = path.join(import.meta.dirname, 'costs');
const BRANCH = 'team-budgets';
const ADDRESS = 'git@github.com:acme/costs.git';

/**
 * Git calls it where it would call ssh: `forge/ssh git@github.com "git-upload-pack 'acme/costs.git'"`. It runs that
 * command on the folder beside it, so fetch and push really work, and nothing leaves the machine.
 */
const INSTEAD_OF_SSH = `#!/bin/sh
for word do command=$word; done
case $command in
  git-upload-pack\\ * | git-receive-pack\\ *) exec "\${command%% *}" "$(dirname "$0")/costs.git" ;;
  *) echo "this forge only knows fetch and push" >&2; exit 1 ;;
esac
`;

/** Makes `FOLDER/costs` and `FOLDER/forge`; the folder must be empty or missing. The same ids come out every time. */
export function makeSample(folder: string): Sample {
  const root = path.join(folder, 'costs');
  const forge = path.join(folder, 'forge', 'costs.git');
  mkdirSync(root, { recursive: true });
  mkdirSync(forge, { recursive: true });
  if (readdirSync(root).length > 0) throw new Error(`${root} is not empty`);
  const inRoot = (...args: string[]): void => git(root, args);

  git(forge, ['init', '--quiet', '--bare', '--template=', '--initial-branch=main']);
  inRoot('init', '--quiet', '--template=', '--initial-branch=main');
  for (const [name, value] of configuration(forge)) inRoot('config', name, value);
  for (const { by, at, subject, files } of HISTORY) {
    for (const file of files) cpSync(path.join(FILES, file), path.join(root, file));
    inRoot('add', '--', ...files);
    git(root, ['commit', '--quiet', '--message', subject], { by, at });
  }
  inRoot('push', '--quiet', '--set-upstream', 'origin', 'main');
  inRoot('remote', 'set-head', 'origin', 'main');
  inRoot('switch', '--quiet', '--create', BRANCH);
  return { root, forge, branch: BRANCH };
}

function configuration(forge: string): readonly (readonly [string, string])[] {
  const ssh = path.join(path.dirname(forge), 'ssh');
  writeFileSync(ssh, INSTEAD_OF_SSH);
  chmodSync(ssh, 0o755);
  return [
    ['user.name', JUNE.name],
    ['user.email', JUNE.email],
    ['commit.gpgSign', 'false'],
    ['core.sshCommand', `'${ssh.replaceAll("'", "'\\''")}'`],
    ['ssh.variant', 'simple'],
    ['remote.origin.url', ADDRESS],
    ['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'],
  ];
}

/** Runs git with nothing of this machine's or this person's configuration. */
function git(cwd: string, args: readonly string[], as?: { readonly by: Person; readonly at: string }): void {
  const foreign = Object.keys(process.env).filter((name) => name.startsWith('GIT_'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  if (as) {
    Object.assign(env, { GIT_AUTHOR_NAME: as.by.name, GIT_AUTHOR_EMAIL: as.by.email, GIT_AUTHOR_DATE: as.at });
    Object.assign(env, { GIT_COMMITTER_NAME: as.by.name, GIT_COMMITTER_EMAIL: as.by.email, GIT_COMMITTER_DATE: as.at });
  }
  execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}
