/**
 * The table of rules: what each one means and how bad it is. An id is `<class>/<area>-<what>`, stable for ever; a retired one
 * stays reserved. The same id names the same danger in a command, a script, a CI file, a configuration and a plan.
 */
import type { FindingClass, Severity } from '../policy/types';

export interface Rule {
  /** How bad it is; `critical`: data or a running service is lost for good. */
  readonly severity: Severity;
  /** The severity is for what holds data; `medium` otherwise. */
  readonly dataOnly?: true;
  /** What it notices, in words for people. */
  readonly meaning: string;
  /** What to do instead, as one sentence. */
  readonly fix?: string;
}

export const RULES = {
  'destructive/fs-recursive-delete': { severity: 'critical', meaning: 'rm -r, find -delete, rsync --delete, shutil.rmtree, fs.rm({recursive}), os.RemoveAll outside build output, caches and temporary directories, or on a path that cannot be known' },
  'destructive/fs-critical-file': { severity: 'high', meaning: 'removes, empties or overwrites files of a reviewed tier by a command' },
  'destructive/fs-mode-everywhere': { severity: 'high', meaning: 'recursive chmod or chown of a system or home directory' },
  'destructive/disk-overwrite': { severity: 'critical', meaning: 'mkfs, dd to a device, wipefs, partition and volume removal' },
  'destructive/system-down': { severity: 'high', meaning: 'shutdown, kill -1, fork bomb, crontab -r, userdel -r' },
  'destructive/git-discard': { severity: 'high', meaning: 'reset --hard, clean -f, checkout/restore of everything, stash clear' },
  'destructive/git-force-push': { severity: 'high', meaning: 'force push (with or without a lease) to a shared branch, remote branch or tag deletion, --mirror' },
  'destructive/git-history': { severity: 'high', meaning: 'filter-branch, filter-repo, bfg, reflog expire, deletion of .git' },
  'destructive/tf-destroy': { severity: 'critical', meaning: 'destroy, apply -destroy, a destroy plan that is applied; also terragrunt, tofu, cdktf' },
  'destructive/tf-unattended-apply': { severity: 'high', meaning: 'apply -auto-approve: nobody sees the plan' },
  'destructive/tf-force-replace': { severity: 'high', meaning: '-replace=, taint, replace_triggered_by added' },
  'destructive/tf-state': { severity: 'high', meaning: 'state rm, state push -force, workspace delete, tfstate removed, force-unlock' },
  'destructive/tf-plan-delete': { severity: 'critical', dataOnly: true, meaning: 'a plan destroys a resource (["delete"])' },
  'destructive/tf-plan-replace': { severity: 'critical', dataOnly: true, meaning: 'a plan replaces a resource (["delete","create"], ["create","delete"])' },
  'destructive/tf-prevent-destroy': { severity: 'high', meaning: 'prevent_destroy removed, false or commented out' },
  'destructive/tf-protection-off': { severity: 'high', meaning: 'deletion protection, termination protection, backups or versioning off; lock removed' },
  'destructive/tf-no-final-copy': { severity: 'high', meaning: 'skip_final_snapshot, force_destroy, force_delete, recovery window 0, retention 0' },
  'destructive/tf-resource-removed': { severity: 'critical', dataOnly: true, meaning: 'a resource or module leaves the configuration with no moved, nor removed { destroy = false }' },
  'destructive/tf-address-changed': { severity: 'critical', dataOnly: true, meaning: 'rename without moved, count ↔ for_each, a key or a count that goes down' },
  'destructive/tf-forces-replacement': { severity: 'critical', dataOnly: true, meaning: 'an attribute that the provider can only change by a new resource' },
  'destructive/tf-backend-changed': { severity: 'high', meaning: 'another backend, state key, provider region or account' },
  'destructive/cfn-retention': { severity: 'high', meaning: 'DeletionPolicy, UpdateReplacePolicy, DeletionProtection weakened or removed' },
  'destructive/cfn-resource-removed': { severity: 'critical', dataOnly: true, meaning: 'a resource leaves the template, or its logical id changes' },
  'destructive/cfn-forces-replacement': { severity: 'critical', dataOnly: true, meaning: 'a property whose update requires replacement' },
  'destructive/cdk-removal-policy': { severity: 'high', meaning: 'RemovalPolicy.DESTROY, autoDeleteObjects, protection off; Pulumi protect off' },
  'destructive/stack-delete': { severity: 'critical', meaning: 'delete-stack, cdk/pulumi/sam/serverless destroy, rebuild or terminate an environment' },
  'destructive/cloud-delete': { severity: 'critical', meaning: 'a delete, terminate, purge or empty operation of a cloud CLI or hosting CLI' },
  'destructive/cloud-sdk-delete': { severity: 'high', meaning: 'the same through an SDK in code' },
  'destructive/cloud-stop': { severity: 'medium', meaning: 'desired count 0, stop-instances, dyno scale 0' },
  'destructive/cloud-audit-off': { severity: 'high', meaning: 'CloudTrail stopped or deleted, log group deleted, key disabled or scheduled for deletion' },
  'destructive/k8s-delete': { severity: 'critical', meaning: 'kubectl/oc delete, delete -f, replace --force, apply --prune, argocd app delete' },
  'destructive/k8s-removed': { severity: 'high', meaning: 'a Namespace, PVC, PV, CRD, StatefulSet or PDB leaves the manifests' },
  'destructive/k8s-reclaim': { severity: 'high', meaning: 'reclaim or retention policy Delete, resource-policy keep removed, a claim becomes emptyDir, persistence off' },
  'destructive/k8s-immutable': { severity: 'medium', meaning: 'a field that only changes by delete and create (selector, volumeClaimTemplates, serviceName)' },
  'destructive/k8s-scale-zero': { severity: 'medium', meaning: 'replicas 0 in a manifest, in values or by a command; drain; NoExecute' },
  'destructive/k8s-recreate': { severity: 'medium', meaning: 'strategy Recreate, automatic pruning' },
  'destructive/helm-uninstall': { severity: 'high', meaning: 'helm uninstall, helmfile destroy, upgrade --force' },
  'destructive/container-volumes': { severity: 'high', meaning: 'volumes removed or pruned, down -v, a database service loses its volume' },
  'destructive/sql-drop': { severity: 'critical', meaning: 'DROP of a table, database, schema, view, type, partition, user; TRUNCATE' },
  'destructive/sql-drop-column': { severity: 'critical', meaning: 'DROP COLUMN' },
  'destructive/sql-no-where': { severity: 'critical', meaning: 'DELETE or UPDATE without a condition that limits it' },
  'destructive/sql-narrowing': { severity: 'high', meaning: 'a column becomes shorter, smaller or another type' },
  'destructive/sql-rename': { severity: 'medium', meaning: 'a table or column is renamed while code runs' },
  'destructive/sql-not-null': { severity: 'medium', meaning: 'NOT NULL without a default, SET NOT NULL' },
  'destructive/sql-drop-constraint': { severity: 'medium', meaning: 'a constraint, key, index or trigger goes' },
  'destructive/orm-drop': { severity: 'high', meaning: 'the same in a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Ecto, EF, Liquibase, Prisma (not in its down)' },
  'destructive/orm-reset': { severity: 'critical', meaning: 'db:drop, migrate reset, migrate:fresh, flush, sync force, dropSchema, ddl-auto create-drop' },
  'destructive/orm-delete-all': { severity: 'high', meaning: 'every row through an ORM or driver' },
  'destructive/store-flush': { severity: 'critical', meaning: 'FLUSHALL, dropDatabase, index _all, purge of a queue or topic' },
  'destructive/forge-delete': { severity: 'high', meaning: 'repository, release, secret or branch protection removed through a forge\'s CLI or API' },
  'destructive/package-unpublish': { severity: 'high', meaning: 'unpublish, yank' },
  'destructive/remote-opaque': { severity: 'high', meaning: 'text that cannot be read goes into a shell (decoded, downloaded, from an unknown variable)' },
  'destructive/guard-removed': { severity: 'medium', meaning: 'a check that stops a dangerous step is removed (kill switch, environment test, manual gate)' },
  'destructive/linekeeper-off': { severity: 'high', meaning: 'the policy, the hooks or the notes of Linekeeper are removed or loosened' },
  'permissions/iam-wildcard': { severity: 'high', meaning: 'Allow with Action or Resource *, service-wide x:*, PassRole on *' },
  'permissions/iam-admin': { severity: 'critical', meaning: 'AdministratorAccess, roles/owner, Owner, cluster-admin, SUPERUSER, NOPASSWD: ALL' },
  'permissions/iam-principal': { severity: 'critical', meaning: 'trust or resource policy for everybody; OIDC subject wildcard' },
  'permissions/public-data': { severity: 'high', meaning: 'public ACL, public access block off, publicly accessible database, function URL without authentication' },
  'permissions/net-open': { severity: 'high', meaning: 'an administrative or database port open to the world' },
  'permissions/k8s-rbac': { severity: 'high', meaning: 'verbs or resources *' },
  'permissions/k8s-privileged': { severity: 'high', meaning: 'privileged, host network, host path, root user' },
  'permissions/container-root': { severity: 'medium', meaning: 'USER root or none, privileged, Docker socket, chmod 777' },
  'permissions/ci-token': { severity: 'high', meaning: 'write-all, a broader permissions:, or the block removed' },
  'permissions/ci-untrusted': { severity: 'critical', meaning: 'pull_request_target with the head\'s code, template injection, unsecure commands' },
  'permissions/ci-unpinned': { severity: 'medium', meaning: 'a third-party action without a commit id, or a loosened pin' },
  'permissions/ci-gate': { severity: 'high', meaning: 'a protected environment, a manual step, a needed job or required reviews removed; secrets: inherit' },
  'permissions/db-grant': { severity: 'high', meaning: 'GRANT to PUBLIC, row level security off, trust authentication' },
  'permissions/auth-removed': { severity: 'medium', meaning: 'an authentication or signature check leaves the code (may be a suspicion)' },
  'secrets/token': { severity: 'critical', meaning: 'a token with a known pattern (the vendor is in the message, the value never)' },
  'secrets/private-key': { severity: 'critical', meaning: 'a private key block' },
  'secrets/password': { severity: 'high', meaning: 'a literal password, a password in a URL, a Kubernetes Secret with data' },
} as const satisfies Readonly<Record<`${FindingClass}/${string}`, Rule>>;

export type RuleId = keyof typeof RULES;

/** The class is the first part of the id. */
export const classOf = (id: RuleId): FindingClass => id.slice(0, id.indexOf('/')) as FindingClass;
