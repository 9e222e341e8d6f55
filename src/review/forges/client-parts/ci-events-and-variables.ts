/** What a CI job is about. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** A pull request or merge request that a job has to decide on. */
export interface ChangeEvent {
  readonly kind: 'change';
  readonly number: number;
  /** The commit that the job was started for; null: the latest one at the forge. */
  readonly head: string | null;
  /** The commit that a status belongs to: in a merge queue the queue's own; null: the one that was decided on. */
  readonly statusOf: string | null;
  /** The job was started by a merge queue. */
  readonly queued: boolean;
  /** What the queue put the change on, where the event names no commit of the change but only the queue's own. */
  readonly queuedOn?: string;
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

export interface DeploymentEvent {
  /** Name of the forge's environment; null when the event has none. Text from outside. */
  readonly environment: string | null;
  /** Full id of the commit to be deployed. */
  readonly commit: string;
  /** Login of the person who requests it; null when unknown. */
  readonly actor: string | null;
  /** The repository's default branch; null when unknown. */
  readonly defaultBranch: string | null;
}

/** Why a job can't continue. The message is for people and says what to do. */
export class CiError extends Error {
  override readonly name = 'CiError';
}

const NO_COMMIT = /^0+$/;

/** A push in GitHub's form, which others send too. Throws a {@link CiError} where it is none to a branch. */
export function branchPush(push: {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly deleted?: boolean | undefined;
}): PushEvent {
  const { ref, before, after, deleted = false } = push;
  const [, branch] = /^refs\/heads\/([^]*)$/.exec(ref) ?? [];
  if (branch === undefined || deleted || NO_COMMIT.test(after))
    throw new CiError(
      'This push is none to a branch, so there are no notes to repair. In the workflow: on: { push: { branches: [main] } }',
    );
  return { kind: 'push', branch, before: NO_COMMIT.test(before) ? null : before, after };
}

/** A variable without white space around it; undefined when it is not set or empty. */
export const wordOf = (env: Environment, name: string): string | undefined => {
  const text = env[name]?.trim() ?? '';
  return text === '' ? undefined : text;
};

/** The first of several variables that is set. */
export function firstWordOf(env: Environment, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const word = wordOf(env, name);
    if (word !== undefined) return word;
  }
  return undefined;
}
