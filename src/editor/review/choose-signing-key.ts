/** The SSH key that a person signs off with: as git is configured, else one that they choose. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { configuredKey } from '../../base/signatures/configured-signing-key';
import { keysOfAgent } from './keys-of-ssh-agent';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import { visible } from './visible-text';

/** Undefined when they chose none. */
export async function chooseKey(
  { repository, root }: Worktree,
  home: string,
  t: Translate,
): Promise<string | undefined> {
  const configured = configuredKey(
    (await repository.text(['config', '--get', 'user.signingKey'], { codes: [0, 1] })).trim(),
    { home, folder: root },
  );
  if (configured !== undefined) return configured;
  const another = t('Another file…');
  // In a codespace or a remote window, a forwarded agent holds the key of the person's machine, and no file does.
  const found = [
    ...publicKeys(path.join(home, '.ssh')).map((file) => ({
      label: path.basename(file),
      description: file,
      key: file,
    })),
    ...(await keysOfAgent()).map(({ key, name }) => ({ label: visible(name), description: t('SSH agent'), key })),
  ];
  const picked =
    found.length === 0
      ? { key: undefined }
      : await vscode.window.showQuickPick([...found, { label: another, description: '', key: undefined }], {
          title: t('Sign Off'),
          placeHolder: t('Which SSH key do you sign with? “git config --global user.signingKey FILE” remembers it.'),
          ignoreFocusOut: true,
        });
  if (picked === undefined) return undefined;
  if (picked.key !== undefined) return picked.key;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('Which SSH key do you sign with?'),
      canSelectMany: false,
      defaultUri: vscode.Uri.file(path.join(home, '.ssh')),
    })) ?? [];
  return file?.fsPath;
}

const KEYS_AT_MOST = 50;

/** Only `.pub` files: names of SSH's own key files end like that. */
function publicKeys(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pub'))
      .slice(0, KEYS_AT_MOST)
      .map((name) => path.join(folder, name));
  } catch {
    return []; // the folder does not exist
  }
}
