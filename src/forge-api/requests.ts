/**
 * Asking for a review at a forge: the pull request of a branch is found, created or updated, by the account whose token
 * it is.
 */
import { addressOf } from './environment';
import { githubRequests } from './github-requests';
import { gitlabRequests } from './gitlab-requests';
import type { Patience } from './transport';

/** Branches by their names on the remote. */
export interface Branches {
  readonly base: string;
  readonly head: string;
}

/** A pull request of the branch that is open. */
export interface OpenRequest {
  readonly number: number;
  /** What is written in it now. */
  readonly body: string;
}

export interface Additions {
  readonly labels: readonly string[];
  /** Logins and `group/team`. */
  readonly reviewers: readonly string[];
}

export interface NewRequest extends Branches, Additions {
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

/** What was done, and what the forge did not take: names of labels and of people. */
export interface SentRequest {
  readonly number: number;
  readonly refused: Additions;
}

/** Every function throws a {@link ForgeError} where the forge does not answer, or not as it should. */
export interface RequestApi {
  readonly host: string;
  /** Login of whose token it is. */
  account(): Promise<string>;
  /** How many open pull requests wait for each person and team, in lower case. The latest hundred are looked at. */
  openRequests(): Promise<ReadonlyMap<string, number>>;
  /**
   * Undefined where there is none. Throws with the reason `fork` where the repository is one: which repository is asked
   * is a person's choice.
   */
  find(branches: Branches): Promise<OpenRequest | undefined>;
  create(request: NewRequest): Promise<SentRequest>;
  /** Title and state stay. */
  update(open: OpenRequest, change: Additions & { readonly body: string }): Promise<SentRequest>;
}

export interface RequestPlace {
  readonly kind: 'github' | 'gitlab';
  /** Of the interface, such as `https://api.github.com`. */
  readonly address: string;
  readonly token: string;
  /** `owner/name`, `group/sub/name`. */
  readonly repository: string;
  readonly patience?: Partial<Patience>;
}

/** A person waits for it: less patience than a job has. Milliseconds. */
const PATIENCE: Patience = { answer: 15_000, between: 500, limit: 5_000, retries: 1 };

/** Throws a {@link ForgeError} for an address that a token must not travel to. */
export function requestsAt({ kind, address, token, repository, patience }: RequestPlace): RequestApi {
  const place = {
    address: addressOf(address, "The remote's forge"),
    token,
    repository,
    patience: { ...PATIENCE, ...patience },
  };
  return kind === 'github' ? githubRequests(place) : gitlabRequests(place);
}
