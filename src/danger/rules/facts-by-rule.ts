/** The facts that code finds, rule by rule. */
import type { Facts } from './types';
import type { RuleId } from '.';
import { facts as k8sReclaim } from './destructive/k8s-reclaim';
import { facts as k8sRemoved } from './destructive/k8s-removed';
import { facts as helmUninstall } from './destructive/helm-uninstall';
import { facts as netOpen } from './permissions/net-open';
import { facts as authRemoved } from './permissions/auth-removed';
import { facts as fsRecursiveDelete } from './destructive/fs-recursive-delete';
import { facts as fsCriticalFile } from './destructive/fs-critical-file';
import { facts as fsModeEverywhere } from './destructive/fs-mode-everywhere';
import { facts as diskOverwrite } from './destructive/disk-overwrite';
import { facts as systemDown } from './destructive/system-down';
import { facts as gitDiscard } from './destructive/git-discard';
import { facts as gitForcePush } from './destructive/git-force-push';
import { facts as gitHistory } from './destructive/git-history';
import { facts as tfDestroy } from './destructive/tf-destroy';
import { facts as tfUnattendedApply } from './destructive/tf-unattended-apply';
import { facts as tfForceReplace } from './destructive/tf-force-replace';
import { facts as tfState } from './destructive/tf-state';
import { facts as tfPlanDelete } from './destructive/tf-plan-delete';
import { facts as tfPlanReplace } from './destructive/tf-plan-replace';
import { facts as tfPreventDestroy } from './destructive/tf-prevent-destroy';
import { facts as tfProtectionOff } from './destructive/tf-protection-off';
import { facts as tfNoFinalCopy } from './destructive/tf-no-final-copy';
import { facts as tfResourceRemoved } from './destructive/tf-resource-removed';
import { facts as tfAddressChanged } from './destructive/tf-address-changed';
import { facts as tfForcesReplacement } from './destructive/tf-forces-replacement';
import { facts as tfBackendChanged } from './destructive/tf-backend-changed';
import { facts as cfnResourceRemoved } from './destructive/cfn-resource-removed';
import { facts as cfnForcesReplacement } from './destructive/cfn-forces-replacement';
import { facts as cdkRemovalPolicy } from './destructive/cdk-removal-policy';
import { facts as stackDelete } from './destructive/stack-delete';
import { facts as cloudSdkDelete } from './destructive/cloud-sdk-delete';
import { facts as cloudStop } from './destructive/cloud-stop';
import { facts as cloudAuditOff } from './destructive/cloud-audit-off';
import { facts as k8sDelete } from './destructive/k8s-delete';
import { facts as k8sImmutable } from './destructive/k8s-immutable';
import { facts as k8sScaleZero } from './destructive/k8s-scale-zero';
import { facts as k8sRecreate } from './destructive/k8s-recreate';
import { facts as containerVolumes } from './destructive/container-volumes';
import { facts as sqlDrop } from './destructive/sql-drop';
import { facts as sqlDropColumn } from './destructive/sql-drop-column';
import { facts as sqlNoWhere } from './destructive/sql-no-where';
import { facts as sqlNarrowing } from './destructive/sql-narrowing';
import { facts as sqlRename } from './destructive/sql-rename';
import { facts as sqlNotNull } from './destructive/sql-not-null';
import { facts as sqlDropConstraint } from './destructive/sql-drop-constraint';
import { facts as ormDrop } from './destructive/orm-drop';
import { facts as ormReset } from './destructive/orm-reset';
import { facts as ormDeleteAll } from './destructive/orm-delete-all';
import { facts as storeFlush } from './destructive/store-flush';
import { facts as forgeDelete } from './destructive/forge-delete';
import { facts as packageUnpublish } from './destructive/package-unpublish';
import { facts as remoteOpaque } from './destructive/remote-opaque';
import { facts as guardRemoved } from './destructive/guard-removed';
import { facts as linekeeperOff } from './destructive/linekeeper-off';
import { facts as iamWildcard } from './permissions/iam-wildcard';
import { facts as iamAdmin } from './permissions/iam-admin';
import { facts as iamPrincipal } from './permissions/iam-principal';
import { facts as publicData } from './permissions/public-data';
import { facts as k8sRbac } from './permissions/k8s-rbac';
import { facts as containerRoot } from './permissions/container-root';
import { facts as ciToken } from './permissions/ci-token';
import { facts as ciUntrusted } from './permissions/ci-untrusted';
import { facts as ciUnpinned } from './permissions/ci-unpinned';
import { facts as librarySource } from './permissions/library-source';
import { facts as ciGate } from './permissions/ci-gate';
import { facts as dbGrant } from './permissions/db-grant';
import { facts as token } from './secrets/token';
import { facts as privateKey } from './secrets/private-key';
import { facts as password } from './secrets/password';
import { facts as cloudDelete } from './destructive/cloud-delete';
import { facts as testSkipped } from './checks/test-skipped';
import { facts as testRemoved } from './checks/test-removed';
import { facts as assertionAlwaysHolds } from './checks/assertion-always-holds';
import { facts as thresholdLowered } from './checks/threshold-lowered';
import { facts as suppressionAdded } from './checks/suppression-added';
import { facts as scannerDropped } from './checks/scanner-dropped';
import { facts as permissionsLoosened } from './agents/permissions-loosened';
import { facts as hooksOff } from './agents/hooks-off';
import { facts as programStarted } from './agents/program-started';
import { facts as toolServer } from './agents/tool-server';
import { facts as runsOnOpen } from './agents/runs-on-open';
import { facts as hiddenCharacters } from './agents/hidden-characters';
import { facts as sqlLock } from './availability/sql-lock';
import { facts as capacityCut } from './availability/capacity-cut';
import { facts as probeRemoved } from './availability/probe-removed';
import { facts as versionJump } from './availability/version-jump';

const TABLE = {
  'availability/sql-lock': sqlLock,
  'availability/capacity-cut': capacityCut,
  'availability/probe-removed': probeRemoved,
  'availability/version-jump': versionJump,
  'checks/test-skipped': testSkipped,
  'checks/test-removed': testRemoved,
  'checks/assertion-always-holds': assertionAlwaysHolds,
  'checks/threshold-lowered': thresholdLowered,
  'checks/suppression-added': suppressionAdded,
  'checks/scanner-dropped': scannerDropped,
  'agents/permissions-loosened': permissionsLoosened,
  'agents/hooks-off': hooksOff,
  'agents/program-started': programStarted,
  'agents/tool-server': toolServer,
  'agents/runs-on-open': runsOnOpen,
  'agents/hidden-characters': hiddenCharacters,
  'destructive/k8s-reclaim': k8sReclaim,
  'destructive/k8s-removed': k8sRemoved,
  'destructive/helm-uninstall': helmUninstall,
  'permissions/net-open': netOpen,
  'permissions/auth-removed': authRemoved,
  'destructive/fs-recursive-delete': fsRecursiveDelete,
  'destructive/fs-critical-file': fsCriticalFile,
  'destructive/fs-mode-everywhere': fsModeEverywhere,
  'destructive/disk-overwrite': diskOverwrite,
  'destructive/system-down': systemDown,
  'destructive/git-discard': gitDiscard,
  'destructive/git-force-push': gitForcePush,
  'destructive/git-history': gitHistory,
  'destructive/tf-destroy': tfDestroy,
  'destructive/tf-unattended-apply': tfUnattendedApply,
  'destructive/tf-force-replace': tfForceReplace,
  'destructive/tf-state': tfState,
  'destructive/tf-plan-delete': tfPlanDelete,
  'destructive/tf-plan-replace': tfPlanReplace,
  'destructive/tf-prevent-destroy': tfPreventDestroy,
  'destructive/tf-protection-off': tfProtectionOff,
  'destructive/tf-no-final-copy': tfNoFinalCopy,
  'destructive/tf-resource-removed': tfResourceRemoved,
  'destructive/tf-address-changed': tfAddressChanged,
  'destructive/tf-forces-replacement': tfForcesReplacement,
  'destructive/tf-backend-changed': tfBackendChanged,
  'destructive/cfn-resource-removed': cfnResourceRemoved,
  'destructive/cfn-forces-replacement': cfnForcesReplacement,
  'destructive/cdk-removal-policy': cdkRemovalPolicy,
  'destructive/stack-delete': stackDelete,
  'destructive/cloud-sdk-delete': cloudSdkDelete,
  'destructive/cloud-stop': cloudStop,
  'destructive/cloud-audit-off': cloudAuditOff,
  'destructive/k8s-delete': k8sDelete,
  'destructive/k8s-immutable': k8sImmutable,
  'destructive/k8s-scale-zero': k8sScaleZero,
  'destructive/k8s-recreate': k8sRecreate,
  'destructive/container-volumes': containerVolumes,
  'destructive/sql-drop': sqlDrop,
  'destructive/sql-drop-column': sqlDropColumn,
  'destructive/sql-no-where': sqlNoWhere,
  'destructive/sql-narrowing': sqlNarrowing,
  'destructive/sql-rename': sqlRename,
  'destructive/sql-not-null': sqlNotNull,
  'destructive/sql-drop-constraint': sqlDropConstraint,
  'destructive/orm-drop': ormDrop,
  'destructive/orm-reset': ormReset,
  'destructive/orm-delete-all': ormDeleteAll,
  'destructive/store-flush': storeFlush,
  'destructive/forge-delete': forgeDelete,
  'destructive/package-unpublish': packageUnpublish,
  'destructive/remote-opaque': remoteOpaque,
  'destructive/guard-removed': guardRemoved,
  'destructive/linekeeper-off': linekeeperOff,
  'permissions/iam-wildcard': iamWildcard,
  'permissions/iam-admin': iamAdmin,
  'permissions/iam-principal': iamPrincipal,
  'permissions/public-data': publicData,
  'permissions/k8s-rbac': k8sRbac,
  'permissions/container-root': containerRoot,
  'permissions/ci-token': ciToken,
  'permissions/ci-untrusted': ciUntrusted,
  'permissions/ci-unpinned': ciUnpinned,
  'permissions/library-source': librarySource,
  'permissions/ci-gate': ciGate,
  'permissions/db-grant': dbGrant,
  'secrets/token': token,
  'secrets/private-key': privateKey,
  'secrets/password': password,
  'destructive/cloud-delete': cloudDelete,
} as const satisfies Readonly<Partial<Record<RuleId, Facts>>>;

type Table = typeof TABLE;

/** The name of a fact; it belongs to one rule. */
export type FactName = { [Id in keyof Table]: keyof Table[Id] }[keyof Table];

export const FACTS = Object.entries(TABLE) as readonly [RuleId, Facts][]; // exactly its own keys
