import { CLOUD_MODULES } from '../../data-nouns';
import { once } from '../../rows/once';
import type { CommandRow, Facts, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a delete, terminate, purge or empty operation of a cloud CLI or hosting CLI',
  why: 'What a cloud deletes is gone at once, and most services keep no copy.',
  fix: 'List what would go, and let a person delete it.',
  instead: "List what would be deleted, and ask for a senior's review.",
} as const satisfies Rule;

const OBJECTS = 'deletes objects or a bucket';
const MIRRORS = 'deletes from the target what the source does not have';
const BACKUPS = 'deletes backups';
const OBJECT_STORES = 's3cmd s5cmd b2 b2v4 swift obsutil ossutil cos coscli';
const HOSTS =
  'vercel now netlify railway render fly flyctl wrangler surge scalingo clever platform upsun deployctl koyeb northflank porter';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: CLOUD_MODULES, after: /^absent$/, says: 'Task "{it}" deletes a resource of a cloud.' },
  ],
}));

// prettier-ignore
export const commands: readonly CommandRow[] = [
  { program: 'gsutil', verb: 'rb', does: OBJECTS },
  { program: 'gsutil', verb: 'rm', with: /^-[a-z]*[rR]/, does: OBJECTS },
  { program: 'gsutil', verb: 'rm', severity: 'high', does: OBJECTS },
  { program: 'gsutil', verb: 'rsync', with: /^-[a-z]*d/, without: /^-[a-z]*n/, severity: 'high', does: MIRRORS },
  { program: 'bq', verb: 'rm, remove', does: 'deletes a table or a data set' },
  { program: 'bq', verb: 'load', with: /^--replace/, severity: 'medium', does: 'overwrites a table' },
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?storage rm\b/, does: 'deletes objects of a bucket' },
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?storage rsync\b/, with: /^--delete-unmatched/, severity: 'high', does: MIRRORS },
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?services disable\b/, does: 'turns a service of the project off' },
  { program: 'az', verb: /^deployment\b/, line: /--mode[= ]complete(?: |$)/i, does: 'deletes every resource of the group that the template does not name' },
  { program: 'az', verb: /^storage\b.* delete-batch\b/, does: 'deletes many files at once' },
  { program: 'az', verb: 'rest', line: /(?:--method|-m)[= ]delete(?: |$)/i, does: 'deletes a resource' },
  { program: 'heroku', verb: /^(?:domains|certs|keys|access|members|webhooks|drains|clients|authorizations|git|accounts|plugins):(?:\S+:)?(?:destroy|reset|delete|remove|rollback|wipe|unfollow|promote)\b/, severity: 'medium', does: 'removes a part of the application' },
  { program: 'heroku', verb: /^(?:\S+:)?(?:destroy|reset|delete|remove|wipe|unfollow|rollback|promote)(?: |$)/, does: 'deletes the application, or data of it' },
  { program: 'heroku', verb: 'pg:copy, pg:restore, pg:push, pg:backups:restore, apps:leave', does: 'deletes the application, or data of it' },
  { program: 'firebase', verb: /^\S+:(?:delete|remove|disable|destroy|clear)(?: |$)/, does: 'deletes data or a part of the application' },
  { program: 'firebase', verb: 'remoteconfig:rollback', does: 'deletes data or a part of the application' },
  { program: 'firebase', verb: 'deploy', with: /^(?:--force|-f)$/, severity: 'medium', does: 'deploys, and deletes functions that the code does not have' },
  { program: 'firebase', verb: 'database:set', does: 'overwrites data' },
  { program: 'rclone', verb: 'rmdir, rmdirs', severity: 'low', does: 'deletes empty folders' },
  { program: 'rclone', verb: 'purge, delete, deletefile, cleanup', does: 'deletes files of a remote store' },
  { program: 'rclone', verb: 'sync', severity: 'high', does: MIRRORS },
  { program: 'rclone', verb: 'bisync, move, moveto', severity: 'medium', does: 'moves files away' },
  { program: 'restic', verb: 'forget', line: /--prune\b|--keep-last[= ]0/, does: BACKUPS },
  { program: 'restic', verb: 'forget', severity: 'medium', does: 'forgets backups' },
  { program: 'restic', verb: 'prune, unlock', severity: 'medium', does: 'deletes parts of backups' },
  { program: 'restic', verb: 'key remove', severity: 'high', does: 'removes a key of the backups: whoever has only that one cannot read them' },
  { program: 'borg borgmatic', verb: 'delete', does: BACKUPS },
  { program: 'borg borgmatic', verb: 'prune, compact, recreate', severity: 'medium', does: 'deletes old backups' },
  { program: 'duplicity', verb: 'remove-*, cleanup', does: BACKUPS },
  { program: 'kopia', verb: 'snapshot delete, snapshot expire', does: BACKUPS },
  { program: 'kopia', verb: 'repository disconnect', severity: 'medium', does: 'disconnects this machine from its backups: none are made until it is connected again' },
  { program: 'velero', verb: /\bdelete\b|^uninstall$/, does: BACKUPS },
  { program: OBJECT_STORES, verb: 'bucket, undel', line: /\bdelete\b/, does: 'deletes a bucket or files' },
  { program: OBJECT_STORES, verb: 'rb, del, rm, delete*, file-delete, purge, expire, clear', does: OBJECTS },
  { program: OBJECT_STORES, verb: 'sync', with: /^--(?:delete(?:-removed)?|remove|delete-after)$/, severity: 'high', does: MIRRORS },
  { program: OBJECT_STORES, verb: 'mirror', with: /^--remove$/, severity: 'high', does: MIRRORS },
  { program: 'mc mcli', verb: 'rb', does: OBJECTS },
  { program: 'mc mcli', verb: 'rm', with: /^--recursive$|^-r$|^--force$/, does: OBJECTS },
  { program: 'mc mcli', verb: 'rm', severity: 'high', does: OBJECTS },
  { program: 'mc mcli', verb: /^admin .*\b(?:remove|rm|stop|decommission|delete|disable|unset)\b/, does: 'removes a part of the store' },
  { program: 'mc mcli', verb: 'mirror', with: /^--remove$/, severity: 'high', does: MIRRORS },
  { program: 'aws-nuke cloud-nuke', does: 'deletes everything in an account' },
  { program: 'gcp-nuke', does: 'deletes everything in a project' },
  { program: 'azure-nuke', does: 'deletes everything in a subscription' },
  { program: 'cbt', verb: /^(?:delete\w*|dropfamily)\b/i, does: 'deletes a table or rows' },
  { program: HOSTS, verb: 'down, teardown, remove, rm, destroy, delete', does: 'takes the application, or a part of it, down' },
  { program: HOSTS, verb: /^(?=\S*env)\S*:(?:delete|destroy|remove|unset)(?: |$)|^\S+:unset(?: |$)/, severity: 'medium', does: 'removes a setting' },
  { program: HOSTS, verb: /^\S+:(?:delete|destroy|remove)(?: |$)/, does: 'deletes the application, or a part of it' },
  { program: HOSTS, verb: /^(?:kv(?::(?:key|namespace|bulk))?|r2|queues|hyperdrive|vectorize|pages|secret|d1|workflows)\b(?: \S+){0,2} (?:\S+-)?(?:delete|purge)\b/, not: /^d1 execute\b/, does: 'deletes data or a part of the application' },
  { program: 'doppler infisical bws chamber op akeyless bw lpass conjur', verb: /^(?:secrets?|projects?|environments?|configs?|items?|documents?|vaults?|users?|groups?|folders?) (?:delete|rm|remove)\b|^(?:delete(?:-[\w-]+)?|rm)\b/, does: 'deletes secrets or what holds them' },
  { program: 'circleci bk buildkite drone woodpecker-cli travis codefresh appcenter spin eas', verb: /(?:^| )(?:delete|rm|remove|destroy|unset|clear|remove-secret)(?: |$)|:delete(?: |$)/, severity: 'high', does: 'deletes something of the build service' },
  { program: 'argo', verb: 'delete, stop, terminate', severity: 'high', does: 'deletes workflows' },
  { program: 'op', verb: /^connect (?:server|token|group|vault) (?:delete|revoke)\b/, does: 'deletes secrets or what holds them' },
  { program: 'gcloud', verb: /^apigee\b.* undeploy\b/, severity: 'high', does: 'takes an API down' },
  { program: 'deck', verb: 'sync, gateway sync', severity: 'high', does: MIRRORS },
  { program: 'ldcli unleash', verb: /\barchive\b/, severity: 'high', does: 'removes feature flags, which code asks for' },
  { program: 'split', verb: /^splits kill\b/, severity: 'medium', does: 'switches a feature off' },
  { program: 'algolia', verb: 'indices clear, index clear', does: 'empties an index' },
  { program: 'az', verb: /^acr repository untag\b/, severity: 'medium', does: 'takes the name of an image away' },
  { program: 'gitlab-runner', verb: 'unregister', severity: 'high', does: 'removes runners of the build service' },
  { program: 'gitlab-rake', verb: 'gitlab:backup:restore', does: 'overwrites everything in the forge by a backup' },
  { program: 'stripe', verb: 'api_keys roll', severity: 'high', does: 'replaces a key that programs use' },
  { program: 'rclone', verb: 'dedupe', severity: 'medium', does: 'deletes files that it takes for the same' },
  { program: 'kafka-configs kafka-configs.sh', with: /^--delete-config$/, severity: 'medium', does: 'takes a setting of a topic back, such as how long it keeps data' },
  { program: 'deck', verb: 'reset, gateway reset', does: 'deletes every service and route of the gateway' },
  { program: 'splunk', verb: 'remove index, clean eventdata, clean all, delete', does: 'deletes an index with its events' },
  { program: 'java', line: /jenkins-cli[\w.-]*\.jar\b/, verb: /(?:^| )delete-(?:job|node|builds|credentials|view)\b/, severity: 'high', does: 'deletes something of the build service' },
  { program: 's4cmd', verb: 'del', does: OBJECTS },
  { program: 'azcopy', verb: 'remove, rm', does: OBJECTS },
  { program: 'azcopy', verb: 'sync', line: /--delete-destination[= ]true/i, severity: 'high', does: MIRRORS },
  { program: 'juicefs', verb: 'destroy, rmr', does: 'deletes a file system or files of it' },
  { program: 'rados', verb: 'purge, rmpool, rm', does: OBJECTS },
  { program: 'wal-g', verb: 'delete', does: BACKUPS },
  { program: 'pgbackrest', verb: /\bstanza-delete\b/, line: /\bstanza-delete\b/, does: BACKUPS },
  { program: 'pgbackrest', verb: /\bexpire\b/, severity: 'medium', does: 'deletes old backups' },
  { program: 'barman', verb: 'delete', does: BACKUPS },
  { program: 'barman-cloud-backup-delete', does: BACKUPS },
  { program: 'pbm', verb: /^delete-/, does: BACKUPS },
  { program: 'duplicacy', verb: 'prune', does: BACKUPS },
  { program: 'bup', verb: 'rm, prune-older', does: BACKUPS },
  { program: 'tarsnap', with: /^(?:-d|--nuke)$/, does: BACKUPS },
  { program: 'timeshift', with: /^--delete(?:-all)?$/, does: BACKUPS },
  { program: 'tmutil snapper', verb: /^delete/, does: BACKUPS },
  { program: 'rdiff-backup', line: /--remove-older-than|^remove\b/, does: BACKUPS },
  { program: 'proxmox-backup-client', verb: 'snapshot forget, snapshot remove', does: BACKUPS },
  { program: 'autorestic', verb: 'forget', with: /^--prune$/, does: BACKUPS },
  { program: 'configcat dvc growthbook flagsmith flagctl', verb: /(?:^| |:)(?:delete|rm|remove|archive)(?: |$)/, severity: 'high', does: 'removes feature flags, which code asks for' },
  { program: 'typesense esctl opensearch-cli meilisearch pinecone vespa milvus_cli weaviate-cli', verb: /(?:^| )(?:delete|destroy|drop)(?: |$)/, does: 'deletes an index or a collection' },
  { program: 'tctl', verb: 'rm', severity: 'high', does: 'removes users, roles or machines from the access service' },
  { program: /^(?:remove|clear)-az(?!(?:context|account|config|defaultprofile|tag)$)[a-z0-9]+$/, does: 'deletes something in Azure' },
  { program: /^remove-(?:s3|ec2|rds|ddb|cfn|lm|ecs|eks|ecr|iam|sec|kms|sqs|sns|r53|asg|elb2?|efs|fsx|ebs|ec|cwl|ssm|bak|dms|es|oss|rs|kin|glue|ath|ct|org|apg|ag2|cf|wks|eb|dp|gl|mq|msk|nep|docdb|sfn|evb)[a-z0-9]+$/, does: 'deletes something in AWS' },
  { program: /^remove-gc(?:e|s|sql|dns|lb|ps|iam|container|bq)?[a-z0-9]+$/, does: 'deletes something in Google Cloud' },
  { program: /^remove-(?:vm(?:snapshot|harddiskdrive)?|vhd|virtualdisk|storagepool|cluster(?:group|node|resource)?|datastore|vmhost|template|harddisk|snapshot)$/, does: 'deletes a machine or what it keeps' },
  { program: /^remove-(?:mg|azuread|msol|ad|spo|pnp|entra)[a-z0-9]+$/, does: 'deletes something of the directory or of what it keeps' },
  { program: 'databricks', verb: /\b(?:delete|rm|permanent-delete|destroy)\b/, does: 'deletes something of the workspace' },
];

// prettier-ignore
export const tools: readonly ToolRow[] = [
  { deed: 'removes', verb: 'object objects blob blobs', does: 'deletes objects of a bucket' },
  { deed: 'removes', of: 'bucket container_registry instance server vm machine droplet cluster function service app application project site worker domain zone record dns certificate volume disk snapshot backup environment deployment resource account subscription tenant workspace organization org user role policy secret key token vault namespace kv r2 d1 registry distribution gateway vpc subnet network_interface firewall loadbalancer balancer pool replica warehouse pipeline customer product price coupon datastore endpoint integration', does: 'deletes something in the cloud' },
  { deed: 'clears', verb: 'reset', of: 'branch parent instance server cluster project database', severity: 'medium', does: 'sets something in the cloud back to how it began' },
  { deed: 'clears', verb: 'revoke disable', of: 'key role certificate secret account user service backup protection versioning', severity: 'medium', does: 'takes access or a protection away' },
  { deed: 'removes', without: /(?:^|\.)(?:filter|where|query|selector)\.[^=]+=./, severity: 'medium', does: 'deletes something, and nobody here knows whether it can be brought back' },
  { with: /^says\.destructive=true$/, severity: 'medium', does: 'says of itself that it may destroy something' },
];

// prettier-ignore
export const facts = {
  'cloud verb deletes': 'deletes something in the cloud',
  'deletes something in the cloud': 'deletes something in the cloud',
  'deletes records of a domain': 'deletes records of a domain',
  'deletes rows of a table': 'deletes rows of a table',
  'has objects deleted after a time': { says: 'has objects deleted after a time', severity: 'medium' },
  'deletes the bucket': 'deletes the bucket {what}',
  'deletes': 'deletes {what}',
  'deletes from what the source does': { says: 'deletes from {what} what the source does not have', severity: 'high' },
  'moves everything out of': { says: 'moves everything out of {what}', severity: 'medium' },
  'deletes secrets or what holds them': 'deletes secrets or what holds them',
  'asks another machine to delete something': { says: 'asks another machine to delete something', severity: 'high' },
  'asks a cloud to delete something': 'asks a cloud to delete something',
  'deletes something of the project': 'deletes something of the project',
  'a provisioner of deletes data': 'A provisioner of {subject} deletes data.',
  'code runs a cloud that deletes': 'A command that deletes is run from code.',
} as const satisfies Facts;
