/** The editor's own translator, in the form that the pure parts need. */
import * as vscode from 'vscode';
import type { Translate } from './attribution-messages';

export const translate: Translate = (message, ...words) => vscode.l10n.t(message, ...words);
