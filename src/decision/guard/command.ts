/**
 * What a shell command does, as far as its words tell. A bundle of its own: it is most of the guard, and an edit needs none of it.
 */
import path from 'node:path';
import { changesFiles, programOf, type Program } from './interpreters';
import { forbiddenBy, type Forbidden } from './leash';
import { nameOf } from './listed';
import { braces, isPattern } from './patterns';
import { programsIn } from './programs';
import { GIT_FOLDER, SHARED_GIT_FOLDER, TOP_OF_REPOSITORY, type Invocation } from './shell-words';
import type { Reads } from './started';
import { writesOf } from './writes';

/** What can be asked about files and git. */
export interface LookUps {
  /** What an absolute path with wildcards stands for. May leave some out of very many. */
  readonly matching: (pattern: string) => readonly string[];
  /** The text of a small file; undefined for anything else. */
  readonly text: (absolute: string) => string | undefined;
  /** Whether the last commit has a file as it is. */
  readonly isCommitted: (absolute: string) => boolean;
  /** What git has for a verb, in a folder, that it does not know itself; undefined for none. */
  readonly alias: (folder: string, verb: string) => string | undefined;
  /** Whether git, in a folder, takes a name for a branch or a commit and not for a file. */
  readonly isRevision: (folder: string, name: string) => boolean;
}

/** Where a command is about to run. */
export interface CommandPlace {
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  /** Top of the work tree, absolute and real; null outside of one. */
  readonly root: string | null;
  /** Where git keeps the work tree's own things, and those of all work trees. Absolute; default: nobody knows. */
  readonly gitFolders?: { readonly own: string; readonly shared: string };
  readonly files: LookUps;
}

/** One word of a command, or one file of an edit, as the absolute paths that it may stand for. */
export interface Target {
  readonly places: readonly string[];
  /** Everything in it is meant too. */
  readonly deep: boolean;
}

/** One thing that a command does. */
export type Deed =
  /** What no agent may do. */
  | { readonly kind: 'forbidden'; readonly forbidden: Forbidden }
  /** It runs what cannot be read here. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'writes'; readonly target: Target }
  /** It gives an interpreter a program that changes files; `cwd`: where, absolute. */
  | { readonly kind: 'program'; readonly program: Program; readonly cwd: string };

/** In the order in which they are found. A word that is not understood does nothing here. */
export function* deedsOf(command: string, where: CommandPlace): Generator<Deed> {
  const { files } = where;
  const links = new Map<string, string>();
  for (const { invocation, folders } of stepsOf(command, where)) {
    const begins = folders[0] ?? where.cwd;
    const forbidden = forbiddenBy(invocation, readsIn(files, begins).script);
    if (forbidden) yield { kind: 'forbidden', forbidden };
    if (invocation.unread === true) yield { kind: 'unread' };
    for (const cwd of folders) {
      for (const write of writesOf(invocation, readsIn(files, cwd).script, (name, folder) => files.isRevision(path.resolve(cwd, folder), name))) yield { kind: 'writes', target: { places: meantBy(where, cwd, write.path).flatMap((one) => [one, ...throughLinks(links, one)]), deep: write.deep } };
      noteLink(links, invocation, cwd);
    }
    for (const cwd of folders.length > 0 ? folders : [begins]) {
      const program = changing(invocation, where, cwd);
      if (program) yield { kind: 'program', program, cwd };
    }
  }
}

/** A word as the paths that it may stand for: itself too, where there is nothing yet. */
function meantBy({ files }: CommandPlace, cwd: string, text: string): string[] {
  return [text, ...braces(text)].flatMap((one) => {
    const absolute = path.resolve(cwd, one);
    return isPattern(one) ? [absolute, ...files.matching(absolute)] : [absolute];
  });
}

/** Links that a command makes before it uses them. */
function noteLink(links: Map<string, string>, { words }: Invocation, cwd: string): void {
  const program = nameOf(words[0]);
  const args = words.slice(1).map((word) => word.text);
  if (program !== 'ln' && !(program === 'cp' && args.some((text) => /^-[a-zA-Z]*[ls]|^--(?:symbolic-)?link$/.test(text)))) return;
  const symbolic = args.some((text) => /^-[a-zA-Z]*s|^--symbolic/.test(text));
  const [target, name] = args.filter((text) => !text.startsWith('-'));
  if (target === undefined) return;
  const link = path.resolve(cwd, name ?? path.basename(target));
  for (const one of [link, path.join(link, path.basename(target))]) links.set(one, path.resolve(symbolic ? path.dirname(one) : cwd, target));
}

function throughLinks(links: ReadonlyMap<string, string>, absolute: string): string[] {
  return [...links].flatMap(([link, target]) => (absolute === link ? [target] : absolute.startsWith(link + path.sep) ? [target + absolute.slice(link.length)] : []));
}

interface Step {
  readonly invocation: Invocation;
  /** Where it may run. */
  readonly folders: readonly string[];
}

/** Where a shell is, and where it was before. */
interface Standing {
  readonly at: readonly string[];
  readonly before: readonly string[];
}

/** The programs of the command, each with the folders that it may run in as far as `cd` tells. A subshell begins where its parent is, and leaves it there. */
function* stepsOf(command: string, { cwd, home, root, gitFolders, files }: CommandPlace): Generator<Step> {
  const plain = /[{},*?[]/.test(cwd) ? '.' : `{.,${cwd}}`;
  const standings = new Map<string, Standing>([['', { at: [cwd], before: [cwd] }]]);
  const known = { HOME: home, PWD: plain, OLDPWD: plain, ...(root === null ? {} : { [TOP_OF_REPOSITORY]: root }), ...(gitFolders ? { [GIT_FOLDER]: gitFolders.own, [SHARED_GIT_FOLDER]: gitFolders.shared } : {}) };
  for (const invocation of programsIn(command, known, readsIn(files, cwd))) {
    const key = invocation.scope.join('/');
    const standing = standings.get(key) ?? parentOf(standings, invocation.scope);
    const { folder } = invocation;
    // `cd x || y`: where `cd` failed it is where it was
    const at = invocation.otherwise ? [...new Set([...standing.at, ...standing.before])] : standing.at;
    yield { invocation, folders: folder === null ? at : at.flatMap((one) => braces(folder).map((text) => path.resolve(one, text))) };
    standings.set(key, moved(invocation, standing, home));
  }
}

function parentOf(standings: ReadonlyMap<string, Standing>, scope: readonly number[]): Standing {
  for (let length = scope.length - 1; length >= 0; length--) {
    const found = standings.get(scope.slice(0, length).join('/'));
    if (found) return found;
  }
  return { at: [], before: [] };
}

/** After `cd` and its like. */
function moved({ words }: Invocation, standing: Standing, home: string): Standing {
  const name = nameOf(words[0]);
  if (name === 'popd') return { at: standing.before, before: standing.at };
  if (name !== 'cd' && name !== 'pushd' && name !== 'chdir') return standing;
  const target = words.slice(1).find((word) => word.text === '-' || !word.text.startsWith('-'));
  if (target?.open) return standing;
  if (target?.text === '-') return { at: standing.before, before: standing.at };
  const at = standing.at.flatMap((one) => braces(target?.text ?? home).map((text) => path.resolve(one, text)));
  return { at: [...new Set(at)], before: standing.at };
}

/** Folders of programs that a package manager put there. */
const INSTALLED = /[\\/](?:node_modules|site-packages|\.?venv|vendor)[\\/]/;

/** What can be looked up about a command that runs in a folder. */
function readsIn(files: LookUps, cwd: string): Reads {
  const at = (name: string): string => path.resolve(cwd, name);
  return {
    script: (name) => files.text(at(name)),
    ownScript: (name) => (INSTALLED.test(at(name)) || files.isCommitted(at(name)) ? undefined : files.text(at(name))),
    alias: (verb) => files.alias(cwd, verb),
  };
}

/** The program that an interpreter is given, when it changes files. */
function changing(invocation: Invocation, { files }: CommandPlace, cwd: string): Program | undefined {
  const program = programOf(invocation, readsIn(files, cwd));
  return program && changesFiles(program) ? program : undefined;
}
