/** The facts that code finds, rule by rule. */
import type { Facts } from './types';
import type { RuleId } from '.';
import { facts as k8sRemoved } from './destructive/k8s-removed';
import { facts as netOpen } from './permissions/net-open';
import { facts as authRemoved } from './permissions/auth-removed';
import { facts as tfProtectionOff } from './destructive/tf-protection-off';
import { facts as tfResourceRemoved } from './destructive/tf-resource-removed';
import { facts as cfnResourceRemoved } from './destructive/cfn-resource-removed';
import { facts as cfnForcesReplacement } from './destructive/cfn-forces-replacement';
import { facts as cloudStop } from './destructive/cloud-stop';
import { facts as k8sImmutable } from './destructive/k8s-immutable';
import { facts as k8sScaleZero } from './destructive/k8s-scale-zero';
import { facts as containerVolumes } from './destructive/container-volumes';
import { facts as iamAdmin } from './permissions/iam-admin';
import { facts as iamPrincipal } from './permissions/iam-principal';
import { facts as publicData } from './permissions/public-data';
import { facts as k8sRbac } from './permissions/k8s-rbac';
import { facts as containerRoot } from './permissions/container-root';
import { facts as ciUnpinned } from './permissions/ci-unpinned';
import { facts as password } from './secrets/password';
import { facts as cloudDelete } from './destructive/cloud-delete';

const TABLE = {
  'destructive/k8s-removed': k8sRemoved,
  'permissions/net-open': netOpen,
  'permissions/auth-removed': authRemoved,
  'destructive/tf-protection-off': tfProtectionOff,
  'destructive/tf-resource-removed': tfResourceRemoved,
  'destructive/cfn-resource-removed': cfnResourceRemoved,
  'destructive/cfn-forces-replacement': cfnForcesReplacement,
  'destructive/cloud-stop': cloudStop,
  'destructive/k8s-immutable': k8sImmutable,
  'destructive/k8s-scale-zero': k8sScaleZero,
  'destructive/container-volumes': containerVolumes,
  'permissions/iam-admin': iamAdmin,
  'permissions/iam-principal': iamPrincipal,
  'permissions/public-data': publicData,
  'permissions/k8s-rbac': k8sRbac,
  'permissions/container-root': containerRoot,
  'permissions/ci-unpinned': ciUnpinned,
  'secrets/password': password,
  'destructive/cloud-delete': cloudDelete,
} as const satisfies Readonly<Partial<Record<RuleId, Facts>>>;

type Table = typeof TABLE;

/** The name of a fact; it belongs to one rule. */
export type FactName = { [Id in keyof Table]: keyof Table[Id] }[keyof Table];

export const FACTS = Object.entries(TABLE) as readonly [RuleId, Facts][]; // exactly its own keys
