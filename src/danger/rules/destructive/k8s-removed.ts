import { STORES_IN_CHARTS } from '../../helm-store-names-and-ansible-cloud-modules';
import { once } from '../../lazy-value';
import { entriesOf, get, isNo, itemsOf, textAt, type Pair, type Tree } from '../../yaml-and-json';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a namespace, volume claim, StatefulSet or custom resource definition that is removed from the manifests',
  why: 'A cluster that follows the repository deletes the object, and with it the data or the protection that it held.',
  fix: 'Back up the volumes, and remove the object in a change of its own.',
} as const satisfies Rule;

const OFF = { before: 'yes', after: 'no' } as const;
const CRDS = 'The definitions of custom resources leave the release: all objects of these kinds are deleted';

/** Lists of stores that an operator makes, and deletes with their entry. */
const STORES_IN_LISTS = /(?:fileSystems|blockPools|objectStores|databases|buckets)$/i;

/** Lists of programs, and what shows that an entry is one. */
const PROGRAMS_IN_LISTS = /(?:applications|apps|deployments|workloads)$/i;
const RUNS = ['image', 'chart', 'helmValues', 'values', 'repoURL', 'replicas', 'replicaCount'];

const namesIn = (tree: Tree | undefined): readonly string[] => [
  ...itemsOf(tree).map((item) => textAt(item, 'name') ?? ''),
  ...entriesOf(tree).map(([key]) => key),
];

/** What takes its place, or its name, is added beside it. */
function isProgramThatLeaves({ before, within }: Pair): boolean {
  const known = namesIn(within?.before);
  return (
    RUNS.some((key) => get(before, key) !== undefined) &&
    !isNo(get(before, 'enabled')) &&
    namesIn(within?.after).every((name) => known.includes(name))
  );
}

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  helm: [
    { key: 'enabled create', under: STORES_IN_CHARTS, ...OFF, says: 'Part {parent} leaves the release with its data ({where}).' },
    { key: 'enabled create', under: /^(?:podDisruptionBudget|pdb)$/i, ...OFF, says: 'The disruption budget leaves the release ({where}).' },
    { key: 'enabled create', under: /^crds?$/i, ...OFF, says: `${CRDS} ({where}).` },
    { key: '[]', under: STORES_IN_LISTS, before: 'there', after: 'absent', together: true, says: '{before.name} leaves the release with its data ({where}).' },
    { key: '[]', under: PROGRAMS_IN_LISTS, before: 'there', after: 'absent', stays: true, together: true, severity: 'medium', only: isProgramThatLeaves, says: 'The program {before.name} leaves the release, and stops ({where}).' },
    { key: /^(?!\[\]$)/, under: PROGRAMS_IN_LISTS, before: 'there', after: 'absent', stays: true, severity: 'medium', only: isProgramThatLeaves, says: 'The program {key} leaves the release, and stops ({where}).' },
    { key: 'installCRDs', ...OFF, says: `${CRDS}.` },
  ],
  'kubernetes-update': [
    { key: 'maxUnavailable', of: 'PodDisruptionBudget', after: /^100%$/, says: '{it} no longer keeps any replica running.' },
    { key: 'minAvailable', of: 'PodDisruptionBudget', after: /^0%?$/, says: '{it} no longer keeps any replica running.' },
  ],
}));
