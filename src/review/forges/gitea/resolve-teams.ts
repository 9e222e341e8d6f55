/** Teams of an organization at Gitea or Forgejo: found by their name, read by their number. */
import { z } from 'zod';
import { answerOf, ForgeError, resolveEach, type ResolvedTeams, type Transport } from '../client-parts';
import { readAll } from './read-pages';

const foundSchema = z.object({ data: z.array(z.object({ id: z.int(), name: z.string() })).nullable() });
const memberSchema = z.array(z.object({ login: z.string().min(1) }));

/** The search finds parts of names: no team of this size is hidden by others. */
const FOUND = 50;

export const resolveTeams = (server: Transport, names: readonly string[]): Promise<ResolvedTeams> =>
  resolveEach(
    names,
    'team',
    (name) => membersOf(server, name),
    'Only an owner of the organization and a member of the team may: give the token of one, with the scope read:organization, as LINEKEEPER_TEAM_TOKEN.',
  );

async function membersOf(server: Transport, name: string): Promise<readonly string[]> {
  const [org = '', team = '', ...more] = name.replace(/^@/, '').split('/');
  if (more.length > 0) throw new ForgeError('answer', 'Teams are named @ORG/TEAM here.');
  const { data } = answerOf(
    foundSchema,
    await server.ask('GET /orgs/{org}/teams/search', { org, q: team, limit: FOUND }),
    server.host,
  );
  const found = (data ?? []).find((one) => one.name.toLowerCase() === team.toLowerCase());
  if (found === undefined) throw new ForgeError('not-found', 'There is no such team.');
  return answerOf(memberSchema, await readAll(server, 'GET /teams/{id}/members', { id: found.id }), server.host).map(
    ({ login }) => login,
  );
}
