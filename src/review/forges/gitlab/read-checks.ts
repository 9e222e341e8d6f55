/** Statuses of a commit: jobs, and what others have set. */
import { z } from 'zod';
import { answerOf, readable, type CheckState, type Transport } from '../client-parts';

const schema = z.array(z.object({ id: z.int(), name: z.string(), status: z.string() }));
const ENDED: Readonly<Record<string, CheckState>> = {
  success: 'success',
  failed: 'failure',
  canceled: 'failure',
  skipped: 'failure',
};

/** By name, the latest of each; undefined where the token may not read them. */
export const readChecks = (
  server: Transport,
  id: string,
  commit: string,
): Promise<Readonly<Record<string, CheckState>> | undefined> =>
  readable(async () => {
    const statuses = answerOf(
      schema,
      await server.list('GET /projects/{id}/repository/commits/{sha}/statuses', { id, sha: commit }),
      server.host,
    );
    const latest = [...statuses].sort((one, other) => one.id - other.id);
    return Object.fromEntries(latest.map(({ name, status }) => [name, ENDED[status] ?? 'pending']));
  });
