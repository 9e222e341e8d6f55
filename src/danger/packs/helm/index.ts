/**
 * Helm chart values and metadata, helmfiles, and Kustomize. Templates are read as manifests (packs/kubernetes).
 */
import {
  compare,
  entriesOf,
  get,
  gone,
  isNo,
  isYes,
  itemsOf,
  named,
  numberOf,
  on,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
} from '../../tree';
import type { Noticed, PackOfFiles } from '../../types';
import { bytesOf } from '../kubernetes/lifecycle';
import { looksLikeManifests } from '../kubernetes/manifest';
import { noticePrivilege } from '../kubernetes/privileges';

const VALUES = /(?:^|[/._-])values[^/]*\.ya?ml(?:\.gotmpl)?$|(?:^|\/)(?:charts?|helm)\/(?:[^/]+\/)*[^/]*\.ya?ml$/i;
const CHART = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/i;
const HELMFILE = /(?:^|\/)helmfile[^/]*\.ya?ml(?:\.gotmpl)?$|(?:^|\/)helmfile\.d\//i;
const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;
/** Parts of charts that keep data. */
const STORES =
  /postgres|mysql|mariadb|mongo|redis|valkey|kafka|rabbitmq|elasticsearch|opensearch|cassandra|clickhouse|minio|etcd|zookeeper|cockroach|influx|neo4j|vault|couchdb|nats|database|^db$/i;

export const helm: PackOfFiles = {
  id: 'helm',
  concerns: ({ path, before, after }) =>
    KUSTOMIZATION.test(path) ||
    ((VALUES.test(path) || CHART.test(path) || HELMFILE.test(path)) &&
      !path.includes('/templates/') &&
      !looksLikeManifests(before) &&
      !looksLikeManifests(after)) ||
    (/\.ya?ml$/i.test(path) && /kind:\s*(?:HelmRelease|Application)\b/.test(after ?? '')),
  notice: (change) => {
    const sides = sidesOf(change);
    if (sides === null) return [];
    const found: Noticed[] = [];
    const [old, now] = [sides.before[0], sides.after[0]];
    if (CHART.test(change.path)) return dependencies(get(old, 'dependencies'), get(now, 'dependencies'));
    if (KUSTOMIZATION.test(change.path)) return kustomization(old, now);
    if (looksLikeManifests(change.after)) {
      for (const [index, after] of sides.after.entries()) {
        const before =
          sides.before.find((one) => textAt(one, 'metadata', 'name') === textAt(after, 'metadata', 'name')) ??
          sides.before[index];
        for (const path of INLINE)
          compare(get(before, ...path), get(after, ...path), (pair) => found.push(...value(pair)));
      }
      return found;
    }
    compare(old, now, (pair) =>
      found.push(
        ...(HELMFILE.test(change.path) ? release(pair) : []),
        ...value(pair),
        ...noticePrivilege(pair, 'The chart'),
      ),
    );
    return found;
  },
};

/** Where manifests hold the values of a chart. */
const INLINE = [
  ['spec', 'values'],
  ['spec', 'source', 'helm', 'valuesObject'],
  ['spec', 'source', 'helm', 'values'],
] as const;

const PERSISTENCE =
  /^(?:persistence|persistent|persistentVolume|persistentVolumeClaim|persistentStorage|storage|pvc|dataVolume|volume|volumeClaimTemplate|diskStorage|backup|backups|snapshots)$/i;

/** One value of a chart. Only changes count: a chart's initial values are its author's choice. */
function value(pair: Pair): readonly Noticed[] {
  const { key, before, after, within } = pair;
  if (same(before, after) || within?.before === undefined) return [];
  const parent = within.key;
  const place = after ?? { line: 1 };
  const where = named([...pair.path].filter((step) => step !== '[]').join('.'));
  if ((key === 'enabled' || key === 'create') && isYes(before) && isNo(after)) {
    if (/backup|snapshot/i.test(parent))
      return [on('destructive/k8s-reclaim', place, `Backups are switched off (${where}).`)];
    if (PERSISTENCE.test(parent))
      return [
        on('destructive/k8s-reclaim', place, `Data is no longer kept on a volume (${where}): it goes with the pod.`),
      ];
    if (STORES.test(parent))
      return [
        on('destructive/k8s-removed', place, `Part ${named(parent)} leaves the release with its data (${where}).`),
      ];
    if (/^(?:podDisruptionBudget|pdb)$/i.test(parent))
      return [on('destructive/k8s-removed', place, `The disruption budget leaves the release (${where}).`)];
    if (/^networkPolic(?:y|ies)$/i.test(parent))
      return [on('permissions/net-open', place, `The network policy leaves the release (${where}).`)];
    if (/^(?:auth|authentication|rbac|security|oauth2?|basicAuth|acl)$/i.test(parent))
      return [on('permissions/auth-removed', place, `Access is no longer checked (${where}).`)];
    if (/^crds?$/i.test(parent))
      return [
        on(
          'destructive/k8s-removed',
          place,
          `The definitions of custom resources leave the release: all objects of these kinds are deleted (${where}).`,
        ),
      ];
  }
  if (PERSISTENCE.test(key) && isYes(before) && isNo(after))
    return [on('destructive/k8s-reclaim', place, `Data is no longer kept on a volume (${where}).`)];
  if (
    /^(?:persistenceEnabled|enablePersistence|persistentVolumeEnabled|backupEnabled)$/i.test(key) &&
    isYes(before) &&
    isNo(after)
  )
    return [on('destructive/k8s-reclaim', place, `Data is no longer kept on a volume (${where}).`)];
  if (
    /^(?:replicaCount|replicas|minReplicas|replicaCounts?|numReplicas|desiredReplicas|nodeCount|clusterSize)$/i.test(
      key,
    ) &&
    numberOf(after) === 0 &&
    numberOf(before) !== 0 &&
    before !== undefined
  )
    return [on('destructive/k8s-scale-zero', place, `The release is scaled to zero: it stops (${where}).`)];
  if (key === 'type' && /strategy$/i.test(parent) && after?.text === 'Recreate')
    return [on('destructive/k8s-recreate', place, `Pods are stopped for every rollout: strategy Recreate (${where}).`)];
  if (/strategy$/i.test(key) && after?.text === 'Recreate')
    return [on('destructive/k8s-recreate', place, `Pods are stopped for every rollout: strategy Recreate (${where}).`)];
  if (/^(?:resourcePolicy|helm\.sh\/resource-policy)$/.test(key) && before?.text === 'keep')
    return [
      after === undefined
        ? gone(
            'destructive/k8s-reclaim',
            before,
            `The volume is no longer kept when the release is removed (${where}).`,
          )
        : on('destructive/k8s-reclaim', after, `The volume is no longer kept when the release is removed (${where}).`),
    ];
  if (/^(?:keep|retain|keepPvc|retainPvc)$/i.test(key) && isYes(before) && isNo(after))
    return [on('destructive/k8s-reclaim', place, `What it keeps is deleted with the release (${where}).`)];
  if (
    /^(?:reclaimPolicy|persistentVolumeReclaimPolicy|deletionPolicy|whenDeleted|whenScaled)$/.test(key) &&
    after?.text === 'Delete' &&
    (before === undefined ? key.startsWith('when') : /^(?:Retain|Orphan)$/.test(before.text ?? ''))
  )
    return [on('destructive/k8s-reclaim', after, `Volumes are deleted with their claims (${where}).`)];
  if (key === 'installCRDs' && isYes(before) && isNo(after))
    return [
      on(
        'destructive/k8s-removed',
        place,
        'The definitions of custom resources leave the release: all objects of these kinds are deleted.',
      ),
    ];
  if (key === 'existingClaim' && before !== undefined && (before.text ?? '') !== '')
    return [
      after === undefined
        ? gone(
            'destructive/k8s-reclaim',
            before,
            `The release no longer uses its volume ${named(before.text ?? '')} (${where}).`,
          )
        : on(
            'destructive/k8s-reclaim',
            after,
            `The release no longer uses its volume ${named(before.text ?? '')} (${where}).`,
          ),
    ];
  if (key === 'emptyDir' && after !== undefined && before === undefined && PERSISTENCE.test(parent))
    return [on('destructive/k8s-reclaim', after, `Data goes with the pod: the volume is an emptyDir (${where}).`)];
  if (
    PERSISTENCE.test(parent) &&
    key === 'size' &&
    after !== undefined &&
    (bytesOf(after.text) ?? 0) < (bytesOf(before?.text ?? null) ?? 0)
  )
    return [
      on('destructive/k8s-immutable', after, `A claim cannot shrink: it has to be deleted and recreated (${where}).`),
    ];
  if (
    PERSISTENCE.test(parent) &&
    /^storageClass(?:Name)?$/.test(key) &&
    (before?.text ?? '') !== '' &&
    (after?.text ?? '') !== ''
  )
    return [
      on(
        'destructive/k8s-immutable',
        place,
        `The storage class of a claim cannot change: it has to be deleted and recreated (${where}).`,
      ),
    ];
  if (
    /^(?:fullnameOverride|nameOverride|namespaceOverride)$/.test(key) &&
    (before?.text ?? '') !== '' &&
    (after?.text ?? '') !== ''
  )
    return [
      on(
        'destructive/k8s-immutable',
        place,
        `Everything in the release gets another name: it is deleted and recreated (${where}).`,
      ),
    ];
  if (/^clusterAdmin(?:Access|Role)?$/i.test(key) && isYes(after))
    return [on('permissions/iam-admin', place, `The release becomes administrator of the cluster (${where}).`)];
  if (
    key === 'type' &&
    parent === 'service' &&
    after?.text === 'LoadBalancer' &&
    pair.path.some((step) => STORES.test(step))
  )
    return [on('permissions/net-open', after, `The store is reachable from outside the cluster (${where}).`)];
  return [];
}

function dependencies(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const left = new Set(itemsOf(after).map((one) => textAt(one, 'alias') ?? textAt(one, 'name')));
  return itemsOf(before)
    .filter((one) => STORES.test(textAt(one, 'name') ?? '') && !left.has(textAt(one, 'alias') ?? textAt(one, 'name')))
    .map((one) =>
      gone(
        'destructive/k8s-removed',
        one,
        `Dependency ${named(textAt(one, 'name') ?? '')} leaves the chart: its data may be deleted.`,
      ),
    );
}

function release({ key, before, after, within }: Pair): readonly Noticed[] {
  const name = `Release ${named(textAt(within?.after, 'name'))}`;
  if (key === 'installed' && isNo(after) && !isNo(before))
    return [on('destructive/helm-uninstall', after ?? { line: 1 }, `${name} is uninstalled.`)];
  if ((key === 'force' || key === 'recreatePods') && isYes(after) && !isYes(before))
    return [on('destructive/helm-uninstall', after ?? { line: 1 }, `${name} may be deleted and recreated (${key}).`)];
  return [];
}

const PRECIOUS_FILES =
  /(?:^|[/_-])(?:namespaces?|ns|pvcs?|pv|persistent-?volumes?(?:-?claims?)?|volumes?|statefulsets?|sts|crds?|pdb|database|db|postgres\w*|mysql|redis|mongo\w*|kafka)(?:[._/-]|$)/i;

function kustomization(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const found: Noticed[] = [];
  const left = new Set(['resources', 'bases', 'components', 'crds'].flatMap((key) => textsOf(get(after, key))));
  const bare = (path: string): string => path.replace(/^\.\//, '').replace(/^.*\//, '');
  const names = new Set([...left].map(bare));
  for (const key of ['resources', 'bases', 'components', 'crds']) {
    for (const item of itemsOf(get(before, key))) {
      const path = item.text ?? '';
      if (!left.has(path) && !names.has(bare(path)) && PRECIOUS_FILES.test(path))
        found.push(
          gone(
            'destructive/k8s-removed',
            item,
            `"${named(path)}" is no longer applied: what it holds leaves the cluster when pruned.`,
          ),
        );
    }
  }
  const counts = new Map(
    itemsOf(get(before, 'replicas')).map((one) => [textAt(one, 'name'), numberOf(get(one, 'count'))]),
  );
  for (const one of itemsOf(get(after, 'replicas'))) {
    const count = get(one, 'count');
    if (count !== undefined && numberOf(count) === 0 && counts.get(textAt(one, 'name')) !== 0)
      found.push(
        on('destructive/k8s-scale-zero', count, `"${named(textAt(one, 'name'))}" is scaled to zero: it stops.`),
      );
  }
  const [ns, was] = [get(after, 'namespace'), textAt(before, 'namespace')];
  if (ns !== undefined && was !== undefined && was !== ns.text)
    found.push(
      on(
        'destructive/k8s-removed',
        ns,
        `Everything moves to the namespace ${named(ns.text ?? '')}: objects in ${named(was)} are left or pruned, volumes are new.`,
      ),
    );
  if (entriesOf(after).some(([key]) => key.startsWith('patches'))) found.push(...deletions(before, after));
  return found;
}

/** Patches that delete what the base defines. */
function deletions(before: Pair['before'], after: Pair['after']): readonly Noticed[] {
  const found: Noticed[] = [];
  compare(before, after, ({ before: old, after: now }) => {
    if (now?.text?.includes('$patch: delete') !== true || old?.text?.includes('$patch: delete') === true) return;
    const kind =
      /kind:\s*(Namespace|PersistentVolume\w*|StatefulSet|CustomResourceDefinition|PodDisruptionBudget)\b/.exec(
        now.text,
      )?.[1];
    const row = now.text.slice(0, now.text.indexOf('$patch: delete')).split('\n').length - 1;
    if (kind !== undefined)
      found.push(on('destructive/k8s-removed', { line: now.textLine + row }, `A patch deletes a ${kind}.`));
  });
  return found;
}
