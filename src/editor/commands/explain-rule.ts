/** *Explain Rule*: the page about a danger rule, which is part of the extension. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { showMarkdown } from '../show-page';
import type { Translate } from '../translate';

/** The page of a rule such as `destructive/tf-destroy`; undefined for one that has none, such as a team's own. */
export function rulePage(extension: vscode.Uri, rule: string): vscode.Uri | undefined {
  if (!/^[a-z]+\/[a-z0-9-]+$/.test(rule)) return undefined;
  const page = vscode.Uri.joinPath(extension, 'docs', 'rules', `${rule.replace('/', '-')}.md`);
  return existsSync(page.fsPath) ? page : undefined;
}

/** Opened as a preview; as text where there is no preview. */
export function explainRule(extension: vscode.Uri, t: Translate): (rule?: unknown) => Promise<void> {
  return async (rule) => {
    const page =
      rulePage(extension, typeof rule === 'string' ? rule : '') ??
      vscode.Uri.joinPath(extension, 'docs', 'rules', 'README.md');
    await showMarkdown(page).catch(() => vscode.window.showInformationMessage(t('There is no page about this rule.')));
  };
}
