/** Everything beside the recorder that sees what happens to texts and files: made once, ended together. */
import * as vscode from 'vscode';
import type { PlaceFinder } from '../workspace/place-of-file';
import type { Worktrees } from '../workspace/worktrees';
import type { AssistantsInWindow } from './chat/assistants-at-work';
import { InlineChat } from './chat/inline-chat';
import { ACCEPT_COMMANDS } from '../commands/ids';
import type { Accepting } from './commands/accepting-completion';
import { registerEditorCommands } from './commands/bracketed-commands';
import type { CommandBrackets } from './commands/command-brackets';
import { watchCopiedFiles } from './document/copied-files';
import { HotExit } from './document/schedule-authors-backup';
import type { UnsavedTexts } from './document/unsaved-authors-backup';
import type { Recorder } from './recorder';

interface ListenersPorts {
  readonly recorder: Recorder;
  readonly accepting: Accepting;
  readonly commands: CommandBrackets;
  readonly assistants: AssistantsInWindow;
  readonly unsaved: UnsavedTexts;
  readonly places: PlaceFinder;
  readonly worktrees: Worktrees;
  /** The extension's own folder for the workspace. */
  readonly storage: vscode.Uri | undefined;
  readonly log: vscode.LogOutputChannel;
}

export function listenToEdits(ports: ListenersPorts): vscode.Disposable {
  const { recorder, accepting, commands, assistants, unsaved, places, worktrees, storage, log } = ports;
  return vscode.Disposable.from(
    registerAcceptCommands(accepting),
    registerEditorCommands(commands),
    new HotExit({
      texts: unsaved,
      track: (document) => recorder.track(document),
      onDidSettle: recorder.onDidSettle,
      failed: (error) => log.error(`Who wrote unsaved text is not kept for the next start: ${String(error)}`),
    }),
    new InlineChat({
      storage,
      keep: (file, by, before, after) => recorder.reported(file, by, Buffer.from(before), Buffer.from(after)),
      areReasonsGiven: () => recorder.areReasonsGiven,
    }),
    watchCopiedFiles({
      places,
      worktreeOf: (file) => worktrees.of(file),
      assistants,
      keep: (file, by, content) => recorder.reported(file, by, null, content),
      failed: (error) => log.error(`Who copied a file is not recorded: ${String(error)}`),
    }),
  );
}

/** Accepts an inline completion through commands of ours, which only notify the recorder: the editor's own commands do the work. Bound to the same keys (see the manifest); one setting turns them off. */
function registerAcceptCommands(accepting: Accepting): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(ACCEPT_COMMANDS).map(([ours, theirs]) =>
      vscode.commands.registerCommand(ours, () => accept(accepting, theirs)),
    ),
  );
}

async function accept(accepting: Accepting, command: string): Promise<void> {
  const ran = { yet: false };
  const run = async (): Promise<void> => {
    ran.yet = true;
    await vscode.commands.executeCommand(command);
  };
  try {
    await accepting.during(vscode.window.activeTextEditor?.document.uri.toString(), run);
  } finally {
    // Even if we fail, the key does what it always did.
    if (!ran.yet) await vscode.commands.executeCommand(command);
  }
}
