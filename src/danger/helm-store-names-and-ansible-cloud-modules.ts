/** What holds data, in the words of each format: sorted, so that one can see what is there. */

/** Words in a pattern of their own: whole ones, upper or lower case. */
/* @__NO_SIDE_EFFECTS__ */
const wholeWords = (words: string): RegExp => new RegExp(`^(?:${alternatives(words)})$`, 'i');

/** Words that are somewhere in a name. */
/* @__NO_SIDE_EFFECTS__ */
const partsOfNames = (words: string): RegExp => new RegExp(alternatives(words), 'i');

const alternatives = (words: string): string => words.trim().split(/\s+/).join('|');

/** Values of charts that say whether data is kept. */
export const KEPT_ON_VOLUMES: RegExp = /* @__PURE__ */ wholeWords(
  `backup backups dataVolume diskStorage persistence persistent persistentStorage persistentVolume persistentVolumeClaim
  pvc snapshots storage volume volumeClaimTemplate`,
);

/** Parts of charts that keep data. */
export const STORES_IN_CHARTS: RegExp = /* @__PURE__ */ partsOfNames(
  `^db$ cassandra clickhouse cockroach couchdb database elasticsearch etcd influx kafka mariadb minio mongo mysql nats neo4j
  opensearch postgres rabbitmq redis valkey vault zookeeper`,
);

/** Modules of Ansible that manage a resource of a cloud. */
export const CLOUD_MODULES: RegExp = /* @__PURE__ */ wholeWords(
  `aws_s3 azure_rm_\\w+ digital_ocean\\w* dynamodb_table ec2 ec2_instance ec2_vol ec2_vpc_net ecs_cluster ecs_service efs
  eks_cluster elasticache gcp_\\w+ hcloud_\\w+ kms_key lambda linode\\w* openstack\\w* os_\\w+ proxmox\\w* rds rds_cluster
  rds_instance redshift route53_zone s3_bucket sqs_queue vmware_guest vultr\\w*`,
);
