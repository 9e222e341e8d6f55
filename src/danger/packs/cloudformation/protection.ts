/** What keeps the data of a stack: deletion policies, protection, backups, versions. */
import { entriesOf, get, gone, isNo, isYes, named, numberOf, on, textAt, type Tree } from '../../tree';
import type { RuleId } from '../../rules';
import type { Noticed } from '../../types';

/** Types that take a final snapshot by default. */
const SNAPSHOT_BY_DEFAULT = /^AWS::(?:RDS::DB(?:Cluster|Instance)|Neptune::DBCluster|DocDB::DBCluster)$/;

/** Properties that protect while they are true, in any resource. */
const PROTECTING: Readonly<Record<string, RuleId>> = {
  DeletionProtection: 'destructive/cfn-retention',
  DeletionProtectionEnabled: 'destructive/cfn-retention',
  EnableTerminationProtection: 'destructive/cfn-retention',
  TerminationProtection: 'destructive/cfn-retention',
  DisableApiTermination: 'destructive/cfn-retention',
  PointInTimeRecoveryEnabled: 'destructive/cfn-retention',
  ObjectLockEnabled: 'destructive/cfn-retention',
  AutomaticBackups: 'destructive/cfn-retention',
  IsLogging: 'destructive/cloud-audit-off',
  EnableLogFileValidation: 'destructive/cloud-audit-off',
};

/** How many days data is kept; fewer is worse. */
const DAYS: Readonly<Record<string, RuleId>> = {
  BackupRetentionPeriod: 'destructive/cfn-retention',
  SnapshotRetentionLimit: 'destructive/cfn-retention',
  AutomatedSnapshotRetentionPeriod: 'destructive/cfn-retention',
  AutomaticBackupRetentionDays: 'destructive/cfn-retention',
  PendingWindowInDays: 'destructive/cfn-retention',
  RetentionPeriodHours: 'destructive/cfn-retention',
  MessageRetentionPeriod: 'destructive/cfn-retention',
  RecoveryWindowInDays: 'destructive/cfn-retention',
  RetentionInDays: 'destructive/cloud-audit-off',
  MinRetentionDays: 'destructive/cfn-retention',
};

export function noticeProtection(label: string, type: string, before: Tree, after: Tree): readonly Noticed[] {
  return [
    ...policies(label, type, before, after),
    ...properties(label, type, get(before, 'Properties'), get(after, 'Properties'), 0),
  ];
}

function policies(label: string, type: string, before: Tree, after: Tree): readonly Noticed[] {
  return ['DeletionPolicy', 'UpdateReplacePolicy'].flatMap((key): readonly Noticed[] => {
    const [old, now] = [
      textAt(before, key) ?? (SNAPSHOT_BY_DEFAULT.test(type) && key === 'DeletionPolicy' ? 'Snapshot' : 'Delete'),
      textAt(after, key),
    ];
    const kept = /^(?:Retain|Snapshot)/.test(old);
    if (!kept || (now !== undefined && now !== 'Delete')) return [];
    const message = `${label} is no longer kept when ${key === 'DeletionPolicy' ? 'it leaves its stack' : 'another takes its place'}: ${key} ${now === undefined ? `${named(old)} is removed` : `is ${now}`}.`;
    const [here, was] = [get(after, key), get(before, key)];
    if (here !== undefined) return [on('destructive/cfn-retention', here, message)];
    return was === undefined ? [] : [gone('destructive/cfn-retention', was, message)];
  });
}

function properties(
  label: string,
  type: string,
  before: Tree | undefined,
  after: Tree | undefined,
  depth: number,
): readonly Noticed[] {
  if (depth > 4 || before === undefined || after === undefined || (before.map === null && before.list === null))
    return [];
  if (before.list !== null)
    return before.list.flatMap((one, index) => properties(label, type, one, after.list?.[index], depth + 1));
  return entriesOf(before)
    .flatMap(([key, old]): readonly Noticed[] => [
      ...property(label, type, key, old, after),
      ...properties(label, type, old, get(after, key), depth + 1),
    ])
    .concat(depth === 0 ? added(label, before, after) : []);
}

function property(label: string, type: string, key: string, old: Tree, after: Tree): readonly Noticed[] {
  const now = get(after, key);
  const protects = Object.hasOwn(PROTECTING, key) ? PROTECTING[key] : undefined;
  if (protects !== undefined && isYes(old) && (now === undefined || isNo(now)))
    return [
      spot(protects, old, now, `${label} loses a protection: ${key} is ${now === undefined ? 'removed' : 'off'}.`),
    ];
  const days = Object.hasOwn(DAYS, key) ? DAYS[key] : undefined;
  const [had, has] = [numberOf(old), now === undefined ? 0 : numberOf(now)];
  if (
    days !== undefined &&
    had !== undefined &&
    has !== undefined &&
    has < had &&
    (now !== undefined || key === 'BackupRetentionPeriod')
  )
    return [
      spot(
        days,
        old,
        now,
        `${label} keeps its data less long: ${key} falls from ${String(had)} to ${now === undefined ? 'its default' : String(has)}.`,
      ),
    ];
  if (key === 'VersioningConfiguration' && textAt(old, 'Status') === 'Enabled' && textAt(now, 'Status') !== 'Enabled') {
    return [
      spot(
        'destructive/cfn-retention',
        old,
        get(now, 'Status') ?? now,
        `${label} no longer keeps earlier versions of its objects.`,
      ),
    ];
  }
  if (key === 'PointInTimeRecoverySpecification' && now === undefined)
    return [gone('destructive/cfn-retention', old, `${label} can no longer be set back to an earlier time.`)];
  if (
    /^(?:DesiredCount|DesiredCapacity|MinSize|MaxSize|MinCapacity)$/.test(key) &&
    (had ?? 0) > 0 &&
    now !== undefined &&
    has === 0 &&
    (key !== 'MinSize' || numberOf(get(after, 'MaxSize')) === 0) &&
    key !== 'MinCapacity'
  ) {
    return [on('destructive/cloud-stop', now, `${label} stops: ${key} is 0.`)];
  }
  if (key === 'Enabled' && type.startsWith('AWS::KMS::Key') && isYes(old) && isNo(now))
    return [spot('destructive/cloud-audit-off', old, now, `${label} is disabled: what it encrypts cannot be read.`)];
  return [];
}

/** Switches that lose data when they are turned on. */
function added(label: string, before: Tree, after: Tree): readonly Noticed[] {
  return entriesOf(after).flatMap(([key, now]): readonly Noticed[] => {
    const old = get(before, key);
    if (
      /^(?:DeleteAutomatedBackups|SkipFinalClusterSnapshot|SkipFinalSnapshot|EmptyOnDelete|ForceDestroy|ForceDelete)$/.test(
        key,
      ) &&
      isYes(now) &&
      !isYes(old)
    )
      return [on('destructive/cfn-retention', now, `${label} keeps no copy when it is deleted (${key}).`)];
    if (key === 'BackupRetentionPeriod' && numberOf(now) === 0 && old === undefined)
      return [on('destructive/cfn-retention', now, `${label} has no backups: BackupRetentionPeriod is 0.`)];
    if (key === 'DesiredCount' && numberOf(now) === 0 && old === undefined)
      return [on('destructive/cloud-stop', now, `${label} stops: DesiredCount is 0.`)];
    return [];
  });
}

const spot = (rule: RuleId, old: Tree, now: Tree | undefined, message: string): Noticed =>
  now === undefined ? gone(rule, old, message) : on(rule, now, message);
