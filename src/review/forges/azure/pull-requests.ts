/** Pull requests of Azure DevOps, for a person with a token. */
import { z } from 'zod';
import { answerOf, ForgeError, type PullRequests, type SentRequest, type Transport } from '../client-parts';
import { counted } from '../client-parts/count-names-in-lower-case';
import { listOf, VERSION } from './api-version-and-lists';

const pullSchema = z.object({
  pullRequestId: z.int(),
  description: z.string().nullish(),
  forkSource: z.unknown().optional(),
  reviewers: z.array(z.object({ uniqueName: z.string().nullish(), vote: z.int().nullish() })).nullish(),
});

const PULLS = '/{project}/_apis/git/repositories/{repositoryId}/pullrequests';
const PULL = '/{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}';
/** Longest description (characters). */
const LONGEST = 4000;

type Here = Readonly<Record<'project' | 'repositoryId', string>>;

export function azureRequests(server: Transport, here: Here): PullRequests {
  const open = async (more: Readonly<Record<string, string>>): Promise<readonly z.infer<typeof pullSchema>[]> =>
    listOf(
      pullSchema,
      await server.ask(`GET ${PULLS}${VERSION}`, { ...here, 'searchCriteria.status': 'active', $top: 100, ...more }),
      server.host,
    );
  return {
    async openRequests() {
      return counted(
        (await open({})).flatMap(({ reviewers }) =>
          (reviewers ?? []).flatMap(({ uniqueName, vote }) => (uniqueName && (vote ?? 0) === 0 ? [uniqueName] : [])),
        ),
      );
    },
    async find({ base, head }) {
      const found = await open({
        'searchCriteria.sourceRefName': `refs/heads/${head}`,
        'searchCriteria.targetRefName': `refs/heads/${base}`,
      });
      const request = found.find(({ forkSource }) => forkSource === undefined || forkSource === null);
      return request && { number: request.pullRequestId, body: request.description ?? '' };
    },
    async create({ base, head, title, body, draft, labels, reviewers }) {
      const made = await server.ask(`POST ${PULLS}${VERSION}`, {
        ...here,
        sourceRefName: `refs/heads/${head}`,
        targetRefName: `refs/heads/${base}`,
        title,
        description: fitting(body),
        isDraft: draft,
      });
      return add(server, here, answerOf(pullSchema, made, server.host).pullRequestId, labels, reviewers);
    },
    async update({ number }, { body, labels, reviewers }) {
      await server.ask(`PATCH ${PULLS}/{pullRequestId}${VERSION}`, {
        ...here,
        pullRequestId: number,
        description: fitting(body),
      });
      return add(server, here, number, labels, reviewers);
    },
  };
}

/** The text, if Azure takes it all: cut off, what people wrote at its end would be lost. */
function fitting(body: string): string {
  if (body.length <= LONGEST) return body;
  throw new ForgeError(
    'answer',
    `The text has ${String(body.length)} characters, and Azure DevOps takes ${String(LONGEST)}. "linekeeper review" opens the page: put the text into a comment there, which "linekeeper review --print" prints.`,
  );
}

/** Reviewers are accounts by their numbers, which another service of Azure knows: they are set on the page. */
async function add(
  server: Transport,
  here: Here,
  number: number,
  labels: readonly string[],
  reviewers: readonly string[],
): Promise<SentRequest> {
  const refused: string[] = [];
  for (const name of labels)
    try {
      await server.ask(`POST ${PULL}/labels${VERSION}`, { ...here, pullRequestId: number, name });
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      refused.push(name);
    }
  return { number, refused: { labels: refused, reviewers } };
}
