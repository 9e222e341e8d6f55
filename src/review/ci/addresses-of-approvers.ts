/** Whose the accounts of approvers are, where the policy lists people by their addresses. */
import type { ForgeApi, ForgeChange } from '../forges/client-parts';
import { isTeam, type Policy } from '../../policy';

/** Each is a request. */
const ACCOUNTS_AT_MOST = 20;

/**
 * Addresses by login, of accounts that approved the change and that neither the policy nor the change's own commits know.
 * Empty where the policy lists nobody by an address, or the forge does not tell. Throws a ForgeError.
 */
export async function addressesOfApprovers(
  { addressesOf }: Pick<ForgeApi, 'addressesOf'>,
  { approvals, addresses }: Pick<ForgeChange, 'approvals' | 'addresses'>,
  { people, aliases }: Pick<Policy, 'people' | 'aliases'>,
): Promise<ForgeChange['addresses']> {
  const listed = Object.values(people).flat();
  if (addressesOf === undefined || !listed.some((name) => name.includes('@') && !isTeam(name))) return {};
  const known = new Set(
    [...listed, ...Object.keys(aliases), ...Object.keys(addresses)].map((name) => name.toLowerCase()),
  );
  const logins = approvals.flatMap(({ by, state }) =>
    state === 'approved' && !known.has(by.toLowerCase()) && !by.endsWith('[bot]') ? [by] : [],
  );
  const found = await Promise.all(
    [...new Set(logins)].slice(0, ACCOUNTS_AT_MOST).map(async (login) => [login, await addressesOf(login)] as const),
  );
  return Object.fromEntries(found.filter(([, theirs]) => theirs.length > 0));
}
