/** Files of the machine and of its user by which somebody gets in, or something runs by itself later. */
import { pathsLike } from '../base/platform';
import type { GuardedPlace } from './types';

const IN_HOME: Readonly<Record<string, readonly string[]>> = {
  'the keys that may log in to this machine': ['.ssh/authorized_keys', '.ssh/authorized_keys2', '.ssh/rc'],
  'the start of the shell, which runs it each time': [
    '.bashrc',
    '.bash_profile',
    '.bash_login',
    '.profile',
    '.zshrc',
    '.zshenv',
    '.zprofile',
    '.zlogin',
    '.config/fish/config.fish',
    '.config/fish/conf.d',
  ],
  'the keys with which the person signs in': [
    '.ssh/id_rsa',
    '.ssh/id_ecdsa',
    '.ssh/id_ed25519',
    '.aws/credentials',
    '.kube/config',
    '.netrc',
    '.git-credentials',
  ],
  'the jobs that run by themselves on this machine': [
    '.config/systemd/user',
    '.config/autostart',
    'Library/LaunchAgents',
  ],
};
/** The home of the account that administers the machine. */
const ADMINISTRATOR = '/root';
const OF_MACHINE: Readonly<Record<string, readonly string[]>> = {
  'the keys that may log in to this machine': [`${ADMINISTRATOR}/.ssh/authorized_keys`],
  'the start of the shell, which runs it each time': ['/etc/profile', '/etc/profile.d', '/etc/bash.bashrc', '/etc/zsh'],
  'the jobs that run by themselves on this machine': [
    '/etc/crontab',
    '/etc/cron.d',
    '/etc/cron.hourly',
    '/etc/cron.daily',
    '/etc/cron.weekly',
    '/var/spool/cron',
    '/etc/systemd/system',
    '/Library/LaunchDaemons',
    '/Library/LaunchAgents',
  ],
};

/** A person is asked before an agent changes one of them. */
export function machinePlaces(home: string): GuardedPlace[] {
  const paths = pathsLike(home);
  const placesOf = (files: typeof IN_HOME, place: (name: string) => string): GuardedPlace[] =>
    Object.entries(files).flatMap(([what, names]) => names.map((name) => ({ path: place(name), what, shared: true })));
  return [...placesOf(IN_HOME, (name) => paths.join(home, name)), ...placesOf(OF_MACHINE, (name) => name)];
}
