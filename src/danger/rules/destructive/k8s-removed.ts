import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a Namespace, PVC, PV, CRD, StatefulSet or PDB leaves the manifests',
  why: 'Where the cluster follows the repository, what leaves the manifests is deleted.',
  fix: 'Back up the volumes, and remove the object in a change of its own.',
} as const satisfies Rule;
