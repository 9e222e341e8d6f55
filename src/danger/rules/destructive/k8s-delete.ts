import { isTrial } from '../../commands/kubernetes';
import type { Call } from '../../commands/program-call';
import { once } from '../../lazy-value';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a command that deletes Kubernetes objects (`kubectl delete`, `apply --prune`, `replace --force`)',
  why: 'Kubernetes also deletes everything that the object owns. A deleted namespace loses its volume claims and their data.',
  fix: 'List the objects (`--dry-run=server`), and let a person delete them.',
  instead: 'Run it with --dry-run=server, show the person what it says, and let them run it.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'k8s kubernetes', after: /^absent$/, says: 'Task "{it}" deletes objects of a cluster.' },
  ],
}));

/** A cluster that others use, too. */
const isForOthers = (call: Call): boolean => !isTrial(call);

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'flux', verb: /^(?:delete|uninstall|suspend)\b/, does: 'removes something that Flux manages' },
  { program: 'istioctl', verb: /^(?:uninstall|x uninstall|experimental uninstall)\b/, does: 'removes the mesh' },
  { program: 'linkerd', verb: /^uninstall\b/, severity: 'medium', does: 'removes the mesh' },
  { program: 'cilium', verb: /^uninstall\b/, does: 'removes the network of the cluster' },
  { program: 'skaffold', verb: /^delete\b/, only: isForOthers, severity: 'medium', does: 'deletes what it deployed' },
  { program: 'tkn', verb: /\bdelete\b/, does: 'deletes something of the cluster' },
  { program: 'kn', verb: /\bdelete\b/, does: 'deletes a service' },
  { program: 'rancher', verb: /\b(?:delete|rm)\b/, does: 'deletes something of the cluster' },
  { program: 'vcluster', verb: /^(?:delete|rm)\b/, severity: 'medium', does: 'deletes a cluster' },
  { program: 'kubefed', verb: /\bdelete\b/, does: '{does}' },
  { program: 'odo', verb: /^delete\b/, severity: 'medium', does: 'deletes a component' },
  { program: 'kapp', verb: /^(?:delete|app-group delete)\b/, does: 'deletes an application' },
  { program: 'werf', verb: /^(?:dismiss|cleanup|purge)\b/, does: 'deletes a release' },
  { program: 'porter', verb: /^uninstall\b/, does: 'removes a release' },
  { program: 'devspace', verb: /^purge\b/, severity: 'medium', does: 'removes what it deployed' },
  // by itself it only uses a cluster of this machine
  { program: 'tilt', verb: /^down\b/, with: /^--context(?:=|$)/, only: isForOthers, severity: 'medium', does: 'removes what it deployed' },
  { program: 'garden', verb: /^(?:delete|cleanup)\b/, severity: 'medium', does: 'deletes an environment' },
  { program: 'okteto', verb: /^(?:destroy|namespace delete|down)\b/, severity: 'medium', does: 'removes what it deployed' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'pod job event replicaset endpoint', on: 'kubernetes k8s kubectl openshift eks aks gke', severity: 'low', does: 'deletes {what}, which comes back by itself' },
  { deed: 'removes', on: 'kubernetes k8s kubectl openshift eks aks gke rancher kubevirt', does: 'deletes {what}' },
  { verb: 'sync', of: 'application app', with: /(?:^|\.)prune=true$/i, severity: 'high', does: 'deletes from the cluster what the repository does not have' },
  { deed: 'removes', on: 'argocd argo', does: 'deletes {what} of Argo CD' },
  { deed: 'removes', of: 'statefulset daemonset pvc persistentvolume persistentvolumeclaim crd', does: 'deletes {what}' },
]);
