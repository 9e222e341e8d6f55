/** Pull requests of Gitea and Forgejo, for a person with a token. */
import { z } from 'zod';
import {
  answerOf,
  ForgeError,
  type Additions,
  type PullRequests,
  type SentRequest,
  type Transport,
} from '../client-parts';
import { counted } from '../client-parts/count-names-in-lower-case';
import { setLabels } from './set-labels';
import { readAll } from './read-pages';

const place = z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() });
const openSchema = z.array(
  z.object({
    number: z.int(),
    body: z.string().nullish(),
    head: place,
    base: place,
    requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
  }),
);
const madeSchema = z.object({ number: z.int() });

const PULLS = '/repos/{owner}/{repo}/pulls';
/** What the forge takes for a draft, by its title. */
const DRAFT = 'WIP: ';

export function giteaRequests(server: Transport, here: Readonly<Record<'owner' | 'repo', string>>): PullRequests {
  const open = async (): Promise<z.infer<typeof openSchema>> =>
    answerOf(openSchema, await readAll(server, `GET ${PULLS}`, { ...here, state: 'open' }), server.host);
  return {
    async openRequests() {
      return counted(
        (await open()).flatMap(({ requested_reviewers: asked }) => (asked ?? []).map(({ login }) => login)),
      );
    },
    async find({ base, head }) {
      const found = (await open()).filter(
        (request) =>
          request.head.ref === head &&
          request.base.ref === base &&
          request.head.repo?.full_name === request.base.repo?.full_name,
      );
      return found[0] && { number: found[0].number, body: found[0].body ?? '' };
    },
    async create({ base, head, title, body, draft, ...additions }) {
      const made = await server.ask(`POST ${PULLS}`, {
        ...here,
        base,
        head,
        title: draft ? `${DRAFT}${title}` : title,
        body,
      });
      return add(server, here, answerOf(madeSchema, made, server.host).number, additions);
    },
    async update({ number }, { body, ...additions }) {
      await server.ask(`PATCH ${PULLS}/{index}`, { ...here, index: number, body });
      return add(server, here, number, additions);
    },
  };
}

/** What the forge does not accept is no failure of the rest. */
async function add(
  server: Transport,
  here: Readonly<Record<'owner' | 'repo', string>>,
  number: number,
  { labels, reviewers }: Additions,
): Promise<SentRequest> {
  const refused: { labels: readonly string[]; reviewers: string[] } = { labels: [], reviewers: [] };
  try {
    if (labels.length > 0) await setLabels(server, here, number, { add: labels, remove: [] });
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    refused.labels = labels;
  }
  for (const name of reviewers) {
    const team = name.split('/')[1];
    try {
      await server.ask(`POST ${PULLS}/{index}/requested_reviewers`, {
        ...here,
        index: number,
        ...(team === undefined ? { reviewers: [name] } : { team_reviewers: [team] }),
      });
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      refused.reviewers.push(name);
    }
  }
  return { number, refused };
}
