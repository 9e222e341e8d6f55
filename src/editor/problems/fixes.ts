/** What can be done about a warning, at the light bulb. */
import * as vscode from 'vscode';
import type { Translate } from '../words';
import type { Problems } from './problems';

export class Fixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly problems: Problems,
    private readonly t: Translate,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { t } = this;
    return this.problems.at(document.uri, range.start.line + 1).flatMap((warning) => {
      const lines = new vscode.Range(warning.start - 1, 0, warning.end - 1, 0);
      const action = (title: string, command: string, args: readonly unknown[] = [document.uri, lines]): vscode.CodeAction => {
        const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        fix.diagnostics = [warning.diagnostic];
        fix.command = { title, command, arguments: [...args] };
        return fix;
      };
      const declare = (title: string, by?: 'human'): vscode.CodeAction => action(title, 'linekeeper.declareAuthor', [document.uri.toString(), warning.start, warning.end, by]);
      return [
        ...(warning.about === 'unknown' ? [declare(t('I wrote this'), 'human'), declare(t('Declare the author…'))] : []),
        action(t('Request senior review'), 'linekeeper.requestSeniorReview'),
        action(t('Why does this need review?'), 'linekeeper.showProvenance'),
        ...(warning.about === 'danger' ? [] : [action(t('Acknowledge with a reason…'), 'linekeeper.acknowledge')]),
      ];
    });
  }
}
