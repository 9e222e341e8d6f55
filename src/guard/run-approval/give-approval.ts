/** A person signs that an agent may run one command once. */
import type { Repository } from '../../git';
import { approveRequest } from './sign-approval';
import { judgeApproval } from './judge-approval';
import { keepApproved } from './record-given-approval';
import { idOfRequest, parseRequest, type RunRequest, type SignedApproval } from './request-and-approval';
import { findRun, keepApproval } from './stored-runs';

/** Requests that are unanswered after a day are obsolete (milliseconds). */
const ASKED_AT_MOST_MS = 24 * 3600_000;

/** Why nobody should approve a request any more, as a sentence; empty when they may. */
export const objectionToRequest = ({ requestedAt }: Pick<RunRequest, 'requestedAt'>, at: number): string =>
  at - Date.parse(requestedAt) > ASKED_AT_MOST_MS ? 'This request is older than a day. Ask for a new one.' : '';

export type GivenApproval =
  /** `isHere`: the request was made in this clone, where the agent can run the command now. */
  | { readonly counts: true; readonly approval: SignedApproval; readonly isHere: boolean }
  /** Nothing is kept. */
  | { readonly counts: false; readonly why: string };

/**
 * Signs a request and keeps that, if it counts by the allowed signers of the base. `patience`: without a terminal, how
 * long somebody has to unlock or touch the key, in milliseconds. Throws a SignatureError, a GitError or an error of the
 * file system.
 */
export async function giveApproval(
  repository: Repository,
  text: string,
  { key, clock, patience }: { readonly key: string; readonly clock: () => number; readonly patience?: number },
): Promise<GivenApproval> {
  const request = parseRequest(text);
  if (request === undefined) return { counts: false, why: "The request can't be read." };
  const approval = await approveRequest(text, { key, at: clock(), ...(patience === undefined ? {} : { patience }) });
  const { why, by } = await judgeApproval(repository, { text, request }, approval, clock());
  if (why !== '') return { counts: false, why };
  const id = idOfRequest(text);
  await keepApproved(repository, id, { signed: approval, by, head: request.head }, clock());
  const isHere = findRun(repository.gitDir, id) !== undefined;
  if (isHere) keepApproval(repository.gitDir, id, approval);
  return { counts: true, approval, isHere };
}
