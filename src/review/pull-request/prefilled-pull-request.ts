/**
 * The prefilled pull request: from a decision and its attribution to the address to open. Pure: no git, no network.
 */
import type { BlastRadius } from '../../policy/blast-radius/types';
import type { FileAttribution } from '../../provenance/authorship/types';
import { isGenerated } from '../../policy';
import { type Forge, type ForgeId, type PullRequest, forgeNamed, forgeOf, parseRemote, type Remote } from '../forges';
import { suggestReviewers, type ReviewerFacts } from './suggest-reviewers';
import { bodyOf, labelsOf, titleOf, type TestedLines } from './title-body-and-labels';
import { withOurs } from './pull-request-template';

/** `policy`: the one that decided, with people files already merged into it. */
export interface ReviewInput extends Omit<ReviewerFacts, 'paths'> {
  /** A remote's name and its address as printed by git. */
  readonly remote: { readonly name: string; readonly address: string };
  /** As chosen by the person; otherwise derived from the remote. */
  readonly forge?: ForgeId;
  /** Branches by their names on the remote. */
  readonly base: string;
  readonly head: string;
  /** First lines of the messages of the commits, oldest first. */
  readonly subjects: readonly string[];
  /** The net change from the merge base to the head. */
  readonly files: readonly FileAttribution[];
  /** Commits that have AI lines by their trailers, but no note here that locates them. */
  readonly withoutNotes?: readonly string[];
  /** What depends on the change, when it was computed. */
  readonly blast?: BlastRadius | undefined;
  /** AI's lines compared with a coverage report, when there is one. */
  readonly tested?: TestedLines | undefined;
  /** Id of the head, if the forge has it or will have it: then lines are linked. */
  readonly headCommit?: string | undefined;
  /** The repository's own template; null when there is none. */
  readonly template?: string | null;
  /** Where the caller keeps the whole body for a person to fetch when the address can't hold it. */
  readonly wholeText: 'clipboard' | 'command';
}

export interface PreparedReview {
  /**
   * Page that opens the pull request, filled in as far as the forge and the length limit of an address allow. Always
   * http or https.
   */
  readonly url: string;
  /** The same page with no text in its address but a short title: for where people read the address. */
  readonly shortUrl: string;
  readonly title: string;
  /** The whole body, in Markdown: ours in the repository's template, if it has one. */
  readonly body: string;
  /** Our text alone. */
  readonly own: string;
  /** Logins, `group/team`, or e-mail addresses; at most three. */
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
  /** The address does not contain the whole body. */
  readonly truncated: boolean;
}

/** Electron passes at most 2,081 characters to Windows, and browsers, proxies and forges have limits of their own. */
export const LONGEST_ADDRESS = 2_000;

const NOTES: Readonly<Record<ReviewInput['wholeText'], string>> = {
  clipboard: '_Shortened to fit. The rest is on your clipboard: paste it in place of this text._',
  command: '_Shortened to fit. `linekeeper review --print` gives the whole text._',
};

/** The body that creates the pull request: ours between marks, so that an update finds it. */
export const bodyToSend = ({ body, own: ownText }: Pick<PreparedReview, 'body' | 'own'>): string =>
  body === ownText ? withOurs('', ownText) : body;

/** Those whom a forge can ask: logins and teams. It can't ask an e-mail address. */
export const askable = (reviewers: readonly string[]): readonly string[] =>
  reviewers.filter((name) => /^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(name));

/** Throws a {@link ReviewError} `not-a-web-address` or `unknown-forge`. */
export function prepareReview(input: ReviewInput): PreparedReview {
  const remote = parseRemote(input.remote.address, input.remote.name);
  const forge = input.forge === undefined ? forgeOf(remote) : forgeNamed(input.forge);
  const { decision, policy, authors, ownersOf } = input;
  const files = input.files.filter((file) => !isGenerated(policy, file.path, file.from));
  const reviewers = suggestReviewers({
    decision,
    policy,
    authors,
    paths: files.map((file) => file.path),
    ownersOf,
    openRequests: input.openRequests,
  });
  const title = titleOf(input.subjects, input.head);
  const { headCommit, tested, template } = input;
  const addressOf = headCommit === undefined ? undefined : forge.lineAddress?.(remote, headCommit);
  const ownBody = bodyOf({
    decision,
    files,
    reviewers,
    withoutNotes: input.withoutNotes?.length ?? 0,
    blast: input.blast,
    ...(tested && { tested }),
    ...(addressOf && { addressOf }),
  });
  const body =
    template === undefined || template === null || template.trim() === '' ? ownBody : withOurs(template, ownBody);
  const labels = labelsOf({ decision, files });
  const { url, truncated } = fitted(
    forge,
    remote,
    { base: input.base, head: input.head, title, body, labels, reviewers },
    NOTES[input.wholeText],
  );
  return {
    url,
    shortUrl: shortAddress(forge, remote, { base: input.base, head: input.head, title }),
    title,
    body,
    own: ownBody,
    reviewers,
    labels,
    truncated,
  };
}

const SHORT_ADDRESS = 250;

function shortAddress(forge: Forge, remote: Remote, branch: Pick<PullRequest, 'base' | 'head' | 'title'>): string {
  const bare = { ...branch, body: '', labels: [], reviewers: [] };
  const withTitle = forge.address(remote, bare);
  return withTitle.length <= SHORT_ADDRESS ? withTitle : forge.address(remote, { ...bare, title: '' });
}

/**
 * The longest address within the limit. Drops, in this order: the end of the body, the body, labels and reviewers, the
 * title.
 */
function fitted(forge: Forge, remote: Remote, request: PullRequest, note: string): { url: string; truncated: boolean } {
  const whole = forge.address(remote, request);
  if (whole.length <= LONGEST_ADDRESS) return { url: whole, truncated: !forge.takesText && request.body !== '' };
  const bare = { ...request, body: '', labels: [], reviewers: [] };
  const attempts = [
    ...shorterBodies(request.body, note).map((body) => ({ ...request, body })),
    { ...request, body: note },
    { ...request, body: '' },
    bare,
  ];
  for (const attempt of attempts) {
    const url = forge.address(remote, attempt);
    if (url.length <= LONGEST_ADDRESS) return { url, truncated: true };
  }
  return { url: forge.address(remote, { ...bare, title: '' }), truncated: true };
}

/** The body cut after each of its lines, longest first, never ending in a heading or in a table without rows. */
function shorterBodies(body: string, note: string): readonly string[] {
  const lines = body.split('\n');
  const ends = lines.flatMap((line, index) => {
    const startsTable = /^\|[-:|]+\|$/.test(line) || /^\|[-:|]+\|$/.test(lines[index + 1] ?? '');
    return line === '' || line.startsWith('#') || startsTable ? [] : [index + 1];
  });
  // a character takes up at least one place: what is far too long need not be tried
  return ends
    .map((end) => lines.slice(0, end).join('\n'))
    .filter((start) => start.length < LONGEST_ADDRESS)
    .reverse()
    .map((start) => `${start}\n\n${note}`);
}
