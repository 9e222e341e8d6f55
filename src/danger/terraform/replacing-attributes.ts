/**
 * Attributes whose change makes a provider replace the resource. Common resources only; first the `name`-like
 * attributes of those that hold data.
 */
import { anyOf } from '../../base/patterns';

const TABLE: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^aws_db_instance$/,
    /^(?:engine|username|db_name|name|availability_zone|db_subnet_group_name|storage_encrypted|kms_key_id|snapshot_identifier|character_set_name|timezone|custom_iam_instance_profile)$/,
  ],
  [
    /^aws_(?:rds|docdb|neptune)_cluster$/,
    /^(?:cluster_identifier|engine|engine_mode|master_username|database_name|db_subnet_group_name|storage_encrypted|kms_key_id|snapshot_identifier|availability_zones)$/,
  ],
  [/^aws_(?:rds|docdb|neptune)_cluster_instance$/, /^(?:identifier|cluster_identifier|engine|availability_zone)$/],
  [/^aws_dynamodb_table$/, /^(?:name|hash_key|range_key)$/],
  [/^aws_s3_(?:bucket|directory_bucket)$/, /^(?:bucket|bucket_prefix|object_lock_enabled)$/],
  [/^aws_efs_file_system$/, /^(?:creation_token|encrypted|kms_key_id|performance_mode|availability_zone_name)$/],
  [/^aws_ebs_volume$/, /^(?:availability_zone|encrypted|kms_key_id|snapshot_id)$/],
  [
    /^aws_elasticache_(?:cluster|replication_group)$/,
    /^(?:cluster_id|replication_group_id|subnet_group_name|at_rest_encryption_enabled|kms_key_id|snapshot_name|availability_zone|preferred_availability_zones)$/,
  ],
  [/^aws_(?:elasticsearch|opensearch)_domain$/, /^(?:domain_name)$/],
  [
    /^aws_redshift_cluster$/,
    /^(?:cluster_identifier|database_name|master_username|cluster_subnet_group_name|availability_zone)$/,
  ],
  [
    /* @__PURE__ */ anyOf(
      String.raw`alb backup_vault cloudwatch_event_bus cloudwatch_log_group codecommit_repository cognito_user_pool_domain
  dax_cluster dms_replication_instance ecr_repository ecs_cluster ecs_service eks_cluster eks_node_group
  elastic_beanstalk_application elastic_beanstalk_environment glacier_vault iam_policy iam_role iam_user
  key_pair kinesis_stream lambda_function lb lb_target_group memorydb_cluster mq_broker msk_cluster route53_zone
  secretsmanager_secret security_group sfn_state_machine sns_topic sqs_queue ssm_parameter`,
      { before: String.raw`^aws_(?:` },
    ),
    /^(?:name|name_prefix|cluster_name|function_name|repository_name|broker_name|fifo_queue|fifo_topic|key_arn|kms_key_arn)$/,
  ],
  [/^aws_elastic_beanstalk_environment$/, /^(?:application|tier|cname_prefix)$/],
  [
    /^aws_(?:vpc|subnet)$/,
    /^(?:cidr_block|availability_zone|availability_zone_id|vpc_id|instance_tenancy|ipv6_native)$/,
  ],
  [/^aws_instance$/, /^(?:availability_zone|subnet_id|key_name)$/],
  [/^aws_security_group$/, /^(?:description|vpc_id)$/],
  [/^aws_eks_cluster$/, /^(?:role_arn)$/],
  [/^aws_fsx_\w+_file_system$/, /^(?:storage_type|deployment_type|kms_key_id|subnet_ids|preferred_subnet_id)$/],
  [/^aws_db_subnet_group$/, /^(?:name)$/],
  [/^aws_kms_key$/, /^(?:customer_master_key_spec|key_usage|multi_region)$/],
  [/^google_/, /^(?:project|location|region|zone)$/],
  [
    /* @__PURE__ */ anyOf(
      String.raw`alloydb_cluster artifact_registry_repository bigtable_instance cloud_run_service cloud_run_v2_service
  compute_address compute_disk compute_instance compute_network compute_subnetwork container_cluster
  container_node_pool dns_managed_zone filestore_instance kms_crypto_key kms_key_ring pubsub_subscription
  pubsub_topic redis_instance service_account spanner_database spanner_instance sql_database
  sql_database_instance storage_bucket`,
      { before: String.raw`^google_(?:` },
    ),
    /^(?:name|account_id|network|subnetwork|ip_cidr_range|master_instance_name|initial_node_count|instance)$/,
  ],
  [/^google_bigquery_(?:dataset|table)$/, /^(?:dataset_id|table_id)$/],
  [/^google_secret_manager_secret$/, /^(?:secret_id)$/],
  [/^azurerm_/, /^(?:name|location|resource_group_name)$/],
  [
    /^azurerm_(?:\w*_server|\w*_database|\w*_flexible_server|storage_account|kubernetes_cluster|managed_disk|cosmosdb_\w+|redis_cache|virtual_network|subnet)$/,
    /^(?:administrator_login|account_kind|collation|charset|server_name|server_id|account_name|dns_prefix|storage_account_type|zone|is_hns_enabled|partition_key_path|kind|create_mode|delegated_subnet_id|private_dns_zone_id)$/,
  ],
  [
    /^(?:digitalocean|hcloud|linode|vultr|scaleway)_\w*(?:database|volume|cluster|rdb|bucket)\w*$/,
    /^(?:region|location|engine|name|datacenter|zone)$/,
  ],
  [
    /^kubernetes_(?:namespace|persistent_volume_claim|persistent_volume|stateful_set)(?:_v1)?$/,
    /^(?:metadata\.name|metadata\.namespace|spec\.service_name|spec\.storage_class_name|spec\.volume_name)$/,
  ],
];

/** Changed in place by their providers, although the general patterns above match them. */
const IN_PLACE =
  /^(?:azurerm_(?:role_assignment|subscription|policy_\w+) name|google_project name|google_storage_bucket zone|aws_sqs_queue kms_key_arn)$/;

/** Whether a change of the attribute (its path in the block) forces a new resource. */
export const forcesNew = (type: string, attribute: string): boolean =>
  !IN_PLACE.test(`${type} ${attribute}`) && TABLE.some(([types, names]) => types.test(type) && names.test(attribute));
