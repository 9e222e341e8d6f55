/** Shows pages of plain text: without what belongs to code, and never in a third column. */
import * as vscode from 'vscode';

/** The manifest's settings for it wrap long lines and leave out line numbers. */
const LANGUAGE = 'linekeeper-page';

export async function showPage(
  uri: vscode.Uri,
  options: vscode.TextDocumentShowOptions = { preview: true },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, LANGUAGE), options);
}

/** Beside the column in front: where the page is already, else in another column that there is, else in a new one. */
export function columnBeside(uri: vscode.Uri): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const others = all.filter(({ viewColumn }) => viewColumn !== activeTabGroup.viewColumn);
  const withPage = others.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return (withPage ?? others[0])?.viewColumn ?? vscode.ViewColumn.Beside;
}
