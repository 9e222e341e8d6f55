import { once } from '../../lazy-value';
import { get, itemsOf, textAt } from '../../yaml-and-json';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a CloudFormation change that weakens `DeletionPolicy`, `UpdateReplacePolicy` or deletion protection',
  why: 'Without this policy, CloudFormation deletes the data when the resource leaves its stack.',
  fix: 'Keep `Retain` or `Snapshot` on what holds data.',
} as const satisfies Rule;

/** Types that take a final snapshot by default. */
const SNAPSHOT_BY_DEFAULT = /^AWS::(?:RDS::DB(?:Cluster|Instance)|Neptune::DBCluster|DocDB::DBCluster)$/;
const KEPT = /^(?:Retain|Snapshot)/;
const LEAVES = '{it} is no longer kept when it leaves its stack: {key}';
const REPLACED = '{it} is no longer kept when another takes its place: {key}';
const PROTECTIONS =
  'DeletionProtection DeletionProtectionEnabled EnableTerminationProtection TerminationProtection DisableApiTermination PointInTimeRecoveryEnabled ObjectLockEnabled AutomaticBackups';
/** How many days data is kept. */
const DAYS =
  'BackupRetentionPeriod SnapshotRetentionLimit AutomatedSnapshotRetentionPeriod AutomaticBackupRetentionDays PendingWindowInDays RetentionPeriodHours MessageRetentionPeriod RecoveryWindowInDays MinRetentionDays';
const NO_COPY =
  'DeleteAutomatedBackups SkipFinalClusterSnapshot SkipFinalSnapshot EmptyOnDelete ForceDestroy ForceDelete';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  'cloudformation-update': [
    { key: 'DeletionPolicy', before: KEPT, after: /^Delete$/, says: `${LEAVES} is {after}.` },
    { key: 'DeletionPolicy', before: KEPT, after: 'absent', says: `${LEAVES} {before} is removed.` },
    { key: 'DeletionPolicy', of: SNAPSHOT_BY_DEFAULT, before: 'absent', after: /^Delete$/, says: `${LEAVES} is {after}.` },
    { key: 'UpdateReplacePolicy', before: KEPT, after: /^Delete$/, says: `${REPLACED} is {after}.` },
    { key: 'UpdateReplacePolicy', before: KEPT, after: 'absent', says: `${REPLACED} {before} is removed.` },
    { key: PROTECTIONS, before: 'yes', after: 'no', says: '{it} loses a protection: {key} is off.' },
    { key: PROTECTIONS, before: 'yes', after: 'absent', stays: true, says: '{it} loses a protection: {key} is removed.' },
    { key: DAYS, change: 'falls', says: '{it} keeps its data less long: {key} falls from {before} to {after}.' },
    { key: 'ExpirationInDays', change: 'falls', severity: 'medium', says: '{it} has what is older deleted sooner: {key} falls from {before} to {after}.' },
    { key: 'LifecycleConfiguration', before: 'absent', existing: true, after: 'there', severity: 'medium', only: ({ after }) => itemsOf(get(after, 'Rules')).some((rule) => get(rule, 'ExpirationInDays') !== undefined), says: '{it} has what is older deleted from now on ({key}).' },
    { key: 'BackupRetentionPeriod', before: 'above zero', after: 'absent', stays: true, says: '{it} keeps its data less long: {key} falls from {before} to its default.' },
    { key: 'BackupRetentionPeriod', before: 'absent', after: 'zero', says: '{it} has no backups: {key} is 0.' },
    { key: 'Status', under: 'VersioningConfiguration', before: /^Enabled$/, after: /^(?!Enabled$)/, stays: true, says: '{it} no longer keeps earlier versions of its objects.' },
    { key: 'VersioningConfiguration', after: 'absent', only: ({ before }) => textAt(before, 'Status') === 'Enabled', says: '{it} no longer keeps earlier versions of its objects.' },
    { key: 'PointInTimeRecoverySpecification', before: 'there', after: 'absent', stays: true, says: '{it} can no longer be set back to an earlier time.' },
    { key: NO_COPY, before: 'not yes', after: 'yes', says: '{it} keeps no copy when it is deleted ({key}).' },
  ],
}));
