import { once } from '../../rows/once';
import type { Rule, Settings } from '../types';

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
