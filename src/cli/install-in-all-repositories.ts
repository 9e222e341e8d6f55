/**
 * `install --all DIR` and `uninstall --all DIR`: git's hooks in every clone below a folder, and in every new one of this
 * account by `init.templateDir`. A global `core.hooksPath` would take git's hooks away from husky and its like.
 */
import { cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderOf, forgetRepository } from '../base/launcher';
import {
  GitError,
  gitHooksState,
  HooksError,
  markNewClone,
  registerClone,
  Repository,
  runGit,
  writeGitHooks,
  type Runtime,
} from '../git';
import { countOf, printable } from '../policy';
import { loadPolicy } from '../policy/load';
import { installGitHooks } from '../provenance/commits';
import { pushNotesAlong, removeGitHooks } from '../provenance/commits/exports-for-notes-sync-and-upkeep';
import { CannotSay, type Call, type ExitCode } from './verb';
import { setUpRuntime } from './runtime-for-hooks';
import { attempt } from '../base/platform';

/** The walk ends here, and says so. */
const FOLDERS_AT_MOST = 100_000;
const DEPTH_AT_MOST = 12;
/** No clones of people's are in these. */
const LEFT_OUT = new Set(['node_modules', '.git', '.cache', '.npm', '.cargo', '.rustup', '.venv', '.Trash', 'Library']);

/** Each repository in a line. 1: some could not be set up, or new clones will not be. */
export async function installAll(call: Call, folder: string): Promise<ExitCode> {
  const { terminal } = call;
  const runtime = setUpRuntime(terminal);
  const code = await inEach(call, folder, async (repository) => {
    const notes = call.values['notes'] === true ? `; ${notesText(await pushNotesAlong(repository))}` : '';
    const before = await gitHooksState(repository, runtime);
    if (before === 'installed') {
      registerClone(repository, runtime);
      return `already there${notes}`;
    }
    const { kept: keptHooks } = await installGitHooks(repository, runtime);
    await loadPolicy(repository); // as `install` does
    return `${before === 'absent' ? 'installed' : 'renewed'}${keptHooks.length > 0 ? `; ${keptHooks.map(printable).join(', ')} of before run first` : ''}${notes}`;
  });
  const carriesNotes = call.values['notes'] === true;
  const why = await offerToNewClones(terminal.home, runtime, carriesNotes);
  const later = carriesNotes ? '; from their first commit on, plain "git push" and "git fetch" carry the notes' : '';
  if (why === undefined) terminal.out(`new clones: have the hooks from the start (init.templateDir)${later}\n`);
  else terminal.err(`linekeeper: New clones get no hooks by themselves: ${why}`);
  return why === undefined ? code : 1;
}

/** What carries a clone's notes from now on. */
export const notesText = (remotes: readonly string[]): string =>
  `plain "git push" and "git fetch" carry the notes${remotes.length === 0 ? ' once there is a remote and this is run again' : ` (${remotes.map(printable).join(', ')})`}`;

/** The same backwards. */
export async function uninstallAll(call: Call, folder: string): Promise<ExitCode> {
  const code = await inEach(call, folder, async (repository) => {
    const leftovers = await removeGitHooks(repository);
    if (leftovers === undefined) return 'Linekeeper had installed none';
    return `removed${leftovers.length > 0 ? `; lines of others stay in ${leftovers.map(printable).join(', ')}` : ''}`;
  });
  if (await forgetNewClones(call.terminal.home)) call.terminal.out('new clones: get no hooks any more\n');
  return code;
}

async function inEach(
  { terminal }: Call,
  word: string,
  perform: (repository: Repository) => Promise<string>,
): Promise<ExitCode> {
  const folder = path.resolve(terminal.cwd, word);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CannotSay(`${printable(folder)} is not a folder. --all needs a folder with clones in it.`);
  const { clones, isWhole } = clonesBelow(folder);
  let code: ExitCode = isWhole ? 0 : 1;
  for (const clone of clones)
    try {
      terminal.out(`${printable(clone.root)}: ${await perform(clone)}\n`);
    } catch (error) {
      if (!(error instanceof GitError || error instanceof HooksError)) throw error;
      terminal.err(`linekeeper: ${printable(clone.root)}: ${printable(error.message)}`);
      code = 1;
    }
  terminal.out(`${countOf(clones.length, 'repository', 'repositories')} below ${printable(folder)}\n`);
  if (!isWhole)
    terminal.err(
      `linekeeper: ${printable(folder)} holds more than ${String(FOLDERS_AT_MOST)} folders, or deeper ones than ${String(DEPTH_AT_MOST)}, so some were not looked at. Name a folder below it.`,
    );
  return code;
}

/** Each once, with its work trees and submodules. Links are not followed, and a folder that can't be read is left out. */
function clonesBelow(top: string): { readonly clones: readonly Repository[]; readonly isWhole: boolean } {
  const clones = new Map<string, Repository>();
  const waiting: { readonly folder: string; readonly depth: number }[] = [{ folder: top, depth: 0 }];
  let isWhole = true;
  // what is added on the way is looked at, too
  for (const { folder, depth } of waiting) {
    const entries = entriesOf(folder);
    if (entries.some(({ name }) => name === '.git')) {
      const found = Repository.find(folder);
      // Only one whose top this is: anybody could name another's git directory here.
      if (found?.root === folder && !clones.has(found.commonDir)) clones.set(found.commonDir, found);
    }
    for (const entry of entries) {
      if (!entry.isDirectory() || LEFT_OUT.has(entry.name)) continue;
      if (depth >= DEPTH_AT_MOST || waiting.length >= FOLDERS_AT_MOST) isWhole = false;
      else waiting.push({ folder: path.join(folder, entry.name), depth: depth + 1 });
    }
  }
  return { clones: [...clones.values()].sort((a, b) => a.root.localeCompare(b.root)), isWhole };
}

function entriesOf(folder: string): ReturnType<typeof directoryOf> {
  return attempt(() => directoryOf(folder), []);
}
const directoryOf = (folder: string) => readdirSync(folder, { withFileTypes: true });

const templateOf = (home: string): string => path.join(folderOf(home), 'template');

async function configured(key: string, cwd: string): Promise<string> {
  const { stdout } = await runGit(['config', '--type=path', '--get', key], { cwd, codes: [0, 1] });
  return stdout.toString('utf8').trim();
}

/** Git copies this folder into each new repository: its own template, with our hooks. Undefined, or why not. */
async function offerToNewClones(home: string, runtime: Runtime, carriesNotes: boolean): Promise<string | undefined> {
  const template = templateOf(home);
  const before = await configured('init.templateDir', tmpdir());
  if (before !== '' && path.resolve(before) !== template)
    return `git's init.templateDir is ${printable(before)} already. Add the hooks of a clone that has them to its folder hooks.`;
  const hooksPath = await configured('core.hooksPath', tmpdir());
  if (hooksPath !== '')
    return `git's core.hooksPath is ${printable(hooksPath)} for all repositories, so it runs no hooks of a new one. "linekeeper install --git" in the clone takes care of that.`;
  const scratch = mkdtempSync(path.join(tmpdir(), 'linekeeper-template-'));
  const fresh = mkdtempSync(path.join(folderOf(home), 'template-'));
  try {
    // Without the account's settings it is git's own template that is copied, and not ours of before.
    await runGit(['init', '--quiet', '.'], { cwd: scratch, env: { GIT_CONFIG_GLOBAL: path.join(scratch, 'none') } });
    const repository = Repository.find(scratch);
    if (repository === undefined) return 'git made no repository to take them from.';
    await writeGitHooks(repository, runtime);
    forgetRepository(folderOf(home), repository.commonDir);
    for (const name of ['hooks', 'info', 'description'])
      if (existsSync(path.join(repository.commonDir, name)))
        cpSync(path.join(repository.commonDir, name), path.join(fresh, name), { recursive: true });
    markNewClone({ commonDir: fresh }, { carriesNotes });
    rmSync(template, { recursive: true, force: true });
    renameSync(fresh, template);
    await runGit(['config', '--global', 'init.templateDir', template], { cwd: scratch });
    return undefined;
  } catch (error) {
    if (error instanceof GitError || error instanceof HooksError) return error.message;
    throw error;
  } finally {
    for (const folder of [scratch, fresh]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether there was anything. Another's template stays. Throws a GitError. */
export async function forgetNewClones(home: string): Promise<boolean> {
  const template = templateOf(home);
  const isOurs = path.resolve((await configured('init.templateDir', tmpdir())) || '/') === template;
  if (isOurs) await runGit(['config', '--global', '--unset', 'init.templateDir'], { cwd: tmpdir(), codes: [0, 5] });
  const wasThere = existsSync(template);
  rmSync(template, { recursive: true, force: true });
  return isOurs || wasThere;
}
