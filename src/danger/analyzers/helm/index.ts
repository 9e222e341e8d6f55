/**
 * Helm chart values and metadata, helmfiles, and Kustomize. Templates are read as manifests (analyzers/kubernetes).
 */
import { STORES_IN_CHARTS } from '../../helm-store-names-and-ansible-cloud-modules';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import type { Subject } from '../../rules/types';
import {
  compare,
  entriesOf,
  get,
  isNo,
  itemsOf,
  named,
  numberOf,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Noticed, AnalyzerOfFiles } from '../../types';
import { looksLikeManifests } from '../kubernetes/read-manifests';

const VALUES = /(?:^|[/._-])values[^/]*\.ya?ml(?:\.gotmpl)?$|(?:^|\/)(?:charts?|helm)\/(?:[^/]+\/)*[^/]*\.ya?ml$/i;
const CHART = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/i;
const HELMFILE = /(?:^|\/)helmfile[^/]*\.ya?ml(?:\.gotmpl)?$|(?:^|\/)helmfile\.d\//i;
const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;
/** Values may hold manifests further in. */
const isManifests = (text: string | null): boolean => looksLikeManifests(text) && /^apiVersion\s*:/m.test(text ?? '');
export const helm: AnalyzerOfFiles = {
  id: 'helm',
  concerns: ({ path, before, after }) =>
    KUSTOMIZATION.test(path) ||
    ((VALUES.test(path) || CHART.test(path) || HELMFILE.test(path)) &&
      !path.includes('/templates/') &&
      !isManifests(before) &&
      !isManifests(after)) ||
    (/\.ya?ml$/i.test(path) && /kind:\s*(?:HelmRelease|Application)\b/.test(after ?? '')),
  notice: (change) => {
    const sides = sidesOf(change);
    if (sides === null) return [];
    const found: Noticed[] = [];
    const [old, now] = [sides.before[0], sides.after[0]];
    if (CHART.test(change.path)) return dependencies(get(old, 'dependencies'), get(now, 'dependencies'));
    if (KUSTOMIZATION.test(change.path)) return kustomization(old, now);
    if (isManifests(change.after)) {
      for (const [index, after] of sides.after.entries()) {
        const before =
          sides.before.find((one) => textAt(one, 'metadata', 'name') === textAt(after, 'metadata', 'name')) ??
          sides.before[index];
        for (const path of INLINE)
          compare(get(before, ...path), get(after, ...path), (pair) => found.push(...value(pair, releaseOf(after))));
      }
      return found;
    }
    if (HELMFILE.test(change.path)) found.push(...releasesLeft(old, now));
    const chart = change.path.split('/').at(-2) ?? '';
    compare(old, now, (pair) =>
      found.push(
        ...(HELMFILE.test(change.path) ? noticeSetting('helmfile', pair, CHART_ITSELF) : []),
        ...value(pair),
        ...(isOff(pair) ? [] : noticeSetting('kubernetes', pair, { ...CHART_ITSELF, words: { chart } })),
      ),
    );
    return found;
  },
};

const CHART_ITSELF: Subject = { it: 'The chart' };

/** Whether it is a setting of a part that the chart leaves out unless somebody asks for it. */
function isOff({ within }: Pair): boolean {
  for (let above = within; above !== undefined; above = above.within)
    if (isNo(get(above.after, 'enabled'))) return true;
  return false;
}

/** One value of a chart. Only changes count: a chart's initial values are its author's choice. */
const value = (pair: Pair, subject: Subject = CHART_ITSELF): readonly Noticed[] =>
  pair.within?.before === undefined ? [] : noticeSetting('helm', pair, subject);

/** The name under which a manifest installs the chart. */
const releaseOf = (manifest: Tree): Subject => ({
  ...CHART_ITSELF,
  words: { release: textAt(manifest, 'spec', 'releaseName') ?? textAt(manifest, 'metadata', 'name') ?? '' },
});

/** Where manifests hold the values of a chart. */
const INLINE = [
  ['spec', 'values'],
  ['spec', 'source', 'helm', 'valuesObject'],
  ['spec', 'source', 'helm', 'values'],
] as const;

/** Stores that a helmfile no longer names: helmfile leaves them where they are. */
function releasesLeft(before: Tree | undefined, after: Tree | undefined): readonly Noticed[] {
  const names = new Set(itemsOf(get(after, 'releases')).map((one) => textAt(one, 'name')));
  return itemsOf(get(before, 'releases'))
    .filter(
      (release) =>
        !names.has(textAt(release, 'name')) &&
        STORES_IN_CHARTS.test((textAt(release, 'chart') ?? '').split('/').at(-1) ?? '') &&
        !isNo(get(release, 'installed')),
    )
    .map((release) =>
      factWas(
        'destructive/helm-uninstall (medium): Release {name} leaves the helmfile: it goes on running, and nothing manages its data.',
        release,
        { name: named(textAt(release, 'name')) },
      ),
    );
}

function dependencies(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const left = new Set(itemsOf(after).map((one) => textAt(one, 'alias') ?? textAt(one, 'name')));
  return itemsOf(before)
    .filter(
      (chart) =>
        STORES_IN_CHARTS.test(textAt(chart, 'name') ?? '') &&
        !left.has(textAt(chart, 'alias') ?? textAt(chart, 'name')),
    )
    .map((dependency) =>
      factWas('destructive/k8s-removed: Dependency {name} leaves the chart: its data may be deleted.', dependency, {
        name: named(textAt(dependency, 'name')),
      }),
    );
}

const PRECIOUS_FILES =
  /(?:^|[/_-])(?:namespaces?|ns|pvcs?|pv|persistent-?volumes?(?:-?claims?)?|volumes?|statefulsets?|sts|crds?|pdb|database|db|postgres\w*|mysql|redis|mongo\w*|kafka)(?:[._/-]|$)/i;

/** What others in a cluster rest on, though it holds nothing itself. */
const RESTED_ON =
  /(?:^|[/_-])(ingress-nginx|cert-manager|external-(?:dns|secrets)|sealed-secrets|oauths?|[\w-]*operators?|kyverno|gatekeeper|metallb|istio|velero)(?:[_/-]|\.ya?ml|$)/i;

const programOf = (path: string): string | undefined => RESTED_ON.exec(path)?.[1];

/** A binding that makes administrators of the cluster, by its name. */
const ADMINISTERS = /(?:^|[/_-])cluster-?admins?(?=[/_.-]|$)/i;

/** A component that only says how a namespace is to be treated. */
const LABELS = /namespaces?\/?$/i;

function kustomization(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const found: Noticed[] = [];
  const newResources = new Set(['resources', 'bases', 'components', 'crds'].flatMap((key) => textsOf(get(after, key))));
  const bare = (path: string): string => path.replace(/^\.\//, '').replace(/^.*\//, '');
  const names = new Set([...newResources].map(bare));
  for (const key of ['resources', 'bases', 'components', 'crds']) {
    for (const item of itemsOf(get(before, key))) {
      const path = item.text ?? '';
      const isPrecious = PRECIOUS_FILES.test(path) && !(key === 'components' && LABELS.test(path));
      if (
        !newResources.has(path) &&
        !names.has(bare(path)) &&
        (isPrecious ||
          (RESTED_ON.test(path) &&
            (after !== undefined || path.startsWith('https://')) &&
            ![...newResources].some((entry) => programOf(entry) === programOf(path))))
      )
        found.push({
          // with the whole file it may be applied from elsewhere
          ...(isPrecious && after !== undefined ? {} : { severity: 'medium' as const }),
          ...factWas(
            'destructive/k8s-removed: "{path}" is no longer applied: what it holds leaves the cluster when pruned.',
            item,
            { path: named(path) },
          ),
          ...(path.startsWith('https://') ? { cause: 'parts of another repository' } : {}),
        });
    }
  }
  const known = new Set(['resources', 'bases', 'components'].flatMap((key) => textsOf(get(before, key))));
  for (const item of before === undefined ? [] : itemsOf(get(after, 'resources')))
    if (ADMINISTERS.test(item.text ?? '') && ![...known].some((path) => ADMINISTERS.test(path)))
      found.push(
        factAt(
          'permissions/iam-admin (medium): "{path}" is applied from now on: who it names administers the cluster.',
          item,
          {
            path: named(item.text ?? ''),
          },
        ),
      );
  const counts = new Map(
    itemsOf(get(before, 'replicas')).map((one) => [textAt(one, 'name'), numberOf(get(one, 'count'))]),
  );
  for (const replica of itemsOf(get(after, 'replicas'))) {
    const count = get(replica, 'count');
    if (count !== undefined && numberOf(count) === 0 && counts.get(textAt(replica, 'name')) !== 0)
      found.push(
        factAt('destructive/k8s-scale-zero: "{name}" is scaled to zero: it stops.', count, {
          name: named(textAt(replica, 'name')),
        }),
      );
  }
  const [ns, oldNamespace] = [get(after, 'namespace'), textAt(before, 'namespace')];
  if (ns !== undefined && oldNamespace !== undefined && oldNamespace !== ns.text)
    found.push(
      factAt(
        'destructive/k8s-removed: Everything moves to the namespace {now}: objects in {old} are left or pruned, volumes are new.',
        ns,
        { now: named(ns.text ?? ''), old: named(oldNamespace) },
      ),
    );
  if (entriesOf(after).some(([key]) => key.startsWith('patches'))) found.push(...deletions(before, after));
  return found;
}

/** Patches that delete what the base defines. */
function deletions(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const found: Noticed[] = [];
  compare(before, after, ({ before: old, after: newValue }) => {
    if (newValue?.text?.includes('$patch: delete') !== true || old?.text?.includes('$patch: delete') === true) return;
    const kind =
      /kind:\s*(Namespace|PersistentVolume\w*|StatefulSet|CustomResourceDefinition|PodDisruptionBudget)\b/.exec(
        newValue.text,
      )?.[1];
    const row = newValue.text.slice(0, newValue.text.indexOf('$patch: delete')).split('\n').length - 1;
    if (kind !== undefined)
      found.push(factAt('destructive/k8s-removed: A patch deletes a {kind}.', newValue.textLine + row, { kind }));
  });
  return found;
}
