/** A formatter and a renamer for the plain texts of the soak, which answer at once. */
import * as vscode from 'vscode';

const SOAKED: vscode.DocumentSelector = { language: 'plaintext', pattern: '**/soak*' };

export const registerTools = (): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.languages.registerRenameProvider(SOAKED, {
      provideRenameEdits(document, position, name) {
        const edit = new vscode.WorkspaceEdit();
        const old = document.getText(document.getWordRangeAtPosition(position));
        for (let line = 0; line < document.lineCount; line++)
          for (const { index } of document.lineAt(line).text.matchAll(new RegExp(`\\b${old}\\b`, 'g')))
            edit.replace(document.uri, new vscode.Range(line, index, line, index + old.length), name);
        return edit;
      },
    }),
    vscode.languages.registerDocumentFormattingEditProvider(SOAKED, {
      provideDocumentFormattingEdits: (document) =>
        Array.from({ length: document.lineCount }, (_, index) => document.lineAt(index)).flatMap(edited),
    }),
  );

/**
 * Two blanks in place of one, and one in place of two, and a semicolon that comes and goes. The first line, where the
 * caret is, stays.
 */
function edited({ text, range, lineNumber }: vscode.TextLine): vscode.TextEdit[] {
  if (lineNumber === 0 || lineNumber % 3 !== text.length % 3) return [];
  const blank = / {1,2}(?=\S)/.exec(text.slice(4));
  const blanks = blank
    ? [
        vscode.TextEdit.replace(
          new vscode.Range(lineNumber, 4 + blank.index, lineNumber, 4 + blank.index + blank[0].length),
          blank[0].length === 1 ? '  ' : ' ',
        ),
      ]
    : [];
  if (!text.startsWith('let')) return blanks;
  return [
    ...blanks,
    text.endsWith(';')
      ? vscode.TextEdit.delete(new vscode.Range(lineNumber, text.length - 1, lineNumber, text.length))
      : vscode.TextEdit.insert(range.end, ';'),
  ];
}
