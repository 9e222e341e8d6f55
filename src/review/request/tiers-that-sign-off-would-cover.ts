/** What a sign-off on the checked-out branch would cover, as the gate sees it. */
import { knownTeams, managedFloors } from '../../policy/load';
import { checkRange, attributionOnce, type CheckResult, type SignedFor } from '../gate';
import { findInRange } from '../../policy/findings';
import type { Repository } from '../../git';
import { stillMissing, withoutCovered } from '../../policy/decision';
import { requirementText, SEVERITIES } from '../../policy';
import { ReviewError } from '../forges';
import { reviewRange } from './range-of-checked-out-branch';

export interface TierToSign {
  readonly name: string;
  readonly files: readonly string[];
  readonly added: CheckResult['tiers'][number]['added'];
  readonly removed: CheckResult['tiers'][number]['removed'];
  /** What the policy requires for it, such as `a senior's sign-off`, without what a stronger one covers. */
  readonly asks: readonly string[];
  /** Why something is still missing; empty when nothing is. */
  readonly missing: readonly string[];
}

/** What is signed, and what a person must see first. */
export interface SignOffToGive extends Pick<CheckResult, 'base' | 'head' | 'mergeBase' | 'policy' | 'changes'> {
  readonly branch: string | null;
  readonly onto: string;
  /** Tiers that people have to sign off, highest first. */
  readonly tiers: readonly TierToSign[];
  /** In those tiers, the worst first. */
  readonly findings: readonly Pick<
    CheckResult['findings'][number],
    'severity' | 'path' | 'line' | 'message' | 'tier'
  >[];
  /** Sign-offs that do not count, and why: the end of a sentence. */
  readonly refused: readonly { readonly tier: string; readonly why: string }[];
}

/** Throws a ReviewError, a GateError or a GitError. */
export async function signOffToGive(
  repository: Repository,
  now: () => number,
  signedFor: SignedFor,
): Promise<SignOffToGive> {
  const range = await reviewRange(repository);
  if (range === undefined)
    throw new ReviewError(
      'no-base',
      'There is no other branch to compare with, so nothing to sign off. Check out the branch that you review; if its target is only on the remote, fetch it: git fetch',
    );
  const result = await checkRange({
    repository,
    base: range.baseRef,
    head: 'HEAD',
    actor: null,
    beforehand: true,
    approvals: [],
    signedFor,
    teams: knownTeams(repository, now()),
    attributionOf: attributionOnce(repository, now),
    findingsOf: findInRange,
    floors: managedFloors(),
  });
  const tiers = result.tiers.filter(({ required }) => required.some((one) => one.from !== null));
  return {
    base: result.base,
    head: result.head,
    mergeBase: result.mergeBase,
    policy: result.policy,
    changes: result.changes,
    branch: range.branch,
    onto: result.onto ?? range.base,
    tiers: tiers.map(({ name, files, added, removed, required }) => ({
      name,
      files,
      added,
      removed,
      asks: withoutCovered(required).flatMap((requirement) =>
        requirement.from === null ? [] : [requirementText({ ...requirement, from: requirement.from })],
      ),
      missing: stillMissing(required).map((one) => one.missing),
    })),
    findings: result.findings
      .filter(({ tier }) => tiers.some(({ name }) => name === tier))
      .map(({ severity, path, line, message, tier }) => ({ severity, path, line, message, tier }))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    refused: result.signOffs.flatMap(({ counts, tier, why }) => (counts ? [] : [{ tier, why }])),
  };
}
