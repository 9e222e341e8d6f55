/** Shows pages: plain text without features for code and never in a third column, and Markdown as it reads. */
import * as vscode from 'vscode';

/** The manifest's settings for this language wrap long lines and hide line numbers. */
const LANGUAGE = 'linekeeper-page';

export async function showPage(
  uri: vscode.Uri,
  options: vscode.TextDocumentShowOptions = { preview: true },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, LANGUAGE), options);
}

/** Shows a page of Markdown as people read it; as its text where the editor has no preview. Throws when it can't be opened. */
export async function showMarkdown(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

/** Next to the active column: where the page is already, else in another existing column, else in a new one. */
export function columnBeside(uri: vscode.Uri): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const others = all.filter(({ viewColumn }) => viewColumn !== activeTabGroup.viewColumn);
  const withPage = others.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return (withPage ?? others[0])?.viewColumn ?? vscode.ViewColumn.Beside;
}
