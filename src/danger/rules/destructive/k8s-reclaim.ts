import { KEPT_ON_VOLUMES } from '../../helm-store-names-and-ansible-cloud-modules';
import { once } from '../../lazy-value';
import { entriesOf, textsOf, type Pair } from '../../yaml-and-json';
import type { Rule, Settings, Subject } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a Kubernetes volume that is no longer kept when its claim is deleted',
  why: 'If somebody deletes the claim, the cluster deletes the volume and its data.',
  fix: 'Keep `Retain`, so that the volume outlives its claim.',
} as const satisfies Rule;

/** The values of a policy that keep the data, and those that do not. */
const KEEPS = /^(?:Retain|Orphan|Abandon|Keep|DoNotTerminate|Halt)$/i;
const DELETES = /^(?:Delete|Recycle|WipeOut|Reclaim)$/i;
const NO_COPY = '{it} no longer keeps its data when it goes';
const OFF = { before: 'yes', after: 'no' } as const;

/** Where a program keeps what it stores. */
const PLACE = /^(?:\w+_)?(?:bucket(?:_?name)?|rootdirectory|volume_(?:id|handle))$/;
/** Entries of a project by which its tools make a store. */
const STORE =
  /^(?:rds|aurora|postgres(?:ql)?|mysql|mariadb|mongodb|elasticache|elasticsearch|opensearch|dynamodb|efs|ebs|database|bucket)$/;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  helm: [
    { key: 'enabled create', under: /backup|snapshot/i, ...OFF, says: 'Backups are switched off ({where}).' },
    { key: 'enabled create', under: KEPT_ON_VOLUMES, ...OFF, says: 'Data is no longer kept on a volume ({where}): it goes with the pod.' },
    { key: KEPT_ON_VOLUMES, ...OFF, says: 'Data is no longer kept on a volume ({where}).' },
    { key: /^(?:persistenceEnabled|enablePersistence|persistentVolumeEnabled|backupEnabled)$/i, ...OFF, says: 'Data is no longer kept on a volume ({where}).' },
    { key: 'resourcePolicy helm.sh/resource-policy', before: /^keep$/, says: 'The volume is no longer kept when the release is removed ({where}).' },
    { key: /^(?:keep|retain|keepPvc|retainPvc)$/i, ...OFF, says: 'What it keeps is deleted with the release ({where}).' },
    { key: 'whenDeleted whenScaled', before: 'absent', after: /^Delete$/, says: 'Volumes are deleted with their claims ({where}).' },
    { key: 'reclaimPolicy persistentVolumeReclaimPolicy deletionPolicy whenDeleted whenScaled', before: /^(?:Retain|Orphan)$/, after: /^Delete$/, says: 'Volumes are deleted with their claims ({where}).' },
    { key: 'existingClaim', before: 'set', only: isAnotherClaim, says: 'The release no longer uses its volume {before} ({where}).' },
    { key: 'emptyDir', under: KEPT_ON_VOLUMES, before: 'absent', says: 'Data goes with the pod: the volume is an emptyDir ({where}).' },
  ],
  data: [
    { key: PLACE, existing: true, before: /^[\w./-]+$/, after: /^[\w./-]+$/, severity: 'medium', only: isOfNoCloud, says: 'What is stored is looked for in another place: {where} was {before}, and is {after}.' },
    { key: STORE, before: 'there', after: 'absent', existing: true, stays: true, severity: 'medium', only: isMadeByEntry, says: 'The store {where} leaves the configuration: whatever makes it removes it, with its data.' },
  ],
  'kubernetes-update': [
    { key: 'helm.sh/resource-policy', under: 'annotations', before: /^keep$/, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'argocd.argoproj.io/sync-options', under: 'annotations', before: /(?:Prune|Delete)=(?:false|confirm)/, after: /^(?!.*(?:Prune|Delete)=(?:false|confirm))/, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'kustomize.toolkit.fluxcd.io/prune', under: 'annotations', before: /^(?:disabled|false)$/i, after: /^(?!(?:disabled|false)$)/i, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'kustomize.toolkit.fluxcd.io/reconcile', under: 'annotations', before: /^disabled$/i, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'cnrm.cloud.google.com/deletion-policy', under: 'annotations', before: /^abandon$/, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'services.k8s.aws/deletion-policy', under: 'annotations', before: /^retain$/i, after: /^(?!retain$)/i, says: '{it} is no longer kept from being deleted ({key}).' },
    { key: 'persistentVolumeReclaimPolicy reclaimPolicy deletionPolicy terminationPolicy', before: KEEPS, after: DELETES, says: `${NO_COPY} ({key}: {after}).` },
    { key: 'persistentVolumeReclaimPolicy reclaimPolicy deletionPolicy terminationPolicy', of: /^(?!PersistentVolume$)/, before: KEEPS, after: 'absent', says: `${NO_COPY} ({key} is removed).` },
    { key: 'whenDeleted whenScaled', before: /^(?:Retain)?$/i, after: DELETES, says: `${NO_COPY} ({key}: {after}).` },
    { key: 'deleteClaim', before: 'not yes', after: 'yes', says: `${NO_COPY} ({key}: {after}).` },
    { key: 'selfHeal', of: /^Application(?:Set)?$/, before: 'yes', after: 'not yes', stays: true, severity: 'low', says: '{it} no longer sets right what others change in the cluster: {key} {off}.' },
    { key: 'type', under: 'storage', before: /^(?:persistent-claim|jbod)$/, after: /^ephemeral$/, says: `${NO_COPY} ({key}: {after}).` },
    { key: 'volumeClaimDeletePolicy', after: /^DeleteOnScaledownAndClusterDeletion$/, says: `${NO_COPY} ({key}: {after}).` },
    { key: 'confirmation', under: 'cleanupPolicy', after: /^yes-really-destroy-data$/, says: '{it} wipes its disks when it goes ({key}).' },
    { key: 'preserveResourcesOnDeletion preserveFilesystemOnDelete preservePoolsOnDelete', before: 'yes', after: 'not yes', says: '{it} deletes what it manages when it goes.' },
    { key: '[]', under: 'finalizers', before: /protection/, after: 'absent', only: isUnprotected, says: '{it} is no longer kept from being deleted while it is in use ({before}).' },
    { key: 'emptyDir ephemeral', before: 'absent', only: wasDurable, says: '{it} loses the data of its volume {within.name}: it becomes an emptyDir, which goes with the pod.' },
  ],
}));

/** The claim has another name, as far as that can be seen; what a cache keeps is made again. */
function isAnotherClaim({ before, after }: Pair, { words }: Subject): boolean {
  const name = after?.text?.replace(/\{\{-?\s*\.Release\.Name\s*-?\}\}/, words?.['release'] ?? '');
  return name !== before?.text && !CACHE.test(before?.text ?? '');
}
const CACHE = /(?:^|[-_.])(?:te?mp|cache)(?:[-_.]|$)/i;

const DURABLE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'csi',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'rbd',
]);

/** A volume of this name used to outlive its pod. */
/** The name of a finalizer changes with the domain of its program: another one still holds the object back. */
function isUnprotected({ within }: Pair): boolean {
  const [had, has] = [within?.before, within?.after].map((list) =>
    textsOf(list).filter((text) => /protection/.test(text)),
  );
  return (has?.length ?? 0) < (had?.length ?? 0);
}

function wasDurable({ within }: Pair): boolean {
  return entriesOf(within?.before).some(([key]) => DURABLE.has(key));
}

/** Resources of a cloud have readers of their own. */
const isOfNoCloud = ({ path }: Pair, { it, type = '' }: Subject): boolean =>
  it === '' && !path.includes('Resources') && !/test|example|compose|workflows/i.test(type);

/** An entry with settings of its own, and not a service of a test or a container. */
const isMadeByEntry = (pair: Pair, subject: Subject): boolean =>
  (pair.before?.map?.size ?? 0) > 0 &&
  isOfNoCloud(pair, subject) &&
  !/values|chart|helm/i.test(subject.type ?? '') &&
  !pair.path.some((step) =>
    /^(?:services|env|environment|dependencies|depends_on|spring|datasource|config)$/.test(step),
  );
