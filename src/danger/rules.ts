/**
 * The table of rules: what each one means and how severe it is. An id is `<class>/<area>-<what>`, stable forever; a
 * retired one stays reserved. The same id names the same danger in a command, a script, a CI file, a configuration and
 * a plan.
 */
import type { FindingClass, Severity } from '../policy/types';

export interface Rule {
  /** How severe it is; `critical`: data or a running service is lost for good. */
  readonly severity: Severity;
  /** The severity applies to what holds data; `medium` otherwise. */
  readonly dataOnly?: true;
  /** What it notices, in words for people. */
  readonly meaning: string;
  /** What to do instead, as one sentence. */
  readonly fix: string;
}

export const RULES = {
  'destructive/fs-recursive-delete': {
    severity: 'critical',
    meaning:
      'rm -r, find -delete, rsync --delete, shutil.rmtree, fs.rm({recursive}), os.RemoveAll outside build output, caches and temporary directories, or on a path that cannot be known',
    fix: 'Delete build output by its exact path, or move the folder away and delete it once nobody misses it.',
  },
  'destructive/fs-critical-file': {
    severity: 'high',
    meaning: 'removes, empties or overwrites files of a reviewed tier by a command',
    fix: 'Change the file in an edit that can be reviewed, instead of removing or overwriting it.',
  },
  'destructive/fs-mode-everywhere': {
    severity: 'high',
    meaning: 'recursive chmod or chown of a system or home directory',
    fix: 'Name the one folder whose mode or owner has to change.',
  },
  'destructive/disk-overwrite': {
    severity: 'critical',
    meaning: 'mkfs, dd to a device, wipefs, partition and volume removal',
    fix: 'Let a person check the device and run it.',
  },
  'destructive/system-down': {
    severity: 'high',
    meaning: 'shutdown, kill -1, fork bomb, crontab -r, userdel -r',
    fix: 'Let a person stop the machine, the process or the account, after checking which one it is.',
  },
  'destructive/git-discard': {
    severity: 'high',
    meaning: 'reset --hard, clean -f, checkout/restore of everything, stash clear',
    fix: 'Stash or commit first, then discard single files by name.',
  },
  'destructive/git-force-push': {
    severity: 'high',
    meaning: 'force push (with or without a lease) to a shared branch, remote branch or tag deletion, --mirror',
    fix: "Push to a branch of your own, or ask the branch's owner.",
  },
  'destructive/git-history': {
    severity: 'high',
    meaning: 'filter-branch, filter-repo, bfg, reflog expire, deletion of .git',
    fix: 'Keep the history. To remove a secret, revoke it first, then plan the rewrite with everybody who has a clone.',
  },
  'destructive/tf-destroy': {
    severity: 'critical',
    meaning: 'destroy, apply -destroy, a destroy plan that is applied; also terragrunt, tofu, cdktf',
    fix: "Propose the plan (`terraform plan -out`) and ask for a senior's review.",
  },
  'destructive/tf-unattended-apply': {
    severity: 'high',
    meaning: 'apply -auto-approve: nobody sees the plan',
    fix: 'Apply a saved plan that somebody has read.',
  },
  'destructive/tf-force-replace': {
    severity: 'high',
    meaning: '-replace=, taint, replace_triggered_by added',
    fix: 'Say why the resource must be recreated, and show the plan.',
  },
  'destructive/tf-state': {
    severity: 'high',
    meaning: 'state rm, state push -force, workspace delete, tfstate removed, force-unlock',
    fix: 'Change the configuration instead: `moved`, `import` and `removed` blocks show in the plan.',
  },
  'destructive/tf-plan-delete': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'a plan destroys a resource (["delete"])',
    fix: 'Keep the resource, or take a final copy and have the deletion reviewed.',
  },
  'destructive/tf-plan-replace': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'a plan replaces a resource (["delete","create"], ["create","delete"])',
    fix: 'Find the attribute that forces the replacement. Keep it, or migrate the data first.',
  },
  'destructive/tf-prevent-destroy': {
    severity: 'high',
    meaning: 'prevent_destroy removed, false or commented out',
    fix: 'Leave `prevent_destroy` on. Lift it in a change of its own when the resource really goes.',
  },
  'destructive/tf-protection-off': {
    severity: 'high',
    meaning: 'deletion protection, termination protection, backups or versioning off; lock removed',
    fix: 'Leave the protection on. Switch it off in a change of its own, right before it is needed.',
  },
  'destructive/tf-no-final-copy': {
    severity: 'high',
    meaning: 'skip_final_snapshot, force_destroy, force_delete, recovery window 0, retention 0',
    fix: 'Keep a final snapshot or a retention time, so that a mistake can be taken back.',
  },
  'destructive/tf-resource-removed': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'a resource or module leaves the configuration with no moved, nor removed { destroy = false }',
    fix: 'Add a `moved` block if it has a new name, or a `removed` block with `destroy = false` to keep the real thing.',
  },
  'destructive/tf-address-changed': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'rename without moved, count ↔ for_each, a key or a count that goes down',
    fix: 'Add `moved` blocks from the old addresses to the new ones.',
  },
  'destructive/tf-forces-replacement': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'an attribute that the provider can only change by a new resource',
    fix: 'Keep the value, or plan the migration of what the resource holds.',
  },
  'destructive/tf-backend-changed': {
    severity: 'high',
    meaning: 'another backend, state key, provider region or account',
    fix: 'Migrate the state with `terraform init -migrate-state`, and have the move reviewed.',
  },
  'destructive/cfn-retention': {
    severity: 'high',
    meaning: 'DeletionPolicy, UpdateReplacePolicy, DeletionProtection weakened or removed',
    fix: 'Keep `Retain` or `Snapshot` on what holds data.',
  },
  'destructive/cfn-resource-removed': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'a resource leaves the template, or its logical id changes',
    fix: 'Set `DeletionPolicy: Retain` in a deployment before the one that removes it.',
  },
  'destructive/cfn-forces-replacement': {
    severity: 'critical',
    dataOnly: true,
    meaning: 'a property whose update requires replacement',
    fix: 'Keep the value, or make a second resource and move the data over.',
  },
  'destructive/cdk-removal-policy': {
    severity: 'high',
    meaning: 'RemovalPolicy.DESTROY, autoDeleteObjects, protection off; Pulumi protect off',
    fix: 'Use `RemovalPolicy.RETAIN` or `SNAPSHOT` for what holds data.',
  },
  'destructive/stack-delete': {
    severity: 'critical',
    meaning: 'delete-stack, cdk/pulumi/sam/serverless destroy, rebuild or terminate an environment',
    fix: 'Let a person delete the stack, after checking its name and account.',
  },
  'destructive/cloud-delete': {
    severity: 'critical',
    meaning: 'a delete, terminate, purge or empty operation of a cloud CLI or hosting CLI',
    fix: 'List what would go, and let a person delete it.',
  },
  'destructive/cloud-sdk-delete': {
    severity: 'high',
    meaning: 'the same through an SDK in code',
    fix: 'Mark it as deleted, or ask for confirmation and the environment before the call.',
  },
  'destructive/cloud-stop': {
    severity: 'medium',
    meaning: 'desired count 0, stop-instances, dyno scale 0',
    fix: 'Say who is affected, and do it in a maintenance window.',
  },
  'destructive/cloud-audit-off': {
    severity: 'high',
    meaning: 'CloudTrail stopped or deleted, log group deleted, key disabled or scheduled for deletion',
    fix: 'Leave the audit trail on. It is what tells afterwards what happened.',
  },
  'destructive/k8s-delete': {
    severity: 'critical',
    meaning: 'kubectl/oc delete, delete -f, replace --force, apply --prune, argocd app delete',
    fix: 'Show what would go (`--dry-run=server`), and let a person delete it.',
  },
  'destructive/k8s-removed': {
    severity: 'high',
    meaning: 'a Namespace, PVC, PV, CRD, StatefulSet or PDB leaves the manifests',
    fix: 'Back up the volumes, and remove the object in a change of its own.',
  },
  'destructive/k8s-reclaim': {
    severity: 'high',
    meaning:
      'reclaim or retention policy Delete, resource-policy keep removed, a claim becomes emptyDir, persistence off',
    fix: 'Keep `Retain`, so that the volume outlives its claim.',
  },
  'destructive/k8s-immutable': {
    severity: 'medium',
    meaning: 'a field that only changes by delete and create (selector, volumeClaimTemplates, serviceName)',
    fix: 'Keep the field, or make a second object and move the traffic over.',
  },
  'destructive/k8s-scale-zero': {
    severity: 'medium',
    meaning: 'replicas 0 in a manifest, in values or by a command; drain; NoExecute',
    fix: 'Keep at least one replica, or say when it comes back.',
  },
  'destructive/k8s-recreate': {
    severity: 'medium',
    meaning: 'strategy Recreate, automatic pruning',
    fix: "Use `RollingUpdate`, or say why two versions can't run side by side.",
  },
  'destructive/helm-uninstall': {
    severity: 'high',
    meaning: 'helm uninstall, helmfile destroy, upgrade --force',
    fix: 'Show what would go (`helm get manifest`), and let a person uninstall it.',
  },
  'destructive/container-volumes': {
    severity: 'high',
    meaning: 'volumes removed or pruned, down -v, a database service loses its volume',
    fix: 'Keep the named volume, or copy its data first.',
  },
  'destructive/sql-drop': {
    severity: 'critical',
    meaning: 'DROP of a table, database, schema, view, type, partition, user; TRUNCATE',
    fix: 'Rename it first, and drop it once nothing reads it any more.',
  },
  'destructive/sql-drop-column': {
    severity: 'critical',
    meaning: 'DROP COLUMN',
    fix: 'Stop reading and writing the column first, and drop it in a later release.',
  },
  'destructive/sql-no-where': {
    severity: 'critical',
    meaning: 'DELETE or UPDATE without a condition that limits it',
    fix: 'Add the condition that says which rows are meant.',
  },
  'destructive/sql-narrowing': {
    severity: 'high',
    meaning: 'a column becomes shorter, smaller or another type',
    fix: 'Add a new column, copy and check the data, then switch over.',
  },
  'destructive/sql-rename': {
    severity: 'medium',
    meaning: 'a table or column is renamed while code runs',
    fix: 'Add the new name beside the old one, and remove the old one once no running code uses it.',
  },
  'destructive/sql-not-null': {
    severity: 'medium',
    meaning: 'NOT NULL without a default, SET NOT NULL',
    fix: 'Fill the column first, then set `NOT NULL`, or give a default.',
  },
  'destructive/sql-drop-constraint': {
    severity: 'medium',
    meaning: 'a constraint, key, index or trigger goes',
    fix: 'Say what ensures the rule from now on.',
  },
  'destructive/orm-drop': {
    severity: 'high',
    meaning:
      'the same in a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Ecto, EF, Liquibase, Prisma (not in its down)',
    fix: 'Stop using it in one release, and drop it in the next.',
  },
  'destructive/orm-reset': {
    severity: 'critical',
    meaning: 'db:drop, migrate reset, migrate:fresh, flush, sync force, dropSchema, ddl-auto create-drop',
    fix: 'Run it on a database that was made for it, never on a shared one.',
  },
  'destructive/orm-delete-all': {
    severity: 'high',
    meaning: 'every row through an ORM or driver',
    fix: 'Add the condition that says which rows are meant.',
  },
  'destructive/store-flush': {
    severity: 'critical',
    meaning: 'FLUSHALL, dropDatabase, index _all, purge of a queue or topic',
    fix: 'Delete by key or by index name, after listing what would go.',
  },
  'destructive/forge-delete': {
    severity: 'high',
    meaning: "repository, release, secret or branch protection removed through a forge's CLI or API",
    fix: 'Let an owner of the repository do it.',
  },
  'destructive/package-unpublish': {
    severity: 'high',
    meaning: 'unpublish, yank',
    fix: 'Publish a corrected version and deprecate the old one.',
  },
  'destructive/remote-opaque': {
    severity: 'high',
    meaning: 'text that cannot be read goes into a shell (decoded, downloaded, from an unknown variable)',
    fix: 'Download it, read it, then run the file.',
  },
  'destructive/guard-removed': {
    severity: 'medium',
    meaning: 'a check that stops a dangerous step is removed (kill switch, environment test, manual gate)',
    fix: 'Keep the check, or say what protects the step instead.',
  },
  'destructive/linekeeper-off': {
    severity: 'high',
    meaning: 'the policy, the hooks or the notes of Linekeeper are removed or loosened',
    fix: 'Change the policy in a pull request of its own.',
  },
  'permissions/iam-wildcard': {
    severity: 'high',
    meaning: 'Allow with Action or Resource *, service-wide x:*, PassRole on *',
    fix: 'Name the actions and the resources that are needed.',
  },
  'permissions/iam-admin': {
    severity: 'critical',
    meaning: 'AdministratorAccess, roles/owner, Owner, cluster-admin, SUPERUSER, NOPASSWD: ALL',
    fix: 'Grant the role that covers the task, for a limited time where possible.',
  },
  'permissions/iam-principal': {
    severity: 'critical',
    meaning: 'trust or resource policy for everybody; OIDC subject wildcard',
    fix: 'Name the accounts, roles or repositories that may use it.',
  },
  'permissions/public-data': {
    severity: 'high',
    meaning: 'public ACL, public access block off, publicly accessible database, function URL without authentication',
    fix: 'Keep it private. Give access through a signed address or a role.',
  },
  'permissions/net-open': {
    severity: 'high',
    meaning: 'an administrative or database port open to the world',
    fix: 'Open the port to the networks that need it, not to everybody.',
  },
  'permissions/k8s-rbac': {
    severity: 'high',
    meaning: 'verbs or resources *',
    fix: 'Name the verbs and resources that are needed.',
  },
  'permissions/k8s-privileged': {
    severity: 'high',
    meaning: 'privileged, host network, host path, root user',
    fix: 'Run without privileges, and add the single capability that is needed.',
  },
  'permissions/container-root': {
    severity: 'medium',
    meaning: 'USER root or none, privileged, Docker socket, chmod 777',
    fix: 'Set `USER` to an account without privileges.',
  },
  'permissions/ci-token': {
    severity: 'high',
    meaning: 'write-all, a broader permissions:, or the block removed',
    fix: 'Grant the job only the permissions that it uses.',
  },
  'permissions/ci-untrusted': {
    severity: 'critical',
    meaning: "pull_request_target with the head's code, template injection, unsecure commands",
    fix: 'Use `pull_request`, and hand values to scripts through the environment.',
  },
  'permissions/ci-unpinned': {
    severity: 'medium',
    meaning: 'a third-party action without a commit id, or a loosened pin',
    fix: 'Pin the action to a full commit id.',
  },
  'permissions/ci-gate': {
    severity: 'high',
    meaning: 'a protected environment, a manual step, a needed job or required reviews removed; secrets: inherit',
    fix: 'Keep the manual step or the protected environment.',
  },
  'permissions/db-grant': {
    severity: 'high',
    meaning: 'GRANT to PUBLIC, row level security off, trust authentication',
    fix: 'Grant the privileges that are needed to the role that needs them.',
  },
  'permissions/auth-removed': {
    severity: 'medium',
    meaning: 'an authentication or signature check leaves the code (may be a suspicion)',
    fix: 'Keep the check, or say what ensures it elsewhere.',
  },
  'secrets/token': {
    severity: 'critical',
    meaning: 'a token with a known pattern (the vendor is in the message, the value never)',
    fix: 'Revoke the token now, and read the new one from a secret store.',
  },
  'secrets/private-key': {
    severity: 'critical',
    meaning: 'a private key block',
    fix: 'Make a new key, and keep it in a secret store.',
  },
  'secrets/password': {
    severity: 'high',
    meaning: 'a literal password, a password in a URL, a Kubernetes Secret with data',
    fix: 'Change the password, and read the new one from the environment or a secret store.',
  },
} as const satisfies Readonly<Record<`${FindingClass}/${string}`, Rule>>;

export type RuleId = keyof typeof RULES;

/** The class is the first part of the id. */
export const classOf = (id: RuleId): FindingClass => id.slice(0, id.indexOf('/')) as FindingClass;
