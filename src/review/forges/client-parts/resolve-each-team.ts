/** The members of teams, asked one team after the other. */
import type { ResolvedTeams } from './forge-api-interface';
import { ForgeError } from './forge-error';

/**
 * Where a team can't be read, a notice says so, and the others are read all the same. `kind`: what the forge calls one.
 * `membersOf` may add notices of its own. Throws whatever is no {@link ForgeError}.
 */
export async function resolveEach(
  names: readonly string[],
  kind: 'team' | 'group',
  membersOf: (name: string, notices: string[]) => Promise<readonly string[]>,
  unseen?: string,
): Promise<ResolvedTeams> {
  const teams: Record<string, readonly string[]> = {};
  const notices: string[] = [];
  for (const name of names) {
    try {
      teams[name] = await membersOf(name, notices);
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      const isUnseen = error.reason === 'not-found' || error.reason === 'not-allowed';
      const why =
        unseen === undefined || !isUnseen
          ? error.message
          : `there is none of this name, or the token may not see it. ${unseen}`;
      notices.push(`Who is in the ${kind} ${name} is not known here: ${why}`);
    }
  }
  return { teams, notices };
}
