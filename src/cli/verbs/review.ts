/** `linekeeper review`: the prefilled pull request, shown or opened in the browser. */
import { GateError } from '../../gate';
import { GitError } from '../../git';
import { jsonText, quoted } from '../../policy';
import { FORGE_IDS, isForgeId, ReviewError, type BranchFacts, type ForgeId, type PreparedReview } from '../../review';
import { requestReview, type RequestedReview } from '../../review-request';
import { openInBrowser } from '../browser';
import { fillFirst } from '../backfill';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

/** What surrounds the verb, so that a test can look at it instead of a browser. */
export interface Surroundings {
  /** Whether a person reads the output. */
  readonly isTerminal: () => boolean;
  readonly open: (url: string) => Promise<boolean>;
}

const USAGE = '[--base BRANCH] [--forge FORGE] [--print] | --read BASE..HEAD [--tick ID|all]…';

export const reviewVerb = ({ isTerminal, open }: Surroundings): Verb => ({
  name: 'review',
  summary: 'Open the prefilled pull request: what AI wrote, who must sign and why',
  usage: USAGE,
  options: {
    base: { type: 'string' },
    forge: { type: 'string' },
    print: { type: 'boolean' },
    read: { type: 'string' },
    tick: { type: 'string', multiple: true },
  },
  run: async (call) => {
    const { read } = call.values;
    if (typeof read === 'string') {
      const { readReview } = await import('../read-review');
      return readReview(call, read);
    }
    if (call.values['tick'] !== undefined) throw new CannotSay('--tick goes with --read BASE..HEAD.');
    const { branch, review, notices } = await prepare(call);
    for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
    if (call.json) return printJson(call, branch, review);
    if (call.values['print'] === true) return printText(call, branch, review);
    if (!isTerminal()) return printJson(call, branch, review);
    return openPage(call, branch, review, open);
  },
});

export const review = reviewVerb({ isTerminal: () => process.stdout.isTTY, open: openInBrowser });

async function prepare(call: Call): Promise<RequestedReview> {
  const forge = forgeOf(call);
  const base = call.values['base'];
  const [extra] = call.positionals;
  if (extra !== undefined) throw new CannotSay(`"linekeeper review" takes no ${JSON.stringify(extra)}. Usage: linekeeper review ${USAGE}`);
  const repository = call.repository();
  fillFirst(repository, call.terminal);
  try {
    return await requestReview({ repository, base: typeof base === 'string' ? base : undefined, forge, wholeText: 'command', now: call.terminal.now });
  } catch (error) {
    throw error instanceof ReviewError || error instanceof GateError || error instanceof GitError ? new CannotSay(error.message, { cause: error }) : error;
  }
}

function forgeOf({ values: { forge } }: Call): ForgeId | undefined {
  if (typeof forge !== 'string') return undefined;
  if (isForgeId(forge)) return forge;
  throw new CannotSay(`--forge takes one of ${FORGE_IDS.join(', ')}.`);
}

const notPushed = ({ head, remote }: BranchFacts): string => `${quoted(head)} hasn't been pushed to ${quoted(remote.name)}`;

function printJson({ terminal }: Call, branch: BranchFacts, review: PreparedReview): ExitCode {
  if (!branch.pushed) terminal.err(`linekeeper: ${notPushed(branch)}. Push it first: ${branch.pushCommand}`);
  terminal.out(jsonText({ ...review, pushed: branch.pushed }));
  return 0;
}

function printText({ terminal }: Call, branch: BranchFacts, { url, title, body, reviewers, labels, truncated }: PreparedReview): ExitCode {
  if (!branch.pushed) terminal.err(`linekeeper: ${notPushed(branch)}. Push it first: ${branch.pushCommand}`);
  const people = reviewers.length === 0 ? 'none (the policy names nobody)' : reviewers.join(', ');
  const cut = truncated ? '  (carries the beginning of the text; all of it is below)' : '';
  terminal.out(`Page      ${url}${cut}\nTitle     ${title}\nReviewers ${people}\nLabels    ${labels.join(', ')}\n\n${body}\n`);
  return 0;
}

async function openPage({ terminal }: Call, branch: BranchFacts, review: PreparedReview, open: Surroundings['open']): Promise<ExitCode> {
  if (!branch.pushed) {
    terminal.out(`${notPushed(branch)}. Push it, then run this again:\n\n  ${branch.pushCommand}\n`);
    return 1;
  }
  const opened = await open(review.url);
  terminal.out(opened ? `Opened in your browser: ${review.title}\n` : `No browser could be started here. Open this page:\n\n${review.url}\n\n`);
  if (review.reviewers.length > 0) terminal.out(`Suggested reviewers: ${review.reviewers.join(', ')}.\n`);
  if (review.truncated) terminal.out('The description is too long for a link. Paste the text that "linekeeper review --print" prints.\n');
  return 0;
}
