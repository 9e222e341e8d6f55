/** What a branch still needs before it may be merged: the gate's decision on its commits, in brief. */
import { addCounts, countLines, NO_COUNTS } from '../../provenance/authorship';
import type { Counts } from '../../provenance/authorship/types';
import { GateError, type SignedFor } from '../gate';
import type { Repository } from '../../git';
import { signersOf } from '../../policy/decision';
import { type Decision, type Policy, rankOf, type RequirementResult, tierOf } from '../../policy';
import { type Ahead, findAhead } from '../pull-request';
import { decideRange } from './decide-range';

export interface BranchStanding extends Omit<Ahead, 'baseRef' | 'people' | 'remote'> {
  /** Tiers that the commits touch, highest first; last the files that are in no tier. */
  readonly tiers: readonly BranchTier[];
  /** Required in addition to the tiers. */
  readonly required: readonly RequirementResult[];
  /** How many commits have AI lines by their messages, but no note here that locates them. */
  readonly withoutNotes: number;
  /** What people must know, as sentences. */
  readonly notices: readonly string[];
}

export interface BranchTier {
  /** Null: files that are in no tier. */
  readonly name: string | null;
  readonly added: Counts;
  readonly removed: Counts;
  readonly required: readonly RequirementResult[];
  /** Who may give the strictest missing sign-off; empty when none is missing, or the policy names nobody. */
  readonly signers: readonly string[];
  readonly files: readonly {
    readonly path: string;
    readonly deleted: boolean;
    readonly added: Counts;
    readonly removed: Counts;
  }[];
}

/** More commits are not examined while somebody works. */
const COMMITS_AT_MOST = 150;

/**
 * Undefined when the base is unknown or the branch has no commits that the base lacks. Throws a ReviewError, a
 * GateError or a GitError.
 */
export async function branchStanding(
  repository: Repository,
  now: () => number,
  signedFor: SignedFor,
): Promise<BranchStanding | undefined> {
  const ahead = await findAhead(repository.root);
  if (ahead === undefined || ahead.subjects.length === 0) return undefined;
  const { baseRef, people, branch, base, onBase, subjects } = ahead;
  const facts = { branch, base, onBase, subjects };
  if (facts.subjects.length > COMMITS_AT_MOST)
    return {
      ...facts,
      tiers: [],
      required: [],
      withoutNotes: 0,
      notices: ['This branch has too many commits to check while you work. "linekeeper check" decides on them.'],
    };
  try {
    const { decision, files, policy, withoutNotes, notices } = await decideRange(repository, baseRef, now, signedFor);
    return {
      ...facts,
      tiers: tiersOf(decision, files, policy, people),
      required: decision.required,
      withoutNotes: withoutNotes.length,
      notices,
    };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { ...facts, tiers: [], required: [], withoutNotes: 0, notices: [error.message] };
  }
}

type Files = Awaited<ReturnType<typeof decideRange>>['files'];

function tiersOf(decision: Decision, files: Files, policy: Policy, people: readonly string[]): BranchTier[] {
  const rows = new Map(
    files.map((file) => [
      file.path,
      {
        path: file.path,
        deleted: file.status === 'D',
        added: countLines(file.ranges),
        removed: countLines(file.removed),
      },
    ]),
  );
  const tiers = decision.tiers.map((tier): BranchTier => {
    const from = tier.required.flatMap((one) => (one.satisfied || one.from === null ? [] : [one.from]));
    const [strictest] = from.sort((one, other) => rankOf(policy, other) - rankOf(policy, one));
    return {
      name: tier.name,
      added: tier.added,
      removed: tier.removed,
      required: tier.required,
      signers: strictest === undefined ? [] : signersOf(policy, strictest, people).names,
      files: tier.files.flatMap((path) => rows.get(path) ?? []),
    };
  });
  const others = files.filter(
    ({ path, from }) =>
      tierOf(policy, { path, from, findings: [] }) === null &&
      !decision.tiers.some((tier) => tier.files.includes(path)),
  );
  if (others.length === 0) return tiers;
  const sum = (side: 'added' | 'removed'): Counts =>
    others.reduce((all, { path }) => addCounts(all, rows.get(path)?.[side] ?? NO_COUNTS), NO_COUNTS);
  return [
    ...tiers,
    {
      name: null,
      added: sum('added'),
      removed: sum('removed'),
      required: [],
      signers: [],
      files: others.flatMap(({ path }) => rows.get(path) ?? []),
    },
  ];
}
