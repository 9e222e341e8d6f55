/**
 * *Approve Agent Command…*: a person signs that an agent may run one command once, where the editor's terminal is the
 * only one. It accepts no arguments, and only the button of a modal dialog signs, as with *Sign Off…*.
 */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { RunRequest } from '../../guard/run-approval';
import type { Translate } from '../translate';
import { chooseWorktree } from '../commands/choose-worktree';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { inNotification, visible } from './visible-text';
import { chooseKey } from './choose-signing-key';

interface ApprovePorts {
  readonly worktrees: Worktrees;
  readonly now: () => number;
  readonly t: Translate;
}

/** How long somebody may take to unlock a key, or to touch it. Milliseconds. */
const PATIENCE = 120_000;

interface OpenRequest {
  readonly text: string;
  readonly request: RunRequest;
}

export function approveRun(ports: ApprovePorts): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(ports.worktrees, ports.t);
    if (!worktree) return;
    try {
      await ask(ports, worktree);
    } catch (error) {
      // The error comes from another bundle and has lost its class; its message is for people.
      void vscode.window.showErrorMessage(inNotification(error instanceof Error ? error.message : String(error)));
    }
  };
}

async function ask({ now: clock, t }: ApprovePorts, worktree: Worktree): Promise<void> {
  const { repository } = worktree;
  const open = await openRequests(worktree, clock());
  const chosen = await chooseRequest(open, t);
  if (chosen === undefined) return;
  const key = await chooseKey(worktree, homedir(), t);
  if (key === undefined) return;
  const { request, text } = chosen;
  const { giveApproval, VALID_MS } = await import('../../guard/run-approval');
  const isHere = (await repository.commitId('HEAD')) === (request.head ?? undefined);
  const commit = request.head === null ? t('no commit yet') : request.head.slice(0, 12);
  const detail = [
    visible(request.command),
    '',
    t('Folder: {0}', request.directory === '.' ? t('the top folder') : visible(request.directory)),
    isHere ? t('Commit: {0}', commit) : t('Commit: {0} (another commit is checked out here)', commit),
    t('Requested by: {0}', visible(request.requestedBy)),
    t('Reason: {0}', visible(request.reason)),
  ].join('\n');
  const yes = t('Approve Once');
  const answer = await vscode.window.showWarningMessage(
    t('May an agent run this command once, within {0} minutes?', VALID_MS / 60_000),
    { modal: true, detail },
    yes,
  );
  if (answer !== yes) return;
  const given = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Signing… Unlock or touch your key if it asks.') },
    () => giveApproval(repository, text, { key, clock, patience: PATIENCE }),
  );
  if (given.counts) void vscode.window.showInformationMessage(t('Approved. The agent can run the command now, once.'));
  else
    void vscode.window.showWarningMessage(
      inNotification(t('Nothing was approved, because the approval would not count. {0}', given.why)),
    );
}

/** Requests that wait for an answer, the latest first. */
async function openRequests({ repository }: Worktree, at: number): Promise<readonly OpenRequest[]> {
  const { objectionToRequest, runs } = await import('../../guard/run-approval');
  return runs(repository.gitDir)
    .filter(({ used, approval, request }) => !used && !approval && objectionToRequest(request, at) === '')
    .sort((a, b) => Date.parse(b.request.requestedAt) - Date.parse(a.request.requestedAt));
}

async function chooseRequest(open: readonly OpenRequest[], t: Translate): Promise<OpenRequest | undefined> {
  if (open.length === 0)
    void vscode.window.showInformationMessage(
      t('No command waits for an approval here. “linekeeper request-run” requests one.'),
    );
  if (open.length <= 1) return open[0];
  const rows = open.map(({ text, request }) => ({
    label: visible(request.command),
    description: visible(request.requestedBy),
    detail: visible(request.reason),
    text,
    request,
  }));
  return vscode.window.showQuickPick(rows, {
    title: t("Approve Agent's Command"),
    placeHolder: t('Which command? Nothing is approved yet.'),
    ignoreFocusOut: true,
  });
}
