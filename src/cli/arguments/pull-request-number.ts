/** `--number N`: which pull request a question is about, or what the CI job says of it. */
import type { Repository } from '../../git';
import { CiError, readEvent, type ChangeEvent, type Environment } from '../../review/forges';
import { CannotSay } from '../verb';

export const NUMBER_OPTION = {
  type: 'string',
  value: 'N',
  says: "the pull request's number, to find agents' approvals; default: the CI job's",
} as const;

interface Asked {
  /** What the option says; undefined: it was left out. */
  readonly said: string | undefined;
  readonly env: Environment;
  readonly repository: Repository;
  /** Revision of the head. */
  readonly head: string;
}

/** Undefined when unknown. Throws a {@link CannotSay} for an option that is no number. */
export async function pullRequestNumber({ said, env, repository, head }: Asked): Promise<number | undefined> {
  if (said !== undefined) {
    const [, digits] = /^[#!]?([1-9]\d{0,8})$/.exec(said.trim()) ?? [];
    if (digits === undefined)
      throw new CannotSay(`--number ${JSON.stringify(said)} is no pull request's number, such as 481.`);
    return Number(digits);
  }
  const event = await eventOf(env);
  if (event?.head === undefined || event.head === null) return undefined;
  // A number leaves out what agents did to other pull requests, so that of another change would hide an approval.
  // A job of GitHub's has a merge of its own checked out, whose second parent is the change.
  for (const revision of [head, `${head}^2`])
    if ((await repository.commitId(revision)) === event.head) return event.number;
  return undefined;
}

/** The pull request of a job; undefined when it has none. */
async function eventOf(env: Environment): Promise<ChangeEvent | undefined> {
  try {
    const event = await readEvent(env);
    return event.kind === 'change' ? event : undefined;
  } catch (error) {
    if (error instanceof CiError) return undefined;
    throw error;
  }
}
