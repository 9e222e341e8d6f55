/** The way to make a signature count. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Foresight } from '../background';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import { inNotification } from './reading-order';

/** The key is not listed at the base: adding it is what would help. */
export const isUnlisted = ({ key }: Foresight): boolean => key.publicKey !== null && key.principals.length === 0;

const DEFAULT_FILE = '.github/allowed_signers';

/** Puts the key into the file of allowed signers, unsaved, for the person to look at and commit. */
export async function addKey(
  { root, repository }: Worktree,
  { key: { publicKey, file } }: Foresight,
  onto: string,
  t: Translate,
): Promise<void> {
  if (publicKey === null) return;
  const email = (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
  const name = file ?? DEFAULT_FILE;
  const path = join(root, ...name.split('/'));
  const uri = vscode.Uri.file(path);
  const edit = new vscode.WorkspaceEdit();
  if (!existsSync(path)) edit.createFile(uri, { ignoreIfExists: true });
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1);
  const line = `${email} ${publicKey}\n`;
  await editor.edit((builder) => builder.insert(end.range.end, `${end.text === '' ? '' : '\n'}${line}`));
  void vscode.window.showInformationMessage(
    t(
      'Your key is in {0}, not saved yet. Once that is on {1}, your signatures count; then sign off again.',
      name,
      inNotification(onto),
    ),
  );
}
