/** Rows of sessions in the *AI Changes* view. */
import * as vscode from 'vscode';
import { assistantName, lineCount, shortSessionId } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { joinParts } from '../join-row-text';
import type { Session } from './sessions-in-changes';

export function sessionsItem(t: Translate, sessions: readonly Session[]): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Sessions'), vscode.TreeItemCollapsibleState.Expanded);
  item.description = String(sessions.length);
  item.iconPath = new vscode.ThemeIcon('comment-discussion');
  item.contextValue = 'sessions';
  return item;
}

export function sessionItem(t: Translate, session: Session): vscode.TreeItem {
  const name = assistantName(t, session.assistant);
  const item = new vscode.TreeItem(
    name,
    session.paths.length + session.refused.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const files = session.paths.length === 1 ? t('1 file') : t('{0} files', session.paths.length);
  const did = session.paths.length === 0 ? [] : [`+${String(session.added)} −${String(session.removed)}`, files];
  const prompt = session.prompt === null ? [] : [t('asked: {0}', session.prompt)];
  const refused =
    session.refused.length === 0
      ? []
      : [session.refused.length === 1 ? t('refused once') : t('refused {0} times', session.refused.length)];
  item.description = joinParts([...(session.working ? [t('at work')] : []), ...refused, ...did, ...prompt]);
  item.tooltip = [
    name,
    session.model ?? '',
    session.session === null ? '' : t('session {0}', session.session),
    ...prompt,
  ]
    .filter((part) => part !== '')
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(session.working ? 'loading~spin' : 'sparkle');
  item.contextValue = session.paths.length === 0 ? 'idleSession' : 'session';
  const spoken = [
    session.working ? t('{0} is at work', name) : name,
    ...(session.session === null ? [] : [t('session {0}', shortSessionId(session.session))]),
    t('added {0} and removed {1} in {2}', lineCount(t, session.added), lineCount(t, session.removed), files),
    ...prompt,
    ...refused,
  ];
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

/** What a session was refused, and why. */
export function refusalItem(t: Translate, reason: string): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Refused'));
  item.description = reason;
  item.tooltip = reason;
  item.iconPath = new vscode.ThemeIcon('circle-slash');
  item.contextValue = 'refusal';
  item.accessibilityInformation = { label: t('Refused: {0}', reason) };
  return item;
}
