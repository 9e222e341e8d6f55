/** What happens: edits, and who is behind them. */
import * as vscode from 'vscode';
import { splicesFrom } from '../background';
import { translate as t } from '../translate';
import { Accepting } from '../recording/commands/accepting-completion';
import { CommandBrackets } from '../recording/commands/command-brackets';
import { ChatEdits } from '../recording/chat/chat-edits';
import { UnsavedTexts } from '../recording/document/unsaved-authors-backup';
import { Recorder } from '../recording/edit-recorder';
import { AssistantsInWindow } from '../recording/chat/assistants-at-work';
import { Unrecorded } from '../recording/unrecorded-reasons';
import type { Workplace } from './window-context';

export function recordingOf(
  workplace: Workplace,
  storage: vscode.Uri | undefined,
  /** The clipboard's text, if it may be read. */
  clipboard: () => Promise<string | undefined>,
) {
  const { now, log, places, worktrees, ofDocuments } = workplace;

  const accepting = new Accepting(now);
  const commands = new CommandBrackets();
  const chatEdits = new ChatEdits(now);
  const assistants = new AssistantsInWindow({
    now,
    isEditing: (uri) => accepting.wasJust(uri.toString()) || chatEdits.covers(uri),
  });
  const willBeSaved = (file: string): void => {
    const located = vscode.workspace.isTrusted ? places.locate(file) : undefined;
    const worktree = located && worktrees.of(file);
    // Asked ahead, so that a save need not wait for git; and not while the key press is being handled.
    if (worktree) setImmediate(() => void worktree.isIgnored(located.path));
  };
  const unrecorded = new Unrecorded(t, log);
  const unsaved = new UnsavedTexts(storage, now());
  const recorder = new Recorder({
    places,
    worktreeOf: (file) => worktrees.of(file),
    willBeSaved,
    accepting,
    commands,
    assistants,
    unrecorded,
    clipboard,
    unsaved,
    storage,
    compare: async (before, after) => splicesFrom(await ofDocuments.ask('compare', { before, after })),
    now,
    log,
  });
  return { accepting, commands, chatEdits, assistants, unrecorded, unsaved, recorder };
}

export type Recording = ReturnType<typeof recordingOf>;
