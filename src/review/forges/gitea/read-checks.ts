/** Statuses of a commit: jobs of the forge's own, and what others have set. */
import { z } from 'zod';
import { answerOf, readable, type CheckState, type Transport } from '../client-parts';
import { readAll } from './read-pages';

const schema = z.array(z.object({ id: z.int(), context: z.string(), status: z.string() }));

/** What lets a merge through, as the forge's own required checks do. */
const PASSES: readonly string[] = ['success', 'skipped'];

/** By name, the latest of each; undefined where the token may not read them. */
export const readChecks = (
  server: Transport,
  here: Readonly<Record<'owner' | 'repo', string>>,
  commit: string,
): Promise<Readonly<Record<string, CheckState>> | undefined> =>
  readable(async () => {
    const statuses = answerOf(
      schema,
      await readAll(server, 'GET /repos/{owner}/{repo}/statuses/{sha}', { ...here, sha: commit }),
      server.host,
    );
    const latest = statuses.toSorted((one, other) => one.id - other.id);
    return Object.fromEntries(
      latest.map(({ context, status }) => [
        context,
        status === 'pending' ? 'pending' : PASSES.includes(status) ? 'success' : 'failure',
      ]),
    );
  });
