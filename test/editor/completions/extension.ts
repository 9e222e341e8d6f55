/**
 * An assistant that knows a few functions by heart: its inline completions are genuine to the editor, and always the
 * same.
 */
import * as vscode from 'vscode';
import { NEXT_EDITS, OFFERS, offerFor, type Offer } from './offers';
import { registerTools } from './tools';

/** What `inlineCompletionsAdditions` adds. */
interface Addition {
  isInlineEdit?: boolean;
}

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    registerTools(),
    vscode.languages.registerInlineCompletionItemProvider([{ language: 'typescript' }, { language: 'plaintext' }], {
      provideInlineCompletionItems(document, position) {
        const line = document.lineAt(position.line);
        if (position.character < line.range.end.character && line.text.slice(position.character).trim() !== ')')
          return [];
        const configured = vscode.workspace.getConfiguration('testCompletions').get<readonly Offer[]>('offers', []);
        const typed = line.text.slice(0, position.character);
        const offer = offerFor(typed, [...configured, ...OFFERS]);
        if (!offer) return nextEditsFor(typed, document);
        // Up to the end of the line: what auto-closing added behind the cursor belongs to what the offer replaces.
        const range = new vscode.Range(
          line.lineNumber,
          typed.length - offer.after.length,
          line.lineNumber,
          line.range.end.character,
        );
        return [new vscode.InlineCompletionItem(offer.insert, range)];
      },
    }),
  );
}

/**
 * A suggestion to change another place, as assistants make them: proposed API, which the editors of these tests grant
 * this extension.
 */
function nextEditsFor(typed: string, document: vscode.TextDocument): vscode.InlineCompletionItem[] {
  const next = NEXT_EDITS.find(({ after }) => after === typed.trim());
  const at = next ? document.getText().indexOf(next.old) : -1;
  if (!next || at < 0) return [];
  const item: vscode.InlineCompletionItem & Addition = new vscode.InlineCompletionItem(
    next.text,
    new vscode.Range(document.positionAt(at), document.positionAt(at + next.old.length)),
  );
  item.isInlineEdit = true;
  return [item];
}
