/**
 * *Sign Off…*: a signed sign-off on the checked-out branch. It accepts no arguments, and only the button of a modal
 * dialog signs: an assistant may run commands, and may answer quick picks through commands, but it can't press that
 * button.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import { homedir } from 'node:os';
import type { SignOffToGive, TierToSign } from '../../review/request';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Background, Foresight } from '../background';
import { reviewedWorktree, type ReviewPorts } from './current-hunk';
import { shortfalls } from './signature-shortfalls';
import { inNotification, visible } from './visible-text';
import { chooseKey } from './choose-signing-key';
import { SEPARATOR } from '../../base/platform';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface SignPorts extends ReviewPorts {
  readonly background: Background;
}

/** How long somebody may take to unlock a key, or to touch it. Milliseconds. */
const PATIENCE = 120_000;
const FILES_NAMED = 6;
const FINDINGS_NAMED = 4;

export function signReview(ports: SignPorts): () => Promise<void> {
  return async () => {
    const worktree = await reviewedWorktree(ports);
    if (!worktree) return;
    try {
      await ask(ports, worktree);
    } catch (error) {
      // The error comes from another thread or bundle and has lost its class; its message is for
      // people.
      void vscode.window.showErrorMessage(inNotification(error instanceof Error ? error.message : String(error)));
    }
  };
}

async function ask(ports: SignPorts, worktree: Worktree): Promise<void> {
  const { background, t } = ports;
  const toSign = (): Promise<SignOffToGive> => background.ask('toSign', worktree.places);
  const before = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Checking what needs a sign-off…') },
    async () => {
      await ports.reviews.fresh(worktree); // unread hunks are reported too
      return toSign();
    },
  );
  const tiers = await chooseTiers(before, t);
  if (tiers.length === 0) return;
  const key = await chooseKey(worktree, homedir(), t);
  if (key === undefined) return;
  const foresight = await background.ask('foresee', { places: worktree.places, base: before.base, key });
  const short = shortfalls(t, before, foresight, tiers);
  const isUseless = short.length > 0 && isUnlisted(foresight);
  const sign = isUseless ? t('Sign Anyway') : t('Sign Off');
  const add = t('Add My Key…');
  const [first] = tiers;
  const subject =
    tiers.length === 1 && first
      ? t('Sign off “{0}” of this change?', visible(first.name))
      : t('Sign off {0} tiers of this change?', tiers.length);
  const detail = [
    ...(short.length > 0 ? [...short.map((one) => `⚠ ${one}`), ''] : []),
    detailOf(ports, worktree, before, tiers, key),
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(
    subject,
    { modal: true, detail },
    ...(isUseless ? [add] : []),
    sign,
  );
  if (answer === add) return addKey(worktree, foresight, before.onto, t);
  if (answer !== sign) return;
  const { signOff, VALID_DAYS } = await import('../../review/gate/sign-offs');
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Signing… Unlock or touch your key if it asks.') },
    () =>
      signOff(worktree.repository, {
        result: before,
        tiers: tiers.map(({ name }) => name),
        key,
        now: worktree.now(),
        patience: PATIENCE,
      }),
  );
  await tellOutcome(worktree, before, await toSign(), tiers, VALID_DAYS, t);
}

/** Those that people must sign off; if there are several, the person may leave some out. */
async function chooseTiers({ tiers }: SignOffToGive, t: Translate): Promise<readonly TierToSign[]> {
  if (tiers.length === 0) void vscode.window.showInformationMessage(t('Nothing in this change needs a sign-off.'));
  if (tiers.length <= 1) return tiers;
  const rows = tiers.map((tier) => ({
    label: visible(tier.name),
    description: tier.asks.join('; '),
    detail: filesOf(tier, t),
    picked: true,
    tier,
  }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Sign Off'),
    placeHolder: t('Choose the change to sign off. Nothing is signed yet.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ tier }) => tier) ?? [];
}

function detailOf(
  { reviews, t }: SignPorts,
  worktree: Worktree,
  { branch, onto, head, findings, policy }: SignOffToGive,
  tiers: readonly TierToSign[],
  key: string,
): string {
  const state = reviews.of(worktree);
  const unread =
    state?.kind === 'there' && state.reading.review.head === head
      ? state.reading.toRead.length - state.reading.read
      : 0;
  return [
    t(
      '{0} ({1}) onto {2}, by the policy of {3}',
      visible(branch ?? t('no branch')),
      head.slice(0, 8),
      visible(onto),
      visible(policy.source.replace(/^refs\/(?:heads|remotes)\//, '').replace(/:\.linekeeper\.yml$/, '')),
    ),
    '',
    ...tiers.flatMap((tier) => [
      `${visible(tier.name)}: ${linesOf(tier, t)}${tier.asks.length > 0 ? ` · ${t('needs {0}', tier.asks.join('; '))}` : ''}`,
      `    ${filesOf(tier, t)}`,
    ]),
    '',
    ...findingLines(t, findings, tiers),
    ...(unread === 0
      ? []
      : [unread === 1 ? t('1 hunk is not ticked as read.') : t('{0} hunks are not ticked as read.', unread)]),
    t('Your key: {0}', visible(shortKey(key))),
  ].join('\n');
}

/** What the danger rules found in what is signed, the worst first. */
function findingLines(
  t: Translate,
  findings: SignOffToGive['findings'],
  tiers: readonly TierToSign[],
): readonly string[] {
  const here = findings.filter(({ tier }) => tiers.some(({ name }) => name === tier));
  const more = here.length - FINDINGS_NAMED;
  return [
    ...here
      .slice(0, FINDINGS_NAMED)
      .map(({ path: file, line, message }) => visible(`⚠ ${file}:${String(line)} ${message}`)),
    ...(more <= 0 ? [] : [more === 1 ? t('⚠ 1 more finding') : t('⚠ {0} more findings', more)]),
    ...(here.length === 0 ? [] : ['']),
  ];
}

/** A file as people write it; for a key itself, its beginning. */
function shortKey(key: string): string {
  const inHome = path.relative(homedir(), key);
  const written =
    path.isAbsolute(key) && !inHome.startsWith('..') && !path.isAbsolute(inHome) ? `~${SEPARATOR}${inHome}` : key;
  return written.length > 80 ? `${written.slice(0, 79)}…` : written;
}

function filesOf({ files }: TierToSign, t: Translate): string {
  const named = files.slice(0, FILES_NAMED).map(visible).join(', ');
  return files.length > FILES_NAMED ? t('{0} and {1} more', named, files.length - FILES_NAMED) : named;
}

function linesOf({ added, removed }: TierToSign, t: Translate): string {
  const part = (who: string, plus: number, minus: number): string =>
    [who, ...(plus > 0 ? [`+${String(plus)}`] : []), ...(minus > 0 ? [`−${String(minus)}`] : [])].join(' ');
  const parts = [
    part(t('AI'), added.ai, removed.ai),
    part(t('unknown'), added.unknown, removed.unknown),
    part(t('people'), added.human, removed.human),
  ];
  return parts.filter((one) => /\d/.test(one)).join(', ');
}

async function tellOutcome(
  worktree: Worktree,
  before: SignOffToGive,
  after: SignOffToGive,
  tiers: readonly TierToSign[],
  days: number,
  t: Translate,
): Promise<void> {
  const known = new Set(before.refused.map((one) => JSON.stringify(one)));
  const refused = after.refused.filter(
    (one) => tiers.some(({ name }) => name === one.tier) && !known.has(JSON.stringify(one)),
  );
  const push = t('Push Sign-Off');
  const missing = after.tiers
    .filter(({ name }) => tiers.some((one) => one.name === name))
    .flatMap(({ name, missing: open }) => open.map((what) => `${name}: ${what}`));
  const [first] = refused;
  const answer = first
    ? await vscode.window.showWarningMessage(
        t('Signed, but it does not count for {0}: {1}.', inNotification(first.tier), inNotification(first.why)),
        ...(refused.length < tiers.length ? [push] : []), // what counts for nothing is of no use to the others
      )
    : await vscode.window.showInformationMessage(
        [
          t('Signed, valid for {0} days. Push it so that others and CI see it.', days),
          ...(missing.length === 0 ? [] : [t('Still missing: {0}.', inNotification(missing.join('; ')))]),
        ].join(' '),
        push,
      );
  if (answer === push) await pushSignOff(worktree, t);
}

/** Pushes it, and again for as long as the person asks for it. */
async function pushSignOff(worktree: Worktree, t: Translate): Promise<void> {
  const { defaultRemote } = await import('../../provenance/commits/exports-for-notes-sync-and-upkeep');
  const { pushSignOffs } = await import('../../review/gate/sign-offs');
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Pushing the sign-off…') },
      async () => pushSignOffs(worktree.repository, await defaultRemote(worktree.repository)),
    );
    void vscode.window.showInformationMessage(t('The sign-off is on the remote.'));
  } catch (error) {
    const again = t('Try Again');
    const answer = await vscode.window.showErrorMessage(
      t(
        'The sign-off could not be pushed: {0}',
        inNotification(error instanceof Error ? error.message : String(error)),
      ),
      again,
    );
    if (answer === again) await pushSignOff(worktree, t);
  }
}

/** The key is not listed at the base: adding it is what would help. */
const isUnlisted = ({ key }: Foresight): boolean => key.publicKey !== null && key.principals.length === 0;

const DEFAULT_FILE = '.github/allowed_signers';

/** Puts the key into the file of allowed signers, unsaved, for the person to look at and commit. */
async function addKey(
  { root, repository }: Worktree,
  { key: { publicKey, file } }: Foresight,
  onto: string,
  t: Translate,
): Promise<void> {
  if (publicKey === null) return;
  const email = await repository.userEmail();
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
