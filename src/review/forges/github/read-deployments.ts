/** Deployments of a GitHub repository and how they ended (docs.github.com/rest/deployments). */
import { z } from 'zod';
import {
  answerOf,
  type Asked,
  type ForgeDeployment,
  type ForgeDeployments,
  PAGE,
  readPages,
  timeOf,
  type Transport,
} from '../client-parts';
import { accountName, accountSchema } from './approvals-from-answers';
import { OBJECT_ID } from '../../../base/patterns';

const deploymentsSchema = z.array(
  z.object({
    id: z.int(),
    sha: z.string().regex(OBJECT_ID),
    environment: z.string(),
    creator: accountSchema.nullable(),
  }),
);
const statusesSchema = z.array(z.object({ state: z.string(), created_at: z.string() }));

const FAILED: readonly string[] = ['failure', 'error'];

/** A later deployment makes GitHub mark an earlier one inactive; its statuses still show that it succeeded. */
export async function readDeployments(
  server: Transport,
  here: Readonly<Record<'owner' | 'repo', string>>,
  filter: Asked,
): Promise<ForgeDeployments> {
  type One = z.infer<typeof deploymentsSchema>[number];
  const idOf = ({ id }: One): string => `github:${String(id)}`;
  return readPages<One>(filter, {
    page: async (number) =>
      answerOf(
        deploymentsSchema,
        await server.ask('GET /repos/{owner}/{repo}/deployments', { ...here, per_page: PAGE, page: number }),
        server.host,
      ).map((one) => ({ id: idOf(one), environment: one.environment, one })),
    async read(one): Promise<ForgeDeployment | undefined> {
      const statuses = answerOf(
        statusesSchema,
        await server.list('GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', {
          ...here,
          deployment_id: one.id,
        }),
        server.host,
      ).sort((a, b) => timeOf(b.created_at) - timeOf(a.created_at));
      // The soak begins with the first success: a service that reports it again has not deployed again.
      const success = statuses.findLast(({ state }) => state === 'success');
      const end = success ?? statuses.find(({ state }) => FAILED.includes(state));
      const at = timeOf(end?.created_at);
      return end === undefined || Number.isNaN(at)
        ? undefined
        : {
            id: idOf(one),
            environment: one.environment,
            commit: one.sha,
            state: success ? 'deployed' : 'failed',
            at,
            by: one.creator === null ? '' : accountName(one.creator),
          };
    },
  });
}
