/** Pull requests of Bitbucket Cloud, for a person with a token. */
import { z } from 'zod';
import { answerOf, type PullRequests, type SentRequest, type Transport } from '../client-parts';
import { counted } from '../client-parts/count-names-in-lower-case';
import { readAll } from './read-pages';
import { accountName, accountSchema } from './approvals-from-answers';

const end = z.object({
  branch: z.object({ name: z.string() }),
  repository: z.object({ full_name: z.string() }).nullish(),
});
const pullSchema = z.object({
  id: z.int(),
  title: z.string(),
  summary: z.object({ raw: z.string().nullish() }).nullish(),
  source: end,
  destination: end,
  reviewers: z.array(accountSchema).nullish(),
});

type Here = Readonly<Record<'workspace' | 'repo_slug', string>>;

const PULLS = '/repositories/{workspace}/{repo_slug}/pullrequests';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function bitbucketCloudRequests(server: Transport, here: Here): PullRequests {
  const open = async (): Promise<readonly z.infer<typeof pullSchema>[]> =>
    answerOf(z.array(pullSchema), await readAll(server, `GET ${PULLS}`, { ...here, state: 'OPEN' }), server.host);
  const namesOf = (reviewers: z.infer<typeof pullSchema>['reviewers']): readonly string[] =>
    (reviewers ?? []).flatMap((one) => accountName(one) ?? []);
  return {
    async openRequests() {
      return counted((await open()).flatMap(({ reviewers }) => namesOf(reviewers)));
    },
    async find({ base, head }) {
      const found = (await open()).find(
        ({ source, destination }) =>
          source.branch.name === head &&
          destination.branch.name === base &&
          source.repository?.full_name === destination.repository?.full_name,
      );
      return found && { number: found.id, body: found.summary?.raw ?? '' };
    },
    async create({ base, head, title, body, draft, labels, reviewers }) {
      const people = known(reviewers);
      const made = await server.ask(`POST ${PULLS}`, {
        ...here,
        type: 'pullrequest',
        title,
        ...textOf(body),
        source: { branch: { name: head } },
        destination: { branch: { name: base } },
        draft,
        reviewers: people.map(account),
      });
      return sent(answerOf(pullSchema, made, server.host).id, labels, reviewers, people);
    },
    async update({ number }, { body, labels, reviewers }) {
      const where = { ...here, pull_request_id: number };
      const there = answerOf(pullSchema, await server.ask(`GET ${PULLS}/{pull_request_id}`, where), server.host);
      const people = known(reviewers);
      await server.ask(`PUT ${PULLS}/{pull_request_id}`, {
        ...where,
        type: 'pullrequest',
        title: there.title,
        ...textOf(body),
        // The request replaces the whole list.
        reviewers: [...new Set([...namesOf(there.reviewers), ...people])].map(account),
      });
      return sent(number, labels, reviewers, people);
    },
  };
}

/** Accounts are named by their UUID in the policy, without braces. */
const known = (reviewers: readonly string[]): readonly string[] => reviewers.filter((name) => UUID.test(name));

/** Bitbucket's description has one name for it, and its examples the other. */
const textOf = (body: string): object => ({ description: body, summary: { raw: body } });

const account = (name: string): object => ({ type: 'user', uuid: `{${name}}` });

/** Bitbucket has no labels. */
const sent = (
  number: number,
  labels: readonly string[],
  reviewers: readonly string[],
  accepted: readonly string[],
): SentRequest => ({ number, refused: { labels, reviewers: reviewers.filter((name) => !accepted.includes(name)) } });
