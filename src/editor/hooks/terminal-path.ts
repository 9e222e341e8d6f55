/** Puts the command `linekeeper` on the PATH of the editor's terminals. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { version } from '../../../package.json';
import type { Runtime } from '../../git';
import { launcherIn, launcherOf, registerProgram } from '../../base/launcher';
import { PATH_DELIMITER } from '../../base/platform';
import type { Translate } from '../translate';

type Context = Pick<vscode.ExtensionContext, 'globalStorageUri' | 'environmentVariableCollection'>;

/**
 * Terminals that are opened later find the launcher of the home folder, once something was set up. Before that, nothing
 * is written to the home folder: they find a launcher in the extension's own storage.
 */
export function putOnTerminalPath(context: Context, home: string, runtime: Runtime, t: Translate): void {
  const launcher = launcherOf(home) ?? inOwnStorage(context.globalStorageUri.fsPath, runtime);
  if (launcher === undefined) return;
  const variables = context.environmentVariableCollection;
  variables.description = t('Adds the command linekeeper.');
  variables.prepend('PATH', path.dirname(launcher) + PATH_DELIMITER);
}

function inOwnStorage(folder: string, { executable, cli, electron }: Runtime): string | undefined {
  const isWritten = registerProgram(folder, { version, executable, cli, electron }) !== undefined;
  return isWritten ? launcherIn(folder) : undefined;
}
