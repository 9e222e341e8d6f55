/**
 * Requesting a review at a forge: the pull request of a branch is found, created or updated, by the account that the
 * token belongs to.
 */
import type { Patience } from './rest-transport';

/** Branches, by their names on the remote. */
interface Branches {
  readonly base: string;
  readonly head: string;
}

/** An open pull request of the branch. */
export interface OpenRequest {
  readonly number: number;
  /** Its current text. */
  readonly body: string;
}

export interface Additions {
  readonly labels: readonly string[];
  /** Logins and `group/team`. */
  readonly reviewers: readonly string[];
}

interface NewRequest extends Branches, Additions {
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

/** What was done, and what the forge did not accept: names of labels and of people. */
export interface SentRequest {
  readonly number: number;
  readonly refused: Additions;
}

/** Every function throws a {@link ForgeError} when the forge does not answer, or not as it should. */
export interface RequestApi {
  readonly host: string;
  /** The login that the token belongs to. */
  account(): Promise<string>;
  /** How many open pull requests wait for each person and team, in lower case. Only the latest hundred are counted. */
  openRequests(): Promise<ReadonlyMap<string, number>>;
  /**
   * Undefined when there is none. Throws with the reason `fork` when the repository is one: which repository to ask is
   * a person's choice.
   */
  find(branches: Branches): Promise<OpenRequest | undefined>;
  create(request: NewRequest): Promise<SentRequest>;
  /** Title and state are left unchanged. */
  update(open: OpenRequest, change: Additions & { readonly body: string }): Promise<SentRequest>;
  /**
   * Sends a review of a commit that says what must change before the pull request is merged. Left out where the forge's
   * API has no such review.
   */
  requestChanges?(
    open: Pick<OpenRequest, 'number'>,
    review: { readonly commit: string; readonly body: string },
  ): Promise<void>;
}

/** What the command line needs of it, where the token is in the environment. */
export type PullRequests = Omit<RequestApi, 'host' | 'account'>;

export interface RequestPlace {
  /** Id of the forge. */
  readonly kind: string;
  /** Of the API, such as `https://api.github.com`. */
  readonly address: string;
  readonly token: string;
  /** `owner/name`, `group/sub/name`. */
  readonly repository: string;
  readonly patience?: Partial<Patience>;
}

/** What a forge's folder is given to do it. */
export interface RequestOptions {
  readonly address: string;
  readonly token: string;
  readonly repository: string;
  readonly patience: Patience;
}
