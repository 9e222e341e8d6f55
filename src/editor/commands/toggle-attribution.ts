/** *Toggle Attribution*: shows or hides all marks everywhere, until the next toggle. */
import * as vscode from 'vscode';
import { MARKS_SETTING } from '../decorations/author-marks';

export async function toggleAttribution(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('linekeeper');
  await settings.update(MARKS_SETTING, !settings.get<boolean>(MARKS_SETTING, true), vscode.ConfigurationTarget.Global);
}
