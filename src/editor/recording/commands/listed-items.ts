/**
 * What the suggestion list has selected: the editor tells it whoever may offer ghost text for it, and we offer none. An
 * item that is taken, also with the mouse, is the person's choice: ghost text beside the list goes on where the item ends.
 */
import * as vscode from 'vscode';
import { isListedName } from './command-shapes';

export class ListedItems implements vscode.Disposable {
  private readonly items = new WeakMap<vscode.TextDocument, vscode.SelectedCompletionInfo>();
  private readonly watched = vscode.languages.registerInlineCompletionItemProvider(
    [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-notebook-cell' }],
    {
      provideInlineCompletionItems: (document, _position, { selectedCompletionInfo: item }) => {
        if (item) this.items.set(document, item);
        else this.items.delete(document);
        return [];
      },
    },
  );

  /** Whether a change takes the selected item, or another one in its place. */
  isTaken({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
    const item = this.items.get(document);
    const [first] = contentChanges;
    if (item === undefined || first === undefined) return false;
    const inserted = first.text;
    const isOther = !inserted.startsWith(item.text) && isListedName({ changes: [{ inserted }] });
    // An import that an item brings may have moved its line.
    const length = item.range.end.character - item.range.start.character;
    return (
      (inserted === item.text || isOther) &&
      contentChanges.every(({ text, rangeLength }) => text === inserted && rangeLength === length) &&
      contentChanges.some(({ range }) => range.start.character === item.range.start.character)
    );
  }

  dispose(): void {
    this.watched.dispose();
  }
}
