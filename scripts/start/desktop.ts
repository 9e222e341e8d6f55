/**
 * Desktop VS Code, if there is one: with separate folders for settings and extensions, so that the person's own are
 * left alone.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** The program `code` of a VS Code on this machine that can open a window; undefined when there is none. */
export function findDesktop(): string | undefined {
  const { env, platform } = process;
  // In a remote window or WSL, `code` only delegates to an editor that runs elsewhere.
  if (env['VSCODE_IPC_HOOK_CLI'] !== undefined || env['WSL_DISTRO_NAME'] !== undefined) return undefined;
  if (platform === 'linux' && env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return undefined;
  const names = platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const program = folders
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
  if (program === undefined) return undefined;
  const answer = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000, shell: platform === 'win32' });
  return answer.status === 0 && /^\d+\.\d+/.test(answer.stdout) ? program : undefined;
}

export interface DesktopOptions {
  readonly program: string;
  /** The folder to open. */
  readonly root: string;
  readonly extensions: readonly string[];
  /** Keeps this editor's settings and extensions from one start to the next. */
  readonly keep: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Models for the chat agent. */
  readonly models?: readonly object[];
}

/**
 * Installs the extensions and opens a window. Ends when the window is closed. Throws when the editor can't be started.
 */
export async function openDesktop({
  program,
  root,
  extensions,
  keep,
  settings,
  models,
}: DesktopOptions): Promise<void> {
  const user = path.join(keep, 'data', 'User');
  mkdirSync(user, { recursive: true });
  const file = path.join(user, 'settings.json');
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
  if (models) writeFileSync(path.join(user, 'chatLanguageModels.json'), `${JSON.stringify(models, null, 2)}\n`);
  const own = ['--user-data-dir', path.join(keep, 'data'), '--extensions-dir', path.join(keep, 'extensions')];
  if (process.getuid?.() === 0) own.push('--no-sandbox');
  const shell = process.platform === 'win32';
  await promisify(execFile)(
    program,
    [...own, ...extensions.flatMap((extension) => ['--install-extension', extension]), '--force'],
    { timeout: 120_000, shell },
  );
  const window = spawn(program, [...own, '--new-window', '--wait', root], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell,
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    window.once('error', reject);
    window.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
}
