/**
 * Attributes that guard a resource against being lost, whatever the provider. Used for configurations, their values and
 * plans.
 */
import { anyOf } from '../../base/patterns';

/** Should be true: each guards against deletion, or keeps copies. */
const ON = /* @__PURE__ */ anyOf(
  String.raw`automated_backups?_enabled backup_enabled backups backups_enabled continuous_backups?(?:_enabled)?
  copy_tags_to_final_snapshot delete_protection_enabled deletion_lock deletion_prevention
  deletion_protection_enabled disable_api_stop disable_api_termination enable_automated_backups? enable_drop_protection enable_backups?
  enable_pitr enable_point_in_time_recovery enable_versioning
  (?:enable_|\w+_)?(?:deletion|termination|delete|destroy|removal)_protection(?:_enabled)?
  infrastructure_deletion_protection object_lock_enabled point_in_time_recovery point_in_time_recovery_enabled
  \w+_(?:backups?|point_in_time_recovery|versioning)_enabled enable_\w+_backups?
  point_in_time_restore_enabled prevent_deletion prevent_deletion_if_contains_resources prevent_destroy
  protect_from_(?:deletion|destroy) protected purge_protection_enabled soft_delete_enabled versioning_enabled`,
);

/** Should be false: each lets a deletion go through without a final copy. */
const OFF = /* @__PURE__ */ anyOf(
  String.raw`allow_force_destroy bucket_force_destroy delete_automated_backups delete_contents_on_destroy
  delete_data_disks_on_(?:termination|deletion) delete_os_disk_on_(?:termination|deletion)
  deletion_window_disabled force_delete force_destroy force_destroy_\w+ force_detach
  force_overwrite_replica_secret permanently_delete_on_destroy purge_soft_delete_on_destroy
  purge_soft_deleted_\w+_on_destroy s3_force_destroy skip_final_backup skip_final_snapshot
  skip_final_snapshot_before_deletion \w+_force_destroy \w+_skip_final_snapshot`,
);

/** How many days or copies are kept: fewer is worse. */
const KEPT = /* @__PURE__ */ anyOf(
  String.raw`backtrack_window automated_snapshot_retention_period automatic_backup_retention_days
  backup_retention(?:_period|_days|_in_days)? backup_retention_count backup_retention_interval_in_hours
  cold_storage_after daily_automatic_backup_retention_days delete_after deletion_window_in_days
  destroy_scheduled_duration log_retention(?:_in)?_days manual_snapshot_retention_period max_time_travel_hours
  message_retention_(?:seconds|duration) recovery_period_in_days recovery_window_in_days restore_time_in_days
  retained_backups retention_days retention_duration retention_duration_in_days retention_in_days
  retention_period snapshot_retention_limit snapshot_retention_period soft_delete_retention_days
  soft_delete_retention_duration_in_days soft_delete_retention_seconds transaction_log_retention_days
  version_retention_period \w+_backup_retention(?:_period|_days)? \w+_log_retention(?:_in)?_days
  \w+_recovery_window_in_days \w+_snapshot_retention(?:_limit|_period|_days)?`,
);

type Guard = 'on' | 'off' | 'kept';

/** How an attribute guards its resource; undefined when it does not. */
export const guardOf = (name: string): Guard | undefined =>
  ON.test(name) ? 'on' : OFF.test(name) ? 'off' : KEPT.test(name) ? 'kept' : undefined;
