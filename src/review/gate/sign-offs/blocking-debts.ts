/** Which debts block a deployment: those of a change that it includes, and every overdue one. */
import type { Range } from '..';
import { isAncestor, Changes } from '../../../provenance/commits';
import { type Repository } from '../../../git';
import { quoted } from '../../../policy';
import { unpaidDebts, type Debt } from './debts';

export interface HeldByDebts {
  /** Why the deployment is blocked, and what to do, as sentences. */
  readonly holding: readonly string[];
  /** What is deployed unpaid all the same, as sentences. */
  readonly notices: readonly string[];
}

/**
 * The unpaid debts that affect a deployment of `range`; none affect a deployment without new commits (a rollback).
 * `emergency`: the reason why debts that are not overdue may go out; null for none. Throws a GitError.
 */
export async function debtsHolding(
  repository: Repository,
  range: Pick<Range, 'base' | 'commits'>,
  { now, emergency }: { readonly now: number; readonly emergency: string | null },
): Promise<HeldByDebts> {
  if (range.commits.length === 0) return { holding: [], notices: [] };
  const holding: string[] = [];
  const notices: string[] = [];
  const changes = new Changes(repository);
  for (const debt of await unpaidDebts(repository, { now })) {
    const place = debt.overdue ? 'overdue' : await placeOf(repository, debt, range, changes);
    const says =
      place === 'unknown'
        ? `${debt.says} ${debt.head.slice(0, 12)} is not in this clone, so it isn't known whether this deployment has it: fetching it may tell.`
        : debt.says;
    if (place === 'overdue') holding.push(says);
    else if (place !== 'elsewhere' && emergency === null)
      holding.push(`${says} Until then --emergency REASON lets it go out.`);
    else if (place !== 'elsewhere') notices.push(`Goes out as an emergency (${quoted(emergency ?? '')}): ${says}`);
  }
  return { holding, notices };
}

/** Whether the range's commits include what was let through, unchanged or rewritten by a squash or rebase. */
async function placeOf(
  repository: Repository,
  debt: Debt,
  { base, commits }: Pick<Range, 'base' | 'commits'>,
  changes: Changes,
): Promise<'here' | 'elsewhere' | 'unknown'> {
  if (commits.some(({ id }) => id === debt.head)) return 'here';
  if ((await repository.commitId(debt.head)) === undefined) return 'unknown';
  if (await isAncestor(repository, debt.head, base)) return 'elsewhere';
  const before = await repository.text(['merge-base', debt.base, debt.head], { codes: [0, 1, 128] });
  const from = before.trim() === '' ? `${debt.head}^` : before.trim();
  const wanted = [await changes.of(from, debt.head), await changes.of(`${debt.head}^`, debt.head).catch(() => null)];
  for (const { id, parents } of commits) {
    const made = await changes.of(parents[0], id);
    for (const change of wanted)
      if (
        change !== null &&
        changes.mayEqual(made, change) &&
        (await changes.key(made)) === (await changes.key(change))
      )
        return 'here';
  }
  return 'elsewhere';
}
