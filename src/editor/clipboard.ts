/** The clipboard, read only when inserted text may have come from it. */
import * as vscode from 'vscode';

/**
 * In a browser, reading the clipboard may prompt the person: there it is read only when a setting allows it.
 */
export async function readClipboard(): Promise<string | undefined> {
  const wish = vscode.workspace.getConfiguration('linekeeper').get<string>('recording.compareClipboard', 'automatic');
  if (wish === 'never' || (wish !== 'always' && vscode.env.uiKind === vscode.UIKind.Web)) return undefined;
  try {
    return await vscode.env.clipboard.readText();
  } catch {
    return undefined;
  }
}
