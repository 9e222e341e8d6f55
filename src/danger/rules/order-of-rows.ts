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

/** One list for each kind, so that a program that needs one does not carry the others. */
export const COMMANDS: readonly (readonly [RuleId, () => readonly CommandRow[]])[] = [
  ['destructive/orm-reset', ormReset.commands],
  ['destructive/system-down', systemDown.commands],
  ['destructive/tf-protection-off', tfProtectionOff.commands],
  ['destructive/stack-delete', stackDelete.commands],
  ['destructive/k8s-delete', k8sDelete.commands],
  ['destructive/sql-drop', sqlDrop.commands],
  ['destructive/sql-no-where', sqlNoWhere.commands],
  ['destructive/store-flush', storeFlush.commands],
  ['destructive/package-unpublish', packageUnpublish.commands],
  ['permissions/iam-admin', iamAdmin.commands],
  ['permissions/iam-principal', iamPrincipal.commands],
  ['permissions/net-open', netOpen.commands],
  ['destructive/cloud-audit-off', cloudAuditOff.commands],
  ['destructive/cloud-stop', cloudStop.commands],
  ['destructive/cloud-delete', cloudDelete.commands],
  ['permissions/public-data', publicData.commands],
];

export const SETTINGS: readonly (readonly [RuleId, () => Settings])[] = [
  ['destructive/orm-reset', ormReset.settings],
  ['destructive/helm-uninstall', helmUninstall.settings],
  ['destructive/fs-recursive-delete', fsRecursiveDelete.settings],
  ['destructive/disk-overwrite', diskOverwrite.settings],
  ['destructive/tf-destroy', tfDestroy.settings],
  ['destructive/tf-protection-off', tfProtectionOff.settings],
  ['destructive/cfn-retention', cfnRetention.settings],
  ['destructive/cdk-removal-policy', cdkRemovalPolicy.settings],
  ['destructive/stack-delete', stackDelete.settings],
  ['destructive/k8s-delete', k8sDelete.settings],
  ['destructive/k8s-removed', k8sRemoved.settings],
  ['destructive/k8s-reclaim', k8sReclaim.settings],
  ['destructive/k8s-immutable', k8sImmutable.settings],
  ['destructive/k8s-scale-zero', k8sScaleZero.settings],
  ['destructive/k8s-recreate', k8sRecreate.settings],
  ['destructive/container-volumes', containerVolumes.settings],
  ['destructive/sql-drop', sqlDrop.settings],
  ['destructive/store-flush', storeFlush.settings],
  ['destructive/guard-removed', guardRemoved.settings],
  ['permissions/iam-admin', iamAdmin.settings],
  ['permissions/iam-principal', iamPrincipal.settings],
  ['permissions/net-open', netOpen.settings],
  ['permissions/k8s-privileged', k8sPrivileged.settings],
  ['permissions/container-root', containerRoot.settings],
  ['permissions/ci-gate', ciGate.settings],
  ['permissions/db-grant', dbGrant.settings],
  ['permissions/auth-removed', authRemoved.settings],
  ['destructive/cloud-audit-off', cloudAuditOff.settings],
  ['destructive/cloud-stop', cloudStop.settings],
  ['destructive/cloud-delete', cloudDelete.settings],
  ['permissions/public-data', publicData.settings],
];

export const TOOLS: readonly (readonly [RuleId, () => readonly ToolRow[]])[] = [
  ['destructive/orm-reset', ormReset.tools],
  ['destructive/sql-drop-column', sqlDropColumn.tools],
  ['destructive/helm-uninstall', helmUninstall.tools],
  ['destructive/tf-destroy', tfDestroy.tools],
  ['destructive/tf-unattended-apply', tfUnattendedApply.tools],
  ['destructive/stack-delete', stackDelete.tools],
  ['destructive/k8s-delete', k8sDelete.tools],
  ['destructive/k8s-scale-zero', k8sScaleZero.tools],
  ['destructive/container-volumes', containerVolumes.tools],
  ['destructive/sql-drop', sqlDrop.tools],
  ['destructive/sql-no-where', sqlNoWhere.tools],
  ['destructive/store-flush', storeFlush.tools],
  ['destructive/forge-delete', forgeDelete.tools],
  ['destructive/cloud-audit-off', cloudAuditOff.tools],
  ['destructive/cloud-stop', cloudStop.tools],
  ['destructive/cloud-delete', cloudDelete.tools],
  ['permissions/public-data', publicData.tools],
];
