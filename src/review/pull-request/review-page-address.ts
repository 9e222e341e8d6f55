/** Where on the forge a change is reviewed. */
import { forgeNamed, forgeOf, parseRemote, type ForgeId } from '../forges';

interface ReviewPlace {
  readonly remote: { readonly name: string; readonly address: string };
  /** The pull request's number, if known. */
  readonly number: number | null;
  /** The branch's name on the remote. */
  readonly head: string;
  /** Default: derived from the remote. */
  readonly forge?: ForgeId | undefined;
}

/**
 * The address of the pull request's page, or of the list that contains it. Throws a ReviewError `not-a-web-address` or
 * `unknown-forge`.
 */
export function reviewPage({ remote: { name, address }, number, head, forge }: ReviewPlace): string {
  const remote = parseRemote(address, name);
  return (forge === undefined ? forgeOf(remote) : forgeNamed(forge)).reviewPage(remote, { number, head });
}
