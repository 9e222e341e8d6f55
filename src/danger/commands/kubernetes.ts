/** kubectl, helm and other programs that change a cluster. */
import { fact } from '../rule-rows/facts-from-sentences';
import { doesInCluster } from './describe-losses';
import { byRows, unless } from './match-family-rows';
import { behind, has, input, values, type Call, type Family, programs } from './program-call';

const SCALED_TO_NOTHING = 'destructive/k8s-scale-zero: scales a service down to nothing';
const EVERY_RIGHT = 'permissions/iam-admin: gives somebody every right in the cluster';
const EVERY_RELEASE = 'destructive/helm-uninstall: removes every release of the file';

const ZERO = /"?replicas"?\s*:\s*0\b|^replicas:\s*0\b/m;
/** Kinds that are recreated by themselves after they are deleted. */
const COMES_BACK = /^(?:po|pods?|ev|events?|jobs?|replicasets?|rs|leases?|endpoints|ep|endpointslices?)(?:\/|$)/i;

/** Clusters in containers of this machine, made for trying things out, by the names that their programs give the context. */
const TRIAL = /^(?:kind-|k3d-|minikube$|docker-desktop$|rancher-desktop$|orbstack$|colima|microk8s$)/;
/** Whether a command names such a cluster. */
export const isTrial = (call: Call): boolean =>
  values(call, '--context', '--kube-context').some((name) => TRIAL.test(name));

const inCluster = (call: Call): { readonly does: string } => ({ does: doesInCluster(call) });
const deletesWhatComesBack = (call: Call, [, what = '']: readonly string[]): boolean =>
  what !== '' && what.split(',').every((one) => COMES_BACK.test(one)) && !has(call, /^--all/);
const toZero = (call: Call): boolean => values(call, '--replicas', '--max').includes('0');
const bindsAdmin = (call: Call): boolean =>
  values(call, '--clusterrole').some((one) => /^(?:cluster-)?admin$/.test(one));
/** Whether `kubectl apply -f -` is given this. */
const applies =
  (pattern: RegExp) =>
  (call: Call): boolean =>
    pattern.test(values(call, '-f', '--filename').includes('-') ? (input(call) ?? '') : '');
const patches =
  (pattern: RegExp) =>
  (call: Call): boolean =>
    pattern.test(values(call, '-p', '--patch').join(' '));

// prettier-ignore
const kubectl = unless(isTrial, byRows(
  'kubectl',
  { verb: 'delete, del', only: deletesWhatComesBack, says: 'destructive/k8s-delete (medium): {does}', words: inCluster },
  { verb: 'delete, del', says: 'destructive/k8s-delete: {does}', words: inCluster },
  // OpenShift has a cluster's own verbs behind a word more
  { verb: 'drain, adm drain', says: 'destructive/k8s-scale-zero: empties a node' },
  { verb: 'cordon, adm cordon', says: 'destructive/k8s-scale-zero (medium): lets nothing start on a node' },
  { verb: 'taint, adm taint', line: /:NoExecute\b/, not: /NoExecute-/, says: 'destructive/k8s-scale-zero: puts out what runs on a node' },
  { verb: 'scale, autoscale', only: toZero, says: SCALED_TO_NOTHING },
  { verb: 'replace', with: /^--force$/, says: 'destructive/k8s-delete: deletes objects and makes them again' },
  { verb: 'apply', with: /^--prune$/, says: 'destructive/k8s-delete: deletes from the cluster what the files do not have' },
  { verb: 'apply', with: /^--force$/, without: /^--force-conflicts/, says: 'destructive/k8s-delete (medium): may delete objects and make them again' },
  { verb: 'apply', only: applies(ZERO), says: SCALED_TO_NOTHING },
  { verb: 'apply', only: applies(/name:\s*cluster-admin\b/), says: EVERY_RIGHT },
  { verb: 'create clusterrolebinding, create rolebinding', only: bindsAdmin, says: EVERY_RIGHT },
  { verb: 'create clusterrole', line: /--verb[= ]\*|--resource[= ]\*/, says: 'permissions/k8s-rbac: gives every right' },
  { verb: 'patch', only: patches(ZERO), says: SCALED_TO_NOTHING },
  { verb: 'patch', only: patches(/persistentVolumeReclaimPolicy"?\s*:\s*"?Delete/i), says: 'destructive/k8s-reclaim: has the data of {what} deleted with its claim' },
  { verb: 'patch', only: patches(/"?finalizers"?\s*:\s*(?:null|\[\s*\])/), says: 'destructive/k8s-delete (high): lets an object be deleted that waits for its clean-up' },
  { verb: 'patch', only: patches(/"?suspend"?\s*:\s*true/), says: 'destructive/k8s-scale-zero (medium): stops a job or a service' },
  { verb: 'patch', only: patches(/"op"\s*:\s*"remove"/), says: 'destructive/k8s-delete (medium): removes a part of an object' },
  { verb: 'rollout undo', says: 'destructive/k8s-recreate (medium): puts back an earlier version of a service' },
  { verb: 'adm policy', line: /^(?=[^]*add-(?:cluster-role|scc)-to)[^]*(?:cluster-admin|privileged)/, says: EVERY_RIGHT },
  { verb: 'adm prune', with: /^--confirm(?:=true)?$/, says: 'destructive/k8s-delete: deletes old {what} of the cluster', words: (_, [, , third = 'objects']) => ({ what: third.slice(0, 40) }) },
));

const setsToNothing = (call: Call): boolean =>
  values(call, '--set').some((one) => /replica(?:s|Count)=0\b|persistence\.enabled=false/.test(one));

const ROLLED_BACK = 'destructive/helm-uninstall (medium): puts back an earlier version of a release';

// prettier-ignore
const helm = unless(isTrial, byRows(
  'helm',
  { verb: 'uninstall, delete, del, un, purge', says: 'destructive/helm-uninstall: removes the release{name} with what it runs' },
  { verb: 'upgrade', with: /^(?:--force(?:-replace)?|--recreate-pods)$/, says: 'destructive/helm-uninstall: deletes objects and makes them again' },
  { verb: 'upgrade', only: setsToNothing, says: 'destructive/k8s-scale-zero: scales a service down, or drops its data' },
  { verb: 'rollback', only: (_, [, , revision]) => revision === '0', says: ROLLED_BACK, severity: 'high' },
  { verb: 'rollback', says: ROLLED_BACK },
));

const helmfile = byRows(
  'helm',
  { verb: 'destroy, delete', says: EVERY_RELEASE },
  {
    verb: 'apply, sync',
    with: /^--force/,
    says: 'destructive/helm-uninstall (medium): deletes objects and makes them again',
  },
);

// prettier-ignore
const argocd = byRows(
  'kubectl',
  { verb: /^(?:app|appset|proj|repo|cluster|account|cert|admin) (?:delete|rm|delete-resource|terminate-op)\b|^(?:proj role delete|app actions run)\b/, says: 'destructive/k8s-delete: {does} of Argo CD' },
  { verb: /^app sync\b/, with: /^(?:--prune|--force|--replace)$/, says: 'destructive/k8s-delete: deletes from the cluster what the repository does not have' },
  { verb: /^app set\b/, with: /^--auto-prune$/, says: 'destructive/k8s-recreate: has Argo CD delete what the repository does not have' },
);

/** Of a program that hands `kubectl` on. */
const inner = (call: Call): ReturnType<Family> => kubectl(behind(call, 0));

export const KUBERNETES: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'kubectl k oc kubecolor': kubectl,
  microk8s: byRows(
    '',
    { only: ({ args }) => args[0] === 'kubectl', says: inner },
    { only: ({ args }) => args[0] === 'reset', says: 'destructive/k8s-delete: resets the cluster' },
  ),
  k3s: byRows('', { only: ({ args }) => args[0] === 'kubectl', says: inner }),
  'kubens kustomize stern': () => undefined,
  'helm helm3': helm,
  helmfile,
  helmsman: byRows('', { with: /^-destroy$/, says: EVERY_RELEASE }),
  argocd,
  'kubectl-delete': (call) =>
    fact('destructive/k8s-delete: {does}', {
      does: doesInCluster({ ...call, words: [{ text: 'delete', open: false }, ...call.words] }),
    }),
});
