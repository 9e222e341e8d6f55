/** Tables: kinds of objects that hold data or protect others, and immutable fields. */

/** Objects whose removal loses data, a service or a protection, and what happens then. */
export const PRECIOUS: Readonly<Record<string, string>> = {
  Namespace: 'everything in it is deleted',
  PersistentVolumeClaim: 'its volume may be deleted',
  PersistentVolume: 'its data may be lost',
  CustomResourceDefinition: 'all objects of its kind are deleted',
  StatefulSet: 'a service that keeps data stops',
  PodDisruptionBudget: 'nothing keeps replicas running while nodes are drained',
  StorageClass: 'claims that name it get no volume',
  VolumeSnapshot: 'a copy of data may be deleted',
  VolumeSnapshotContent: 'a copy of data may be deleted',
  // Operators that manage data.
  Postgresql: 'the database may be deleted',
  postgresql: 'the database may be deleted',
  PostgresCluster: 'the database may be deleted',
  PerconaXtraDBCluster: 'the database may be deleted',
  PerconaServerMongoDB: 'the database may be deleted',
  PerconaPGCluster: 'the database may be deleted',
  MySQLCluster: 'the database may be deleted',
  InnoDBCluster: 'the database may be deleted',
  MariaDB: 'the database may be deleted',
  MongoDBCommunity: 'the database may be deleted',
  MongoDB: 'the database may be deleted',
  RedisCluster: 'the store may be deleted',
  RedisFailover: 'the store may be deleted',
  Redis: 'the store may be deleted',
  CassandraDatacenter: 'the database may be deleted',
  Elasticsearch: 'the indexes may be deleted',
  OpenSearchCluster: 'the indexes may be deleted',
  ClickHouseInstallation: 'the database may be deleted',
  RabbitmqCluster: 'the queues may be deleted',
  Kafka: 'the topics may be deleted',
  KafkaTopic: 'the messages of the topic are deleted',
  Tenant: 'the object store may be deleted',
  Schedule: 'backups are no longer made',
  ScheduledBackup: 'backups are no longer made',
  BackupSchedule: 'backups are no longer made',
  // Cloud resources.
  RDSInstance: 'the cloud resource may be deleted',
  DBInstance: 'the cloud resource may be deleted',
  DBCluster: 'the cloud resource may be deleted',
  Bucket: 'the cloud resource may be deleted',
  SQLInstance: 'the cloud resource may be deleted',
  SQLDatabase: 'the cloud resource may be deleted',
  StorageBucket: 'the cloud resource may be deleted',
  Table: 'the cloud resource may be deleted',
};

/** Kinds whose names others use too; only these API groups are meant. */
export const GROUPS: Readonly<Record<string, RegExp>> = {
  Tenant: /minio/,
  Schedule: /velero|k8up/,
  Table: /dynamodb|aws|crossplane/,
  Cluster: /postgresql\.cnpg\.io/,
};

/** A `Cluster` is a database only for this operator. */
export const isDatabaseCluster = (kind: string, api: string): boolean =>
  kind === 'Cluster' && /cnpg\.io|mysql|mongodb|redis|kafka/.test(api);

/** Fields that the API refuses to change: the object has to be deleted and recreated. */
export const IMMUTABLE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'selector']],
  DaemonSet: [['spec', 'selector']],
  ReplicaSet: [['spec', 'selector']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  Job: [
    ['spec', 'selector'],
    ['spec', 'completionMode'],
  ],
  PersistentVolumeClaim: [
    ['spec', 'storageClassName'],
    ['spec', 'accessModes'],
    ['spec', 'volumeName'],
    ['spec', 'volumeMode'],
    ['spec', 'selector'],
    ['spec', 'dataSource'],
  ],
  PersistentVolume: [
    ['spec', 'csi'],
    ['spec', 'nfs'],
    ['spec', 'awsElasticBlockStore'],
    ['spec', 'gcePersistentDisk'],
    ['spec', 'azureDisk'],
    ['spec', 'local'],
    ['spec', 'hostPath'],
    ['spec', 'nodeAffinity'],
  ],
  StorageClass: [['provisioner'], ['parameters'], ['volumeBindingMode']],
  Service: [['spec', 'clusterIP']],
  RoleBinding: [['roleRef']],
  ClusterRoleBinding: [['roleRef']],
  Secret: [['type']],
  IngressClass: [['spec', 'controller']],
  PriorityClass: [['value']],
  CustomResourceDefinition: [
    ['spec', 'group'],
    ['spec', 'scope'],
    ['spec', 'names', 'plural'],
    ['spec', 'names', 'kind'],
  ],
};
