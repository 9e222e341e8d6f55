/** Every command, by its id: a command that is not in this table does not exist. */
import * as vscode from 'vscode';
import { translate } from '../translate';
import { COMMANDS, COMMANDS_OF_BUTTONS, type CommandId } from './command-ids';

/** What a command of the palette, of a view or of a button does. */
type Handler = (...args: never[]) => unknown;

/** Registers all; an error is shown to the person and logged. */
export function registerCommands(
  handlers: Readonly<Record<CommandId, Handler>>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...[...COMMANDS, ...COMMANDS_OF_BUTTONS].map((id) =>
      vscode.commands.registerCommand(id, async (...args: never[]) => {
        try {
          await handlers[id](...args);
        } catch (error) {
          log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
          void vscode.window.showErrorMessage(
            translate('Linekeeper could not do that: {0}', error instanceof Error ? error.message : String(error)),
          );
        }
      }),
    ),
  );
}
