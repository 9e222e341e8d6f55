/**
 * Creates the pull request, or updates the existing one, through the forge's own API, where the forge has no command-line
 * client of its own: the token is in the environment, as for a job.
 */
import { askable, bodyToSend, withOurs } from '../../review/pull-request';
import { forgeNamed, pullRequestsAt, type ForgeId, type Remote } from '../../review/forges';
import type { SentRequest } from '../../review/forges/client-parts';
import { list } from '../../policy';
import { CannotSay } from '../verb';
import type { Done, ForgeCommand } from './forge-command-types';

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a {@link CannotSay} for a forge where that is not possible, and without a token. */
export async function forgeApiCommand(forge: ForgeId, remote: Remote, env: Environment): Promise<ForgeCommand> {
  const { name, jobs, reviewPage } = forgeNamed(forge);
  const environment = (await jobs?.environmentFor?.(remote, env, () => Promise.resolve(''))) ?? env;
  const requests = await explained(() => pullRequestsAt(forge, environment));
  if (requests === undefined)
    throw new CannotSay(
      `Pull requests at ${name} can't be created here. "linekeeper review" opens its page, filled in.`,
    );
  const urlOf = (number: number, head: string): string => reviewPage(remote, { number, head });
  return {
    async find({ base, head }) {
      const found = await explained(() => requests.find({ base, head }));
      return found && { ...found, url: urlOf(found.number, head) };
    },
    async create({ branch: { base, head }, review, draft }) {
      const { title, labels } = review;
      const reviewers = askable(review.reviewers);
      const sent = await explained(() =>
        requests.create({ base, head, title, body: bodyToSend(review), draft, labels, reviewers }),
      );
      return done(sent, urlOf(sent.number, head));
    },
    async update({ number, url, body }, { review }) {
      const reviewers = askable(review.reviewers);
      const change = { body: withOurs(body, review.own), labels: review.labels, reviewers };
      return done(await explained(() => requests.update({ number, body }, change)), url);
    },
    // Who is busy is not essential.
    openRequests: () => requests.openRequests().catch(() => undefined),
  };

  function done({ refused }: SentRequest, url: string): Done {
    const notes = [
      ...(refused.labels.length > 0 ? [`the labels ${list(refused.labels)}`] : []),
      ...(refused.reviewers.length > 0 ? [`the reviewers ${list(refused.reviewers)}`] : []),
    ];
    return {
      url,
      notices: notes.length === 0 ? [] : [`${name} did not take ${notes.join(' and ')}. Set them on its page.`],
    };
  }
}

/** What the forge says against it. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  const { ForgeError } = await import('../../review/forges/client-parts');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    const words = error.refusal?.words ?? '';
    throw new CannotSay(words === '' ? error.message : `${error.message} It says: ${words}`, { cause: error });
  }
}
