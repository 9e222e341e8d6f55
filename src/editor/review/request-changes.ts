/**
 * *Request Changes…*: what must change, in the reviewer's words. Sent as a review by the forge's API where the person is
 * signed in and agrees; else it goes to the clipboard, for the pull request's page.
 */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import { openPage } from '../open-in-browser';
import { accessTo, knownForge, placeOf, type Access } from '../request-review/forge-access';
import { isForgeError } from '../request-review/forge-failure-text';
import type { Worktree } from '../workspace/worktree';
import { hunkInFront, reviewedWorktree, type ReviewPorts } from './current-hunk';
import { linesOn } from './reading-order';
import { inNotification, visible } from './visible-text';

export function requestChanges(ports: ReviewPorts): () => Promise<void> {
  return async () => {
    const { reviews, t } = ports;
    const worktree = await reviewedWorktree(ports);
    if (!worktree) return;
    const state = await reviews.fresh(worktree);
    const review = state?.kind === 'there' ? state.reading.review : undefined;
    if (!review?.page) {
      void vscode.window.showInformationMessage(
        t('The remote of this branch has no web page that Linekeeper knows. Tell the author what must change.'),
      );
      return;
    }
    const hunk = hunkInFront(ports)?.hunk;
    const place = hunk ? `${visible(hunk.path)}:${String(linesOn(hunk, 'new')[0])}` : undefined;
    const input = vscode.window.showInputBox({
      title: t('Request Changes'),
      prompt: place === undefined ? t('What must change?') : t('What must change at {0}?', place),
      placeHolder: t('Nothing is sent before you confirm'),
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === '' ? t('Write what must change.') : undefined),
    });
    const finding = findRequest(worktree); // while the person writes
    const words = (await input)?.trim() ?? '';
    if (words === '') return;
    const body = place === undefined ? words : `\`${place}\`: ${words}`;
    const request = await finding;
    if (request && (await isSent(request, { commit: review.head, body }, t))) return;
    await vscode.env.clipboard.writeText(body);
    await openPage(review.page);
    void vscode.window.showInformationMessage(t('Paste your text into a review there, and choose “Request changes”.'));
  };
}

interface Found {
  readonly api: Access['api'];
  readonly number: number;
  readonly as: string;
}

/** The branch's pull request; undefined where nobody is signed in, there is none, or its forge can't be asked. */
async function findRequest({ repository }: Worktree): Promise<Found | undefined> {
  try {
    const { reviewBase } = await import('../../review/request');
    const { address, remote, base, branch } = await reviewBase(repository, knownForge);
    const access = await accessTo(await placeOf(repository, address, remote));
    if (!access?.api.requestChanges || branch === null) return undefined;
    const open = await access.api.find({ base, head: branch });
    return open && { api: access.api, number: open.number, as: access.as ?? (await access.api.account()) };
  } catch {
    return undefined; // the page says what is wrong
  }
}

/** True when nothing is left to do: it was sent, or the person changed their mind. */
async function isSent(
  { api, number, as }: Found,
  review: { readonly commit: string; readonly body: string },
  t: Translate,
): Promise<boolean> {
  const [send, browser] = [t('Request Changes'), t('Open in Browser')];
  const picked = await vscode.window.showInformationMessage(
    t('Request changes on #{0} at {1} as {2}?', number, api.host, as),
    { modal: true, detail: review.body },
    send,
    browser,
  );
  if (picked !== send) return picked === undefined;
  try {
    await api.requestChanges?.({ number }, review);
    void vscode.window.showInformationMessage(t('Requested changes on #{0} at {1}.', number, api.host));
    return true;
  } catch (error) {
    if (!isForgeError(error)) throw error;
    void vscode.window.showWarningMessage(
      inNotification(t('{0} refused: {1}', api.host, error.refusal?.words ?? error.message)),
    );
    return false;
  }
}
