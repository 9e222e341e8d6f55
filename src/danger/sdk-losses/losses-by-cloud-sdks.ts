/** SDKs of clouds and the like: which calls delete what cannot be restored. */
import { anyOf, wordSet } from '../../base/patterns';
import { factAt } from '../rule-rows/facts-from-sentences';
import type { Call, Code } from '../code';
import type { Noticed } from '../types';

/** The file uses one of these. */
const SDK = /* @__PURE__ */ anyOf(
  String.raw`PyGithub aioboto aws-sdk @aws-sdk aws\.(?:String|Config)\b @azure/
  \b(?:Rds|DynamoDb|DynamoDB|S3|Ec2|EC2|Eks|Ecs|Efs|Kms|CloudFormation|ElasticBeanstalk|ElastiCache|Redshift|Route53)(?:Async)?Client\b
  \bAws:: \bAws\\ \bazure\b \bhcloud\b \bkubernetes\b boto3 botocore cloud\.google\.com com\.amazonaws
  com\.azure com\.google\.cloud digitalocean @elastic elasticsearch @google-cloud google\.cloud googleapis
  io\.fabric8 io\.kubernetes k8s\.io @kubernetes linode octokit opensearch software\.amazon
  algoliasearch chromadb ["'\x60]cloudflare["'\x60] contentful-management firebase-admin firebase_admin \bGithub\( \bhvac\b influxdb
  meilisearch milvus \b[Mm]inio @neondatabase pinecone qdrant turbopuffer typesense weaviate`,
  { before: String.raw``, after: String.raw`` },
);
/** Verbs, and the objects they must act on to count; lower case, no `_`. */
const VERB = /^(?:begin)?(?:delete|terminate|purge|destroy|rebuild|deregister|release|remove|force_?delete)(\w*)$/;
const THINGS = /* @__PURE__ */ anyOf(
  String.raw`accounts? alias allobjects apis? apps? applications? archives? branch(?:es)? autoscalinggroups? backups? backupvaults? blobs
  bucketencryption bucketpolicy bucketreplication buckets? bucketversioning cacheclusters? clusters?
  clustersnapshots? collections? containers? crypto\w+ databases? datasets? dbclusters? dbinstances?
  deletionprotection deliverystreams? director(?:y|ies) disks? droplets? distributions? domains? endpoints? environments?
  files filesystems? firewalls? functions? groups? hostedzones? identitypools? images? indexe?s? indices
  instanceautomatedbackups? instances? keypairs? keys? keyspaces? kmskeys? launchtemplates? loadbalancers?
  loggroups? logstreams? metadataandallversions models? namespaces? natgateways? networks? nodegroups? nodepools? objectversions
  organizations? policys? projects? publicaccessblock queues? recoverypoints? registries registry
  replicationgroups? repositor(?:y|ies) resourcegroups? restapis? roles? schemas? searchindexs? secrets?
  securitygroups? servers? services? shares? snapshots? stacks?(?:set|instances)? streams? subnets?
  subscriptions? tables? topics? trails? users?pools? vaults? virtualmachines? vms? volumes? vpcs? workspaces?
  zones?`,
  {
    before: String.raw`^(?:global)?(?:db|rds|cache|ecs|eks|gke|emr|msk|kafka|redshift|dax|neptune|docdb|container|managed|virtual|compute|sql|cosmos|storage|auto\w*|app|web|function|lambda|batch)?(?:`,
  },
);
/** Routine operations. */
const EVERYDAY =
  /^(?:message|messages|messagebatch|object|item|row|record|tags?|session|cookie|event|file|listener|child|attribute|property|element|node|entry|key|handler|callback|user|comment|post|task|job)$/;
/** Kubernetes' Python and JavaScript clients name what they delete in the method's name. */
const KUBERNETES = anyOf(
  `
    clusterrole configmap cronjob customobject customresourcedefinition daemonset deployment ingress namespace node
    persistentvolume persistentvolumeclaim poddisruptionbudget replicaset role secret service serviceaccount statefulset
    storageclass
  `,
  { before: '^delete(?:collection)?(?:namespaced|cluster)?((?:', after: '))$' },
);
const AUDIT = wordSet(`
  stoplogging deletetrail deleteloggroup schedulekeydeletion disablekey deletedetector
  deleteconfigurationrecorder stopconfigurationrecorder deleteflowlogs destroycryptokeyversion
`);

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Whether the text has to do with a cloud at all. */
export const usesCloud = (text: string): boolean =>
  SDK.test(text) || /Delete\w{1,60}Command\b|\.Delete\w{1,60}Input\{|delete_(?:db|namespace|stack)/.test(text);

/** Calls that delete resources of a cloud. */
export function cloudDeletes(call: Call, code: Code): Noticed | null {
  const say = (loss: string): Noticed =>
    factAt("destructive/cloud-sdk-delete: {what} through the cloud's SDK.", call, { what: loss });
  const command = call.isNew ? /^(\w+)Command$/.exec(call.name)?.[1] : undefined;
  if (call.isNew && command === undefined) return null;
  const name = plain(command ?? call.name).replace(/(?:!|async|andwait|request|withresponse)$/, '');
  if (AUDIT.has(name))
    return factAt(
      "destructive/cloud-audit-off: What records or protects activity is switched off through the cloud's SDK.",
      call,
    );
  const kubernetes = KUBERNETES.exec(name)?.[1];
  if (kubernetes !== undefined && !call.isNew) return say(`A ${kubernetes} of the cluster is deleted`);
  if (
    /^delete(?:collection)?$/.test(name) &&
    /\.(?:Namespaces|PersistentVolumes|PersistentVolumeClaims|StatefulSets|Deployments|Secrets|Services|CustomResourceDefinitions|namespaces|persistentVolumeClaims|statefulSets)\(\)$/.test(
      call.receiver,
    )
  )
    return say('A resource of the cluster is deleted');
  const origin = originOf(call.receiver, code);
  const thing = VERB.exec(name)?.[1];
  if (thing === undefined) return null;
  if (thing === '')
    return plainDelete(call, name, origin)
      ? say(name === 'terminate' ? 'Servers are terminated' : 'A resource or what is in it is deleted')
      : null;
  if (EVERYDAY.test(thing) || !THINGS.test(thing)) return null;
  // `this.deleteFunction(x)` and the program's own helpers are not an SDK
  if (command === undefined && !isClient(call, origin)) return null;
  const words = (command ?? call.name)
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .slice(0, 6);
  const verb = words[0] === 'begin' ? (words[1] ?? '') : (words[0] ?? '');
  const did: Readonly<Record<string, string>> = {
    delete: 'deleted',
    terminate: 'terminated',
    purge: 'emptied',
    destroy: 'destroyed',
    rebuild: 'rebuilt, with what is on it',
    deregister: 'deregistered',
    release: 'released',
  };
  return say(`${capital(words.slice(words[0] === 'begin' ? 2 : 1).join(' '))} ${did[verb] ?? 'deleted'}`);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the receiver was set to, followed for a few steps. */
function originOf(receiver: string, code: Code): string {
  let text = receiver.replace(/^(?:self|this|\$this)(?:\.|->)/, '');
  let trail = text;
  for (let step = 0; step < 3; step++) {
    const head = /^[\w$]+/.exec(text)?.[0];
    const known =
      head === undefined
        ? undefined
        : (code.assigned.get(head) ?? code.assigned.get(`self.${head}`) ?? code.assigned.get(`this.${head}`));
    if (known === undefined || known.startsWith(text)) break;
    text = known.replace(/^await\s+/, '');
    trail = `${text} ${trail}`;
  }
  return trail;
}

/** What people call a client of a cloud. */
const CLIENTS = anyOf(
  String.raw`
    \w*Api \w*_api \w*client admin backup bigquery blob\w* bq cfn cloudformation cloudwatch compute conn cosmos ddb
    dynamo\w* eb ec2 ecr ecs efs eks elasticache elb\w* gcs glacier iam indices kafka\w* kinesis kms lambda\w* logs
    octokit rds redshift route53 s3 sdk secretsmanager session sns sqs storage svc v1
  `,
  { before: '(?:^|[.>$])(?:', flags: 'i' },
);

const OF_AN_SDK = anyOf(
  String.raw`boto \.bucket\( \.client\( \.resource\( Client\b aws google gcp azure Api\( Octokit kubernetes algolia chroma\w* cloudflare
  contentful firebase hvac meili milvus minio pinecone qdrant supabase typesense weaviate`,
  { before: '', after: '', flags: 'i' },
);

/** The receiver is an SDK client, by its name or by its origin. */
function isClient(call: Call, origin: string): boolean {
  if (OF_AN_SDK.test(origin) && call.receiver !== '') return true;
  if (/^(?:new)?\(\)/.test(call.receiver)) return true; // `new (require('x').Client)(…)`
  if (call.args.some(({ text }) => /Input\s*\{|Request\b|\bb\s*->|builder\(\)/.test(text))) return true;
  return CLIENTS.test(call.receiver.replace(/\(\)$/, ''));
}

/** What holds other things, as an SDK names it. */
const HOLDERS = anyOf(
  String.raw`
    \.(?:Bucket|Table|Stack|Instance|DBInstance|Volume|Snapshot|Vpc|Queue|Topic|Cluster)\(
    \b(?:bucket|topic|subscription|dataset|instance|cluster|database|get(?:_bucket|_repo|ContainerClient|QueueClient))\(\)?\s
    \.(?:bucket|dataset|topic|instance|table|database|getContainerClient|getQueueClient|get_repo)\(["'\x60\w]
    \b(?:[oO]ctokit|[gG]ithub)\w*(?:\(\))?(?:\.rest)?\.repos\s
  `,
  { before: '', after: '', flags: '' },
);
/** Their `delete` with an id deletes one document. */
const INDEXES = /\b(?:initIndex|init_index|getIndex|get_index|index|Index|collections)\((?:\)\s|["'`\w])/;

/** `bucket.objects.all().delete()`, `table.delete()`, `instance.terminate()`: judged by the receiver's origin. */
function plainDelete(call: Call, name: string, origin: string): boolean {
  const from = `${call.receiver} ${origin}`;
  if (name === 'terminate')
    return /boto|ec2|Instance\(|instances/i.test(from) && !/process|proc|worker|pool|thread|child/i.test(call.receiver);
  if (name === 'begindelete') return true;
  if (name !== 'delete' && name !== 'destroy' && name !== 'purge') return false;
  if (/\.(?:objects|object_versions)(?:\.all\(\)|\.filter\(\))?(?=\s|$)/.test(call.receiver))
    return !/\.filter\(\)/.test(call.receiver) || /Prefix=["']{2}/.test(origin);
  return (
    (HOLDERS.test(`${from} `) || (call.args.length === 0 && INDEXES.test(`${from} `))) &&
    !/\.(?:file|blob|object|doc|get_blob|Object|key)\(/.test(from)
  );
}
