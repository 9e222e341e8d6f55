/**
 * Installs our hooks into a repository and removes them again, byte for byte.
 *
 * Without `core.hooksPath` they go into the repository's own hooks folder; an existing hook is kept next to ours and
 * runs first. Where a hooks folder is configured (husky and similar tools point it into the work tree), nothing is
 * written into it: the repository's setting is pointed at a folder of ours, which runs ours and then theirs.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { startRecordingOnce } from '../settle/checkpoint';
import type { Repository } from '../plumbing/repository';
import { forgetProgram, saveProgram } from './program-record';
import { BEFORE, HOOKS, hookScript, MARK, passOn, quoted, type HookName, type Runtime } from './scripts';

export type HooksState = 'installed' | 'outdated' | 'partly' | 'absent' | 'displaced';

/** What an installation did, for people. */
export interface HooksReport {
  readonly folder: string;
  /** Hooks that were there before and run first. */
  readonly kept: readonly string[];
}

/** Hooks could not be installed or removed; the message says where and how to fix it. */
export class HooksError extends Error {
  override readonly name = 'HooksError';
  constructor(
    readonly reason: 'not-writable',
    message: string,
  ) {
    super(message);
  }
}

/** Every hook git knows for a work tree (githooks(5)), to pass on to a configured folder. */
const GIT_HOOKS = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'pre-rebase',
  'post-checkout',
  'post-merge',
  'pre-push',
  'reference-transaction',
  'push-to-checkout',
  'pre-auto-gc',
  'post-rewrite',
  'sendemail-validate',
  'fsmonitor-watchman',
  'post-index-change',
];
/** These slow git down on every ref or index change: passed on only when they exist. */
const COSTLY = new Set(['reference-transaction', 'post-index-change', 'fsmonitor-watchman']);

const ourFolder = (repository: Repository): string => path.join(repository.commonDir, 'linekeeper', 'hooks');
const rememberedFile = (repository: Repository): string => path.join(repository.commonDir, 'linekeeper', 'hooks-path');

/** Installs the hooks; a second call only renews them. Throws a HooksError or a GitError. */
export async function installGitHooks(repository: Repository, runtime: Runtime): Promise<HooksReport> {
  const configured = await configuredFolder(repository);
  startRecordingOnce(repository);
  saveProgram(repository, runtime);
  try {
    if (configured === undefined || configured === 'ours')
      return configured === 'ours' ? refreshOwn(repository, runtime) : installBeside(repository, runtime);
    return await installInstead(repository, runtime, configured);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new HooksError(
        'not-writable',
        `The git hooks of ${repository.root} could not be written (${error.message}). Please check the permissions of ${repository.commonDir}.`,
      );
    throw error;
  }
}

/** Removes the hooks. Throws a HooksError or a GitError. */
export async function uninstallGitHooks(repository: Repository): Promise<void> {
  const remembered = rememberedFile(repository);
  try {
    forgetProgram(repository);
    if (existsSync(remembered)) {
      const before = readFileSync(remembered, 'utf8');
      const now = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
      // Only our own setting is removed: somebody may have set another one since.
      if (
        now.code === 0 &&
        path.resolve(repository.root, now.stdout.toString('utf8').trim()) === ourFolder(repository)
      ) {
        if (before.startsWith('local ')) await repository.git(['config', '--local', 'core.hooksPath', before.slice(6)]);
        else await repository.git(['config', '--local', '--unset-all', 'core.hooksPath'], { codes: [0, 5] });
      }
      rmSync(ourFolder(repository), { recursive: true, force: true });
      rmSync(remembered, { force: true });
    }
    const folder = path.join(repository.commonDir, 'hooks');
    for (const name of HOOKS) {
      const file = path.join(folder, name);
      if (!isOurs(file)) continue;
      rmSync(file);
      if (existsSync(file + BEFORE)) renameSync(file + BEFORE, file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error.name === 'GitError'))
      throw new HooksError(
        'not-writable',
        `The git hooks of ${repository.root} could not be taken out (${error.message}). Please check the permissions of ${repository.commonDir}.`,
      );
    throw error;
  }
}

/** Whether git would run our hooks now. `displaced`: another tool has pointed git at its own hooks since. */
export async function gitHooksState(repository: Repository, runtime?: Runtime): Promise<HooksState> {
  const configured = await configuredFolder(repository);
  const folder = configured === 'ours' ? ourFolder(repository) : path.join(repository.commonDir, 'hooks');
  const ours = HOOKS.filter((name) => isOurs(path.join(folder, name)));
  if (configured !== undefined && configured !== 'ours')
    return ours.length > 0 || existsSync(rememberedFile(repository)) ? 'displaced' : 'absent';
  if (ours.length === 0) return 'absent';
  if (ours.length < HOOKS.length) return 'partly';
  const current =
    runtime === undefined ||
    ours.every((name) => readFileSync(path.join(folder, name), 'utf8').includes(`lk_cli=${quoted(runtime.cli)}`));
  return current ? 'installed' : 'outdated';
}

/** The folder that `core.hooksPath` names: undefined when unset, `ours`, or an absolute path and where it is set. */
async function configuredFolder(
  repository: Repository,
): Promise<'ours' | { readonly folder: string; readonly local: string | undefined } | undefined> {
  const value = await repository.git(['config', '--type=path', '--get', 'core.hooksPath'], { codes: [0, 1] });
  if (value.code !== 0) return undefined;
  const text = value.stdout.toString('utf8').replace(/\n$/, '');
  if (text === '') return undefined;
  const folder = path.resolve(repository.root, text);
  if (folder === ourFolder(repository)) return 'ours';
  if (folder === path.join(repository.commonDir, 'hooks')) return undefined;
  const local = await repository.git(['config', '--local', '--get', 'core.hooksPath'], { codes: [0, 1] });
  return { folder, local: local.code === 0 ? local.stdout.toString('utf8').replace(/\n$/, '') : undefined };
}

function installBeside(repository: Repository, runtime: Runtime): HooksReport {
  const folder = path.join(repository.commonDir, 'hooks');
  mkdirSync(folder, { recursive: true });
  const kept: string[] = [];
  for (const name of HOOKS) {
    const file = path.join(folder, name);
    if (existsSync(file) && !isOurs(file)) renameSync(file, file + BEFORE);
    if (existsSync(file + BEFORE)) kept.push(name);
    writeHook(file, hookScript(name, runtime, `"\${0%/*}/${name}${BEFORE}"`));
  }
  return { folder, kept };
}

async function installInstead(
  repository: Repository,
  runtime: Runtime,
  configured: { readonly folder: string; readonly local: string | undefined },
): Promise<HooksReport> {
  mkdirSync(path.dirname(rememberedFile(repository)), { recursive: true });
  writeFileSync(
    rememberedFile(repository),
    configured.local === undefined ? `other ${configured.folder}` : `local ${configured.local}`,
  );
  const report = writeOwn(repository, runtime, configured.folder);
  await repository.git(['config', '--local', 'core.hooksPath', ourFolder(repository)]);
  return report;
}

function refreshOwn(repository: Repository, runtime: Runtime): HooksReport {
  const remembered = existsSync(rememberedFile(repository))
    ? readFileSync(rememberedFile(repository), 'utf8').replace(/^(?:local|other) /, '')
    : '';
  return writeOwn(repository, runtime, path.resolve(repository.root, remembered));
}

function writeOwn(repository: Repository, runtime: Runtime, theirs: string): HooksReport {
  const folder = ourFolder(repository);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const there = existsSync(theirs) ? new Set(readdirSync(theirs)) : new Set<string>();
  for (const name of GIT_HOOKS) {
    const before = quoted(path.join(theirs, name));
    if ((HOOKS as readonly string[]).includes(name))
      writeHook(path.join(folder, name), hookScript(name as HookName, runtime, before));
    else if (!COSTLY.has(name) || there.has(name)) writeHook(path.join(folder, name), passOn(before));
  }
  return { folder, kept: GIT_HOOKS.filter((name) => there.has(name)) };
}

function writeHook(file: string, text: string): void {
  const beside = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(beside, text, { mode: 0o755 });
  chmodSync(beside, 0o755);
  renameSync(beside, file);
}

function isOurs(file: string): boolean {
  try {
    return statSync(file).isFile() && readFileSync(file, 'utf8').slice(0, 200).includes(`# ${MARK}:`);
  } catch {
    return false;
  }
}
