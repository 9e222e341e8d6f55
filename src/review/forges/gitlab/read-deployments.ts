/** Deployments of a GitLab project (docs.gitlab.com/api/deployments). */
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
import { OBJECT_ID } from '../../../base/patterns';

const deploymentsSchema = z.array(
  z.object({
    id: z.int(),
    sha: z.string().regex(OBJECT_ID),
    status: z.string(),
    updated_at: z.string().nullish(),
    environment: z.object({ name: z.string() }),
    user: z.object({ username: z.string() }).nullish(),
    deployable: z.object({ finished_at: z.string().nullish() }).nullish(),
  }),
);

const STATES: Readonly<Record<string, ForgeDeployment['state'] | undefined>> = {
  success: 'deployed',
  failed: 'failed',
};

export async function readDeployments(server: Transport, id: string, filter: Asked): Promise<ForgeDeployments> {
  type One = z.infer<typeof deploymentsSchema>[number];
  const idOf = (one: One): string => `gitlab:${String(one.id)}`;
  return readPages<One>(filter, {
    page: async (number) =>
      answerOf(
        deploymentsSchema,
        await server.ask('GET /projects/{id}/deployments', {
          id,
          order_by: 'id',
          sort: 'desc',
          per_page: PAGE,
          page: number,
        }),
        server.host,
      ).map((one) => ({ id: idOf(one), environment: one.environment.name, one })),
    read(one): ForgeDeployment | undefined {
      const state = Object.hasOwn(STATES, one.status) ? STATES[one.status] : undefined;
      // The job's end; a deployment reported by another tool has none, and is updated when it ends.
      const at = timeOf(one.deployable?.finished_at ?? one.updated_at);
      return state === undefined || Number.isNaN(at)
        ? undefined
        : {
            id: idOf(one),
            environment: one.environment.name,
            commit: one.sha,
            state,
            at,
            by: one.user?.username ?? '',
          };
    },
  });
}
