import { once } from '../../rows/once';
import type { Facts, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'kubectl/oc delete, delete -f, replace --force, apply --prune, argocd app delete',
  why: 'Deleting an object deletes what it owns; a namespace takes its volumes along.',
  fix: 'Show what would go (`--dry-run=server`), and let a person delete it.',
  instead: 'Run it with --dry-run=server, show the person what it says, and let them run it.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'k8s kubernetes', after: /^absent$/, says: 'Task "{it}" deletes objects of a cluster.' },
  ],
}));

// prettier-ignore
export const tools: readonly ToolRow[] = [
  { deed: 'removes', of: 'pod job event replicaset endpoint', on: 'kubernetes k8s kubectl openshift eks aks gke', severity: 'low', does: 'deletes something that comes back by itself' },
  { deed: 'removes', on: 'kubernetes k8s kubectl openshift eks aks gke rancher kubevirt', does: 'deletes something of the cluster' },
  { deed: 'removes', on: 'argocd argo', does: 'deletes something that Argo CD manages' },
  { deed: 'removes', of: 'statefulset daemonset pvc persistentvolume persistentvolumeclaim crd', does: 'deletes something of the cluster' },
];

// prettier-ignore
export const facts = {
  'deletes something of the cluster': { says: 'deletes something of the cluster', severity: 'medium' },
  'deletes something of the cluster k8s delete': 'deletes something of the cluster',
  'deletes objects and makes them again': 'deletes objects and makes them again',
  'deletes from the cluster what the': 'deletes from the cluster what the files do not have',
  'may delete objects and make them': { says: 'may delete objects and make them again', severity: 'medium' },
  'lets an object be deleted that': { says: 'lets an object be deleted that waits for its clean-up', severity: 'high' },
  'removes a part of an object': { says: 'removes a part of an object', severity: 'medium' },
  'deletes something that argo cd manages': 'deletes something that Argo CD manages',
  'deletes from the cluster what the repository': 'deletes from the cluster what the repository does not have',
  'resets the cluster': 'resets the cluster',
} as const satisfies Facts;
