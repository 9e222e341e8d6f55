/** What a CI job is about. */

/** A pull request or merge request that a job has to decide on. */
export interface ChangeEvent {
  readonly kind: 'change';
  readonly number: number;
  /** The commit that the job was started for; null: the latest one at the forge. */
  readonly head: string | null;
  /** The commit that a status belongs to: in a merge queue the queue's own. */
  readonly statusOf: string | null;
  /** The job was started by a merge queue. */
  readonly queued: boolean;
}

/** Commits that were pushed to a branch. */
export interface PushEvent {
  readonly kind: 'push';
  readonly branch: string;
  /** Id of the commit that was the tip; null for a new branch. */
  readonly before: string | null;
  readonly after: string;
}

export type CiEvent = ChangeEvent | PushEvent;

/** Why a job can't continue. The message is for people and says what to do. */
export class CiError extends Error {
  override readonly name = 'CiError';
}

export type Environment = Readonly<Record<string, string | undefined>>;
