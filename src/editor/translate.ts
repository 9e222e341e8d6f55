/** The editor's own translator, in the form that the pure parts need. */
import * as vscode from 'vscode';

export const translate: Translate = (message, ...words) => vscode.l10n.t(message, ...words);

/** `{0}` and so on are replaced by the words that follow. */
export type Translate = (message: string, ...words: (string | number)[]) => string;
