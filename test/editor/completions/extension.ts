/**
 * An assistant that knows a few functions by heart: its inline completions are genuine to the editor, and always the same.
 */
import * as vscode from 'vscode';
import { OFFERS, offerFor, type Offer } from './offers';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider([{ language: 'typescript' }, { language: 'plaintext' }], {
      provideInlineCompletionItems(document, position) {
        const line = document.lineAt(position.line);
        if (position.character < line.range.end.character && line.text.slice(position.character).trim() !== ')') return [];
        const configured = vscode.workspace.getConfiguration('testCompletions').get<readonly Offer[]>('offers', []);
        const typed = line.text.slice(0, position.character);
        const offer = offerFor(typed, [...configured, ...OFFERS]);
        if (!offer) return [];
        // Up to the end of the line: what auto-closing added behind the cursor belongs to what the offer replaces.
        const range = new vscode.Range(line.lineNumber, typed.length - offer.after.length, line.lineNumber, line.range.end.character);
        return [new vscode.InlineCompletionItem(offer.insert, range)];
      },
    }),
  );
}
