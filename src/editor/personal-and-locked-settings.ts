/**
 * Settings that decide who counts as an author: a person's own, which no repository can set and an organization can
 * lock on the machine.
 */
import * as vscode from 'vscode';
import { managedSettings, type LockedSettings, type ManagedSettings } from '../policy/load';
import type { Notices } from './hooks/notice-queue';
import type { Translate } from './translate';

/** Those that the editor reads, by the names that the organization's file gives them. */
const NAMES = {
  paste: 'paste',
  editorCommands: 'recording.editorCommands',
  chatAgent: 'chatAgent.record',
} as const satisfies Partial<Record<keyof LockedSettings, string>>;
type Name = keyof typeof NAMES;

let read: { readonly at: number; readonly settings: ManagedSettings | undefined } | undefined;
/** An administrator's change is in effect within this time (milliseconds): a key press reads no file. */
const READ_AGAIN_MS = 30_000;

/** What is locked on this machine. */
function locked(now = Date.now()): ManagedSettings | undefined {
  if (read === undefined || now - read.at > READ_AGAIN_MS) read = { at: now, settings: managedSettings() };
  return read.settings;
}

/** The organization's value, else the person's own, else the default. */
export function personsSetting<N extends Name>(
  name: N,
  otherwise: NonNullable<LockedSettings[N]>,
  settings: ManagedSettings | undefined = locked(),
): NonNullable<LockedSettings[N]> {
  const value = settings?.locked[name];
  if (value !== undefined) return value;
  return ownSetting(NAMES[name], otherwise);
}

/** A person's own value of a setting, else the default. The workspace's is no person's. */
export function ownSetting<T>(setting: string, otherwise: T): T {
  const found = vscode.workspace.getConfiguration('linekeeper').inspect<T>(setting);
  return found?.globalValue ?? found?.defaultValue ?? otherwise;
}

/** The organization's value; undefined where it locks none. */
export const lockedSetting = <N extends Name>(name: N): LockedSettings[N] | undefined => locked()?.locked[name];

/** One sentence for each of a person's settings that is not used, and for a file that is broken. */
export function lockedNotices(t: Translate, settings: ManagedSettings | undefined = locked()): readonly string[] {
  if (settings === undefined) return [];
  const { file, problem } = settings;
  if (problem !== null)
    return [
      t(
        'The settings of your organization ({0}) are broken: {1}. The strictest values apply until your administrator repairs them.',
        file,
        problem,
      ),
    ];
  return Object.entries(NAMES).flatMap(([name, setting]) => {
    const value = settings.locked[name as Name]; // its own keys
    const found = vscode.workspace.getConfiguration('linekeeper').inspect(setting);
    const userValue = found?.globalValue;
    return value === undefined || userValue === undefined || userValue === value
      ? []
      : [
          t(
            'linekeeper.{0} is {1} by your organization ({2}), so your own value is not used.',
            setting,
            String(value),
            file,
          ),
        ];
  });
}

/** Says them once, and again when a setting changes. */
export function watchLockedSettings(notices: Notices, t: Translate): vscode.Disposable {
  const told = new Set<string>();
  const tell = (): void => {
    const text = lockedNotices(t).find((sentence) => !told.has(sentence));
    if (text === undefined || notices.isOpen) return;
    told.add(text);
    void notices.show(text);
  };
  tell();
  const agent = lockedSetting('chatAgent');
  if (agent !== undefined)
    void vscode.commands.executeCommand('setContext', 'linekeeper.lockedChatAgent', agent ? 'on' : 'off');
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('linekeeper')) tell();
  });
}
