/** `linekeeper review`: the prefilled pull request, shown or opened in the browser. */
import path from 'node:path';
import { GateError } from '../../review/gate';
import { GitError } from '../../git';
import { countOf, jsonText, quoted } from '../../policy';
import { whichForge, type BranchFacts, type OpenRequests, type PreparedReview } from '../../review/pull-request';
import { FORGE_IDS, isForgeId, ReviewError, type ForgeId, type Remote } from '../../review/forges';
import { requestReview, type RequestedReview } from '../../review/request';
import { confirmed } from '../person-at-terminal';
import { openInBrowser } from '../forge/open-in-browser';
import { forgeCommand } from '../review/create-pull-request-by-program';
import { runProgram, type RunProgram } from '../../review/forges/client-parts/run-program';
import { fillFirst } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

/** The verb's environment, so that a test can replace the browser. */
interface Surroundings {
  /** Whether a person reads the output. */
  readonly isTerminal: () => boolean;
  readonly open: (url: string) => Promise<boolean>;
  /** Runs the forge's own client. Default: the real one. */
  readonly run?: RunProgram;
  /** Asks a yes-or-no question. Default: at the terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

const USAGE =
  '[--base BRANCH] [--forge FORGE] [--coverage FILE] [--print] | --create [--draft] [--yes] | --read BASE..HEAD [--tick ID|all]…';

export const reviewVerb = ({ isTerminal, open, run = runProgram, confirm = confirmed }: Surroundings): Verb => ({
  name: 'review',
  summary: 'Open a pull request that lists AI lines and required sign-offs',
  example: 'linekeeper review --print',
  exits: '0 done. 1 if the branch is not on the Git host yet.',
  usage: USAGE,
  options: {
    base: { type: 'string', value: 'BRANCH', says: "the branch to merge into; default: the remote's own" },
    forge: {
      type: 'string',
      value: 'FORGE',
      says: `the kind of your Git host, if Linekeeper cannot tell: ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(FORGE_IDS)}`,
    },
    print: { type: 'boolean', says: 'print the text and start no browser' },
    read: { type: 'string', value: 'BASE..HEAD', says: 'list the hunks to read: by risk, then by size' },
    tick: { type: 'string', multiple: true, value: 'ID', says: 'tick a hunk as read, or all of them' },
    coverage: { type: 'string', value: 'FILE', says: 'a coverage report; default: the latest in the usual places' },
    create: {
      type: 'boolean',
      says: 'show the pull request, then create it, or update the open one (gh, glab, or a token in the environment)',
    },
    draft: { type: 'boolean', says: 'create it as a draft' },
    yes: { type: 'boolean', says: 'do not ask before it is sent' },
  },
  run: async (call) => {
    const { read } = call.values;
    if (typeof read === 'string') {
      const { readReview } = await import('../review/show-hunks-to-read');
      return readReview(call, read);
    }
    if (call.values['tick'] !== undefined) throw new CannotSay('--tick goes with --read BASE..HEAD.');
    const { branch, review, linked, notices, openRequests } = await prepare(call, { run, isTerminal });
    for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
    if (call.values['create'] === true)
      return create(call, { branch, review: linked, openRequests }, { isTerminal, run, confirm });
    if (call.json) return printJson(call, branch, review);
    if (call.values['print'] === true || !isTerminal()) return printText(call, branch, review);
    return openPage(call, branch, review, open);
  },
});

export const review = reviewVerb({ isTerminal: () => process.stdout.isTTY, open: openInBrowser });

async function prepare(
  call: Call,
  { run, isTerminal }: { readonly run: RunProgram; readonly isTerminal: () => boolean },
): Promise<RequestedReview> {
  const forge = forgeOf(call);
  const base = call.values['base'];
  const [extra] = call.positionals;
  if (extra !== undefined)
    throw new CannotSay(
      `"linekeeper review" takes no ${JSON.stringify(extra)}. "linekeeper help review" shows its usage.`,
    );
  const repository = call.repository();
  fillFirst(repository, call.terminal);
  // The forge is only queried with `--create`.
  const openRequests =
    call.values['create'] === true
      ? async (id: ForgeId, remote: Remote): Promise<OpenRequests | undefined> =>
          (await forgeCommand(id, remote, run, { cwd: repository.root, env: call.terminal.env })).openRequests()
      : undefined;
  try {
    return await requestReview({
      repository,
      base: typeof base === 'string' ? base : undefined,
      forge,
      // Opening or creating a page needs the network anyway.
      mayAskHost: call.values['print'] !== true && !call.json && (call.values['create'] === true || isTerminal()),
      coverage: coverageOf(call, repository.root),
      wholeText: 'command',
      openRequests,
      now: call.terminal.now,
    });
  } catch (error) {
    throw error instanceof ReviewError || error instanceof GateError || error instanceof GitError
      ? new CannotSay(error.message, { cause: error })
      : error;
  }
}

/** As named by the person, relative to the top if it is inside. */
function coverageOf({ values: { coverage }, terminal }: Call, root: string): string | undefined {
  if (typeof coverage !== 'string') return undefined;
  if (coverage.trim() === '') throw new CannotSay('--coverage is empty.');
  const inside = path.relative(root, path.resolve(terminal.cwd, coverage));
  return inside.startsWith('..') ? path.resolve(terminal.cwd, coverage) : inside;
}

/** Shows everything, asks, and then creates the pull request or updates the existing one. */
async function create(
  call: Call,
  { branch, review, openRequests }: Pick<RequestedReview, 'branch' | 'review' | 'openRequests'>,
  { isTerminal, run, confirm }: Required<Omit<Surroundings, 'open'>>,
): Promise<ExitCode> {
  const { terminal, values } = call;
  if (!branch.pushed) throw new CannotSay(`${notPushed(branch)}. Push it first: ${branch.pushCommand}`);
  const repository = call.repository();
  const { forge, remote } = await whichForge(repository, { remote: branch.remote, named: forgeOf(call), mayAsk: true });
  const command = await forgeCommand(forge, remote, run, { cwd: repository.root, env: terminal.env });
  const existing = await command.find(branch);
  const body = existing === undefined ? review.body : review.own;
  const doing =
    existing === undefined
      ? `Create ${values['draft'] === true ? 'a draft' : 'a pull request'} of ${quoted(branch.head)} into ${quoted(branch.base)}`
      : `Update ${existing.url}: what people wrote in it stays`;
  if (!call.json)
    terminal.out(
      `${doing}\n\nTitle     ${existing === undefined ? review.title : 'stays'}\nReviewers ${review.reviewers.map((name) => withLoad(name, openRequests)).join(', ') || 'none'}\nLabels    ${review.labels.join(', ') || 'none'}\n\n${body}\n\n`,
    );
  if (
    values['yes'] !== true &&
    !(isTerminal() && (await confirm(existing === undefined ? 'Create it?' : 'Update it?')))
  ) {
    terminal.err('linekeeper: Nothing was sent. --yes sends it without asking.');
    return 1;
  }
  const request = { forge, branch, review, draft: values['draft'] === true };
  const { url, notices } =
    existing === undefined ? await command.create(request) : await command.update(existing, request);
  for (const notice of notices) terminal.err(`linekeeper: ${notice}`);
  terminal.out(
    call.json
      ? jsonText({ url, created: existing === undefined, notices })
      : `${existing === undefined ? 'Created' : 'Updated'}: ${url}\n`,
  );
  return 0;
}

/** A name with its waiting requests: those with the fewest come first. */
const withLoad = (name: string, requests: OpenRequests | undefined): string =>
  requests === undefined || name.includes('@')
    ? name
    : `${name} (${countOf(requests.get(name.toLowerCase()) ?? 0, 'open request')})`;

function forgeOf({ values: { forge } }: Call): ForgeId | undefined {
  if (typeof forge !== 'string') return undefined;
  if (isForgeId(forge)) return forge;
  throw new CannotSay(`--forge takes one of ${FORGE_IDS.join(', ')}.`);
}

const notPushed = ({ head, remote }: BranchFacts): string =>
  `${quoted(head)} hasn't been pushed to ${quoted(remote.name)}`;

function printJson({ terminal }: Call, branch: BranchFacts, review: PreparedReview): ExitCode {
  if (!branch.pushed) terminal.err(`linekeeper: ${notPushed(branch)}. Push it first: ${branch.pushCommand}`);
  terminal.out(jsonText({ ...review, pushed: branch.pushed }));
  return 0;
}

function printText(
  { terminal }: Call,
  branch: BranchFacts,
  { url, title, body, reviewers, labels, truncated }: PreparedReview,
): ExitCode {
  if (!branch.pushed) terminal.err(`linekeeper: ${notPushed(branch)}. Push it first: ${branch.pushCommand}`);
  const people = reviewers.length === 0 ? 'none (the policy names nobody)' : reviewers.join(', ');
  const cut = truncated ? '  (carries the beginning of the text; all of it is below)' : '';
  terminal.out(
    `Page      ${url}${cut}\nTitle     ${title}\nReviewers ${people}\nLabels    ${labels.join(', ')}\n\n${body}\n`,
  );
  return 0;
}

async function openPage(
  { terminal }: Call,
  branch: BranchFacts,
  review: PreparedReview,
  open: Surroundings['open'],
): Promise<ExitCode> {
  if (!branch.pushed) {
    terminal.out(`${notPushed(branch)}. Push it, then run this again:\n\n  ${branch.pushCommand}\n`);
    return 1;
  }
  const opened = await open(review.url);
  terminal.out(
    opened
      ? `Opened in your browser: ${review.title}\n`
      : `No browser could be started here. Open this page:\n\n${review.url}\n\n`,
  );
  if (review.reviewers.length > 0) terminal.out(`Suggested reviewers: ${review.reviewers.join(', ')}.\n`);
  if (review.truncated)
    terminal.out('The description is too long for a link. Paste the text that "linekeeper review --print" prints.\n');
  return 0;
}
