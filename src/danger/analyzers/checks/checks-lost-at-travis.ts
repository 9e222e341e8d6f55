/** Runs and databases that Travis leaves out, or whose failure counts for nothing. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { get, itemsOf, named, same, sidesOf, type Tree } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import { valuesOf } from './checks-and-triggers-lost-in-ci';

/** Runs at Travis that were there before, and whose failure counts for nothing now. */
export function mayFailAtTravis(change: Change): readonly Noticed[] {
  if (!/(?:^|\/)\.travis\.ya?ml$/.test(change.path)) return [];
  const sides = sidesOf(change);
  const allowed = (tree: Tree | undefined): readonly Tree[] =>
    ['matrix', 'jobs'].flatMap((key) => itemsOf(get(tree, key, 'allow_failures')));
  const old = allowed(sides?.before[0]);
  const { before } = change;
  return allowed(sides?.after[0])
    .filter(
      (entry) =>
        !old.some((candidate) => same(candidate, entry)) && valuesOf(entry).every((value) => before?.includes(value)),
    )
    .slice(0, 1)
    .map((entry) => ({
      ...factAt('checks/scanner-dropped (low): A check passes even if it fails ({how}).', entry, {
        how: 'allow_failures',
      }),
      cause: 'may fail',
    }));
}

/** Databases that Travis no longer runs the tests against. */
export function databasesLeftAtTravis(change: Change): readonly Noticed[] {
  if (!/(?:^|\/)\.travis\.ya?ml$/.test(change.path) || change.after === null) return [];
  const sides = sidesOf(change);
  const [earlier = [], later = []] = [sides?.before[0], sides?.after[0]].map((tree) =>
    [get(tree, 'env'), get(tree, 'env', 'matrix'), get(tree, 'env', 'jobs')].flatMap(
      (variables) => variables?.list ?? [],
    ),
  );
  const lost = earlier.find(
    (item) => OF_DATABASE.test(item.text ?? '') && !later.some((candidate) => same(candidate, item)),
  );
  if (lost === undefined || later.length >= earlier.length || later.length === 0) return [];
  return [
    {
      ...factWas('checks/scanner-dropped (medium): The job {id} no longer runs on {system}.', lost, {
        id: 'of tests',
        system: named(lost.text ?? ''),
      }),
      cause: 'machine left',
    },
  ];
}
const OF_DATABASE = /\b(?:DB|DATABASE)\w*=\S/;
