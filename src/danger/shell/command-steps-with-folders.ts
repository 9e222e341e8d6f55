/** The programs of a command, each with the folders that it may run in. */
import { resolveIn } from '../../base/platform';
import { braces } from './words/glob';
import { pathIn } from './words/paths-in-words';
import { nameOf } from './programs/program-name';
import type { Reads } from './programs/readers-of-scripts-and-aliases';
import { GIT_FOLDER, SHARED_GIT_FOLDER, TOP_OF_REPOSITORY } from './words/variables';
import type { Invocation } from './words/invocation';
import { COMMAND_STEPS, Work } from './words/work-limit';
import type { OtherShell } from './programs/powershell-and-cmd-texts';
import { programsIn } from './programs/programs-behind-wrappers';

/** Lookups about files and git. */
export interface LookUps {
  /** The paths that an absolute pattern matches. May leave some out of very many. */
  readonly matching: (pattern: string) => readonly string[];
  /** The text of a small file; undefined for anything else. */
  readonly text: (absolute: string) => string | undefined;
  /** Whether a file is unchanged since the last commit. */
  readonly isCommitted: (absolute: string) => boolean;
  /** git's alias, in a folder, for a subcommand that it does not have itself; undefined for none. */
  readonly alias: (folder: string, verb: string) => string | undefined;
  /** Whether git, in a folder, interprets a name as a branch or a commit and not as a file. */
  readonly isRevision: (folder: string, name: string) => boolean;
}

/** Where a command is about to run. */
export interface CommandPlace {
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  /** Top of the work tree, absolute and real; null outside of one. */
  readonly root: string | null;
  /** Git's folders: the work tree's own, and the one shared by all work trees. Absolute; default: unknown. */
  readonly gitFolders?: { readonly own: string; readonly shared: string };
  readonly files: LookUps;
}

/** One program of a command. */
interface Step {
  readonly invocation: Invocation;
  /** Where it may run. */
  readonly folders: readonly string[];
}

/** The current folders of a shell, and the previous ones. */
interface Standing {
  readonly at: readonly string[];
  readonly before: readonly string[];
}

/**
 * The programs of the command, each with the folders that it may run in as far as `cd` shows. A subshell begins in its
 * parent's folder and does not change it. `shell`: the text's language, where it is another than sh's.
 */
export function* stepsOf(
  command: string,
  { cwd, home, root, gitFolders, files }: CommandPlace,
  work = new Work(COMMAND_STEPS),
  shell?: OtherShell,
): Generator<Step> {
  const plain = /[{},*?[]/.test(cwd) ? '.' : `{.,${cwd}}`;
  const standings = new Map<string, Standing>([['', { at: [cwd], before: [cwd] }]]);
  const known = {
    SHELL: '/bin/bash',
    '0': 'bash',
    TMPDIR: '/tmp',
    TEMP: '/tmp',
    TMP: '/tmp',
    HOME: home,
    PWD: plain,
    OLDPWD: plain,
    ...(root === null ? {} : { [TOP_OF_REPOSITORY]: root }),
    ...(gitFolders ? { [GIT_FOLDER]: gitFolders.own, [SHARED_GIT_FOLDER]: gitFolders.shared } : {}),
  };
  for (const invocation of programsIn(command, known, readsIn(files, cwd), work, shell)) {
    const key = invocation.scope.length === 0 ? '' : invocation.scope.join('/');
    const standing = standings.get(key) ?? parentOf(standings, invocation.scope);
    const { folder } = invocation;
    // `cd x || y`: where `cd` failed, the folder is unchanged
    const at = invocation.otherwise ? [...new Set([...standing.at, ...standing.before])] : standing.at;
    yield {
      invocation,
      folders: folder === null ? at : at.flatMap((one) => braces(folder).map((text) => resolveIn(one, text))),
    };
    const newStanding = moved(invocation, standing, home);
    if (newStanding !== standing || !standings.has(key)) standings.set(key, newStanding);
  }
}

function parentOf(standings: ReadonlyMap<string, Standing>, scope: readonly number[]): Standing {
  for (let length = scope.length - 1; length >= 0; length--) {
    const found = standings.get(scope.slice(0, length).join('/'));
    if (found) return found;
  }
  return { at: [], before: [] };
}

/** The state after `cd` and similar commands. */
function moved({ words }: Invocation, standing: Standing, home: string): Standing {
  const name = nameOf(words[0]);
  if (name === 'popd') return { at: standing.before, before: standing.at };
  if (name !== 'cd' && name !== 'pushd' && name !== 'chdir') return standing;
  const target = words.slice(1).find((word) => word.text === '-' || !word.text.startsWith('-'));
  if (target?.open) return standing;
  if (target?.text === '-') return { at: standing.before, before: standing.at };
  const at = standing.at.flatMap((folder) =>
    braces(target ? pathIn(folder, target) : home).map((text) => resolveIn(folder, text)),
  );
  return { at: [...new Set(at)], before: standing.at };
}

/** Folders of programs installed by a package manager. */
const INSTALLED = /[\\/](?:node_modules|site-packages|\.?venv|vendor)[\\/]/;

/** The lookups for a command that runs in a folder. */
export function readsIn(files: LookUps, cwd: string): Reads {
  const at = (name: string): string => resolveIn(cwd, name);
  return {
    script: (name) => files.text(at(name)),
    ownScript: (name) => (INSTALLED.test(at(name)) || files.isCommitted(at(name)) ? undefined : files.text(at(name))),
    alias: (verb) => files.alias(cwd, verb),
    matching: (pattern) => files.matching(at(pattern)),
  };
}
