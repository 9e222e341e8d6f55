/** What a change does to running objects and to the data they keep. */
import {
  compare,
  entriesOf,
  firstDifference,
  get,
  gone,
  isNo,
  isYes,
  itemsOf,
  numberOf,
  on,
  same,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../tree';
import type { Noticed } from '../../types';
import { IMMUTABLE, isDatabaseCluster, KEEPING, PRECIOUS, GROUPS, RECLAIM } from './kinds';
import type { Manifest } from './manifest';

/** An object that is removed from the manifests. */
export function noticeRemoved(old: Manifest): readonly Noticed[] {
  const api = textAt(old.tree, 'apiVersion') ?? '';
  if (old.kind === 'NetworkPolicy')
    return [
      gone('permissions/net-open', old.head, `${old.label} leaves the manifests: traffic that it kept out is let in.`),
    ];
  const group = GROUPS[old.kind];
  if (isDatabaseCluster(old.kind, api))
    return [
      gone('destructive/k8s-removed', old.head, `${old.label} leaves the manifests: the database may be deleted.`),
    ];
  const loss = Object.hasOwn(PRECIOUS, old.kind) ? PRECIOUS[old.kind] : undefined;
  if (loss === undefined || (group !== undefined && !group.test(api))) return [];
  return [gone('destructive/k8s-removed', old.head, `${old.label} leaves the manifests: ${loss}.`)];
}

/** An object that is on both sides. */
export function noticeChanged(old: Manifest, now: Manifest): readonly Noticed[] {
  const found: Noticed[] = [...immutable(old, now), ...claims(old, now), ...versions(old, now)];
  compare(old.tree, now.tree, (pair) => found.push(...place(pair, now)));
  return found;
}

const IMMUTABLE_TOO: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'a claim',
  StatefulSet: 'a StatefulSet',
};

function immutable(old: Manifest, now: Manifest): readonly Noticed[] {
  const paths = Object.hasOwn(IMMUTABLE, now.kind) ? (IMMUTABLE[now.kind] ?? []) : [];
  return paths.flatMap((path): readonly Noticed[] => {
    const [before, after] = [get(old.tree, ...path), get(now.tree, ...path)];
    const field = path.filter((step) => step !== 'spec').join('.');
    if (before === undefined || same(before, after)) return [];
    const message = `${now.label} has to be deleted and recreated: ${field} of ${IMMUTABLE_TOO[now.kind] ?? `a ${now.kind}`} cannot change.`;
    if (after === undefined)
      return field === 'selector' || field === 'volumeClaimTemplates' || field === 'storageClassName'
        ? [gone('destructive/k8s-immutable', before, message)]
        : [];
    if (field === 'volumeClaimTemplates' && sizeOnly(before, after)) return shrinks(before, after, message);
    const { line, side } = firstDifference(before, after);
    return [{ rule: 'destructive/k8s-immutable', line, side, message }];
  });
}

/** A larger size in a template is refused as well, but many tools grow claims that way. */
function sizeOnly(before: Tree, after: Tree): boolean {
  let others = false;
  compare(before, after, ({ path, before: one, after: other }) => {
    if (
      (one?.text ?? null) !== (other?.text ?? null) &&
      !path.includes('resources') &&
      !path.includes('labels') &&
      !path.includes('annotations')
    )
      others = true;
  });
  return !others;
}

function shrinks(before: Tree | undefined, after: Tree | undefined, message: string): readonly Noticed[] {
  const found: Noticed[] = [];
  compare(before, after, ({ key, path, before: one, after: other }) => {
    if (
      key === 'storage' &&
      path.includes('requests') &&
      other !== undefined &&
      (bytesOf(other.text) ?? 0) < (bytesOf(one?.text ?? null) ?? 0)
    )
      found.push(on('destructive/k8s-immutable', other, message));
  });
  return found;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Bytes of a quantity such as `100Gi`. */
export function bytesOf(text: string | null): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]{0,2})$/.exec(text ?? '') ?? [];
  const size = UNITS[unit];
  return number === undefined || size === undefined ? undefined : Number(number) * size;
}

function claims(old: Manifest, now: Manifest): readonly Noticed[] {
  if (now.kind !== 'PersistentVolumeClaim') return [];
  return shrinks(
    get(old.tree, 'spec', 'resources'),
    get(now.tree, 'spec', 'resources'),
    `${now.label} has to be deleted and recreated: a claim cannot shrink.`,
  );
}

/** Versions of a custom resource that are no longer served. */
function versions(old: Manifest, now: Manifest): readonly Noticed[] {
  if (now.kind !== 'CustomResourceDefinition') return [];
  const left = new Map(
    itemsOf(get(now.tree, 'spec', 'versions')).map((version) => [textAt(version, 'name') ?? '', version]),
  );
  if (left.size === 0) return [];
  return itemsOf(get(old.tree, 'spec', 'versions')).flatMap((version): readonly Noticed[] => {
    const name = textAt(version, 'name') ?? '';
    const message = `${now.label} no longer serves ${name}: objects of this version cannot be read.`;
    const still = left.get(name);
    if (still === undefined) return [gone('destructive/k8s-removed', version, message)];
    return isYes(get(version, 'served')) && isNo(get(still, 'served'))
      ? [on('destructive/k8s-removed', get(still, 'served') ?? still, message)]
      : [];
  });
}

/** One place in an object. */
function place(pair: Pair, { label, kind }: Manifest): readonly Noticed[] {
  const { key, before, after, within, path } = pair;
  if (same(before, after)) return [];
  const parent = within?.key ?? '';
  if (parent === 'annotations' && Object.hasOwn(KEEPING, key)) return keeping(pair, label);
  if (Object.hasOwn(RECLAIM, key)) return reclaim(pair, label, kind);
  const [old, now] = [before?.text ?? null, after?.text ?? null];
  switch (key) {
    case 'replicas':
    case 'minReplicas':
    case 'maxReplicas':
      return numberOf(after) === 0 && path.length <= 3 && (key !== 'minReplicas' || before !== undefined)
        ? [on('destructive/k8s-scale-zero', after ?? { line: 1 }, `${label} is scaled to zero: it stops.`)]
        : [];
    case 'type':
      return now === 'Recreate' && /strategy$/i.test(parent)
        ? [
            on(
              'destructive/k8s-recreate',
              after ?? { line: 1 },
              `${label} is stopped for every rollout: strategy Recreate.`,
            ),
          ]
        : [];
    case 'strategy':
      return now === 'Recreate'
        ? [
            on(
              'destructive/k8s-recreate',
              after ?? { line: 1 },
              `${label} is stopped for every rollout: strategy Recreate.`,
            ),
          ]
        : [];
    case 'maxUnavailable':
      if (now !== '100%') return [];
      return kind === 'PodDisruptionBudget'
        ? [on('destructive/k8s-removed', after ?? { line: 1 }, `${label} no longer keeps any replica running.`)]
        : [
            on(
              'destructive/k8s-recreate',
              after ?? { line: 1 },
              `${label} may be stopped whole during a rollout: maxUnavailable is 100%.`,
            ),
          ];
    case 'minAvailable':
      return kind === 'PodDisruptionBudget' && /^0%?$/.test(now ?? '')
        ? [on('destructive/k8s-removed', after ?? { line: 1 }, `${label} no longer keeps any replica running.`)]
        : [];
    case 'prune':
      return isYes(after)
        ? [
            on(
              'destructive/k8s-recreate',
              after ?? { line: 1 },
              `${label} prunes by itself: what leaves the repository is deleted from the cluster.`,
            ),
          ]
        : [];
    case 'allowEmpty':
      return isYes(after) && parent === 'automated'
        ? [
            on(
              'destructive/k8s-recreate',
              after ?? { line: 1 },
              `${label} may delete everything when the repository is empty (allowEmpty).`,
            ),
          ]
        : [];
    case 'syncOptions':
      return replacing(pair, label);
    case 'preserveResourcesOnDeletion':
      return isYes(before) && !isYes(after)
        ? [spot(pair, 'destructive/k8s-reclaim', `${label} deletes what it manages when it goes.`)]
        : [];
    case 'finalizers':
      return finalizers(pair, label);
    case 'effect':
      return now === 'NoExecute' && path.includes('taints')
        ? [
            on(
              'destructive/k8s-scale-zero',
              after ?? { line: 1 },
              `${label} drives running pods off its nodes (NoExecute).`,
            ),
          ]
        : [];
    case 'volumes':
      return emptied(before, after, label);
    case 'force':
    case 'recreate':
      return kind === 'HelmRelease' && isYes(after)
        ? [
            on(
              'destructive/helm-uninstall',
              after ?? { line: 1 },
              `${label} may delete and recreate what it manages (${key}).`,
            ),
          ]
        : [];
    case 'installed':
      return old !== null && isYes(before) && isNo(after)
        ? [on('destructive/helm-uninstall', after ?? { line: 1 }, `${label} is uninstalled.`)]
        : [];
    default:
      return [];
  }
}

/** At the new line, or at the old one where it was removed. */
const spot = ({ before, after }: Pair, rule: Noticed['rule'], message: string): Noticed =>
  after === undefined ? gone(rule, before ?? { line: 1 }, message) : on(rule, after, message);

function keeping(pair: Pair, label: string): readonly Noticed[] {
  const value = KEEPING[pair.key];
  return value?.test(pair.before?.text ?? '') === true && !value.test(pair.after?.text ?? '')
    ? [spot(pair, 'destructive/k8s-reclaim', `${label} is no longer kept from being deleted (${pair.key}).`)]
    : [];
}

function reclaim(pair: Pair, label: string, kind: string): readonly Noticed[] {
  const { key, before, after, within } = pair;
  const { keeps, absentKeeps } = RECLAIM[key] ?? { keeps: /^$/ };
  const kept =
    before === undefined ? absentKeeps === true && within?.before !== undefined : keeps.test(before.text ?? '');
  const policyIsNew =
    absentKeeps === true && within?.before === undefined && within?.key === 'persistentVolumeClaimRetentionPolicy';
  const deletes =
    after === undefined
      ? absentKeeps !== true && kind !== 'PersistentVolume'
      : !keeps.test(after.text ?? '') && /^(?:Delete|Recycle|WipeOut|Reclaim)$/i.test(after.text ?? '');
  return (kept || policyIsNew) && deletes
    ? [
        spot(
          pair,
          'destructive/k8s-reclaim',
          `${label} no longer keeps its data when it goes (${key}${after?.text ? `: ${after.text}` : ' is removed'}).`,
        ),
      ]
    : [];
}

function replacing({ before, after }: Pair, label: string): readonly Noticed[] {
  const had = new Set(textsOf(before));
  const item = (after?.list ?? []).find(
    ({ text }) => /^(?:Replace|Force)=true$/.test(text ?? '') && !had.has(text ?? ''),
  );
  return item === undefined
    ? []
    : [
        on(
          'destructive/k8s-recreate',
          item,
          `${label} deletes and recreates objects when it syncs (${item.text ?? ''}).`,
        ),
      ];
}

function finalizers({ before, after }: Pair, label: string): readonly Noticed[] {
  const [had, has] = [new Set(textsOf(before)), new Set(textsOf(after))];
  const lost = (before?.list ?? []).find(({ text }) => /protection/.test(text ?? '') && !has.has(text ?? ''));
  const cascades = (after?.list ?? []).find(
    ({ text }) => (text ?? '').startsWith('resources-finalizer.argocd') && !had.has(text ?? ''),
  );
  return [
    ...(lost === undefined
      ? []
      : [
          gone(
            'destructive/k8s-reclaim',
            lost,
            `${label} is no longer kept from being deleted while it is in use (${lost.text ?? ''}).`,
          ),
        ]),
    ...(cascades === undefined
      ? []
      : [on('destructive/k8s-recreate', cascades, `${label} deletes everything it manages when it is deleted.`)]),
  ];
}

/** Volumes whose claim is replaced by something that does not persist. */
function emptied(before: Tree | undefined, after: Tree | undefined, label: string): readonly Noticed[] {
  const claimed = new Map(
    itemsOf(before).flatMap((volume) =>
      entriesOf(volume).some(([key]) => DURABLE.has(key)) ? [[textAt(volume, 'name') ?? '', volume] as const] : [],
    ),
  );
  return itemsOf(after).flatMap((volume): readonly Noticed[] => {
    const name = textAt(volume, 'name') ?? '';
    const forgets = get(volume, 'emptyDir') ?? get(volume, 'ephemeral');
    return forgets !== undefined && claimed.has(name)
      ? [
          on(
            'destructive/k8s-reclaim',
            forgets,
            `${label} loses the data of its volume ${name}: it becomes an emptyDir, which goes with the pod.`,
          ),
        ]
      : [];
  });
}

const DURABLE = new Set([
  'persistentVolumeClaim',
  'hostPath',
  'nfs',
  'csi',
  'awsElasticBlockStore',
  'gcePersistentDisk',
  'azureDisk',
  'azureFile',
  'cephfs',
  'rbd',
  'iscsi',
  'glusterfs',
]);
