/** Which types of Terraform resources hold data that is lost with them. */

/** Patterns over types, for the most common providers: what their data stores are called. */
const HOLDS: readonly RegExp[] = [
  // Amazon
  /^aws_(?:db_instance|db_cluster|db_snapshot|db_cluster_snapshot|rds_(?:cluster|global_cluster)|rds_cluster_instance|rds_integration|docdb_\w*cluster|docdbelastic_cluster|neptune_\w*cluster|redshift_cluster|redshiftserverless_namespace)$/,
  /^aws_(?:dynamodb_(?:table|global_table)|dax_cluster|elasticache_(?:cluster|replication_group|global_replication_group|serverless_cache)|memorydb_cluster|keyspaces_(?:keyspace|table)|timestream\w*_(?:database|table|instance)|qldb_ledger)$/,
  /^aws_(?:s3_bucket|s3_directory_bucket|s3tables_\w+|s3_object|s3control_bucket|glacier_vault|efs_file_system|fsx_\w+(?:_file_system|_volume|_virtual_machine)|ebs_volume|ebs_snapshot|ami)$/,
  /^aws_(?:elasticsearch_domain|opensearch_domain|opensearchserverless_collection|msk_cluster|msk_serverless_cluster|kinesis_stream|mq_broker|sqs_queue|cloudwatch_log_group|cloudtrail_event_data_store)$/,
  /^aws_(?:backup_vault|backup_logically_air_gapped_vault|kms_key|kms_external_key|kms_replica_key|secretsmanager_secret|ssm_parameter|ecr_repository|ecrpublic_repository|codecommit_repository|cognito_user_pool|route53_zone|directory_service_directory|workspaces_workspace|lightsail_(?:database|disk|bucket)|dms_replication_instance|elastic_beanstalk_environment|elastic_beanstalk_application|glue_catalog_(?:database|table)|lakeformation_resource|sagemaker_(?:domain|feature_group|notebook_instance)|prometheus_workspace|grafana_workspace|instance)$/,
  // Google
  /^google_(?:sql_database|sql_database_instance|sql_user|spanner_(?:instance|database)|bigtable_(?:instance|table)|bigquery_(?:dataset|table)|firestore_(?:database|document)|datastore_index|alloydb_(?:cluster|instance)|redis_(?:instance|cluster)|memcache_instance|memorystore_instance)$/,
  /^google_(?:storage_bucket|storage_bucket_object|compute_(?:disk|region_disk|snapshot|image|instance)|filestore_(?:instance|backup)|netapp_(?:volume|storage_pool)|lustre_instance|parallelstore_instance)$/,
  /^google_(?:pubsub_(?:topic|subscription|lite_topic)|kms_(?:crypto_key|key_ring|crypto_key_version)|secret_manager_(?:secret|secret_version)|artifact_registry_repository|container_registry|dns_managed_zone|logging_project_bucket_config|project|folder|composer_environment|dataproc_cluster|healthcare_(?:dataset|fhir_store|dicom_store|hl7_v2_store)|vertex_ai_(?:dataset|featurestore|index)|backup_dr_backup_vault|gke_backup_backup_plan|container_cluster)$/,
  // Microsoft
  /^azurerm_(?:(?:mssql|sql|mysql|mariadb|postgresql)_(?:\w*server|database|elasticpool|managed_instance|managed_database|flexible_server|flexible_server_database)|mssql_virtual_machine|cosmosdb_(?!\w*role)\w+|redis_cache|redis_enterprise_\w+|managed_redis)$/,
  /^azurerm_(?:storage_(?:account|container|share|blob|queue|table|table_entity|data_lake_gen2_filesystem)|data_lake_store|managed_disk|snapshot|image|netapp_(?:volume|pool|account)|hpc_cache|elastic_san|elastic_san_volume)$/,
  /^azurerm_(?:key_vault|key_vault_(?:key|secret|certificate|managed_hardware_security_module)|recovery_services_vault|data_protection_backup_vault|backup_(?:protected_vm|container_storage_account)|container_registry|eventhub|eventhub_namespace|servicebus_(?:namespace|queue|topic)|log_analytics_workspace|application_insights|kusto_(?:cluster|database)|synapse_(?:workspace|sql_pool)|data_factory|databricks_workspace|search_service|dns_zone|private_dns_zone|resource_group|subscription|(?:linux_|windows_)?virtual_machine|kubernetes_cluster|machine_learning_workspace|healthcare_\w+|dashboard_grafana)$/,
  // Others
  /^digitalocean_(?:database_(?:cluster|db|replica)|volume|spaces_bucket|spaces_bucket_object|droplet|container_registry|kubernetes_cluster|domain)$/,
  /^(?:hcloud_(?:volume|server|storage_box)|linode_(?:database_\w+|volume|object_storage_bucket|instance)|vultr_(?:database|block_storage|object_storage|instance)|scaleway_(?:rdb_(?:instance|database)|object_bucket|object|block_volume|instance_volume|redis_cluster|mongodb_instance|sdb_\w+)|exoscale_(?:dbaas|database|block_storage_volume)|upcloud_(?:managed_database_\w+|storage|managed_object_storage)|ovh_cloud_project_database\w*)$/,
  /^(?:oci_(?:database_\w+|mysql_mysql_db_system|nosql_table|objectstorage_(?:bucket|object)|core_volume|core_boot_volume|file_storage_file_system|kms_(?:key|vault)|psql_db_system)|alicloud_(?:db_instance|db_database|oss_bucket|disk|ecs_disk|kvstore_instance|mongodb_instance|polardb_cluster|ots_table)|ibm_(?:database|cos_bucket|is_volume)|tencentcloud_(?:\w*mysql_instance|cos_bucket|cbs_storage|postgresql_instance|redis_instance|mongodb_instance))$/,
  /^(?:kubernetes_(?:persistent_volume_claim|persistent_volume|stateful_set|namespace|secret)(?:_v1)?|helm_release|docker_volume|openstack_(?:blockstorage_volume_v\d|objectstorage_container_v1|db_instance_v1|compute_instance_v2)|vsphere_virtual_(?:machine|disk)|proxmox_virtual_environment_vm|libvirt_volume)$/,
  /^(?:mongodbatlas_(?:cluster|advanced_cluster|serverless_instance|flex_cluster|project)|confluent_(?:kafka_cluster|kafka_topic|environment|schema)|kafka_topic|aiven_(?:pg|mysql|kafka|kafka_topic|opensearch|valkey|redis|clickhouse|cassandra|m3db|dragonfly)(?:_database)?|snowflake_(?:database|schema|table|stage)\w*|databricks_(?:catalog|schema|sql_table|volume|metastore)|elasticstack_elasticsearch_index|ec_deployment|neon_(?:project|branch|database)|planetscale_database|cockroach_cluster|influxdb\w*_bucket|rediscloud_(?:database|subscription_database)|postgresql_(?:database|schema)|mysql_database|vault_(?:mount|kv_secret_v2|kv_secret|generic_secret)|github_repository|gitlab_(?:project|group)|cloudflare_(?:r2_bucket|d1_database|workers_kv_namespace|zone)|supabase_project|heroku_(?:app|addon)|fly_volume|minio_s3_bucket|tls_private_key|random_password)$/,
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
