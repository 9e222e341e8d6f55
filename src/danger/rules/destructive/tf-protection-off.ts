import { once } from '../../lazy-value';
import { durationOf, timesAsLong } from '../../durations';
import { entriesOf, isEmpty, itemsOf, type Pair, type Tree } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings, Subject } from '../types';

export const rule = {
  severity: 'high',
  meaning:
    'a change that switches off deletion protection, backups, versioning or a lock, in Terraform, Bicep, YAML or JSON, or by a cloud command',
  why: 'Without this protection, one mistaken command deletes the resource or its copies.',
  fix: 'Leave the protection on. To delete the resource, switch the protection off in a change of its own, just before the deletion.',
} as const satisfies Rule;

const COPIES = '(?:backups?|snapshots?|point_in_time_recovery|pitr|versioning|object_lock)';
const PROTECTS = '(?:deletion|termination|delete|destroy|purge)_protection';
/** What is backed up, or when. */
const BACKED_UP =
  /(?:^|_)(?:to_?)?backup_(?:volumes?|paths?|sources?|dirs?|directories|databases?|targets?|schedules?|cron)$|^backups$/;
/** How long, or how many, copies are kept. */
const KEPT_FOR =
  /^(?!backup_retention_period$)(?:.*_)?(?:backups?|snapshots?|dumps?|wal|pitr|barman|restic|borg|velero)_(?:.*_)?(?:retention|retain|keep|kept|max_age)(?:_.*)?$|^(?:.*_)?(?:retention|retain|keep)_(?:.*_)?(?:backups?|snapshots?|dumps?)(?:_.*)?$/;
/** How long, or how much of, what a store has is kept. */
const KEEPS_FOR =
  /(?:^|_)(?:retention|retain)(?:_(?:time|period|days|hours|minutes|ms|seconds|size|bytes|duration|policy|in_days|in_hours))?$|(?:^|_)(?:delete|expire|purge)_after(?:_(?:days|hours|seconds))?$/;
/** Lists of jobs, and those of them that make copies. */
const JOBS = /cron(?:tab|job)?s?$|_jobs$|schedules?$|timers$/i;
const COPIES_OF = /backup|snapshot|pg_?dump|mysqldump|restic|borg/i;
/** What cleans up, by its path, and how old something must be. */
const CLEANS = /purg|prun|clean_?up|janitor|reaper|expir/i;
const AGE = /(?:^|_)(?:\w+_interval|max_age|min_age|age|days|ttl|older_than|threshold|after)$/;
const OF_NO_WORTH =
  /artifact|cache|te?mp(?!late)|test|build|preview|workflow|(?<!kafka_)logs?(?:$|[_-])|Resources|[a-z]Log/i;
const SETS_OF_COPIES = /backup|snapshot|pitr|point_?in_?time|^Schedule /i;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: new RegExp(`^(?!.*(?:skip|delete|disable|force|no|without|restore|from|last|final)_)(?:.*_)?(?:${COPIES}|${PROTECTS})(?:_enabled)?$|(?:^|_)enable_(?:\\w+_)?(?:${COPIES}|${PROTECTS})$`), before: 'yes', after: 'no', says: '{where} is switched off.' },
    { key: new RegExp(`^${PROTECTS}(?:_enabled)?$`), before: 'yes', after: 'absent', stays: true, says: '{where} is removed.' },
    { key: KEPT_FOR, existing: true, change: 'falls', severity: 'medium', says: 'Copies are kept less long: {where} falls from {before} to {after}.' },
    { key: KEEPS_FOR, existing: true, before: 'set', severity: 'medium', only: isShorter, says: 'Data is kept less long: {where} goes from {before} to {after}.' },
    { key: 'enabled', under: SETS_OF_COPIES, before: 'yes', after: 'no', says: '{where} is switched off.' },
    { key: 'suspend suspended paused', of: SETS_OF_COPIES, before: 'not yes', after: 'yes', says: '{where} is on: no backups are made.' },
    { key: BACKED_UP, before: 'there', after: 'absent', stays: true, only: ({ before }) => !isEmpty(before), says: 'What {where} names is no longer backed up.' },
    { key: '[]', under: /_to_backup$/i, before: 'set', after: 'absent', stays: true, says: '{before} is no longer backed up ({where}).' },
    { key: '[]', under: JOBS, before: 'there', after: 'absent', severity: 'medium', only: makesCopies, says: 'No copies are made any more: {before.name} leaves {where}.' },
    { key: AGE, of: CLEANS, existing: true, before: 'set', severity: 'medium', only: isSooner, says: 'What is old is deleted sooner: {where} goes from {before} to {after}.' },
    { key: 'ttl', of: /^(?:Schedule|Backup) /, existing: true, before: 'set', severity: 'medium', only: isShorter, says: 'Copies are kept less long: {where} goes from {before} to {after}.' },
    { key: '[]', under: /^included_?namespaces$/i, of: SETS_OF_COPIES, before: 'set', after: 'absent', stays: true, says: '{before} is no longer backed up ({where}).' },
    { key: '[]', under: /^excluded_?namespaces$/i, of: SETS_OF_COPIES, existing: true, before: 'absent', after: 'set', says: '{after} is no longer backed up ({where}).' },
    { key: 'snapshot_volumes', before: 'not no', after: 'no', of: SETS_OF_COPIES, existing: true, says: 'Volumes are no longer backed up: {where} is off.' },
    { key: 'mfa_delete', before: /^(?:Enabled|true)$/i, after: /^(?:Disabled|false)$/i, says: 'Whoever has a key may delete what is stored for good: {where} is off.' },
    { key: 'days', under: /retention|soft_?delete/i, existing: true, change: 'falls', severity: 'medium', says: 'Data is kept less long: {where} falls from {before} to {after}.' },
    { key: 'image_tag_mutability', before: /^IMMUTABLE/, after: /^MUTABLE$/, severity: 'medium', says: 'An image that is in use can be replaced by another: {where} is {after}.' },
    { key: '[]', under: /backup_?(?:volumes|paths|sources|dirs|directories|databases|targets)$/i, before: 'set', after: 'absent', stays: true, says: '{before} is no longer backed up ({where}).' },
    { key: 'verification verify restore_test', of: SETS_OF_COPIES, before: 'there', after: 'absent', stays: true, severity: 'medium', says: '{where} is removed: nobody will notice if a backup cannot be restored.' },
  ],
  'kubernetes-update': [
    { key: 'backup', under: 'spec', before: 'there', after: 'absent', stays: true, says: '{it} is no longer backed up: {key} is removed.' },
  ],
  terraform: [
    { key: 'account_replication_type', before: /^(?:RA)?GZ?RS$/i, after: /^(?:LRS|ZRS)$/i, severity: 'medium', says: '{it} keeps no copy in another region any more: {key} was {before}.' },
  ],
  azure: [
    { key: 'enablePurgeProtection enableSoftDelete isVersioningEnabled deletionProtection', before: 'yes', after: 'not yes', says: '{it} loses a protection: {key} {off}.' },
    { key: 'enabled', under: /RetentionPolicy|restorePolicy|backup/i, before: 'yes', after: 'no', says: '{it} no longer keeps what is deleted ({parent}).' },
    { key: 'geoRedundantBackup', before: /^Enabled$/i, after: /^Disabled$/i, severity: 'medium', says: '{it} keeps no copy in another region any more ({key}).' },
    { key: 'level', before: /^(?:CanNotDelete|ReadOnly)$/, after: /^(?!(?:CanNotDelete|ReadOnly)$)./, says: '{it} no longer keeps anything from being deleted.' },
    { key: 'softDeleteRetentionInDays backupRetentionDays retentionDays days retentionInDays', change: 'falls', says: '{it} keeps data less long: {key} falls from {before} to {after}.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'gcloud', line: /--no-deletion-protection|--no-backup\b|--no-enable-point-in-time-recovery|--retained-backups-count[= ]0/, does: 'takes a protection or the backups away' },
  { program: 'gsutil', verb: 'versioning, retention', line: /\b(?:off|suspend|clear)\b/, does: 'turns versions or retention off' },
  { program: 'az', verb: /^lock\b.* delete\b/, does: 'takes a lock away that protects resources' },
  { program: 'az', line: /--(?:enable-purge-protection|enable-soft-delete|delete-retention-days|enable-delete-retention|enable-versioning|backup-retention)[= ](?:false|0)\b/, does: 'turns a protection or backups off' },
]);

function makesCopies({ before, within }: Pair): boolean {
  const words = (tree: Tree | undefined): string =>
    entriesOf(tree)
      .map(([, { text }]) => text ?? '')
      .join(' ');
  return COPIES_OF.test(words(before)) && !itemsOf(within?.after).some((item) => COPIES_OF.test(words(item)));
}

/** Zero means never to what cleans up. */
function isSooner({ before, after }: Pair): boolean {
  const [earlier, later] = [before, after].map((side) => durationOf(side?.text ?? ''));
  return later !== undefined && earlier !== undefined && later > 0 && (earlier === 0 || later < earlier);
}

/** Less than before: zero and less mean *for ever* to many programs. Resources of a cloud have readers of their own, which know what each of them keeps. */
const isShorter = ({ path, before, after }: Pair, { it }: Subject): boolean => {
  const times = timesAsLong(before?.text ?? '', after?.text ?? '');
  return it === '' && times !== undefined && times > 0 && times < 1 && !path.some((step) => OF_NO_WORTH.test(step));
};
