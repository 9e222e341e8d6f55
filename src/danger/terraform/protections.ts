/**
 * Attributes that guard a resource against being lost, whatever the provider. Used for configurations, their values and
 * plans.
 */

/** Should be true: each guards against deletion, or keeps copies. */
const ON =
  /^(?:(?:enable_|\w+_)?(?:deletion|termination|delete|destroy|removal)_protection(?:_enabled)?|disable_api_termination|disable_api_stop|prevent_deletion|prevent_destroy|protect_from_(?:deletion|destroy)|purge_protection_enabled|deletion_lock|enable_point_in_time_recovery|point_in_time_recovery_enabled|point_in_time_recovery|point_in_time_restore_enabled|continuous_backups?(?:_enabled)?|enable_pitr|delete_protection_enabled|deletion_protection_enabled|prevent_deletion_if_contains_resources|copy_tags_to_final_snapshot|versioning_enabled|enable_versioning|object_lock_enabled|soft_delete_enabled|infrastructure_deletion_protection|backup_enabled|backups_enabled|backups|enable_backups?|automated_backups?_enabled|enable_automated_backups?|deletion_prevention|protected)$/;

/** Guards of copies, not of the resource itself. */
const COPIES = /backup|recovery|restore|version|pitr|soft_delete|tags_to_final/;

/** Should be false: each lets a deletion go through without a final copy. */
const OFF =
  /^(?:skip_final_snapshot|skip_final_backup|force_destroy|force_delete|force_detach|force_overwrite_replica_secret|delete_automated_backups|skip_final_snapshot_before_deletion|force_destroy_\w+|bucket_force_destroy|s3_force_destroy|allow_force_destroy|delete_contents_on_destroy|deletion_window_disabled|purge_soft_delete_on_destroy|purge_soft_deleted_\w+_on_destroy|permanently_delete_on_destroy|delete_os_disk_on_(?:termination|deletion)|delete_data_disks_on_(?:termination|deletion)|\w+_skip_final_snapshot|\w+_force_destroy)$/;

/** How many days or copies are kept: fewer is worse. */
const KEPT =
  /^(?:backup_retention(?:_period|_days|_in_days)?|retention_period|retention_days|retention_in_days|retention_duration_in_days|retention_duration|snapshot_retention_limit|snapshot_retention_period|automated_snapshot_retention_period|manual_snapshot_retention_period|automatic_backup_retention_days|daily_automatic_backup_retention_days|recovery_window_in_days|deletion_window_in_days|soft_delete_retention_days|soft_delete_retention_duration_in_days|soft_delete_retention_seconds|retained_backups|transaction_log_retention_days|backup_retention_interval_in_hours|message_retention_(?:seconds|duration)|delete_after|cold_storage_after|recovery_period_in_days|restore_time_in_days|max_time_travel_hours|version_retention_period|backup_retention_count|destroy_scheduled_duration|\w+_backup_retention(?:_period|_days)?|\w+_snapshot_retention(?:_limit|_period|_days)?|\w+_recovery_window_in_days|\w+_log_retention(?:_in)?_days|log_retention(?:_in)?_days)$/;

export type Guard = 'on' | 'off' | 'kept';

/** How an attribute guards its resource; undefined when it does not. */
export const guardOf = (name: string): Guard | undefined =>
  ON.test(name) ? 'on' : OFF.test(name) ? 'off' : KEPT.test(name) ? 'kept' : undefined;

/** Whether a guard of kind `on` is about copies of the data. */
export const keepsCopies = (name: string): boolean => COPIES.test(name);
