/**
 * Shows the pull request's text, and then creates it, updates the existing one or opens its page, as the person
 * chooses. Nothing is sent before that.
 */
import * as vscode from 'vscode';
import type { OpenRequest, SentRequest } from '../../review/forges/client-parts';
import { askable, bodyToSend, reviewPage, withOurs } from '../../review/pull-request';
import type { RequestedReview } from '../../review/request';
import type { Translate } from '../translate';
import { openPage } from '../open-in-browser';
import type { VirtualPages } from '../virtual-pages';
import type { Access, ForgeRemote } from './forge-access';
import { failureText, isForgeError, isSignedOut } from './forge-failure-text';
import { handle } from './open-pull-request-page';
import { pageText, REQUEST_PAGE } from './pull-request-preview-page';

interface Sending {
  readonly access: Access;
  readonly place: ForgeRemote;
  readonly requested: RequestedReview;
  /** Top of the work tree. */
  readonly root: string;
  readonly pages: VirtualPages;
  /** The way through the browser. */
  readonly openInBrowser: () => Promise<void>;
  readonly t: Translate;
}

type Way = 'draft' | 'create' | 'update' | 'browser';

export async function showAndSend(sending: Sending): Promise<void> {
  const { access, requested, root, pages, t } = sending;
  const { branch, linked, openRequests } = requested;
  let sent = false;
  try {
    const open = await busy(
      t('Looking for the pull request…'),
      () => access.api.find(branch),
      vscode.ProgressLocation.Window,
    );
    const text = {
      title: open ? null : linked.title,
      base: branch.base,
      head: branch.head,
      labels: linked.labels,
      reviewers: linked.reviewers.map((name) => withLoad(name, openRequests, t)),
      body: open ? withOurs(open.body, linked.own) : bodyToSend(linked),
    };
    const page = pages.answer(REQUEST_PAGE, root, pageText(text, t));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(page), { preview: true });
    const as = access.as ?? (await access.api.account());
    const way = await chooseWay(open, as, sending);
    if (way === 'browser') await openThere(open, sending);
    if (way === undefined || way === 'browser') return;
    sent = true;
    const done = await busy(way === 'update' ? t('Updating the pull request…') : t('Creating the pull request…'), () =>
      open ? update(open, sending) : create(way === 'draft', sending),
    );
    await tell(done, way, sending);
  } catch (error) {
    if (!isForgeError(error)) throw error;
    const { host } = access.api;
    const message = failureText(error, { host, repository: sending.place.remote.path, ...branch, sent }, t);
    const browser = t('Open in Browser');
    const again = t('Sign In Again');
    const canRenew = isSignedOut(error) && access.renew !== undefined;
    const hint = isSignedOut(error) && access.command !== undefined ? ` ${t('Run “{0}”.', access.command)}` : '';
    const picked = await vscode.window.showErrorMessage(message + hint, ...(canRenew ? [again] : []), browser);
    if (picked === browser) await sending.openInBrowser();
    if (picked !== again) return;
    await access.renew?.();
    await vscode.commands.executeCommand('linekeeper.requestSeniorReview');
  }
}

/** With the number of waiting requests: those with the fewest come first. */
function withLoad(name: string, requests: RequestedReview['openRequests'], t: Translate): string {
  if (requests === undefined || name.includes('@')) return handle(name);
  const count = requests.get(name.toLowerCase()) ?? 0;
  return `${handle(name)} (${count === 1 ? t('1 open request') : t('{0} open requests', count)})`;
}

const busy = <T>(title: string, work: () => Promise<T>, location = vscode.ProgressLocation.Notification): Thenable<T> =>
  vscode.window.withProgress({ location, title }, work);

async function chooseWay(
  open: OpenRequest | undefined,
  as: string,
  { access, requested, t }: Sending,
): Promise<Way | undefined> {
  const who = askable(requested.linked.reviewers);
  const asks = who.length === 0 ? t('requests no reviewer') : t('asks {0}', who.map(handle).join(', '));
  const account = t('at {0} as {1}', access.api.host, as);
  const rows: readonly (vscode.QuickPickItem & { readonly way: Way })[] = [
    ...(open
      ? [
          {
            label: `$(sync) ${t('Update #{0}', open.number)}`,
            description: `${account} · ${asks}`,
            detail: t("Replaces Linekeeper's part only."),
            way: 'update',
          } as const,
        ]
      : [
          {
            label: `$(git-pull-request-draft) ${t('Create as Draft')}`,
            description: `${account} · ${asks}`,
            way: 'draft',
          } as const,
          {
            label: `$(git-pull-request-create) ${t('Create')}`,
            description: `${account} · ${asks}`,
            way: 'create',
          } as const,
        ]),
    {
      label: `$(link-external) ${t('Open in Browser')}`,
      description: open ? t('changes nothing') : t('you paste the description and submit it there'),
      way: 'browser',
    },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: open ? t('Request Review') : `${t('Request Review')}: ${requested.linked.title.slice(0, 80)}`, // the first lines of the text are behind this
    placeHolder: t('The text is in the editor. Nothing is sent before you choose.'),
    ignoreFocusOut: true, // the text is read meanwhile
  });
  return picked?.way;
}

async function openThere(open: OpenRequest | undefined, sending: Sending): Promise<void> {
  if (open) await openPage(pageOf(open.number, sending));
  else await sending.openInBrowser();
}

/** From the remote, not from the forge's answer: an address in that could lead anywhere. */
const pageOf = (number: number, { place, requested }: Sending): string =>
  reviewPage({ remote: requested.branch.remote, head: requested.branch.head, number, forge: place.forge });

const additions = ({
  requested: { linked },
}: Sending): { labels: readonly string[]; reviewers: readonly string[] } => ({
  labels: linked.labels,
  reviewers: askable(linked.reviewers),
});

type Done = SentRequest & { readonly created: boolean };

async function update(open: OpenRequest, sending: Sending): Promise<Done> {
  const body = withOurs(open.body, sending.requested.linked.own);
  return { ...(await sending.access.api.update(open, { body, ...additions(sending) })), created: false };
}

/** Never creates a second one: if the forge reports one by now, that is updated. */
async function create(draft: boolean, sending: Sending): Promise<Done> {
  const {
    access: { api },
    requested: { branch, linked },
  } = sending;
  const { base, head } = branch;
  try {
    const wanted = { base, head, title: linked.title, body: bodyToSend(linked), draft, ...additions(sending) };
    return { ...(await api.create(wanted)), created: true };
  } catch (error) {
    if (!isForgeError(error) || ![409, 422].includes(error.refusal?.status ?? 0)) throw error;
    const open = await api.find(branch);
    if (!open) throw error;
    return update(open, sending);
  }
}

async function tell({ number, refused, created }: Done, way: Way, sending: Sending): Promise<void> {
  const { requested, access, t } = sending;
  const { labels, reviewers } = additions(sending);
  const reviewersAsked = reviewers.filter((name) => !refused.reviewers.includes(name));
  const others = requested.linked.reviewers.filter((name) => !reviewersAsked.includes(name));
  const set = labels.filter((name) => !refused.labels.includes(name));
  const { host } = access.api;
  const request = created
    ? way === 'draft'
      ? t('Created draft #{0} at {1}.', number, host)
      : t('Created #{0} at {1}.', number, host)
    : t('Updated #{0} at {1}.', number, host);
  const sentences = [
    request,
    ...(reviewersAsked.length > 0 ? [t('Review requested from {0}.', reviewersAsked.map(handle).join(', '))] : []),
    ...(others.length > 0
      ? [t('The Git host did not accept these reviewers: {0}. Ask them yourself.', others.map(handle).join(', '))]
      : []),
    ...(set.length > 0 ? [t('Labels: {0}.', set.join(', '))] : []),
    ...(refused.labels.length > 0 ? [t('Labels that could not be set: {0}.', refused.labels.join(', '))] : []),
    ...requested.notices,
  ];
  const show = t('Open #{0}', number);
  if ((await vscode.window.showInformationMessage(sentences.join(' '), show)) === show)
    await openPage(pageOf(number, sending));
}
