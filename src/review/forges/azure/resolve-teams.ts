/** Teams of a project of Azure DevOps: `@PROJECT/TEAM`. */
import { z } from 'zod';
import { ForgeError, resolveEach, type ResolvedTeams, type Transport } from '../client-parts';
import { listOf, VERSION } from './api-version-and-lists';
import { accountName, identitySchema } from './approvals-from-answers';

const memberSchema = z.object({ identity: identitySchema });

const PAGE = 100;
const MOST_PAGES = 50;

export const resolveTeams = (server: Transport, names: readonly string[]): Promise<ResolvedTeams> =>
  resolveEach(names, 'team', async (name, notices) => {
    const members = await membersOf(server, name);
    if (members.some(({ isContainer }) => isContainer === true))
      notices.push(`The team ${name} has groups in it, whose members are not known here.`);
    return members.filter(({ isContainer }) => isContainer !== true).map(accountName);
  });

async function membersOf(server: Transport, name: string): Promise<readonly z.infer<typeof identitySchema>[]> {
  const [projectId = '', teamId = '', ...more] = name.replace(/^@/, '').split('/');
  if (more.length > 0) throw new ForgeError('answer', 'Teams are named @PROJECT/TEAM here.');
  const all: z.infer<typeof identitySchema>[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await server.ask(`GET /_apis/projects/{projectId}/teams/{teamId}/members${VERSION}`, {
      projectId,
      teamId,
      $top: PAGE,
      $skip: page * PAGE,
    });
    const listed = listOf(memberSchema, answer, server.host);
    all.push(...listed.map(({ identity }) => identity));
    if (listed.length < PAGE) break;
  }
  return all;
}
