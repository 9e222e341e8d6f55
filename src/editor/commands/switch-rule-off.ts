/**
 * *Not dangerous here*: writes a rule, a file and the reason into the policy's `rules-off`. It is a change like any
 * other: it holds once it is reviewed and on the base branch.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { POLICY_PATH, withRuleOff } from '../../policy';
import type { Translate } from '../translate';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';
import { createPolicy } from './create-policy';
import { creditOwnEdit } from './credit-own-edits';

interface SwitchPorts {
  readonly places: PlaceFinder;
  readonly worktrees: Worktrees;
  readonly t: Translate;
}

/** From the light bulb: the file of a warning, and its rule. */
export function switchRuleOff({
  places,
  worktrees,
  t,
}: SwitchPorts): (file?: vscode.Uri, rule?: string) => Promise<void> {
  return async (file, rule) => {
    const located = file && places.locate(file.fsPath);
    const worktree = file && worktrees.of(file.fsPath);
    if (!located || !worktree || rule === undefined) {
      void vscode.window.showInformationMessage(t('Put the cursor on a Linekeeper warning and try again.'));
      return;
    }
    const uri = vscode.Uri.file(path.join(worktree.root, POLICY_PATH));
    if (!existsSync(uri.fsPath)) {
      const begin = t('Create Policy');
      const answer = await vscode.window.showInformationMessage(
        t('No {0}. The built-in policy only warns; CI needs a policy file.', POLICY_PATH),
        begin,
      );
      if (answer === begin) await createPolicy(worktree);
      return;
    }
    const reason = await vscode.window.showInputBox({
      title: t('Not Dangerous Here'),
      prompt: t(
        'Why is it not dangerous? The reason goes into {0}. It applies after the review and the merge.',
        POLICY_PATH,
      ),
      validateInput: (value) => (value.trim() === '' ? t('Write a short reason for later readers.') : undefined),
    });
    if (reason === undefined) return;
    const document = await vscode.workspace.openTextDocument(uri);
    const result = withRuleOff(document.getText(), { rule, reason: reason.trim(), path: located.path });
    const editor = await vscode.window.showTextDocument(document);
    if (result === undefined) {
      void vscode.window.showWarningMessage(
        t('Add the rule by hand: rules-off is written in one line in {0}. The rule is {1}.', POLICY_PATH, rule),
      );
      return;
    }
    const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, whole, result.text);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    editor.selection = new vscode.Selection(result.start - 1, 0, result.end, 0);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    if (!(await document.save())) return;
    await creditOwnEdit(worktree, POLICY_PATH, { start: result.from, end: result.end });
  };
}
