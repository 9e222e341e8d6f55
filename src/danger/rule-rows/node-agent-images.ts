/** Programs that belong to the machines of a cluster: networks, storage, devices, logs and measures of the node. */
import { anyOf } from '../../base/patterns';
import { entriesOf, get, textAt, type Pair, type Tree } from '../yaml-and-json';

/** The last part of an image's name, or two parts where one says too little; a chart has the same name. */
const PROGRAMS = /* @__PURE__ */ anyOf(
  String.raw`alloy amazon-k8s-cni(?:-init)? antrea(?:-agent)?(?:-ubuntu)? auditbeat aws-ebs-csi-driver aws-efs-csi-driver
  aws-node-termination-handler azure-cni azure-cns azuredisk-csi azurefile-csi blob-csi cadvisor calico/(?:node|cni) cni
   ceph-csi-\w+ cephcsi cilium cni-plugins csi-driver-(?:nfs|smb) csi-node-driver-registrar csi-secrets-store/driver
  datadog/agent dcgm-exporter democratic-csi do-csi-plugin driver-registrar ebpf[-_]exporter etcd falco(?:-no-driver)?
  falco-driver-loader filebeat flannel(?:-cni-plugin)? fluent-bit fluentd frr gcp-compute-persistent-disk-csi-driver
  generic-device-plugin gpu-feature-discovery hcloud-csi-driver install-cni intel-gpu-plugin k8s-device-plugin
  k8s-dns-node-cache kepler kindnetd kube-apiserver kube-bench kube-controller-manager kube-ovn kube-proxy kube-router
  kube-scheduler kube-vip kubearmor kured livenessprobe longhorn(?:-engine|-instance-manager|-manager)? metallb metricbeat
  metallb/speaker multus(?:-cni)? nfsplugin node-collector node-disk-manager node-driver-registrar node-feature-discovery
  node-problem-detector nvidia-device-plugin (?:prometheus-)?node[-_]exporter promtail rook-ceph(?:-cluster)? rook/ceph
  secrets-store-csi-driver (?:prometheus-)?smartctl[-_]exporter smarter-device-manager smbplugin spegel
  sriov-network-device-plugin system-upgrade-controller telegraf tetragon topolvm(?:-with-sidecar)? tracee tuned vector
  weave-(?:kube|npc) whereabouts`,
  { before: String.raw`(?:^|/)(?:`, after: String.raw`)(?:[:@]|$)` },
);

const DEEP = 12;

/**
 * Whether the container, or where none is named the object, runs such a program: its rights are what it is there for.
 * `chart`: the one that an object is a template of.
 */
export function isOfTheNode(pair: Pair, chart = ''): boolean {
  let top: Tree | undefined;
  for (let at = pair.within; at !== undefined; at = at.within) {
    const image = imageOf(at.after);
    if (image !== undefined) return PROGRAMS.test(image.startsWith('tpl_') ? chart : image);
    top = at.after ?? top;
  }
  return [...namesIn(top, 0), chart].some((name) => PROGRAMS.test(name));
}

/** `image: NAME`, or `image: { repository: NAME }` as charts have it. */
const imageOf = (tree: Tree | undefined): string | undefined =>
  textAt(tree, 'image') ?? textAt(tree, 'image', 'repository');

/** The images of an object, and the chart that it installs. */
function namesIn(tree: Tree | undefined, depth: number): readonly string[] {
  if (tree === undefined || depth > DEEP) return [];
  const own = depth === 0 ? chartOf(tree) : imageOf(tree);
  const inside = [...entriesOf(tree).map(([, value]) => value), ...(tree.list ?? [])];
  return [...(own === undefined ? [] : [own]), ...inside.flatMap((one) => namesIn(one, depth + 1))];
}

const chartOf = (tree: Tree): string | undefined =>
  imageOf(tree) ??
  textAt(tree, 'spec', 'chart', 'spec', 'chart') ??
  textAt(tree, 'spec', 'chartRef', 'name') ??
  textAt(get(tree, 'spec', 'source'), 'chart');
