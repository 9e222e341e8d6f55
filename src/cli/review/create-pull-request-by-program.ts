/**
 * Creates the pull request, or updates the existing one, through the forge's own command-line client: it is signed in
 * already, so Linekeeper needs no token.
 */
import { z } from 'zod';
import { listIf, quoted } from '../../policy';
import { askable, bodyToSend, withOurs, type OpenRequests, type PreparedReview } from '../../review/pull-request';
import type { ForgeId, Remote } from '../../review/forges';
import { counted as countNames } from '../../review/forges/client-parts/count-names-in-lower-case';
import type { ProgramResult, RunProgram } from '../../review/forges/client-parts/run-program';
import { CannotSay } from '../verb';
import type { Done, Existing, ForgeCommand } from './forge-command-types';
import { attempt } from '../../base/platform';

/** The latest ones are enough to see who is busy. */
const OPEN_AT_MOST = 100;

type Run = (words: readonly string[], input?: string) => Promise<ProgramResult>;

/** Through the forge's client, or where it has none through its API. Throws a {@link CannotSay}. */
export async function forgeCommand(
  forge: ForgeId,
  remote: Remote,
  run: RunProgram,
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<ForgeCommand> {
  const by =
    (program: string): Run =>
    async (words, input) =>
      run(program, words, { ...where, ...(input === undefined ? {} : { input }) });
  if (forge === 'github') return gh(by('gh'));
  if (forge === 'gitlab') return glab(by('glab'));
  return (await import('./create-pull-request-by-api')).forgeApiCommand(forge, remote, where.env);
}

const pulls = z.array(z.object({ number: z.int(), url: z.string(), body: z.string() }));

const gh = (run: Run): ForgeCommand => ({
  async find({ base, head }) {
    const answer = await run([
      'pr',
      'list',
      '--state',
      'open',
      '--base',
      base,
      '--head',
      head,
      '--limit',
      '2',
      '--json',
      'number,url,body',
    ]);
    return onlyOne(parsed(pulls, succeeded(answer, 'gh')), head);
  },
  async create({ branch: { base, head }, review, draft }) {
    return stepByStep(
      run,
      'gh',
      [
        'pr',
        'create',
        '--base',
        base,
        '--head',
        head,
        '--title',
        review.title,
        '--body-file',
        '-',
        ...(draft ? ['--draft'] : []),
      ],
      {
        labels: review.labels.flatMap((name) => ['--label', name]),
        reviewers: askable(review.reviewers).flatMap((name) => ['--reviewer', name]),
      },
      bodyToSend(review),
    );
  },
  async update({ number, url, body }, { review }) {
    const done = await stepByStep(
      run,
      'gh',
      ['pr', 'edit', String(number), '--body-file', '-'],
      {
        labels: review.labels.flatMap((name) => ['--add-label', name]),
        reviewers: askable(review.reviewers).flatMap((name) => ['--add-reviewer', name]),
      },
      withOurs(body, review.own),
    );
    return { ...done, url };
  },
  async openRequests() {
    const answer = await run([
      'pr',
      'list',
      '--state',
      'open',
      '--limit',
      String(OPEN_AT_MOST),
      '--json',
      'reviewRequests',
    ]);
    return counted(requested, answer, ({ reviewRequests }) => reviewRequests.map(({ login, slug }) => login ?? slug));
  },
});

const requested = z.array(
  z.object({ reviewRequests: z.array(z.object({ login: z.string().optional(), slug: z.string().optional() })) }),
);

/** How often each name occurs; undefined without a usable answer: who is busy is not essential. */
function counted<T>(
  schema: z.ZodType<readonly T[]>,
  { code, out }: ProgramResult,
  namesOf: (one: T) => readonly (string | undefined)[],
): OpenRequests | undefined {
  if (code !== 0) return undefined;
  return attempt(() =>
    countNames(schema.parse(JSON.parse(out)).flatMap((one) => namesOf(one).filter((name) => name !== undefined))),
  );
}

const merges = z.array(z.object({ iid: z.int(), web_url: z.string(), description: z.string().nullable() }));

const glab = (run: Run): ForgeCommand => ({
  async find({ base, head }) {
    const answer = await run(['mr', 'list', '--source-branch', head, '--target-branch', base, '--output', 'json']);
    return onlyOne(
      parsed(merges, succeeded(answer, 'glab')).map(({ iid, web_url: url, description }) => ({
        number: iid,
        url,
        body: description ?? '',
      })),
      head,
    );
  },
  async create({ branch: { base, head }, review, draft }) {
    return stepByStep(
      run,
      'glab',
      [
        'mr',
        'create',
        '--yes',
        '--target-branch',
        base,
        '--source-branch',
        head,
        '--title',
        review.title,
        '--description',
        bodyToSend(review),
        ...(draft ? ['--draft'] : []),
      ],
      glabExtras(review),
    );
  },
  async update({ number, url, body }, { review }) {
    const done = await stepByStep(
      run,
      'glab',
      ['mr', 'update', String(number), '--description', withOurs(body, review.own)],
      glabExtras(review),
    );
    return { ...done, url };
  },
  async openRequests() {
    return counted(
      waiting,
      await run(['mr', 'list', '--per-page', String(OPEN_AT_MOST), '--output', 'json']),
      ({ reviewers }) => (reviewers ?? []).map(({ username }) => username),
    );
  },
});

const waiting = z.array(z.object({ reviewers: z.array(z.object({ username: z.string() })).nullish() }));

const glabExtras = (review: PreparedReview): Extras => ({
  labels: review.labels.length > 0 ? ['--label', review.labels.join(',')] : [],
  reviewers: listIf(askable(review.reviewers).length > 0, [
    '--reviewer',
    askable(review.reviewers)
      .map((name) => `+${name}`)
      .join(','),
  ]),
});

interface Extras {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
}

/**
 * With everything; if the forge rejects labels or reviewers (a label that does not exist, somebody who may not be
 * asked), without them.
 */
async function stepByStep(
  run: Run,
  program: string,
  words: readonly string[],
  { labels, reviewers }: Extras,
  input?: string,
): Promise<Done> {
  const tries: readonly { readonly extra: readonly string[]; readonly left: string }[] = [
    { extra: [...labels, ...reviewers], left: '' },
    ...(labels.length > 0 ? [{ extra: reviewers, left: 'the labels' }] : []),
    ...(reviewers.length > 0 ? [{ extra: labels, left: 'the reviewers' }] : []),
    ...(labels.length > 0 && reviewers.length > 0 ? [{ extra: [], left: 'the labels and the reviewers' }] : []),
  ];
  let first: ProgramResult | undefined;
  for (const { extra, left: rest } of tries) {
    const answer = await run([...words, ...extra], input);
    if (answer.code === 0)
      return {
        url: /https?:\/\/\S+/.exec(answer.out)?.[0] ?? '',
        notices:
          rest === ''
            ? []
            : [`The Git host did not take ${rest}: ${reasonIn(first?.err ?? '')}. Set them on its page.`],
      };
    first ??= answer;
    if (!/label|review|user|assign|not found|could not resolve/i.test(answer.err)) break;
  }
  succeeded(first ?? { code: null, out: '', err: '' }, program); // throws
  throw new CannotSay(`"${program}" failed.`);
}

const INSTALL: Readonly<Record<string, string>> = {
  gh: 'https://cli.github.com',
  glab: 'https://gitlab.com/gitlab-org/cli',
};

function succeeded({ code, out, err }: ProgramResult, program: string): string {
  if (code === 0) return out;
  const instead = 'Without it, "linekeeper review" opens the page, filled in.';
  if (code === null) throw new CannotSay(`"${program}" is not installed (${INSTALL[program] ?? ''}). ${instead}`);
  if (/auth login|not logged in|authentication|401/i.test(err))
    throw new CannotSay(`"${program}" is not signed in: run "${program} auth login". ${instead}`);
  throw new CannotSay(`"${program}" failed: ${reasonIn(err)}. ${instead}`);
}

const reasonIn = (err: string): string =>
  quoted(
    (
      err
        .trim()
        .split('\n')
        .find((line) => line.trim() !== '') ?? 'no reason given'
    ).slice(0, 200),
  );

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CannotSay(
      "The Git host's command gave an answer that Linekeeper does not understand. Is the command up to date?",
    );
  }
}

function onlyOne(found: readonly Existing[], head: string): Existing | undefined {
  if (found.length > 1)
    throw new CannotSay(
      `There are several open pull requests of ${quoted(head)}, so Linekeeper does not know which one to update. Update one on the Git host's page: "linekeeper review --print" has the text.`,
    );
  return found[0];
}
