import { once } from '../../lazy-value';
import { type Pair } from '../../yaml-and-json';
import type { Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a workload that is scaled to zero, or whose node is drained',
  why: 'Without a replica, the service answers no user.',
  fix: 'Keep at least one replica, or say when it comes back.',
} as const satisfies Rule;

/** Replicas of the object itself: its own number, or that of its specification. */
const ofItself = ({ path }: Pair): boolean => path.length <= 3;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  helm: [
    { key: /^(?:replicaCounts?|replicas|minReplicas|numReplicas|desiredReplicas|nodeCount|clusterSize)$/i, before: 'not zero', after: 'zero', together: true, only: ({ path }) => !/placeholder|autoscal|canary/i.test(path.join('.')), says: 'The release is scaled to zero: it stops ({where}).' },
  ],
  'kubernetes-update': [
    { key: 'replicas maxReplicas', after: 'zero', only: ofItself, says: '{it} is scaled to zero: it stops.' },
    { key: 'minReplicas', before: 'there', after: 'zero', only: ofItself, says: '{it} is scaled to zero: it stops.' },
    { key: 'effect', after: /^NoExecute$/, only: ({ path }) => path.includes('taints'), says: '{it} drives running pods off its nodes (NoExecute).' },
  ],
}));

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'scale', with: /(?:^|\.)(?:replicas|count|min_?replicas|desired_?count|size|scale|quantity|(?:dyno|process|formation)=[\w-]+)=0$/i, does: 'scales it down to nothing' },
  { verb: 'drain', of: 'node', does: 'moves everything off a node' },
]);
