/** What the gate needs from a forge, whichever it is. */
import type { Teams } from '../../../policy';
import type { GivenApproval } from '../../gate';

/** A pull request or merge request as the forge has it now. */
export interface ForgeChange {
  readonly number: number;
  /** Login of the person who opened it. */
  readonly opener: string;
  /** Id of its latest commit. */
  readonly head: string;
  /** The ref at the forge that has it. */
  readonly headRef: string;
  /** Target branch, such as `main`. */
  readonly base: string;
  /** The repository's default branch; null when unknown. */
  readonly defaultBranch: string | null;
  readonly draft: boolean;
  /** Its branch is in another repository. */
  readonly fork: boolean;
  /** Where a fork's branch can be fetched from, as the forge says. Left out where it does not, and where there is no fork. */
  readonly forkAddress?: string;
  readonly labels: readonly string[];
  /** Everybody's reviews of it, not judged yet. */
  readonly approvals: readonly GivenApproval[];
  /** The e-mail addresses of its commits whose accounts the forge knows, by login. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** What a reader of the verdict should know about it, as sentences. */
  readonly notices: readonly string[];
}

/** Which status of which commit a pull request has; the head is left out where the pull request alone does not say it. */
export type ForgeTarget = Pick<ForgeChange, 'base' | 'defaultBranch'> & Partial<Pick<ForgeChange, 'head'>>;

/** Reviews of a pull request, and what a reader of the verdict should know about them, as sentences. */
export type GivenReviews = Pick<ForgeChange, 'approvals' | 'notices'>;

/** Teams with their members, and why others could not be resolved, as sentences. */
export interface ResolvedTeams {
  readonly teams: Teams;
  readonly notices: readonly string[];
}

/** Whether something was written, or why that is not allowed: a fork's token is read-only. */
export type Written = 'written' | 'unchanged' | 'not-allowed';

/** A deployment that the forge knows about, and how it ended. Texts are from outside. */
export interface ForgeDeployment {
  /** The forge's own number for it, with the forge: `github:42`. */
  readonly id: string;
  readonly environment: string;
  /** Full id of the commit. */
  readonly commit: string;
  readonly state: 'deployed' | 'failed';
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  /** Login of the person who deployed; empty when unknown. */
  readonly by: string;
}

export interface ForgeDeployments {
  /** Those that have ended, newest first. */
  readonly ended: readonly ForgeDeployment[];
  /** There are older ones that were not read. */
  readonly more: boolean;
}

/** Every function throws a {@link ForgeError} when the forge does not answer, or not as it should. */
export type CheckState = 'success' | 'failure' | 'pending';

export interface ForgeApi {
  /** Id of the forge. */
  readonly kind: string;
  /** Name of the server, for messages. */
  readonly host: string;
  change(number: number): Promise<ForgeChange>;
  /** Where it goes, from as few answers as possible: for when its reviews can't be read. */
  target(number: number): Promise<ForgeTarget>;
  /**
   * Members of `@org/team`, including those of its sub-teams. Never throws: what can't be resolved is left out, with a
   * notice.
   */
  teams(names: readonly string[]): Promise<ResolvedTeams>;
  /**
   * The e-mail addresses of an account's own commits in the repository, where the forge itself links them to it. Empty
   * where the token may not read them. Left out where the forge does not tell.
   */
  readonly addressesOf?: (login: string) => Promise<readonly string[]>;
  /** Writes the one comment that begins with `marker`: updates our own, or adds it. */
  comment(number: number, marker: string, text: string): Promise<Written>;
  /** Adds and removes labels. Left out where the forge has none. */
  readonly label?: (
    number: number,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ) => Promise<Written>;
  /** Sets the state of a commit that branch protection can require. */
  status(
    commit: string,
    state: {
      readonly context: string;
      readonly passed: boolean;
      readonly text: string;
      /** Number of the pull request that it is about. */
      readonly change: number;
    },
  ): Promise<Written>;
  /**
   * How the checks of a commit ended, the latest of each name. Undefined where the token may not read them. Left out where
   * the forge is not asked.
   */
  readonly checks?: (commit: string) => Promise<Readonly<Record<string, CheckState>> | undefined>;
  /**
   * Deployments, newest first, until a page has only known ones. `wanted`: by environment; `known`: by id; these are
   * not returned again. Left out where the forge does not tell.
   */
  readonly deployments?: (filter: {
    readonly wanted: (environment: string) => boolean;
    readonly known: (id: string) => boolean;
  }) => Promise<ForgeDeployments>;
  /** Requests sent so far. */
  readonly requests: () => number;
}
