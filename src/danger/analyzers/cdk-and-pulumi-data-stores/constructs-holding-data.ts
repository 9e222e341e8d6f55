/** Which constructs of CDK and resources of Pulumi hold data, in the words of each language. */
import { anyOf, wordSet } from '../../../base/patterns';
import type { Call } from '../../code';

export interface Store {
  readonly tool: 'cdk' | 'pulumi';
  /** As in the program: `rds.Instance`, `Table`. */
  readonly type: string;
  /** Its name in the program, by which the tool knows it again. */
  readonly id: string;
}

/** Constructs that keep data, without the package in front. */
const CONSTRUCTS = /* @__PURE__ */ wordSet(`
  Bucket Table TableV2 GlobalTable DatabaseInstance DatabaseInstanceFromSnapshot DatabaseCluster DatabaseClusterFromSnapshot
  ServerlessCluster ServerlessV2Cluster GlobalCluster FileSystem LustreFileSystem Key UserPool Secret DatabaseSecret Queue
  Domain Volume Repository PublicHostedZone PrivateHostedZone HostedZone LogGroup Stream BackupVault
  CfnBucket CfnTable CfnGlobalTable CfnDBInstance CfnDBCluster CfnFileSystem CfnKey CfnUserPool CfnSecret CfnQueue CfnDomain
  CfnVolume CfnRepository CfnHostedZone CfnCacheCluster CfnReplicationGroup CfnCluster CfnStream CfnBackupVault
`);
/** CDK itself keeps these, or a snapshot, when they leave a stack and the program does not say otherwise. */
const KEPT = /* @__PURE__ */ wordSet(`
  Bucket Table TableV2 FileSystem Key UserPool Domain LogGroup Repository BackupVault DatabaseInstance DatabaseCluster
  DatabaseInstanceFromSnapshot DatabaseClusterFromSnapshot ServerlessCluster Volume Stream
`);
/** Resources of Pulumi, with the module in front. */
const RESOURCES = anyOf(
  String.raw`
  rds\.(?:Instance|Cluster|GlobalCluster) dynamodb\.(?:Table|GlobalTable) s3\.(?:Bucket|BucketV2) efs\.FileSystem
  ebs\.Volume docdb\.Cluster neptune\.Cluster redshift\.Cluster elasticache\.(?:Cluster|ReplicationGroup)
  (?:elasticsearch|opensearch)\.Domain kinesis\.Stream sqs\.Queue kms\.Key secretsmanager\.Secret cognito\.UserPool
  ecr\.Repository backup\.Vault storage\.(?:Bucket|StorageAccount|Account|Container|BlobContainer|FileShare|Share)
  sql\.(?:DatabaseInstance|Database|Server|MssqlServer|ManagedInstance) bigquery\.(?:Dataset|Table)
  spanner\.(?:Instance|Database) bigtable\.Instance firestore\.Database alloydb\.(?:Cluster|Instance)
  redis\.(?:Instance|Cache|Redis) pubsub\.Topic compute\.(?:Disk|ManagedDisk|Instance) filestore\.Instance
  (?:documentdb|cosmosdb)\.\w*(?:Account|Database|Container|Table|Collection)
  dbfor(?:postgresql|mysql)\.(?:Server|Database) postgresql\.(?:Server|FlexibleServer|Database)
  mysql\.(?:Server|FlexibleServer|Database) keyvault\.(?:Vault|KeyVault) containerservice\.\w*Cluster
  container\.Cluster eks\.Cluster v1\.(?:PersistentVolumeClaim|Namespace|StatefulSet|PersistentVolume)
  `,
  { before: String.raw`(?:^|\.)(?:`, after: ')$', flags: 'i' },
);

/** Undefined for other calls. */
export function storeOf(call: Call): Store | undefined {
  const receiver = call.receiver.replace(/^new\s*/, '');
  const isBuilder = /\bBuilder$/.test(receiver) && call.name === 'create';
  const name = (isBuilder ? (receiver.split('.').at(-2) ?? '') : call.name).replace(/^New(?=[A-Z])/, '');
  const texts = call.args.map(({ text }) => literalIn(text));
  const [first, second] = texts;
  if (CONSTRUCTS.has(name) && first === undefined && second !== undefined) {
    // Pulumi for Go hands on its context
    const isCdk = !/^ctx$/.test(call.args[0]?.text ?? '');
    if (isCdk) return { tool: 'cdk', type: name, id: second };
  }
  const id = first ?? second;
  const type = `${receiver}.${name}`;
  return id !== undefined && RESOURCES.test(type)
    ? { tool: 'pulumi', type: type.split('.').slice(-2).join('.'), id }
    : undefined;
}

/** `"orders"` and `jsii.String("orders")`; a name that is put together at run time is none. */
const literalIn = (text: string): string | undefined =>
  /^(?:[\w.]*\bString\()?["'`]([^"'`$\\{]+)["'`]\)?$/.exec(text.trim())?.[1];

/** The program says that it stays when it leaves. */
export const isKept = ({ args }: Call): boolean =>
  args.some(({ text }) =>
    /RemovalPolicy[._]RETAIN|RETAIN_ON_UPDATE_OR_DELETE|retainOnDelete\s*:\s*true|retain_on_delete\s*=\s*True|RetainOnDelete\(true\)/.test(
      text,
    ),
  );

/** CDK keeps it, or a last snapshot: what uses it finds an empty one, or none. */
export const keptByDefault = ({ tool, type, call }: Store & { readonly call: Call }): boolean =>
  tool === 'cdk' && KEPT.has(type) && !call.args.some(({ text }) => /RemovalPolicy[._]DESTROY/.test(text));
