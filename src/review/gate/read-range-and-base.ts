/** What is decided on: a range of commits, its net change, and what the base says of it. */
import { openIncidentsIn, INCIDENTS_FOLDER } from '../../policy/incidents';
import { withOpenIncidents } from '../../policy/decision';
import { isOwnFile, type OpenIncident, type Policy } from '../../policy';
import type { ChangeSource } from './repository-reads';
import type { ChangeQuestion } from './check-question-and-result';
import { withRiskClaims } from './disclosures/doubt-lines-by-ai-risk-trailer';
import type { Range } from './range/commit-range';
import type { Adopted } from './range/adoption-commit';
import type { NetChange } from './range/net-change-with-authors';
import { countedByRecorder, type WithoutRecorder } from './lines-of-commits-without-recorder';
import { readBaseFrom, readNextPolicy, type Base, type NextPolicy } from './read-deciding-files-of-base';

/** A range with what its base says of it. */
export interface CheckedChange {
  /** Id of the base's tip. */
  readonly base: string;
  /** The branch that signed sign-offs are for; null when no branch was named. */
  readonly onto: string | null;
  readonly range: Range;
  /** Why the adoption commit that the policy names exempts nothing. */
  readonly unadopted?: Adopted['unadopted'];
  readonly hasSince: boolean;
  readonly net: NetChange;
  /** Where the policy says what lines of commits without a recorder count as. */
  readonly withoutRecorder?: WithoutRecorder;
  readonly incidents: readonly OpenIncident[];
  /** That the change removes the policy, or leaves one by which nothing can be decided, as a sentence. */
  readonly afterMerge?: string;
  /** The base, with the policy that decides. */
  readonly decided: Base;
}

/** Reads the base's policy and the change at once: neither waits for the other's git. */
export async function readChange(question: ChangeQuestion, source: ChangeSource): Promise<CheckedChange> {
  const names = await source.names([question.base, question.head]);
  const [base = '', head = ''] = names.ids;
  const reading = readBaseFrom(source, question.policyAt ?? base, question.base, head, question.floors);
  reading.catch(() => undefined); // reported below
  const listed = await source.list(base, head);
  const attributionOf = withRiskClaims(
    question.attributionOf,
    reading.then(({ policy }) => question.policyOf?.(policy) ?? policy),
  );
  const netOf = question.netOf ?? source.beginNet(listed, attributionOf);
  const [ofBase, whole] = await Promise.all([reading, source.commits(listed)]);
  const policy = question.policyOf?.(ofBase.policy) ?? ofBase.policy;
  const mergedInto = (question.floors ?? []).length > 0 ? (question.policyAt ?? base) : undefined;
  const { range, unadopted } = await source.sinceAdoption(whole, policy.since, mergedInto);
  const { net, policy: counting, withoutRecorder } = countedByRecorder(await netOf(range), range, policy);
  const incidents = await openIncidents(question, source, ofBase, range, net);
  const paths = pathsOf(net);
  const { files: next, afterMerge }: NextPolicy = changesPolicy(question, policy, paths)
    ? await readNextPolicy(source, { head, base: policy, isChanged: (path) => paths.has(path) }, question.floors)
    : { files: [] };
  const deciding = withOpenIncidents(counting, incidents);
  return {
    base,
    onto: isSigned(question) ? (question.onto ?? (await names.branchOf(question.base))) : null,
    range,
    ...(unadopted === undefined ? {} : { unadopted }),
    hasSince: policy.since !== null,
    net,
    ...(withoutRecorder === undefined ? {} : { withoutRecorder }),
    incidents,
    ...(afterMerge === undefined ? {} : { afterMerge }),
    decided: { ...ofBase, policy: next.length === 0 ? deciding : { ...deciding, filesOfNextPolicy: next } },
  };
}

/** A deployment is of commits whose policy decided already. */
const changesPolicy = ({ policyAt }: ChangeQuestion, policy: Policy, paths: ReadonlySet<string>): boolean =>
  policyAt === undefined && [...paths].some((path) => isOwnFile(policy, path));

/** The paths of its files, and those that renamed ones had. */
const pathsOf = ({ files }: NetChange): ReadonlySet<string> =>
  new Set(files.flatMap(({ attribution: { path, from } }) => (from === null ? [path] : [path, from])));

/** A deployment is of commits that are merged already, wherever from. */
const isSigned = ({ policyAt, signedFor }: ChangeQuestion): boolean =>
  policyAt === undefined && signedFor !== undefined;

/**
 * Those of the base, and those that the change opens. For a deployment only the base counts, since it is of merged
 * commits.
 */
async function openIncidents(
  { policyAt }: ChangeQuestion,
  source: ChangeSource,
  { hasIncidents }: Base,
  range: Range,
  net: NetChange,
): Promise<readonly OpenIncident[]> {
  const touched =
    policyAt === undefined && net.files.some(({ attribution: { path } }) => path.startsWith(`${INCIDENTS_FOLDER}/`));
  if (!hasIncidents && !touched) return [];
  const { firstMergeBase: mergeBase, head } = range;
  return openIncidentsIn(source.incidents, policyAt ?? range.base, touched ? { mergeBase, head } : undefined);
}
