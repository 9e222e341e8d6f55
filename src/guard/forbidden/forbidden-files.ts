/**
 * The files and folders that no agent may change, or only after a person agreed: git's and our own, those with hooks and
 * settings of assistants, and those of the machine by which somebody gets in or something runs by itself later.
 */
import { isBelow, managedFolder, pathsLike, resolveIn } from '../../base/platform';
import type { Repository } from '../../git';
import { ASSISTANTS } from '../../provenance/assistants';
import type { Action, GuardedPlace } from '../types';

/** All of them, each also by where its path really leads. */
export function forbiddenFiles({
  repository,
  home,
  hookFiles,
  permissions,
  action,
  real,
}: {
  readonly repository: Repository | undefined;
  readonly home: string;
  readonly hookFiles: () => readonly GuardedPlace[];
  readonly permissions: (() => readonly GuardedPlace[]) | undefined;
  readonly action: Action;
  readonly real: (absolute: string) => string;
}): readonly GuardedPlace[] {
  return [
    ...hookFiles(),
    ...ownPlaces(repository, home),
    ...(permissions && mayBeSettings(action, repository?.root ?? null, real) ? permissions() : []),
  ].flatMap((place) => [place, { ...place, path: real(place.path) }]);
}

/**
 * A place in the repository can't be a program's settings if no name in its path begins with a dot and it has no
 * settings file's extension.
 */
const SETTINGS = /(?:^|[\\/])\.[^\\/]|\.(?:jsonc?|toml|ya?ml|rules)$/i;

function mayBeSettings(
  { files, folders, command, cwd, perhaps }: Action,
  root: string | null,
  real: (absolute: string) => string,
): boolean {
  if (command !== undefined || perhaps !== undefined || folders !== undefined || root === null) return true;
  return files.some((file) => {
    const absolute = resolveIn(cwd, file);
    return [absolute, real(absolute)].some((place) => !isBelow(root, place) || SETTINGS.test(place.slice(root.length)));
  });
}

function ownPlaces(repository: Repository | undefined, home: string): GuardedPlace[] {
  const git = repository === undefined ? [] : [...new Set([repository.gitDir, repository.commonDir])];
  return [
    ...git.flatMap((folder) => [
      { path: under(folder, 'linekeeper'), what: "Linekeeper's record" },
      { path: under(folder, 'hooks'), what: "git's hooks" },
      { path: under(folder, 'config'), what: "git's configuration, which says where its hooks are" },
      { path: under(folder, 'config.worktree'), what: "git's configuration, which says where its hooks are" },
      {
        path: under(under(under(folder, 'refs'), 'notes'), 'ai'),
        what: 'the notes on who wrote what',
        absentToo: true as const,
      },
      {
        path: under(under(folder, 'refs'), 'remotes'),
        what: "git's record of the remote's branches, from which the policy is read",
      },
      {
        path: under(folder, 'logs'),
        what: "git's log of what was done, from which the notes on who wrote what are kept",
      },
      { path: under(folder, 'packed-refs'), what: 'what git keeps of branches and of the notes on who wrote what' },
    ]),
    // in a linked work tree it is a file that says where git's folder is
    ...(repository === undefined || repository.gitDir === under(repository.root, '.git')
      ? []
      : [{ path: under(repository.root, '.git'), what: 'the place where git looks for its hooks' }]),
    ...machinePlaces(home),
    { path: under(home, '.linekeeper'), what: "Linekeeper's set-up" },
    { path: under(home, '.gitconfig'), what: "git's configuration, which says where its hooks are" },
    {
      path: under(under(under(home, '.config'), 'git'), 'config'),
      what: "git's configuration, which says where its hooks are",
    },
  ];
}

/** Both must be plain. */
const under = (folder: string, name: string): string => folder + pathsLike(folder).sep + name;

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

/** What only the machine's administrator changes: the floor, and assistants' settings that no audit reads. */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  "the policy and the settings of this machine's administrator": ['linux', 'darwin', 'win32'].map((system) =>
    managedFolder(system),
  ),
  'what the administrator of this machine lets assistants do': [
    ...ASSISTANTS.flatMap(({ id, title }) => [
      `/etc/${id}`,
      ...['/Library/Application Support/', 'C:\\ProgramData\\'].map((folder) => folder + title.replaceAll(' ', '')),
    ]),
  ],
};

/** A person is asked before an agent changes one of them; the managed ones it may not change at all. */
function machinePlaces(home: string): GuardedPlace[] {
  const { sep } = pathsLike(home);
  const top = home.endsWith(sep) ? home : home + sep;
  const placesOf = (files: typeof IN_HOME, place = (name: string): string => name): GuardedPlace[] =>
    Object.entries(files).flatMap(([owner, names]) => names.map((name) => ({ path: place(name), what: owner })));
  const shared = [...placesOf(IN_HOME, (name) => top + name.replaceAll('/', sep)), ...placesOf(OF_MACHINE)];
  return [...placesOf(MANAGED), ...shared.map((place): GuardedPlace => ({ ...place, shared: true }))];
}
