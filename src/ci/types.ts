/** What a CI job is about. */

/** A pull request or merge request that a job is to decide on. */
export interface ChangeEvent {
  readonly kind: 'change';
  readonly number: number;
  /** The commit that the job was started for; null: whatever the forge says is the latest. */
  readonly head: string | null;
  /** The commit that a status belongs to: of a merge queue its own. */
  readonly statusOf: string | null;
  /** The job was started by a merge queue. */
  readonly queued: boolean;
}

/** Commits that have arrived on a branch. */
export interface PushEvent {
  readonly kind: 'push';
  readonly branch: string;
  /** Id of the commit that was the tip; null for a new branch. */
  readonly before: string | null;
  readonly after: string;
}

export type CiEvent = ChangeEvent | PushEvent;

/** Why a job can't go on. The message is for people and says what to do. */
export class CiError extends Error {
  override readonly name = 'CiError';
}

export type Environment = Readonly<Record<string, string | undefined>>;
