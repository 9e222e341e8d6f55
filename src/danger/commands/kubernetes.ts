/** kubectl, helm and other programs that change a cluster. */
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts';
import { doesInCloud, doesInCluster, operandOf } from './losses-in-words';
import { has, input, plain, values, type Call, type CommandNotice, type Family } from './call';

const ZERO = /"?replicas"?\s*:\s*0\b|^replicas:\s*0\b/m;
/** Kinds that are recreated by themselves after they are deleted. */
const COMES_BACK = /^(?:po|pods?|ev|events?|jobs?|replicasets?|rs|leases?|endpoints|ep|endpointslices?)(?:\/|$)/i;

/** Clusters in containers of this machine, made for trying things out, by the names that their programs give the context. */
const TRIAL = /^(?:kind-|k3d-|minikube$|docker-desktop$|rancher-desktop$|orbstack$|colima|microk8s$)/;
const isTrial = (call: Call): boolean => values(call, '--context', '--kube-context').some((name) => TRIAL.test(name));

const kubectl: Family = (call) => {
  if (isTrial(call)) return undefined;
  const [verb = '', what = '', third = ''] = plain(call, takesOf('kubectl'));
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
        return fact('deletes something of the cluster', { does: doesInCluster(call) });
      return fact('deletes something of the cluster k8s delete', { does: doesInCluster(call) });
    case 'drain':
      return fact('empties a node');
    case 'cordon':
      return fact('lets nothing start on a node');
    case 'taint':
      return /:NoExecute\b/.test(all) && !/NoExecute-/.test(all) ? fact('puts out what runs on a') : undefined;
    case 'scale':
    case 'autoscale':
      return values(call, '--replicas', '--max').includes('0')
        ? fact('scales a service down to nothing k8s scale zero')
        : undefined;
    case 'replace':
      return has(call, /^--force$/) ? fact('deletes objects and makes them again') : undefined;
    case 'apply':
      return has(call, /^--prune$/)
        ? fact('deletes from the cluster what the')
        : has(call, /^--force$/) && !has(call, /^--force-conflicts/)
          ? fact('may delete objects and make them')
          : manifest(call);
    case 'create':
      return /^clusterrolebinding$|^rolebinding$/.test(what) &&
        values(call, '--clusterrole').some((one) => /^(?:cluster-)?admin$/.test(one))
        ? fact('gives somebody every right in the')
        : what === 'clusterrole' && /--verb[= ]\*|--resource[= ]\*/.test(all)
          ? fact('gives every right')
          : undefined;
    case 'patch':
      return patch(values(call, '-p', '--patch').join(' '), third);
    case 'rollout':
      return what === 'undo' ? fact('puts back an earlier version of') : undefined;
    case 'exec':
    case 'debug':
      return undefined;
    case 'edit':
      return undefined;
    case 'adm':
      return /^policy$/.test(what) && /add-(?:cluster-role|scc)-to/.test(all) && /cluster-admin|privileged/.test(all)
        ? fact('gives somebody every right in the')
        : undefined;
    default:
      return undefined;
  }
};

function patch(text: string, name: string): CommandNotice | undefined {
  if (ZERO.test(text)) return fact('scales a service down to nothing k8s scale zero');
  if (/persistentVolumeReclaimPolicy"?\s*:\s*"?Delete/i.test(text))
    return fact('has the data of deleted with', { what: name.slice(0, 40) });
  if (/"?finalizers"?\s*:\s*(?:null|\[\s*\])/.test(text)) return fact('lets an object be deleted that');
  if (/"?suspend"?\s*:\s*true/.test(text)) return fact('stops a job or a service');
  return /"op"\s*:\s*"remove"/.test(text) ? fact('removes a part of an object') : undefined;
}

/** What `kubectl apply -f -` is given. */
function manifest(call: Call): CommandNotice | undefined {
  const text = values(call, '-f', '--filename').includes('-') ? (input(call) ?? '') : '';
  return ZERO.test(text)
    ? fact('scales a service down to nothing k8s scale zero')
    : /name:\s*cluster-admin\b/.test(text)
      ? fact('gives somebody every right in the')
      : undefined;
}

const helm: Family = (call) => {
  if (isTrial(call)) return undefined;
  const [verb = '', , third = ''] = plain(call, takesOf('helm'));
  if (/^(?:uninstall|delete|del|un|purge)$/.test(verb))
    return fact('removes a release with what it', { name: operandOf(call) });
  if (/^upgrade$/.test(verb) && has(call, /^(?:--force(?:-replace)?|--recreate-pods)$/))
    return fact('deletes objects and makes them again helm uninstall');
  if (
    verb === 'upgrade' &&
    values(call, '--set').some((one) => /replica(?:s|Count)=0\b|persistence\.enabled=false/.test(one))
  )
    return fact('scales a service down or drops');
  return verb === 'rollback'
    ? fact('puts back an earlier version of a release', {}, third === '0' ? 'high' : 'medium')
    : undefined;
};
const helmfile: Family = (call) => {
  const [verb = ''] = plain(call, takesOf('helm'));
  return /^(?:destroy|delete)$/.test(verb)
    ? fact('removes every release of the file')
    : /^(?:apply|sync)$/.test(verb) && has(call, /^--force/)
      ? fact('deletes objects and makes them again helm uninstall 2')
      : undefined;
};

const argocd: Family = (call) => {
  const words = plain(call, takesOf('kubectl')).join(' ');
  if (
    /^(?:app|appset|proj|repo|cluster|account|cert|admin) (?:delete|rm|delete-resource|terminate-op)\b/.test(words) ||
    /^(?:proj role delete|app actions run)\b/.test(words)
  )
    return fact('deletes something that argo cd manages', { does: doesInCloud(call) });
  return /^app sync\b/.test(words) && has(call, /^(?:--prune|--force|--replace)$/)
    ? fact('deletes from the cluster what the repository')
    : /^app set\b/.test(words) && has(call, /^--auto-prune$/)
      ? fact('has argo cd delete what the')
      : undefined;
};

export const KUBERNETES: Readonly<Record<string, Family>> = {
  kubectl,
  k: kubectl,
  oc: kubectl,
  kubecolor: kubectl,
  microk8s: (call) =>
    call.args[0] === 'kubectl'
      ? kubectl({ ...call, args: call.args.slice(1), words: call.words.slice(1) })
      : call.args[0] === 'reset'
        ? fact('resets the cluster')
        : undefined,
  k3s: (call) =>
    call.args[0] === 'kubectl' ? kubectl({ ...call, args: call.args.slice(1), words: call.words.slice(1) }) : undefined,
  kubens: () => undefined,
  helm,
  helm3: helm,
  helmfile,
  helmsman: (call) => (has(call, /^-destroy$/) ? fact('removes every release of the file') : undefined),
  argocd,
  kustomize: () => undefined,
  'kubectl-delete': (call) =>
    fact('deletes something of the cluster k8s delete', {
      does: doesInCluster({ ...call, words: [{ text: 'delete', open: false }, ...call.words] }),
    }),
  stern: () => undefined,
};
