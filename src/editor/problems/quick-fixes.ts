/** What can be done about a warning, at the light bulb. */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import type { Problems } from './change-diagnostics';
import { restoreTitle, restoredLines, type RestoredLines } from './restored-lines';

export class Fixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly problems: Problems,
    private readonly t: Translate,
  ) {}

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const line = range.start.line + 1;
    return [...(await this.mendingAt(document, line)), ...this.othersAt(document, range, line)];
  }

  /** What brings back the lines of before, first of all fixes. */
  private async mendingAt(document: vscode.TextDocument, line: number): Promise<vscode.CodeAction[]> {
    const warnings = this.problems.at(document.uri, line).filter(({ cause }) => cause !== undefined);
    const committed = warnings.length === 0 ? undefined : await this.problems.committedText(document.uri);
    if (committed === undefined) return [];
    return warnings.flatMap(({ cause, rule, start, diagnostic }) => {
      if (!cause) return [];
      const place = cause.side === 'new' ? { line: start, side: cause.side } : cause;
      const restored = restoredLines(committed, document.getText(), place);
      if (!restored) return [];
      const fix = new vscode.CodeAction(restoreTitle(this.t, rule, restored), vscode.CodeActionKind.QuickFix);
      fix.diagnostics = [diagnostic];
      fix.isPreferred = true;
      fix.edit = restoring(document, restored);
      return [fix];
    });
  }

  private othersAt(document: vscode.TextDocument, range: vscode.Range, line: number): vscode.CodeAction[] {
    const { t } = this;
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

function restoring(document: vscode.TextDocument, { start, end, lines }: RestoredLines): vscode.WorkspaceEdit {
  const newline = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  const total = document.lineCount;
  const last = document.lineAt(total - 1).range.end;
  const text = lines.join(newline);
  if (start >= total) edit.insert(document.uri, last, newline + text);
  else if (start === end) edit.insert(document.uri, new vscode.Position(start, 0), text + newline);
  else
    edit.replace(
      document.uri,
      new vscode.Range(new vscode.Position(start, 0), document.lineAt(end - 1).range.end),
      text,
    );
  return edit;
}
