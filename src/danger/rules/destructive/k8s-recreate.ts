import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'the `Recreate` strategy, or automatic pruning',
  why: 'The cluster stops or deletes what runs before the new version has started. If the new version fails, users have no service.',
  fix: "Use `RollingUpdate`, or say why two versions can't run side by side.",
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  helm: [
    { key: 'type', under: /strategy$/i, after: /^Recreate$/, says: 'Pods are stopped for every rollout: strategy Recreate ({where}).' },
    { key: /strategy$/i, after: /^Recreate$/, says: 'Pods are stopped for every rollout: strategy Recreate ({where}).' },
  ],
  'kubernetes-update': [
    { key: 'type', under: /strategy$/i, after: /^Recreate$/, says: '{it} is stopped for every rollout: strategy Recreate.' },
    { key: 'strategy', after: /^Recreate$/, says: '{it} is stopped for every rollout: strategy Recreate.' },
    { key: 'maxUnavailable', of: /^(?!PodDisruptionBudget$)/, after: /^100%$/, says: '{it} may be stopped whole during a rollout: maxUnavailable is 100%.' },
    { key: 'prune', after: 'yes', says: '{it} prunes by itself: what leaves the repository is deleted from the cluster.' },
    { key: 'allowEmpty', under: 'automated', after: 'yes', says: '{it} may delete everything when the repository is empty (allowEmpty).' },
    { key: '[]', under: 'syncOptions', before: 'absent', after: /^(?:Replace|Force)=true$/, says: '{it} deletes and recreates objects when it syncs ({after}).' },
    { key: '[]', under: 'finalizers', before: 'absent', after: /^resources-finalizer\.argocd/, says: '{it} deletes everything it manages when it is deleted.' },
  ],
}));
