/** Pull requests of Bitbucket Data Center, for a person with a token. */
import { z } from 'zod';
import { answerOf, ForgeError, type PullRequests, type Transport } from '../client-parts';
import { counted } from '../client-parts/count-names-in-lower-case';
import { readAll } from './read-pages';
import { REPOSITORY, type placeOf } from './rest-api';

const ref = z.object({ id: z.string(), repository: z.object({ id: z.int() }).nullish() });
const pullSchema = z.object({
  id: z.int(),
  version: z.int(),
  title: z.string(),
  description: z.string().nullish(),
  fromRef: ref,
  toRef: ref,
  reviewers: z.array(z.object({ user: z.object({ name: z.string() }), status: z.string().nullish() })).nullish(),
});

type Here = ReturnType<typeof placeOf>;

const PULLS = `${REPOSITORY}/pull-requests`;
const branch = (name: string): string => `refs/heads/${name}`;

export function bitbucketDcRequests(server: Transport, here: Here): PullRequests {
  const open = async (): Promise<readonly z.infer<typeof pullSchema>[]> =>
    answerOf(z.array(pullSchema), await readAll(server, `GET ${PULLS}`, { ...here, state: 'OPEN' }), server.host);
  /** Nobody is asked when one of them can't be, so then each is tried. */
  const withReviewers = async (
    reviewers: readonly string[],
    send: (accepted: readonly string[]) => Promise<unknown>,
  ): Promise<{ readonly made: unknown; readonly refused: readonly string[] }> => {
    try {
      return { made: await send(reviewers), refused: [] };
    } catch (error) {
      const mayBeTheirs = error instanceof ForgeError && error.refusal?.status === 409 && reviewers.length > 0;
      if (!mayBeTheirs) throw error;
      return { made: await send([]), refused: reviewers };
    }
  };
  return {
    async openRequests() {
      return counted(
        (await open()).flatMap(({ reviewers }) =>
          (reviewers ?? []).flatMap(({ user, status }) => (status === 'APPROVED' ? [] : [user.name])),
        ),
      );
    },
    async find({ base, head }) {
      const found = (await open()).find(
        ({ fromRef, toRef }) =>
          fromRef.id === branch(head) && toRef.id === branch(base) && fromRef.repository?.id === toRef.repository?.id,
      );
      return found && { number: found.id, body: found.description ?? '' };
    },
    async create({ base, head, title, body, draft, labels, reviewers }) {
      const repository = { slug: here.repositorySlug, project: { key: here.projectKey } };
      const { made, refused } = await withReviewers(reviewers, (accepted) =>
        server.ask(`POST ${PULLS}`, {
          ...here,
          title,
          description: body,
          fromRef: { id: branch(head), repository },
          toRef: { id: branch(base), repository },
          reviewers: accepted.map((name) => ({ user: { name } })),
          draft,
        }),
      );
      return { number: answerOf(pullSchema, made, server.host).id, refused: { labels, reviewers: refused } };
    },
    async update({ number }, { body, labels, reviewers }) {
      const where = { ...here, pullRequestId: number };
      const there = answerOf(pullSchema, await server.ask(`GET ${PULLS}/{pullRequestId}`, where), server.host);
      const already = (there.reviewers ?? []).map(({ user }) => user.name);
      const { refused } = await withReviewers(
        reviewers.filter((name) => !already.includes(name)),
        (accepted) =>
          server.ask(`PUT ${PULLS}/{pullRequestId}`, {
            ...where,
            version: there.version,
            title: there.title,
            description: body,
            // The request replaces the whole list.
            reviewers: [...already, ...accepted].map((name) => ({ user: { name } })),
          }),
      );
      return { number, refused: { labels, reviewers: refused } };
    },
  };
}
