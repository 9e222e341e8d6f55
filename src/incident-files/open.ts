/**
 * Which open incidents hold a change back: those of the base branch, and those that the change itself opens. What the
 * change closes or takes away stays open until it is merged, and what its older branch still calls open is not: the
 * base knows better.
 */
import type { Repository } from '../git';
import type { OpenIncident } from '../policy';
import { baseCommit, incidentsIn, workTreeIncidents } from './load';

/**
 * By ids of commits. `own`: where the change began and ends, where it touches incident files; without it the base alone
 * decides. Throws a GitError.
 */
export async function openIncidentsIn(
  repository: Repository,
  base: string,
  own?: { readonly mergeBase: string; readonly head: string },
): Promise<readonly OpenIncident[]> {
  const { open: there } = await incidentsIn(repository, base);
  if (own === undefined) return there;
  const { open: before } = await incidentsIn(repository, own.mergeBase);
  const { open: here } = await incidentsIn(repository, own.head);
  return together(there, before, here);
}

/** For uncommitted work. Costs one git call at most where nothing is open. Throws a GitError. */
export async function openIncidentsHere(repository: Repository): Promise<readonly OpenIncident[]> {
  const base = await baseCommit(repository);
  const { open: here } = await workTreeIncidents(repository);
  if (base === undefined) return here;
  const { open: there } = await incidentsIn(repository, base);
  if (without(here, there).length === 0) return there;
  const { code, stdout } = await repository.git(['merge-base', base, 'HEAD'], { codes: [0, 1, 128] });
  const before = code === 0 ? (await incidentsIn(repository, stdout.toString('utf8').trim())).open : [];
  return together(there, before, here);
}

/** @param before What was open where the branch began. */
const together = (
  there: readonly OpenIncident[],
  before: readonly OpenIncident[],
  here: readonly OpenIncident[],
): readonly OpenIncident[] => [...there, ...without(without(here, there), before)];

/** Those that the others do not hold back for the same files. */
function without(some: readonly OpenIncident[], others: readonly OpenIncident[]): readonly OpenIncident[] {
  const known = new Set(others.map(keyOf));
  return some.filter((one) => !known.has(keyOf(one)));
}

const keyOf = ({ file, paths }: OpenIncident): string => JSON.stringify([file, paths]);
