/** kubectl, helm and other programs that change a cluster. */
import { has, input, plain, values, type Call, type CommandNotice, type Family } from './call';

const TAKES = [
  '-n',
  '--namespace',
  '--context',
  '--cluster',
  '--kubeconfig',
  '-l',
  '--selector',
  '-o',
  '--output',
  '-f',
  '--filename',
  '-k',
  '--kustomize',
  '-p',
  '--patch',
  '--type',
  '-s',
  '--server',
  '--user',
  '--token',
  '--as',
  '--field-selector',
  '--replicas',
  '--grace-period',
  '--timeout',
  '-c',
  '--container',
  '--image',
  '--cascade',
  '--patch-file',
  '--as-group',
  '-v',
  '--request-timeout',
];

const k8s = (does: string, severity?: CommandNotice['severity']): CommandNotice => ({
  rule: 'destructive/k8s-delete',
  does,
  ...(severity ? { severity } : {}),
});
const ZERO = /"?replicas"?\s*:\s*0\b|^replicas:\s*0\b/m;
/** Kinds that are recreated by themselves after they are deleted. */
const COMES_BACK = /^(?:po|pods?|ev|events?|jobs?|replicasets?|rs|leases?|endpoints|ep|endpointslices?)(?:\/|$)/i;

const kubectl: Family = (call) => {
  const [verb = '', what = '', third = ''] = plain(call, TAKES);
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
        return k8s('deletes something of the cluster', 'medium');
      return k8s('deletes something of the cluster');
    case 'drain':
      return { rule: 'destructive/k8s-scale-zero', does: 'empties a node' };
    case 'cordon':
      return { rule: 'destructive/k8s-scale-zero', severity: 'medium', does: 'lets nothing start on a node' };
    case 'taint':
      return /:NoExecute\b/.test(all) && !/NoExecute-/.test(all)
        ? { rule: 'destructive/k8s-scale-zero', does: 'puts out what runs on a node' }
        : undefined;
    case 'scale':
    case 'autoscale':
      return values(call, '--replicas', '--max').includes('0')
        ? { rule: 'destructive/k8s-scale-zero', does: 'scales a service down to nothing' }
        : undefined;
    case 'replace':
      return has(call, /^--force$/) ? k8s('deletes objects and makes them again') : undefined;
    case 'apply':
      return has(call, /^--prune$/)
        ? k8s('deletes from the cluster what the files do not have')
        : has(call, /^--force$/) && !has(call, /^--force-conflicts/)
          ? k8s('may delete objects and make them again', 'medium')
          : manifest(call);
    case 'create':
      return /^clusterrolebinding$|^rolebinding$/.test(what) &&
        values(call, '--clusterrole').some((one) => /^(?:cluster-)?admin$/.test(one))
        ? { rule: 'permissions/iam-admin', does: 'gives somebody every right in the cluster' }
        : what === 'clusterrole' && /--verb[= ]\*|--resource[= ]\*/.test(all)
          ? { rule: 'permissions/k8s-rbac', does: 'gives every right' }
          : undefined;
    case 'patch':
      return patch(values(call, '-p', '--patch').join(' '), third);
    case 'set':
      return what === 'image' ? undefined : undefined;
    case 'rollout':
      return what === 'undo'
        ? { rule: 'destructive/k8s-recreate', severity: 'medium', does: 'puts back an earlier version of a service' }
        : undefined;
    case 'exec':
    case 'debug':
      return undefined;
    case 'edit':
      return undefined;
    case 'adm':
      return /^policy$/.test(what) && /add-(?:cluster-role|scc)-to/.test(all) && /cluster-admin|privileged/.test(all)
        ? { rule: 'permissions/iam-admin', does: 'gives somebody every right in the cluster' }
        : undefined;
    default:
      return undefined;
  }
};

function patch(text: string, name: string): CommandNotice | undefined {
  if (ZERO.test(text)) return { rule: 'destructive/k8s-scale-zero', does: 'scales a service down to nothing' };
  if (/persistentVolumeReclaimPolicy"?\s*:\s*"?Delete/i.test(text))
    return { rule: 'destructive/k8s-reclaim', does: `has the data of ${name.slice(0, 40)} deleted with its claim` };
  if (/"?finalizers"?\s*:\s*(?:null|\[\s*\])/.test(text))
    return k8s('lets an object be deleted that waits for its clean-up', 'high');
  if (/"?suspend"?\s*:\s*true/.test(text))
    return { rule: 'destructive/k8s-scale-zero', severity: 'medium', does: 'stops a job or a service' };
  return /"op"\s*:\s*"remove"/.test(text) ? k8s('removes a part of an object', 'medium') : undefined;
}

/** What `kubectl apply -f -` is given. */
function manifest(call: Call): CommandNotice | undefined {
  const text = values(call, '-f', '--filename').includes('-') ? (input(call) ?? '') : '';
  return ZERO.test(text)
    ? { rule: 'destructive/k8s-scale-zero', does: 'scales a service down to nothing' }
    : /name:\s*cluster-admin\b/.test(text)
      ? { rule: 'permissions/iam-admin', does: 'gives somebody every right in the cluster' }
      : undefined;
}

const HELM_TAKES = [
  '-n',
  '--namespace',
  '--kube-context',
  '--kubeconfig',
  '-f',
  '--values',
  '--set',
  '--version',
  '--timeout',
  '--repo',
  '--description',
  '-e',
  '--environment',
  '-l',
  '--selector',
];
const helm: Family = (call) => {
  const [verb = '', , third = ''] = plain(call, HELM_TAKES);
  if (/^(?:uninstall|delete|del|un|purge)$/.test(verb))
    return { rule: 'destructive/helm-uninstall', does: 'removes a release with what it runs' };
  if (/^upgrade$/.test(verb) && has(call, /^(?:--force(?:-replace)?|--recreate-pods)$/))
    return { rule: 'destructive/helm-uninstall', does: 'deletes objects and makes them again' };
  if (
    verb === 'upgrade' &&
    values(call, '--set').some((one) => /replica(?:s|Count)=0\b|persistence\.enabled=false/.test(one))
  )
    return { rule: 'destructive/k8s-scale-zero', does: 'scales a service down, or drops its data' };
  return verb === 'rollback'
    ? {
        rule: 'destructive/helm-uninstall',
        severity: third === '0' ? 'high' : 'medium',
        does: 'puts back an earlier version of a release',
      }
    : undefined;
};
const helmfile: Family = (call) => {
  const [verb = ''] = plain(call, HELM_TAKES);
  return /^(?:destroy|delete)$/.test(verb)
    ? { rule: 'destructive/helm-uninstall', does: 'removes every release of the file' }
    : /^(?:apply|sync)$/.test(verb) && has(call, /^--force/)
      ? { rule: 'destructive/helm-uninstall', severity: 'medium', does: 'deletes objects and makes them again' }
      : undefined;
};

const when =
  (pattern: RegExp, does: string, severity?: CommandNotice['severity']): Family =>
  (call) =>
    pattern.test(
      plain(
        call,
        TAKES.filter((one) => one !== '-p'),
      ).join(' '),
    )
      ? k8s(does, severity)
      : undefined;
const argocd: Family = (call) => {
  const words = plain(call, TAKES).join(' ');
  if (
    /^(?:app|appset|proj|repo|cluster|account|cert|admin) (?:delete|rm|delete-resource|terminate-op)\b/.test(words) ||
    /^(?:proj role delete|app actions run)\b/.test(words)
  )
    return k8s('deletes something that Argo CD manages');
  return /^app sync\b/.test(words) && has(call, /^(?:--prune|--force|--replace)$/)
    ? k8s('deletes from the cluster what the repository does not have')
    : /^app set\b/.test(words) && has(call, /^--auto-prune$/)
      ? { rule: 'destructive/k8s-recreate', does: 'has Argo CD delete what the repository does not have' }
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
        ? k8s('resets the cluster')
        : undefined,
  k3s: (call) =>
    call.args[0] === 'kubectl' ? kubectl({ ...call, args: call.args.slice(1), words: call.words.slice(1) }) : undefined,
  kubens: () => undefined,
  helm,
  helm3: helm,
  helmfile,
  helmsman: (call) =>
    has(call, /^-destroy$/)
      ? { rule: 'destructive/helm-uninstall', does: 'removes every release of the file' }
      : undefined,
  argocd,
  flux: when(/^(?:delete|uninstall|suspend)\b/, 'removes something that Flux manages'),
  istioctl: when(/^(?:uninstall|x uninstall|experimental uninstall)\b/, 'removes the mesh'),
  linkerd: when(/^uninstall\b/, 'removes the mesh', 'medium'),
  cilium: when(/^uninstall\b/, 'removes the network of the cluster'),
  skaffold: when(/^delete\b/, 'deletes what it deployed', 'medium'),
  kustomize: () => undefined,
  tkn: when(/\bdelete\b/, 'deletes something of the cluster'),
  kn: when(/\bdelete\b/, 'deletes a service'),
  'kubectl-delete': () => k8s('deletes something of the cluster'),
  rancher: when(/\b(?:delete|rm)\b/, 'deletes something of the cluster'),
  vcluster: when(/^(?:delete|rm)\b/, 'deletes a cluster', 'medium'),
  kubefed: when(/\bdelete\b/, 'deletes something'),
  odo: when(/^delete\b/, 'deletes a component', 'medium'),
  kapp: when(/^(?:delete|app-group delete)\b/, 'deletes an application'),
  werf: when(/^(?:dismiss|cleanup|purge)\b/, 'deletes a release'),
  porter: when(/^uninstall\b/, 'removes a release'),
  devspace: when(/^purge\b/, 'removes what it deployed', 'medium'),
  tilt: when(/^down\b/, 'removes what it deployed', 'medium'),
  garden: when(/^(?:delete|cleanup)\b/, 'deletes an environment', 'medium'),
  okteto: when(/^(?:destroy|namespace delete|down)\b/, 'removes what it deployed', 'medium'),
  stern: () => undefined,
};
