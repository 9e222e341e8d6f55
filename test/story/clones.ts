/** Other people's clones of what the forge has, each as on a machine of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import type { Person } from '../editor/host';
import type { Stage } from './stage';

/** What a part of the story needs that no window is needed for. */
export interface Place extends Pick<Stage, 'sample' | 'linekeeper' | 'later' | 'ending' | 'outside'> {
  readonly editor: {
    /** The home folder of June, in whose clone agents work. */
    readonly home: string;
  };
}

export interface Clone {
  readonly root: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly git: (...words: string[]) => string;
}

/** Somebody's clone, made when it is first asked for. Its notes are only those that were fetched. */
export function cloneOf(place: Place, person: Person): Clone {
  const name = person.email.split('@')[0] ?? '';
  const root = place.outside(name);
  const home = place.outside(`home-${name}`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
  const git = (...words: string[]): string =>
    execFileSync('git', words, {
      cwd: existsSync(root) ? root : place.outside('.'),
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  if (!existsSync(root)) {
    mkdirSync(home, { recursive: true });
    git('clone', '--quiet', place.sample.forge, root);
    git('config', 'user.name', person.name);
    git('config', 'user.email', person.email);
    git('config', 'commit.gpgSign', 'false');
    for (const setting of FORGE) git('config', setting, git('-C', place.sample.root, 'config', '--get', setting));
  }
  return { root, home, env, git };
}

/** By what June's clone reaches the forge, and what she calls it. */
const FORGE = ['core.sshCommand', 'ssh.variant', 'remote.origin.url'];

/** What people's `git fetch` brings besides branches. */
export const FETCH_NOTES = ['fetch', '--quiet', 'origin', 'refs/notes/*:refs/notes/*'] as const;
