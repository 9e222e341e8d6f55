/** Everything beside the recorder that sees what happens to texts and files: made once, ended together. */
import * as vscode from 'vscode';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';
import type { AssistantsInWindow } from './chat/assistants-at-work';
import { InlineChat } from './chat/inline-chat';
import { registerAcceptCommands } from './commands/register-accept-commands';
import type { Accepting } from './commands/accepting-completion';
import { isDeletingFiles, registerEditorCommands } from './commands/register-editor-commands';
import type { CommandBrackets } from './commands/command-brackets';
import { watchCopiedFiles } from './document/watch-copied-and-deleted-files';
import { HotExit } from './document/schedule-unsaved-authors-backup';
import type { UnsavedTexts } from './document/unsaved-authors-backup';
import type { Recorder } from './edit-recorder';

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
    registerAcceptCommands(accepting, assistants),
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
      isDeleting: () => isDeletingFiles(commands),
      keep: (file, by, before, after) => recorder.reported(file, by, before, after),
      place: (file, by, content, declares) => recorder.reported(file, by, content, content, { declares }),
      failed: (error) => log.error(`Who copied, renamed or deleted a file is not recorded: ${String(error)}`),
    }),
  );
}
