/** The editor's own translator, as the pure parts want it. */
import * as vscode from 'vscode';
import type { Translate } from './attribution-messages';

export const translate: Translate = (message, ...words) => vscode.l10n.t(message, ...words);
