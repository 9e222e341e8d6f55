/**
 * What each rule finds by rows. Of several rows that fit one thing, the first one reports it: rules are asked in the
 * order of this table. What is named more exactly comes first, and what takes any kind of thing last.
 */
import type { CommandRow, Settings, ToolRow } from './types';
import type { RuleId } from '.';
import * as fsRecursiveDelete from './destructive/fs-recursive-delete';
import * as diskOverwrite from './destructive/disk-overwrite';
import * as systemDown from './destructive/system-down';
import * as tfDestroy from './destructive/tf-destroy';
import * as tfUnattendedApply from './destructive/tf-unattended-apply';
import * as tfProtectionOff from './destructive/tf-protection-off';
import * as cfnRetention from './destructive/cfn-retention';
import * as cdkRemovalPolicy from './destructive/cdk-removal-policy';
import * as stackDelete from './destructive/stack-delete';
import * as cloudDelete from './destructive/cloud-delete';
import * as cloudStop from './destructive/cloud-stop';
import * as cloudAuditOff from './destructive/cloud-audit-off';
import * as k8sDelete from './destructive/k8s-delete';
import * as k8sRemoved from './destructive/k8s-removed';
import * as k8sReclaim from './destructive/k8s-reclaim';
import * as k8sImmutable from './destructive/k8s-immutable';
import * as k8sScaleZero from './destructive/k8s-scale-zero';
import * as k8sRecreate from './destructive/k8s-recreate';
import * as helmUninstall from './destructive/helm-uninstall';
import * as containerVolumes from './destructive/container-volumes';
import * as sqlDrop from './destructive/sql-drop';
import * as sqlDropColumn from './destructive/sql-drop-column';
import * as sqlNoWhere from './destructive/sql-no-where';
import * as ormReset from './destructive/orm-reset';
import * as storeFlush from './destructive/store-flush';
import * as forgeDelete from './destructive/forge-delete';
import * as packageUnpublish from './destructive/package-unpublish';
import * as guardRemoved from './destructive/guard-removed';
import * as iamAdmin from './permissions/iam-admin';
import * as iamPrincipal from './permissions/iam-principal';
import * as publicData from './permissions/public-data';
import * as netOpen from './permissions/net-open';
import * as k8sPrivileged from './permissions/k8s-privileged';
import * as containerRoot from './permissions/container-root';
import * as ciGate from './permissions/ci-gate';
import * as dbGrant from './permissions/db-grant';
import * as authRemoved from './permissions/auth-removed';

interface Rows {
  readonly commands?: readonly CommandRow[];
  readonly settings?: () => Settings;
  readonly tools?: readonly ToolRow[];
}

const ROWS: readonly (readonly [RuleId, Rows])[] = [
  ['destructive/orm-reset', ormReset],
  ['destructive/sql-drop-column', sqlDropColumn],
  ['destructive/helm-uninstall', helmUninstall],
  ['destructive/fs-recursive-delete', fsRecursiveDelete],
  ['destructive/disk-overwrite', diskOverwrite],
  ['destructive/system-down', systemDown],
  ['destructive/tf-destroy', tfDestroy],
  ['destructive/tf-unattended-apply', tfUnattendedApply],
  ['destructive/tf-protection-off', tfProtectionOff],
  ['destructive/cfn-retention', cfnRetention],
  ['destructive/cdk-removal-policy', cdkRemovalPolicy],
  ['destructive/stack-delete', stackDelete],
  ['destructive/k8s-delete', k8sDelete],
  ['destructive/k8s-removed', k8sRemoved],
  ['destructive/k8s-reclaim', k8sReclaim],
  ['destructive/k8s-immutable', k8sImmutable],
  ['destructive/k8s-scale-zero', k8sScaleZero],
  ['destructive/k8s-recreate', k8sRecreate],
  ['destructive/container-volumes', containerVolumes],
  ['destructive/sql-drop', sqlDrop],
  ['destructive/sql-no-where', sqlNoWhere],
  ['destructive/store-flush', storeFlush],
  ['destructive/forge-delete', forgeDelete],
  ['destructive/package-unpublish', packageUnpublish],
  ['destructive/guard-removed', guardRemoved],
  ['permissions/iam-admin', iamAdmin],
  ['permissions/iam-principal', iamPrincipal],
  ['permissions/net-open', netOpen],
  ['permissions/k8s-privileged', k8sPrivileged],
  ['permissions/container-root', containerRoot],
  ['permissions/ci-gate', ciGate],
  ['permissions/db-grant', dbGrant],
  ['permissions/auth-removed', authRemoved],
  ['destructive/cloud-audit-off', cloudAuditOff],
  ['destructive/cloud-stop', cloudStop],
  ['destructive/cloud-delete', cloudDelete],
  ['permissions/public-data', publicData],
];

/** The rows of one kind, rule by rule. */
const rowsOf = <Kind extends keyof Rows>(kind: Kind): readonly (readonly [RuleId, NonNullable<Rows[Kind]>])[] =>
  ROWS.flatMap(([id, { [kind]: rows }]) => (rows === undefined ? [] : [[id, rows] as const]));

export const COMMANDS = /* @__PURE__ */ rowsOf('commands');
export const SETTINGS = /* @__PURE__ */ rowsOf('settings');
export const TOOLS = /* @__PURE__ */ rowsOf('tools');
