/** *Install Command Line…*: makes `linekeeper` a command of every terminal of this account, as far as a program may. */
import { execFile } from 'node:child_process';
import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { folderOf, isLinkTo, launcherIn, OWN_PROGRAMS } from '../../base/launcher';
import { isWindows, PATH_DELIMITER, powershell } from '../../base/platform';
import { registerRuntime } from '../hooks/runtime-for-hooks';
import { type SetUpPorts } from './hook-set-up-context';
import { inHome } from '../workspace/path-in-home';

type Ports = Pick<SetUpPorts, 'runtime' | 'setupOptions' | 't' | 'changed'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Where to write the line for other systems: by the name of the shell. */
const PROFILES: Readonly<Record<string, { readonly file: string; readonly line: string }>> = {
  bash: { file: '~/.bashrc', line: 'export PATH="$HOME/.linekeeper/bin:$PATH"' },
  zsh: { file: '~/.zshrc', line: 'export PATH="$HOME/.linekeeper/bin:$PATH"' },
  fish: { file: '~/.config/fish/config.fish', line: 'fish_add_path ~/.linekeeper/bin' },
};
const OTHER_PROFILE = { file: '~/.profile', line: 'export PATH="$HOME/.linekeeper/bin:$PATH"' };

/** Puts it on the PATH that the account has in all of its programs; the environment of the editor is `env`. */
export function installCommandLine({ runtime, setupOptions, t, changed }: Ports): () => Promise<void> {
  return async () => {
    const { home, env } = setupOptions;
    registerRuntime(home, runtime);
    const launcher = launcherIn(folderOf(home));
    await changed();
    if (lstatSync(launcher, { throwIfNoEntry: false }) === undefined) {
      void vscode.window.showErrorMessage(t('{0} could not be written.', inHome(launcher, home)));
      return;
    }
    const folder = path.dirname(launcher);
    if (foldersOnPath(env).includes(folder)) {
      say(t('The command linekeeper is on your PATH already: {0}', inHome(launcher, home)));
    } else if (isWindows()) {
      await addToUserPath(folder, env);
      say(t('{0} is on your PATH now. Terminals that you open from now on know linekeeper.', inHome(folder, home)));
    } else {
      const link = linkIn(home, env);
      if (link === undefined) await offerLine(env['SHELL'] ?? '', t);
      else say(linked(link, launcher, home, t));
    }
  };
}

const say = (text: string): void => void vscode.window.showInformationMessage(text);

const foldersOnPath = (env: Environment): readonly string[] =>
  (env['PATH'] ?? env['Path'] ?? '').split(PATH_DELIMITER).flatMap((folder) => {
    return path.isAbsolute(folder) ? [path.normalize(folder).replace(/(?<=.)[\\/]$/, '')] : [];
  });

/** Where the link goes; undefined where no folder of the person's own programs is on PATH. */
function linkIn(home: string, env: Environment): string | undefined {
  const known = foldersOnPath(env);
  const folder = OWN_PROGRAMS.map((name) => path.join(home, name)).find((own) => known.includes(own));
  return folder === undefined ? undefined : path.join(folder, 'linekeeper');
}

/** Makes the link, and never replaces what somebody else put there. */
function linked(link: string, launcher: string, home: string, t: Ports['t']): string {
  const shown = inHome(link, home);
  if (isLinkTo(link, launcher)) return t('The command linekeeper is on your PATH already: {0}', shown);
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined)
    return t('{0} is something else and was not changed. Rename it, then run the command again.', shown);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(launcher, link);
  return t('{0} written. Every terminal knows linekeeper now.', shown);
}

async function offerLine(shell: string, t: Ports['t']): Promise<void> {
  const { file, line } = PROFILES[path.basename(shell)] ?? OTHER_PROFILE;
  const copy = t('Copy');
  const answer = await vscode.window.showInformationMessage(
    t('Add this line to {0}, and every new terminal knows linekeeper: {1}', file, line),
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(line);
}

/**
 * For PowerShell: adds `LINEKEEPER_BIN` to the user's PATH in the registry, where variables in it stay as they are written,
 * and tells programs that the environment has changed.
 */
export const ADD_TO_PATH = `$ErrorActionPreference = 'Stop'
$key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
$old = [string]$key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')
if (($old -split ';') -notcontains $env:LINEKEEPER_BIN) {
  $key.SetValue('Path', ((@($old -split ';') + $env:LINEKEEPER_BIN | Where-Object { $_ -ne '' }) -join ';'), 'ExpandString')
  [Environment]::SetEnvironmentVariable('LINEKEEPER_BIN', $null, 'User')
}`;

const addToUserPath = (folder: string, env: Environment): Promise<void> =>
  new Promise((resolve, reject) => {
    execFile(
      powershell(env),
      ['-NoProfile', '-NonInteractive', '-Command', ADD_TO_PATH],
      { env: { ...env, LINEKEEPER_BIN: folder }, windowsHide: true, timeout: 60_000 },
      (error, _out, said) => {
        if (error === null) resolve();
        else reject(new Error(said.trim().split('\n')[0] ?? error.message));
      },
    );
  });
