/** Which types of Terraform resources hold data that is lost with them. */
import { anyOf } from '../../base/patterns';

/** Patterns over types, for the most common providers: what their data stores are called. */
const HOLDS: readonly RegExp[] = [
  // Amazon
  /^aws_(?:db_instance|db_cluster|db_snapshot|db_cluster_snapshot|rds_(?:cluster|global_cluster)|rds_cluster_instance|rds_integration|docdb_\w*cluster|docdbelastic_cluster|neptune_\w*cluster|redshift_cluster|redshiftserverless_namespace)$/,
  /^aws_(?:dynamodb_(?:table|global_table)|dax_cluster|elasticache_(?:cluster|replication_group|global_replication_group|serverless_cache)|memorydb_cluster|keyspaces_(?:keyspace|table)|timestream\w*_(?:database|table|instance)|qldb_ledger)$/,
  /^aws_(?:s3_bucket|s3_directory_bucket|s3tables_\w+|s3_object|s3control_bucket|glacier_vault|efs_file_system|fsx_\w+(?:_file_system|_volume|_virtual_machine)|ebs_volume|ebs_snapshot|ami)$/,
  /^aws_(?:elasticsearch_domain|opensearch_domain|opensearchserverless_collection|msk_cluster|msk_serverless_cluster|kinesis_stream|mq_broker|sqs_queue|cloudwatch_log_group|cloudtrail_event_data_store)$/,
  /* @__PURE__ */ anyOf(
    String.raw`backup_logically_air_gapped_vault backup_vault codecommit_repository cognito_user_pool
  directory_service_directory dms_replication_instance ecr_repository ecrpublic_repository
  elastic_beanstalk_application elastic_beanstalk_environment glue_catalog_(?:database|table) grafana_workspace
  instance kms_external_key kms_key kms_replica_key lightsail_(?:database|disk|bucket)
  prometheus_workspace route53_zone sagemaker_(?:domain|feature_group|notebook_instance) secretsmanager_secret
  ssm_parameter workspaces_workspace`,
    { before: String.raw`^aws_(?:` },
  ),
  // Google
  /* @__PURE__ */ anyOf(
    String.raw`alloydb_(?:cluster|instance) bigquery_(?:dataset|table) bigtable_(?:instance|table) datastore_index
  firestore_(?:database|document) memcache_instance memorystore_instance redis_(?:instance|cluster)
  spanner_(?:instance|database) sql_database sql_database_instance sql_user`,
    { before: String.raw`^google_(?:` },
  ),
  /^google_(?:storage_bucket|storage_bucket_object|compute_(?:disk|region_disk|snapshot|image|instance)|filestore_(?:instance|backup)|netapp_(?:volume|storage_pool)|lustre_instance|parallelstore_instance)$/,
  /* @__PURE__ */ anyOf(
    String.raw`artifact_registry_repository backup_dr_backup_vault composer_environment container_cluster container_registry
  dataproc_cluster dns_managed_zone folder gke_backup_backup_plan
  healthcare_(?:dataset|fhir_store|dicom_store|hl7_v2_store) kms_(?:crypto_key|key_ring|crypto_key_version)
  logging_project_bucket_config project pubsub_(?:topic|subscription|lite_topic)
  secret_manager_(?:secret|secret_version) vertex_ai_(?:dataset|featurestore|index)`,
    { before: String.raw`^google_(?:` },
  ),
  // Microsoft
  /* @__PURE__ */ anyOf(
    String.raw`cosmosdb_(?!\w*role)\w+ managed_redis mssql_virtual_machine
  (?:mssql|sql|mysql|mariadb|postgresql)_(?:\w*server|database|elasticpool|managed_instance|managed_database|flexible_server|flexible_server_database)
  redis_cache redis_enterprise_\w+`,
    { before: String.raw`^azurerm_(?:` },
  ),
  /^azurerm_(?:storage_(?:account|container|share|blob|queue|table|table_entity|data_lake_gen2_filesystem)|data_lake_store|managed_disk|snapshot|image|netapp_(?:volume|pool|account)|hpc_cache|elastic_san|elastic_san_volume)$/,
  /* @__PURE__ */ anyOf(
    String.raw`application_insights backup_(?:protected_vm|container_storage_account) container_registry dashboard_grafana
  data_factory data_protection_backup_vault databricks_workspace dns_zone eventhub eventhub_namespace
  healthcare_\w+ key_vault key_vault_(?:key|secret|certificate|managed_hardware_security_module)
  kubernetes_cluster kusto_(?:cluster|database) (?:linux_|windows_)?virtual_machine log_analytics_workspace
  machine_learning_workspace recovery_services_vault resource_group search_service
  servicebus_(?:namespace|queue|topic) subscription synapse_(?:workspace|sql_pool)`,
    { before: String.raw`^azurerm_(?:` },
  ),
  // Others
  /^digitalocean_(?:database_(?:cluster|db|replica)|volume|spaces_bucket|spaces_bucket_object|droplet|container_registry|kubernetes_cluster|domain)$/,
  /* @__PURE__ */ anyOf(
    String.raw`exoscale_(?:dbaas|database|block_storage_volume) hcloud_(?:volume|server|storage_box)
  linode_(?:database_\w+|volume|object_storage_bucket|instance) ovh_cloud_project_database\w*
  scaleway_(?:rdb_(?:instance|database)|object_bucket|object|block_volume|instance_volume|redis_cluster|mongodb_instance|sdb_\w+)
  upcloud_(?:managed_database_\w+|storage|managed_object_storage)
  vultr_(?:database|block_storage|object_storage|instance)`,
  ),
  /* @__PURE__ */ anyOf(
    String.raw`alicloud_(?:db_instance|db_database|oss_bucket|disk|ecs_disk|kvstore_instance|mongodb_instance|polardb_cluster|ots_table)
  ibm_(?:database|cos_bucket|is_volume)
  oci_(?:database_\w+|mysql_mysql_db_system|nosql_table|objectstorage_(?:bucket|object)|core_volume|core_boot_volume|file_storage_file_system|kms_(?:key|vault)|psql_db_system)
  tencentcloud_(?:\w*mysql_instance|cos_bucket|cbs_storage|postgresql_instance|redis_instance|mongodb_instance)`,
  ),
  /* @__PURE__ */ anyOf(
    String.raw`docker_volume helm_release
  kubernetes_(?:persistent_volume_claim|persistent_volume|stateful_set|namespace|secret)(?:_v1)? libvirt_volume
  openstack_(?:blockstorage_volume_v\d|objectstorage_container_v1|db_instance_v1|compute_instance_v2)
  proxmox_virtual_environment_vm vsphere_virtual_(?:machine|disk)`,
  ),
  /* @__PURE__ */ anyOf(
    String.raw`aiven_(?:pg|mysql|kafka|kafka_topic|opensearch|valkey|redis|clickhouse|cassandra|m3db|dragonfly)(?:_database)?
  cloudflare_(?:r2_bucket|d1_database|workers_kv_namespace|zone) cockroach_cluster
  confluent_(?:kafka_cluster|kafka_topic|environment|schema)
  databricks_(?:catalog|schema|sql_table|volume|metastore) ec_deployment elasticstack_elasticsearch_(?:data_stream|index|snapshot_repository)
  fly_volume github_repository gitlab_(?:project|group) heroku_(?:app|addon) influxdb\w*_bucket kafka_topic
  minio_s3_bucket mongodbatlas_(?:cluster|advanced_cluster|serverless_instance|flex_cluster|project)
  mysql_database neon_(?:project|branch|database) planetscale_database postgresql_(?:database|schema)
  random_password rediscloud_(?:database|subscription_database) snowflake_(?:database|schema|table|stage)\w*
  supabase_project tls_private_key vault_(?:mount|kv_secret_v2|kv_secret|generic_secret)`,
  ),
];

/** Whether a resource of this type holds data, or is something (a key) without which such data can't be read. */
export const holdsData = (type: string): boolean => HOLDS.some((pattern) => pattern.test(type));

/** The type in a resource's address, in whatever module; empty when there is none. */
export function typeIn(address: string): string {
  const plain = address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
  const parts = plain.split('.');
  while (parts[0] === 'module') parts.splice(0, 2);
  return parts.length >= 2 ? (parts[0] ?? '') : '';
}
