/** How a pull request is created and updated at one forge, for a person. */
import type { BranchFacts, OpenRequests, PreparedReview } from '../../review/pull-request';
import type { ForgeId } from '../../review/forges';

interface ForgeRequest {
  readonly forge: ForgeId;
  readonly branch: BranchFacts;
  readonly review: PreparedReview;
  readonly draft: boolean;
}

/** An open pull request of the branch. */
export interface Existing {
  readonly number: number;
  readonly url: string;
  readonly body: string;
}

/** How it is done at one forge. Every function throws a {@link CannotSay}. */
export interface ForgeCommand {
  readonly find: (branch: BranchFacts) => Promise<Existing | undefined>;
  /** Returns what the client printed, usually the page's address, and sentences on what could not be set. */
  readonly create: (request: ForgeRequest) => Promise<Done>;
  readonly update: (existing: Existing, request: ForgeRequest) => Promise<Done>;
  /**
   * How many open pull requests wait for each person and team; undefined when the forge does not say. One call for all
   * people.
   */
  readonly openRequests: () => Promise<OpenRequests | undefined>;
}

export interface Done {
  readonly url: string;
  readonly notices: readonly string[];
}
