/**
 * Which open incidents block a change: those of the base branch, and those that the change itself opens. What the
 * change closes or removes stays open until it is merged, and what its older branch still lists as open does not count:
 * the base is more recent.
 */
import type { Repository } from '../../git';
import type { OpenIncident } from '..';
import { baseCommit } from '../load';
import { incidentsIn, workTreeIncidents } from './load-incidents';
import type { Incidents } from './types';

/**
 * By ids of commits, each read by `incidents`. `own`: the change's start and end, if it touches incident files; without
 * it only the base counts.
 */
export async function openIncidentsIn(
  incidents: (commit: string) => Promise<Pick<Incidents, 'open'>>,
  base: string,
  range?: { readonly mergeBase: string; readonly head: string },
): Promise<readonly OpenIncident[]> {
  const { open: there } = await incidents(base);
  if (range === undefined) return there;
  const { open: before } = await incidents(range.mergeBase);
  const { open: here } = await incidents(range.head);
  return together(there, before, here);
}

/** For uncommitted work. At most one git call when nothing is open. Throws a GitError. */
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

/** Those that the others do not already block the same files for. */
function without(some: readonly OpenIncident[], others: readonly OpenIncident[]): readonly OpenIncident[] {
  const known = new Set(others.map(keyOf));
  return some.filter((one) => !known.has(keyOf(one)));
}

const keyOf = ({ file, paths }: OpenIncident): string => JSON.stringify([file, paths]);
