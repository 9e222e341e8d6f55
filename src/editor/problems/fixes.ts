/** What can be done about a warning, at the light bulb. */
import * as vscode from 'vscode';
import type { Translate } from '../attribution-messages';
import type { Problems } from './diagnostics';

export class Fixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly problems: Problems,
    private readonly t: Translate,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { t } = this;
    const line = range.start.line + 1;
    const fixes = this.problems.at(document.uri, line).flatMap((warning) => {
      const lines = new vscode.Range(warning.start - 1, 0, warning.end - 1, 0);
      const action = (
        title: string,
        command: string,
        args: readonly unknown[] = [document.uri, lines],
      ): vscode.CodeAction => {
        const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        fix.diagnostics = [warning.diagnostic];
        fix.command = { title, command, arguments: [...args] };
        return fix;
      };
      const { unknown } = warning;
      const declare = (title: string, by?: 'human'): vscode.CodeAction =>
        action(title, 'linekeeper.declareAuthor', [document.uri.toString(), unknown?.start, unknown?.end, by]);
      return [
        ...(unknown ? [declare(t('I wrote this'), 'human'), declare(t('Declare the author…'))] : []),
        action(t('Request senior review'), 'linekeeper.requestSeniorReview'),
        ...(warning.about === 'danger'
          ? [action(t('Explain this rule'), 'linekeeper.explainRule', [warning.rule])]
          : []),
        action(t('Why does this need review?'), 'linekeeper.showProvenance'),
        action(t('Acknowledge with a reason…'), 'linekeeper.acknowledge', [document.uri, lines, warning.rule]),
        ...(warning.about === 'danger'
          ? [action(t('Not dangerous here…'), 'linekeeper.switchRuleOff', [document.uri, warning.rule])]
          : []),
        ...(warning.about === 'danger' ? [action(t('Open the policy'), 'linekeeper.openPolicy', [])] : []),
      ];
    });
    const settled = this.problems.settledAt(document.uri, line);
    if (settled.length === 0) return fixes;
    const again = new vscode.CodeAction(t('Show the acknowledged warning again'), vscode.CodeActionKind.QuickFix);
    again.command = {
      title: again.title,
      command: 'linekeeper.takeBackAcknowledgement',
      arguments: [document.uri, range],
    };
    return [...fixes, again];
  }
}
