/** Approvals that an agent gave with its person's account, by what was recorded of its runs. */
import { ruleOfAct } from '../../../guard';
import { mayHaveNotes, readRuns, RUNS_REF, type RecordedRun } from '../../../provenance/commits';
import { identityOf, quoted, relationOf, type Identity, type Policy } from '../../../policy';
import type { Repository } from '../../../git';
import type { GivenApproval } from '../gate-input-types';

/** A run that approved a change, as far as it can be compared with an approval. */
export interface ApprovingRun {
  readonly id: string;
  readonly assistant: string | null;
  /** E-mail address that commits on that machine have; null when unknown. */
  readonly user: string | null;
  /** From when to when it ran, by what is kept, in milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Pull requests that the command names; empty when it names none. */
  readonly numbers: readonly number[];
  /** Beginnings of commits' ids that it names. */
  readonly commits: readonly string[];
}

/** A run's time is kept to the quarter of an hour. */
const QUARTER = 15 * 60_000;
/** How far the clocks of forge and machine may be apart (milliseconds). */
const SLACK = 2 * 60_000;

/** Runs that approved, of all that are known here. Throws a GitError. */
export async function approvingRuns(repository: Repository): Promise<readonly ApprovingRun[]> {
  if (!mayHaveNotes(repository, RUNS_REF)) return [];
  return (await readRuns(repository)).runs.flatMap((run) => (hasApproved(run) ? [approvingRun(run)] : []));
}

/**
 * Refused ones did not happen, of a question nobody knows the answer, and a program that failed gave no approval. Of a
 * command of several programs that failed, nobody knows which of them did.
 */
const hasApproved = ({ outcome, command, ended }: RecordedRun): boolean =>
  command?.rule === ruleOfAct('approve') &&
  (outcome === 'ran' || outcome === 'observed') &&
  (ended?.failed !== true || ended.compound === true);

function approvingRun({ id, assistant, user, at, ended, command }: RecordedRun): ApprovingRun {
  const words = [...(command?.targets ?? []), ...(command?.line?.split(/[\s'"=]+/) ?? [])];
  const first = Math.floor(Date.parse(at) / QUARTER) * QUARTER;
  const last = Math.floor(Date.parse(ended?.at ?? at) / QUARTER) * QUARTER;
  return {
    id,
    assistant,
    user,
    from: first,
    until: Math.max(first, last) + QUARTER,
    numbers: words.flatMap((word) => numberIn(word) ?? []),
    commits: words.filter((word) => /^(?=.*\d)[0-9a-f]{7,64}$/.test(word) && numberIn(word) === undefined),
  };
}

/** `481`, `#481`, `!7`, `repos/a/b/pulls/481/reviews`. */
function numberIn(word: string): number | undefined {
  const [, alone, inPath] =
    /^[#!]?([1-9]\d{0,8})$|\/(?:pulls?|pull-?requests|merge_requests)\/([1-9]\d{0,8})(?=\/|$)/i.exec(word) ?? [];
  const digits = alone ?? inPath;
  return digits === undefined ? undefined : Number(digits);
}

/** What is asked of runs: whose approvals, in which pull request. */
export interface RunsToCompare {
  readonly policy: Policy;
  readonly mapped: (identity: Identity) => Identity;
  readonly runs: readonly ApprovingRun[];
  /** Number of the pull request; undefined when unknown. */
  readonly number?: number | undefined;
}

/**
 * Why an approval by `identity` is an agent's, as the end of a sentence; empty when no run says so. A signature is
 * a person's: no agent can give one.
 */
export function givenByAgent(
  { policy, mapped, runs, number }: RunsToCompare,
  identity: Identity,
  { at, earliest, commit, signed }: GivenApproval,
): string {
  if (signed !== undefined) return '';
  for (const run of runs) {
    if (at !== null && (at < run.from - SLACK || (earliest ?? at) > run.until + SLACK)) continue;
    if (number !== undefined && run.numbers.length > 0 && !run.numbers.includes(number)) continue;
    if (run.commits.length > 0 && !run.commits.some((id) => commit.startsWith(id))) continue;
    const user = run.user === null ? undefined : mapped(identityOf(run.user));
    const relation = user === undefined ? 'unclear' : relationOf(policy, user, identity);
    if (relation === 'different') continue;
    return sentence(run, at, relation === 'same');
  }
  return '';
}

function sentence({ id, assistant, user, from }: ApprovingRun, at: number | null, isSure: boolean): string {
  const began = new Date(from).toISOString().slice(0, 16).replace('T', ' ');
  const agent = assistant === null ? 'an agent' : quoted(assistant);
  const record = `run ${id} in ${RUNS_REF}`;
  if (!isSure)
    return `it can't be known whether ${agent} gave it, which approved a change in the quarter of an hour from ${began} UTC on the machine of ${user === null ? 'somebody' : quoted(user)} (${record}): approve it again yourself${user === null ? '' : `, or name the login of ${quoted(user)} in the policy's aliases`}`;
  return at === null
    ? `${agent} approved with this account (${record}), and the time of this approval is not known: approve it again yourself`
    : `${agent} gave it with this account in the quarter of an hour from ${began} UTC (${record}): approve it again yourself, later`;
}
