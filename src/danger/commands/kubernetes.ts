/** kubectl, helm and other programs that change a cluster. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/sentences-of-code-rules';
import { doesInCluster, operandOf } from './describe-losses';
import { byVerb } from './rows-by-verb';
import {
  behind,
  has,
  input,
  plain,
  values,
  type Call,
  type CommandNotice,
  type Family,
  programs,
} from './program-call';

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

const kubectl: Family = (call) => {
  if (isTrial(call)) return undefined;
  const words = plain(call, takesOf('kubectl'));
  // OpenShift has a cluster's own verbs behind a word more
  const isOfCluster = words[0] === 'adm' && /^(?:drain|cordon|taint)$/.test(words[1] ?? '');
  const [verb = '', what = '', third = ''] = isOfCluster ? words.slice(1) : words;
  const all = call.args.join(' ');
  switch (verb) {
    case 'delete':
    case 'del':
      if (
        what !== '' &&
        what.split(',').every((one) => COMES_BACK.test(one)) &&
        !has(call, /^--all/) &&
        !/^-A$/.test(all)
      )
        return fact('destructive/k8s-delete (medium): {does}', { does: doesInCluster(call) });
      return fact('destructive/k8s-delete: {does}', { does: doesInCluster(call) });
    case 'drain':
      return fact('destructive/k8s-scale-zero: empties a node');
    case 'cordon':
      return fact('destructive/k8s-scale-zero (medium): lets nothing start on a node');
    case 'taint':
      return /:NoExecute\b/.test(all) && !/NoExecute-/.test(all)
        ? fact('destructive/k8s-scale-zero: puts out what runs on a node')
        : undefined;
    case 'scale':
    case 'autoscale':
      return values(call, '--replicas', '--max').includes('0') ? fact(SCALED_TO_NOTHING) : undefined;
    case 'replace':
      return has(call, /^--force$/) ? fact('destructive/k8s-delete: deletes objects and makes them again') : undefined;
    case 'apply':
      return has(call, /^--prune$/)
        ? fact('destructive/k8s-delete: deletes from the cluster what the files do not have')
        : has(call, /^--force$/) && !has(call, /^--force-conflicts/)
          ? fact('destructive/k8s-delete (medium): may delete objects and make them again')
          : manifest(call);
    case 'create':
      return /^clusterrolebinding$|^rolebinding$/.test(what) &&
        values(call, '--clusterrole').some((one) => /^(?:cluster-)?admin$/.test(one))
        ? fact(EVERY_RIGHT)
        : what === 'clusterrole' && /--verb[= ]\*|--resource[= ]\*/.test(all)
          ? fact('permissions/k8s-rbac: gives every right')
          : undefined;
    case 'patch':
      return patch(values(call, '-p', '--patch').join(' '), third);
    case 'rollout':
      return what === 'undo'
        ? fact('destructive/k8s-recreate (medium): puts back an earlier version of a service')
        : undefined;
    case 'exec':
    case 'debug':
      return undefined;
    case 'edit':
      return undefined;
    case 'adm':
      return /^policy$/.test(what) && /add-(?:cluster-role|scc)-to/.test(all) && /cluster-admin|privileged/.test(all)
        ? fact(EVERY_RIGHT)
        : what === 'prune' && has(call, /^--confirm(?:=true)?$/)
          ? fact('destructive/k8s-delete: deletes old {what} of the cluster', {
              what: third === '' ? 'objects' : third.slice(0, 40),
            })
          : undefined;
    default:
      return undefined;
  }
};

function patch(text: string, name: string): CommandNotice | undefined {
  if (ZERO.test(text)) return fact(SCALED_TO_NOTHING);
  if (/persistentVolumeReclaimPolicy"?\s*:\s*"?Delete/i.test(text))
    return fact('destructive/k8s-reclaim: has the data of {what} deleted with its claim', { what: name.slice(0, 40) });
  if (/"?finalizers"?\s*:\s*(?:null|\[\s*\])/.test(text))
    return fact('destructive/k8s-delete (high): lets an object be deleted that waits for its clean-up');
  if (/"?suspend"?\s*:\s*true/.test(text)) return fact('destructive/k8s-scale-zero (medium): stops a job or a service');
  return /"op"\s*:\s*"remove"/.test(text)
    ? fact('destructive/k8s-delete (medium): removes a part of an object')
    : undefined;
}

/** What `kubectl apply -f -` is given. */
function manifest(call: Call): CommandNotice | undefined {
  const text = values(call, '-f', '--filename').includes('-') ? (input(call) ?? '') : '';
  return ZERO.test(text)
    ? fact(SCALED_TO_NOTHING)
    : /name:\s*cluster-admin\b/.test(text)
      ? fact(EVERY_RIGHT)
      : undefined;
}

const helm: Family = (call) => {
  if (isTrial(call)) return undefined;
  const [verb = '', , third = ''] = plain(call, takesOf('helm'));
  if (/^(?:uninstall|delete|del|un|purge)$/.test(verb))
    return fact('destructive/helm-uninstall: removes the release{name} with what it runs', { name: operandOf(call) });
  if (/^upgrade$/.test(verb) && has(call, /^(?:--force(?:-replace)?|--recreate-pods)$/))
    return fact('destructive/helm-uninstall: deletes objects and makes them again');
  if (
    verb === 'upgrade' &&
    values(call, '--set').some((one) => /replica(?:s|Count)=0\b|persistence\.enabled=false/.test(one))
  )
    return fact('destructive/k8s-scale-zero: scales a service down, or drops its data');
  return verb === 'rollback'
    ? fact(
        'destructive/helm-uninstall (medium): puts back an earlier version of a release',
        {},
        third === '0' ? 'high' : 'medium',
      )
    : undefined;
};
const helmfile = byVerb(
  'helm',
  [/^(?:destroy|delete)(?: |$)/, EVERY_RELEASE],
  [/^(?:apply|sync)(?: |$)/, 'destructive/helm-uninstall (medium): deletes objects and makes them again', /^--force/],
);

// prettier-ignore
const argocd = byVerb(
  'kubectl',
  [/^(?:app|appset|proj|repo|cluster|account|cert|admin) (?:delete|rm|delete-resource|terminate-op)\b|^(?:proj role delete|app actions run)\b/, 'destructive/k8s-delete: {does} of Argo CD'],
  [/^app sync\b/, 'destructive/k8s-delete: deletes from the cluster what the repository does not have', /^(?:--prune|--force|--replace)$/],
  [/^app set\b/, 'destructive/k8s-recreate: has Argo CD delete what the repository does not have', /^--auto-prune$/],
);

export const KUBERNETES: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'kubectl k oc kubecolor': kubectl,
  microk8s: (call) =>
    call.args[0] === 'kubectl'
      ? kubectl(behind(call, 0))
      : call.args[0] === 'reset'
        ? fact('destructive/k8s-delete: resets the cluster')
        : undefined,
  k3s: (call) => (call.args[0] === 'kubectl' ? kubectl(behind(call, 0)) : undefined),
  'kubens kustomize stern': () => undefined,
  'helm helm3': helm,
  helmfile,
  helmsman: byVerb('', [/^/, EVERY_RELEASE, /^-destroy$/]),
  argocd,
  'kubectl-delete': (call) =>
    fact('destructive/k8s-delete: {does}', {
      does: doesInCluster({ ...call, words: [{ text: 'delete', open: false }, ...call.words] }),
    }),
});
