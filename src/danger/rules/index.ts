/**
 * The table of rules, in the order in which they are shown; `order-of-rows.ts` has the order in which their rows are asked. An id
 * is `<class>/<area>-<what>`, stable forever; a retired one stays reserved. The same id names the same danger in a
 * command, a script, a CI file, a configuration and a plan.
 *
 * A rule is one file, named by its id: what it means, and the rows that find it. Its examples are beside it, under the
 * same name (`.examples.yml`): they are its tests, and its page in docs/rules shows them.
 */
import type { FindingClass } from '../finding';
import type { Rule } from './types';
import { rule as fsRecursiveDelete } from './destructive/fs-recursive-delete';
import { rule as fsCriticalFile } from './destructive/fs-critical-file';
import { rule as fsModeEverywhere } from './destructive/fs-mode-everywhere';
import { rule as diskOverwrite } from './destructive/disk-overwrite';
import { rule as systemDown } from './destructive/system-down';
import { rule as gitDiscard } from './destructive/git-discard';
import { rule as gitForcePush } from './destructive/git-force-push';
import { rule as gitHistory } from './destructive/git-history';
import { rule as tfDestroy } from './destructive/tf-destroy';
import { rule as tfUnattendedApply } from './destructive/tf-unattended-apply';
import { rule as tfForceReplace } from './destructive/tf-force-replace';
import { rule as tfState } from './destructive/tf-state';
import { rule as tfPlanDelete } from './destructive/tf-plan-delete';
import { rule as tfPlanReplace } from './destructive/tf-plan-replace';
import { rule as tfPreventDestroy } from './destructive/tf-prevent-destroy';
import { rule as tfProtectionOff } from './destructive/tf-protection-off';
import { rule as tfNoFinalCopy } from './destructive/tf-no-final-copy';
import { rule as tfResourceRemoved } from './destructive/tf-resource-removed';
import { rule as tfAddressChanged } from './destructive/tf-address-changed';
import { rule as tfForcesReplacement } from './destructive/tf-forces-replacement';
import { rule as tfBackendChanged } from './destructive/tf-backend-changed';
import { rule as cfnRetention } from './destructive/cfn-retention';
import { rule as cfnResourceRemoved } from './destructive/cfn-resource-removed';
import { rule as cfnForcesReplacement } from './destructive/cfn-forces-replacement';
import { rule as cdkRemovalPolicy } from './destructive/cdk-removal-policy';
import { rule as stackDelete } from './destructive/stack-delete';
import { rule as cloudDelete } from './destructive/cloud-delete';
import { rule as cloudSdkDelete } from './destructive/cloud-sdk-delete';
import { rule as cloudStop } from './destructive/cloud-stop';
import { rule as cloudAuditOff } from './destructive/cloud-audit-off';
import { rule as k8sDelete } from './destructive/k8s-delete';
import { rule as k8sRemoved } from './destructive/k8s-removed';
import { rule as k8sReclaim } from './destructive/k8s-reclaim';
import { rule as k8sImmutable } from './destructive/k8s-immutable';
import { rule as k8sScaleZero } from './destructive/k8s-scale-zero';
import { rule as k8sRecreate } from './destructive/k8s-recreate';
import { rule as helmUninstall } from './destructive/helm-uninstall';
import { rule as containerVolumes } from './destructive/container-volumes';
import { rule as sqlDrop } from './destructive/sql-drop';
import { rule as sqlDropColumn } from './destructive/sql-drop-column';
import { rule as sqlNoWhere } from './destructive/sql-no-where';
import { rule as sqlNarrowing } from './destructive/sql-narrowing';
import { rule as sqlRename } from './destructive/sql-rename';
import { rule as sqlNotNull } from './destructive/sql-not-null';
import { rule as sqlDropConstraint } from './destructive/sql-drop-constraint';
import { rule as ormDrop } from './destructive/orm-drop';
import { rule as ormReset } from './destructive/orm-reset';
import { rule as ormDeleteAll } from './destructive/orm-delete-all';
import { rule as storeFlush } from './destructive/store-flush';
import { rule as forgeDelete } from './destructive/forge-delete';
import { rule as packageUnpublish } from './destructive/package-unpublish';
import { rule as remoteOpaque } from './destructive/remote-opaque';
import { rule as guardRemoved } from './destructive/guard-removed';
import { rule as linekeeperOff } from './destructive/linekeeper-off';
import { rule as iamWildcard } from './permissions/iam-wildcard';
import { rule as iamAdmin } from './permissions/iam-admin';
import { rule as iamPrincipal } from './permissions/iam-principal';
import { rule as publicData } from './permissions/public-data';
import { rule as netOpen } from './permissions/net-open';
import { rule as k8sRbac } from './permissions/k8s-rbac';
import { rule as k8sPrivileged } from './permissions/k8s-privileged';
import { rule as containerRoot } from './permissions/container-root';
import { rule as ciToken } from './permissions/ci-token';
import { rule as ciUntrusted } from './permissions/ci-untrusted';
import { rule as ciUnpinned } from './permissions/ci-unpinned';
import { rule as librarySource } from './permissions/library-source';
import { rule as ciGate } from './permissions/ci-gate';
import { rule as dbGrant } from './permissions/db-grant';
import { rule as authRemoved } from './permissions/auth-removed';
import { rule as token } from './secrets/token';
import { rule as privateKey } from './secrets/private-key';
import { rule as password } from './secrets/password';
import { rule as testSkipped } from './checks/test-skipped';
import { rule as testRemoved } from './checks/test-removed';
import { rule as assertionAlwaysHolds } from './checks/assertion-always-holds';
import { rule as thresholdLowered } from './checks/threshold-lowered';
import { rule as suppressionAdded } from './checks/suppression-added';
import { rule as scannerDropped } from './checks/scanner-dropped';
import { rule as permissionsLoosened } from './agents/permissions-loosened';
import { rule as hooksOff } from './agents/hooks-off';
import { rule as programStarted } from './agents/program-started';
import { rule as toolServer } from './agents/tool-server';
import { rule as runsOnOpen } from './agents/runs-on-open';
import { rule as hiddenCharacters } from './agents/hidden-characters';
import { rule as sqlLock } from './availability/sql-lock';
import { rule as capacityCut } from './availability/capacity-cut';
import { rule as probeRemoved } from './availability/probe-removed';
import { rule as versionJump } from './availability/version-jump';

export type { Rule } from './types';

export const RULES = {
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
  'destructive/cfn-retention': cfnRetention,
  'destructive/cfn-resource-removed': cfnResourceRemoved,
  'destructive/cfn-forces-replacement': cfnForcesReplacement,
  'destructive/cdk-removal-policy': cdkRemovalPolicy,
  'destructive/stack-delete': stackDelete,
  'destructive/cloud-delete': cloudDelete,
  'destructive/cloud-sdk-delete': cloudSdkDelete,
  'destructive/cloud-stop': cloudStop,
  'destructive/cloud-audit-off': cloudAuditOff,
  'destructive/k8s-delete': k8sDelete,
  'destructive/k8s-removed': k8sRemoved,
  'destructive/k8s-reclaim': k8sReclaim,
  'destructive/k8s-immutable': k8sImmutable,
  'destructive/k8s-scale-zero': k8sScaleZero,
  'destructive/k8s-recreate': k8sRecreate,
  'destructive/helm-uninstall': helmUninstall,
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
  'permissions/net-open': netOpen,
  'permissions/k8s-rbac': k8sRbac,
  'permissions/k8s-privileged': k8sPrivileged,
  'permissions/container-root': containerRoot,
  'permissions/ci-token': ciToken,
  'permissions/ci-untrusted': ciUntrusted,
  'permissions/ci-unpinned': ciUnpinned,
  'permissions/library-source': librarySource,
  'permissions/ci-gate': ciGate,
  'permissions/db-grant': dbGrant,
  'permissions/auth-removed': authRemoved,
  'secrets/token': token,
  'secrets/private-key': privateKey,
  'secrets/password': password,
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
  'availability/sql-lock': sqlLock,
  'availability/capacity-cut': capacityCut,
  'availability/probe-removed': probeRemoved,
  'availability/version-jump': versionJump,
} as const satisfies Readonly<Record<`${FindingClass}/${string}`, Rule>>;

export type RuleId = keyof typeof RULES;

/** The class is the first part of the id. */
export const classOf = (id: RuleId): FindingClass => id.slice(0, id.indexOf('/')) as FindingClass;
