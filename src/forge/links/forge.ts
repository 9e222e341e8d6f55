/**
 * What a forge is: a place where changes are reviewed before they are merged.
 */
import type { Remote } from '../remote';

export const FORGE_IDS = ['github', 'gitlab', 'bitbucket-cloud', 'bitbucket-dc', 'azure', 'gitea'] as const;
export type ForgeId = (typeof FORGE_IDS)[number];

/**
 * What prefills the page that opens a pull request. Everything unencoded; empty means: leave it to the forge.
 */
export interface PullRequest {
  /** Branches by their names on the remote, such as `main` and `feature/x`. */
  readonly base: string;
  readonly head: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels: readonly string[];
  /** Logins, or `group/team`. */
  readonly reviewers: readonly string[];
}

export interface Forge {
  readonly id: ForgeId;
  /** Its name for people. */
  readonly name: string;
  /** Whether a remote is on it, as far as its host and path show. */
  readonly recognises: (remote: Remote) => boolean;
  /** Whether the page accepts a title and a body in its address; if not, they have to be pasted. */
  readonly takesText: boolean;
  /** Addresses of lines in a commit; left out when unknown. */
  readonly lineAddress?: (remote: Remote, commit: string) => (path: string, line: number) => string;
  /**
   * The page of a pull request by its number; without one, the list that contains the branch's (by its name on the
   * remote).
   */
  readonly reviewPage: (remote: Remote, request: { readonly number: number | null; readonly head: string }) => string;
  /** The address of the page that opens a pull request. */
  readonly address: (remote: Remote, request: PullRequest) => string;
}
