/**
 * The decision on the commits from a base to HEAD, with its inputs.
 */
import type { FileAttribution } from '../../provenance/authorship/types';
import {
  checkRange,
  commitOf,
  commitsWithoutNotes,
  GateError,
  netChange,
  readBase,
  readRange,
  sinceAdoption,
  withRiskClaims,
  attributionOnce,
  type NetChange,
  type SignedFor,
} from '../gate';
import { blastRadius, type BlastRadius } from '../../policy/blast-radius';
import { findInRange, textsOfBlobs } from '../../policy/findings';
import type { Repository } from '../../git';
import { decide } from '../../policy/decision';
import {
  BUILT_IN_SOURCE,
  changedFileIn,
  identityOf,
  levelOf,
  levelOfChange,
  type AddedDependency,
  type Decision,
  type Policy,
  type OwnersOf,
} from '../../policy';
import { knownTeams, loadPolicyAndPeople, managedFloors, ownersAt } from '../../policy/load';

interface DecidedRange {
  readonly decision: Decision;
  /** Libraries that the change declares. */
  readonly dependencies: readonly AddedDependency[];
  /** The net change from the merge base to HEAD. */
  readonly files: readonly FileAttribution[];
  readonly policy: Policy;
  readonly ownersOf: OwnersOf;
  /** Commits that have AI lines by their trailers, but no note here that locates them. */
  readonly withoutNotes: readonly string[];
  /** What depends on the change; undefined when it could not be computed. Two or three git calls. */
  readonly blast: () => Promise<BlastRadius | undefined>;
  readonly notices: readonly string[];
}

/**
 * Decides like the gate. When the base has no usable policy, by the one that applies on this machine (the working
 * copy's policy, else the built-in one), and a notice says so: requesting a review is never wrong. `signedFor`: which
 * signed sign-offs count; without it none does. Throws a GateError or a GitError.
 */
export async function decideRange(
  repository: Repository,
  baseRef: string,
  now: () => number,
  signedFor?: SignedFor,
): Promise<DecidedRange> {
  const attributionOf = attributionOnce(repository, now);
  const base = await commitOf(repository, baseRef);
  const head = await commitOf(repository, 'HEAD');
  const all = await readRange(repository, base, head);
  try {
    const floors = managedFloors();
    const { policy, owners } = await readBase(repository, base, baseRef, null, floors);
    const { range } = await sinceAdoption(repository, all, policy.since, floors.length > 0 ? base : undefined);
    let known: Promise<NetChange> | undefined;
    const net = (): Promise<NetChange> =>
      (known ??= netChange(repository, range, withRiskClaims(attributionOf, policy)));
    const decision = await checkRange({
      repository,
      base: baseRef,
      head,
      actor: null,
      beforehand: true,
      ...(signedFor === undefined ? { approvals: null } : { approvals: [], signedFor }),
      teams: knownTeams(repository, now()),
      attributionOf,
      findingsOf: findInRange,
      floors,
      netOf: net,
      now: now(),
    });
    return {
      decision,
      dependencies: decision.dependencies,
      files: attributionsOf(await net()),
      policy,
      ownersOf: owners,
      withoutNotes: commitsWithoutNotes(range.commits, (await net()).commits),
      blast: async () => blastOf(repository, await net(), head, owners),
      notices: [],
    };
  } catch (error) {
    if (!(error instanceof GateError) || error.reason !== 'policy') throw error;
    const { policy, source, problems } = await loadPolicyAndPeople(repository);
    const net = await netChange(repository, all, withRiskClaims(attributionOf, policy));
    const looked = await findInRange(repository, net.files, policy, head);
    const files = net.files.map(({ attribution, unplaced }) => changedFileIn(looked, attribution, unplaced));
    const { level } = levelOfChange(
      policy,
      all.commits.map(({ author }) => levelOf(policy, identityOf(author.email), knownTeams(repository, now()))),
    );
    return {
      decision: decide({ policy, files, level, approvals: {} }),
      dependencies: [],
      files: attributionsOf(net),
      policy,
      ownersOf: await ownersAt(repository, base),
      withoutNotes: commitsWithoutNotes(all.commits, net.commits),
      blast: async () => blastOf(repository, net, head, await ownersAt(repository, base)),
      notices: [
        `${error.message} Until then this goes by the ${source === BUILT_IN_SOURCE || problems.length > 0 ? 'built-in policy' : `policy of ${source}`}.`,
      ],
    };
  }
}

/** For information only: it never blocks a request. */
async function blastOf(
  repository: Repository,
  { files }: NetChange,
  head: string,
  ownersOf: OwnersOf,
): Promise<BlastRadius | undefined> {
  try {
    const { changes } = await textsOfBlobs(
      repository,
      files.map(({ attribution: { path, from }, oldId, newId }) => ({ path, from, oldId, newId })),
    );
    return await blastRadius(repository, { changes, tree: head, owners: () => Promise.resolve(ownersOf) });
  } catch {
    return undefined;
  }
}

const attributionsOf = ({ files }: NetChange): readonly FileAttribution[] =>
  files.map(({ attribution }) => attribution);
