/** Which debts block a deployment: those of a change that it includes, and every overdue one. */
import type { Range } from '..';
import { isAncestor, Changes } from '../../../provenance/commits';
import { outputLines, type Repository } from '../../../git';
import { quoted } from '../../../policy';
import { debts, unpaidDebts, type Debt } from './emergency-debts';

export interface HeldByDebts {
  /** Why the deployment is blocked, and what to do, as sentences. */
  readonly holding: readonly string[];
  /** What is deployed unpaid all the same, as sentences. */
  readonly notices: readonly string[];
  /** Ids of the commits that an emergency let through, and that `emergency` now deploys without a soak time. */
  readonly lifted: readonly string[];
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
  if (range.commits.length === 0) return { holding: [], notices: [], lifted: [] };
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
    else if (place !== 'elsewhere')
      notices.push(`The emergency (${quoted(emergency ?? '')}) does not wait for this: ${says}`);
  }
  const lifted = new Set<string>();
  for (const debt of emergency === null ? [] : await debts(repository))
    for (const id of await letThrough(repository, debt, range, changes)) lifted.add(id);
  return { holding, notices, lifted: [...lifted] };
}

type Place = Pick<Range, 'base' | 'commits'>;

/** Whether the range's commits include what was let through, unchanged or rewritten by a squash or rebase. */
async function placeOf(
  repository: Repository,
  debt: Debt,
  range: Place,
  changes: Changes,
): Promise<'here' | 'elsewhere' | 'unknown'> {
  if (range.commits.some(({ id }) => id === debt.head)) return 'here';
  if ((await repository.commitId(debt.head)) === undefined) return 'unknown';
  if (await isAncestor(repository, debt.head, range.base)) return 'elsewhere';
  const copies = await copiesOf(await rangeOf(repository, debt), [debt.head], range, changes);
  return copies.length > 0 ? 'here' : 'elsewhere';
}

/** The range's commits that a debt let through, unchanged or rewritten by a squash or rebase. */
async function letThrough(
  repository: Repository,
  debt: Debt,
  range: Place,
  changes: Changes,
): Promise<readonly string[]> {
  if ((await repository.commitId(debt.head)) === undefined) return [];
  const whole = await rangeOf(repository, debt);
  const made = outputLines(await repository.text(['rev-list', `${whole.from}..${debt.head}`]));
  if (range.commits.some(({ id }) => id === debt.head))
    return range.commits.flatMap(({ id }) => (made.includes(id) ? [id] : []));
  if (await isAncestor(repository, debt.head, range.base)) return [];
  return copiesOf(whole, made, range, changes);
}

interface Whole {
  readonly from: string;
  readonly head: string;
}

/** All that a debt let through, as one change. */
async function rangeOf(repository: Repository, { base, head }: Debt): Promise<Whole> {
  const before = await repository.text(['merge-base', base, head], { codes: [0, 1, 128] });
  return { from: before.trim() === '' ? `${head}^` : before.trim(), head };
}

/** The range's commits that make the same change as all of a debt, or as one of its `commits`. */
async function copiesOf(
  { from, head }: Whole,
  commits: readonly string[],
  range: Place,
  changes: Changes,
): Promise<readonly string[]> {
  const wanted = [await changes.of(from, head)];
  for (const id of commits) {
    const change = await changes.of(`${id}^`, id).catch(() => undefined); // the first commit has no parent
    if (change !== undefined) wanted.push(change);
  }
  const found: string[] = [];
  for (const { id, parents } of range.commits) {
    const made = await changes.of(parents[0], id);
    for (const change of wanted)
      if (changes.mayEqual(made, change) && (await changes.key(made)) === (await changes.key(change))) {
        found.push(id);
        break;
      }
  }
  return found;
}
