/** The rows about settings, rule by rule, in the order in which they are asked. */
import type { Settings } from './types';
import type { RuleId } from '.';
import { settings as k8sReclaim } from './destructive/k8s-reclaim';
import { settings as k8sRemoved } from './destructive/k8s-removed';
import { settings as helmUninstall } from './destructive/helm-uninstall';
import { settings as netOpen } from './permissions/net-open';
import { settings as authRemoved } from './permissions/auth-removed';
import { settings as fsRecursiveDelete } from './destructive/fs-recursive-delete';
import { settings as diskOverwrite } from './destructive/disk-overwrite';
import { settings as tfDestroy } from './destructive/tf-destroy';
import { settings as tfProtectionOff } from './destructive/tf-protection-off';
import { settings as cfnRetention } from './destructive/cfn-retention';
import { settings as cdkRemovalPolicy } from './destructive/cdk-removal-policy';
import { settings as stackDelete } from './destructive/stack-delete';
import { settings as cloudStop } from './destructive/cloud-stop';
import { settings as cloudAuditOff } from './destructive/cloud-audit-off';
import { settings as k8sDelete } from './destructive/k8s-delete';
import { settings as k8sImmutable } from './destructive/k8s-immutable';
import { settings as k8sScaleZero } from './destructive/k8s-scale-zero';
import { settings as k8sRecreate } from './destructive/k8s-recreate';
import { settings as containerVolumes } from './destructive/container-volumes';
import { settings as sqlDrop } from './destructive/sql-drop';
import { settings as ormReset } from './destructive/orm-reset';
import { settings as storeFlush } from './destructive/store-flush';
import { settings as iamAdmin } from './permissions/iam-admin';
import { settings as iamPrincipal } from './permissions/iam-principal';
import { settings as publicData } from './permissions/public-data';
import { settings as k8sPrivileged } from './permissions/k8s-privileged';
import { settings as containerRoot } from './permissions/container-root';
import { settings as ciGate } from './permissions/ci-gate';
import { settings as dbGrant } from './permissions/db-grant';
import { settings as guardRemoved } from './destructive/guard-removed';
import { settings as cloudDelete } from './destructive/cloud-delete';

export const SETTINGS: readonly (readonly [RuleId, () => Settings])[] = [
  ['destructive/k8s-reclaim', k8sReclaim],
  ['destructive/k8s-removed', k8sRemoved],
  ['destructive/helm-uninstall', helmUninstall],
  ['permissions/net-open', netOpen],
  ['permissions/auth-removed', authRemoved],
  ['destructive/fs-recursive-delete', fsRecursiveDelete],
  ['destructive/disk-overwrite', diskOverwrite],
  ['destructive/tf-destroy', tfDestroy],
  ['destructive/tf-protection-off', tfProtectionOff],
  ['destructive/cfn-retention', cfnRetention],
  ['destructive/cdk-removal-policy', cdkRemovalPolicy],
  ['destructive/stack-delete', stackDelete],
  ['destructive/cloud-stop', cloudStop],
  ['destructive/cloud-audit-off', cloudAuditOff],
  ['destructive/k8s-delete', k8sDelete],
  ['destructive/k8s-immutable', k8sImmutable],
  ['destructive/k8s-scale-zero', k8sScaleZero],
  ['destructive/k8s-recreate', k8sRecreate],
  ['destructive/container-volumes', containerVolumes],
  ['destructive/sql-drop', sqlDrop],
  ['destructive/orm-reset', ormReset],
  ['destructive/store-flush', storeFlush],
  ['permissions/iam-admin', iamAdmin],
  ['permissions/iam-principal', iamPrincipal],
  ['permissions/public-data', publicData],
  ['permissions/k8s-privileged', k8sPrivileged],
  ['permissions/container-root', containerRoot],
  ['permissions/ci-gate', ciGate],
  ['permissions/db-grant', dbGrant],
  ['destructive/guard-removed', guardRemoved],
  ['destructive/cloud-delete', cloudDelete],
];
