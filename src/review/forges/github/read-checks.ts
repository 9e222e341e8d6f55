/** Checks and statuses of a commit. */
import { z } from 'zod';
import { answerOf, readable, type CheckState, type Transport } from '../client-parts';

const runsSchema = z.array(
  z.object({ id: z.int(), name: z.string(), status: z.string(), conclusion: z.string().nullish() }),
);
const statusesSchema = z.array(z.object({ context: z.string(), state: z.string() }));

/** What lets a merge through, as GitHub's own required checks do. */
const PASSES: readonly string[] = ['success', 'neutral', 'skipped'];

/** By name, the latest of each; undefined where the token may not read them. */
export const readChecks = (
  server: Transport,
  here: Readonly<Record<'owner' | 'repo', string>>,
  commit: string,
): Promise<Readonly<Record<string, CheckState>> | undefined> =>
  readable(async () => {
    const [runs, statuses] = await Promise.all([
      server.list('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...here, ref: commit, filter: 'latest' }),
      server.list('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...here, ref: commit }),
    ]);
    const found = new Map<string, CheckState>();
    // newest first
    for (const { context, state } of answerOf(statusesSchema, statuses, server.host))
      if (!found.has(context))
        found.set(context, state === 'success' ? 'success' : state === 'pending' ? 'pending' : 'failure');
    const latest = [...answerOf(runsSchema, runs, server.host)].sort((one, other) => one.id - other.id);
    for (const { name, status, conclusion } of latest)
      found.set(name, status !== 'completed' ? 'pending' : PASSES.includes(conclusion ?? '') ? 'success' : 'failure');
    return Object.fromEntries(found);
  });
