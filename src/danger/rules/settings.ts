/** The rows about settings, rule by rule, in the order in which they are asked. */
import type { Settings } from './types';
import type { RuleId } from '.';
import { settings as k8sReclaim } from './destructive/k8s-reclaim';
import { settings as k8sRemoved } from './destructive/k8s-removed';
import { settings as helmUninstall } from './destructive/helm-uninstall';
import { settings as netOpen } from './permissions/net-open';
import { settings as authRemoved } from './permissions/auth-removed';
import { settings as tfProtectionOff } from './destructive/tf-protection-off';
import { settings as cdkRemovalPolicy } from './destructive/cdk-removal-policy';
import { settings as k8sImmutable } from './destructive/k8s-immutable';
import { settings as k8sScaleZero } from './destructive/k8s-scale-zero';
import { settings as k8sRecreate } from './destructive/k8s-recreate';
import { settings as ormReset } from './destructive/orm-reset';
import { settings as iamAdmin } from './permissions/iam-admin';
import { settings as publicData } from './permissions/public-data';
import { settings as k8sPrivileged } from './permissions/k8s-privileged';

export const SETTINGS: readonly (readonly [RuleId, Settings])[] = [
  ['destructive/k8s-reclaim', k8sReclaim],
  ['destructive/k8s-removed', k8sRemoved],
  ['destructive/helm-uninstall', helmUninstall],
  ['permissions/net-open', netOpen],
  ['permissions/auth-removed', authRemoved],
  ['destructive/tf-protection-off', tfProtectionOff],
  ['destructive/cdk-removal-policy', cdkRemovalPolicy],
  ['destructive/k8s-immutable', k8sImmutable],
  ['destructive/k8s-scale-zero', k8sScaleZero],
  ['destructive/k8s-recreate', k8sRecreate],
  ['destructive/orm-reset', ormReset],
  ['permissions/iam-admin', iamAdmin],
  ['permissions/public-data', publicData],
  ['permissions/k8s-privileged', k8sPrivileged],
];
