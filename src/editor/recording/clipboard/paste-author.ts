/** The team's setting for who wrote text pasted from elsewhere. */
import * as vscode from 'vscode';
import type { By } from '../../../journal';

const PASTE_SETTING = 'paste';

export const pastedBy = (document: vscode.TextDocument): By =>
  vscode.workspace.getConfiguration('linekeeper', document).get<string>(PASTE_SETTING, 'unknown') === 'human'
    ? { author: 'human', evidence: 'declared' }
    : { author: 'unknown', reason: 'pasted' };
