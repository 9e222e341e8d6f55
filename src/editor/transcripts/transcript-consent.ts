/** Whether assistants' transcripts may be read: a person's setting, and one line when the first edit comes from them. */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import { ownSetting } from '../personal-and-locked-settings';

const SETTING = 'recording.transcripts';
const TOLD_KEY = 'transcripts.told';

/** A person's own setting, and none of the workspace's. */
export const mayReadTranscripts = (): boolean => ownSetting(SETTING, true);

/** Says once, when transcripts have filled something in, that they are read, and offers to stop that. */
export async function tellOfTranscripts(memory: vscode.Memento, t: Translate): Promise<void> {
  if (memory.get<boolean>(TOLD_KEY) === true) return;
  await memory.update(TOLD_KEY, true);
  const stop = t('Do Not Read Them');
  const answer = await vscode.window.showInformationMessage(
    t(
      "Linekeeper found edits that no hook reported, in an assistant's session logs on this machine. It sends nothing from them.",
    ),
    stop,
  );
  if (answer === stop)
    await vscode.workspace.getConfiguration('linekeeper').update(SETTING, false, vscode.ConfigurationTarget.Global);
}
