/** Which session a command applies to, and which of its files. */
import * as vscode from 'vscode';
import type { SessionFiles } from '../changes/session-diff-documents';
import type { Session, SessionName } from '../changes/sessions-in-changes';
import type { FilePicture } from '../state/changed-files';
import { assistantName, shortSessionId } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';

export interface SessionPorts {
  readonly worktrees: Worktrees;
  readonly files: SessionFiles;
  readonly sessions: (worktree: Worktree) => readonly Session[];
  readonly t: Translate;
}

export interface ChosenSession {
  readonly worktree: Worktree;
  readonly session: SessionName;
  /** Those in which something of it remains; one if the person named one. */
  readonly files: readonly FilePicture[];
}

/**
 * A row of the view names it; without one the person chooses. Undefined, with a message, when nothing of it remains.
 */
export async function chooseSession(row: unknown, ports: SessionPorts): Promise<ChosenSession | undefined> {
  const { files, t } = ports;
  const named = nameOf(row);
  const worktree = named?.worktree ?? (await chooseWorktree(ports.worktrees, t));
  const session = named?.session ?? (worktree && (await askFor(worktree, ports)));
  if (!worktree || !session) return undefined;
  const all = files
    .of(worktree, session)
    .filter(
      ({ path }) =>
        (named?.path === undefined || path === named.path) &&
        (named?.paths === undefined || named.paths.includes(path)),
    );
  if (all.length > 0) return { worktree, session, files: all };
  void vscode.window.showInformationMessage(t('This session has no uncommitted changes left.'));
  return undefined;
}

/** A session's name for people. */
export function sessionName({ assistant, session }: SessionName, t: Translate): string {
  const name = assistantName(t, assistant);
  return session === null ? name : t('{0}, session {1}', name, shortSessionId(session));
}

async function askFor(worktree: Worktree, { sessions, t }: SessionPorts): Promise<SessionName | undefined> {
  const all = sessions(worktree).filter(({ paths }) => paths.length > 0);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(t('No assistant session has uncommitted changes.'));
    return undefined;
  }
  const [only] = all;
  if (all.length === 1) return only;
  const items = all.map((session) => ({
    label: `$(sparkle) ${sessionName(session, t)}`,
    description: `+${String(session.added)} −${String(session.removed)}`,
    detail: session.paths.slice(0, 5).join(', ').replace(/\$\(/g, '$ ('),
    session,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Which session?') }))?.session;
}

interface Named {
  readonly worktree: Worktree;
  readonly session: SessionName;
  readonly path?: string;
  readonly paths?: readonly string[];
}

/** Our own rows are passed as they are; another extension may pass anything. */
function nameOf(row: unknown): Named | undefined {
  const { node } = (typeof row === 'object' && row !== null ? row : {}) as { readonly node?: unknown };
  const { worktree, session, file, paths } = (typeof node === 'object' && node !== null ? node : {}) as {
    readonly worktree?: unknown;
    readonly session?: SessionName;
    readonly file?: FilePicture;
    readonly paths?: readonly string[];
  };
  const place = file?.worktree ?? worktree;
  return place instanceof Worktree && session !== undefined
    ? { worktree: place, session, ...(file ? { path: file.path } : {}), ...(paths ? { paths } : {}) }
    : undefined;
}
