/** The clipboard, read only when inserted text may have come from it. */
import * as vscode from 'vscode';
import type { Translate } from './translate';

/**
 * In a browser, reading the clipboard may prompt the person: there it is read only when a setting allows it.
 */
export async function readClipboard(): Promise<string | undefined> {
  if (isOff()) return undefined;
  try {
    return await vscode.env.clipboard.readText();
  } catch {
    return undefined;
  }
}

const wish = (): string =>
  vscode.workspace.getConfiguration('linekeeper').get<string>('recording.compareClipboard', 'automatic');

/** A browser asks by itself before a page reads the clipboard, so there only a person's setting lets it. */
const isOff = (): boolean => wish() === 'never' || (wish() !== 'always' && vscode.env.uiKind === vscode.UIKind.Web);

const CONSENT_KEY = 'clipboard.consent';

/**
 * The same, only after a person has agreed. They are asked once, when inserted text may have come from the clipboard for
 * the first time, and nothing waits for the answer. Who sets the setting to `always` has agreed; who closes the
 * notification has not.
 */
export function clipboardWithConsent(memory: vscode.Memento, t: Translate): typeof readClipboard {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const yes = t('Compare');
    const answer = await vscode.window.showInformationMessage(
      t(
        'May Linekeeper compare inserted text with the clipboard, to tell pasting from typing? It stores nothing of the clipboard and sends nothing.',
      ),
      yes,
      t('Do Not Compare'),
    );
    await memory.update(CONSENT_KEY, answer === yes);
  };
  return async () => {
    if (isOff()) return undefined;
    if (wish() === 'always') return readClipboard();
    const consent = memory.get<boolean>(CONSENT_KEY);
    if (consent === undefined && !isAsking) {
      isAsking = true;
      void ask().finally(() => {
        isAsking = false;
      });
    }
    return consent === true ? readClipboard() : undefined;
  };
}
