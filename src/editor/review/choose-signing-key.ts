/** The SSH key that a person signs off with: as git is configured, else one that they choose. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { configuredKey } from '../../base/signatures/configured-signing-key';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';

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
  const found = publicKeys(path.join(home, '.ssh'));
  const picked =
    found.length === 0
      ? another
      : (
          await vscode.window.showQuickPick(
            [
              ...found.map((name) => ({ label: path.basename(name), description: name })),
              { label: another, description: '' },
            ],
            {
              title: t('Sign Off'),
              placeHolder: t(
                'Which SSH key do you sign with? “git config --global user.signingKey FILE” remembers it.',
              ),
              ignoreFocusOut: true,
            },
          )
        )?.label;
  if (picked === undefined) return undefined;
  const chosen = found.find((name) => path.basename(name) === picked);
  if (chosen !== undefined) return chosen;
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
