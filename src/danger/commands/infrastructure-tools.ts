/** Other programs that create and destroy whole environments. */
import { anyOf, either } from '../../base/patterns';
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts-from-sentences';
import { plain, values, type Family, programs } from './program-call';
import { removal } from './programs-removing-or-overwriting-files';
import { byRows } from './match-family-rows';

const ON_OTHERS = 'removes on other machines';
const JOB_STOP = 'destructive/stack-delete: stops a job';
const NO_PREVIEW = 'destructive/tf-unattended-apply: applies changes that nobody has seen as a preview';

// prettier-ignore
const pulumi = byRows(
  'pulumi',
  { verb: 'destroy, down, dn', says: 'destructive/stack-delete: destroys everything in the stack' },
  { verb: 'stack rm', says: 'destructive/stack-delete: deletes a stack and its history' },
  { verb: 'state delete', says: 'destructive/tf-state: makes Pulumi forget a resource, which then nobody manages' },
  { verb: 'state unprotect', says: 'destructive/tf-protection-off: takes the protection of a resource away' },
  { verb: 'state edit, state move', says: 'destructive/tf-state (medium): changes the state' },
  { verb: 'cancel', says: 'destructive/tf-state (medium): ends an update that is running' },
  { verb: 'up, update', with: /^--(?:target-)?replace(?:=|$)/, says: 'destructive/tf-force-replace: destroys a resource and makes it again' },
  { verb: 'up, update', with: /^(?:-y|--yes|-f|--skip-preview)$/, says: NO_PREVIEW },
  { verb: 'env rm', says: 'destructive/stack-delete: deletes the environment {what}' },
);

// prettier-ignore
const cdk = byRows(
  'pulumi',
  { verb: 'destroy', says: 'destructive/stack-delete: deletes stacks with their resources' },
  { verb: 'deploy', only: (call) => values(call, '--require-approval').includes('never'), says: NO_PREVIEW, severity: 'medium' },
  { verb: 'gc', with: /^--action=full$/, says: 'destructive/stack-delete (medium): deletes assets' },
);

const ansible: Family = (call) => {
  const module = values(call, '-m', '--module-name')[0] ?? 'command';
  const moduleArguments = values(call, '-a', '--args')[0] ?? '';
  if (/(?:^|\.)(?:file)$/.test(module) && /\bstate=absent\b/.test(moduleArguments)) {
    const path = /\b(?:path|dest|name)=(\S+)/.exec(moduleArguments)?.[1] ?? '';
    return removal({ ...call, away: 'host' }, [{ text: path, open: path === '' }], true, ON_OTHERS);
  }
  if (
    /(?:^|\.)(?:user|group|lvol|lvg|filesystem|mysql_db|postgresql_db|docker_volume|zfs|ec2_instance|cloudformation|k8s)$/.test(
      module,
    ) &&
    /\bstate=(?:absent|terminated)\b/.test(moduleArguments)
  )
    return fact('destructive/stack-delete: removes something on other machines');
  return /(?:^|\.)reboot$/.test(module) ? fact('destructive/system-down (medium): restarts other machines') : undefined;
};
/** A task about what holds data, with the state that ends it: `postgresql_db: … state: absent`. */
const TAKES_AWAY = anyOf(
  String.raw`
  \w*_db \w*database\w* lvol lvg filesystem docker_volume zfs \w*rds\w* dynamodb_table s3_bucket ec2\w* efs
  cloudformation k8s gcp_\w+ azure_rm_\w+ elasticache redshift proxmox\w* vmware_guest
`,
  {
    before: String.raw`^([ \t-]*)(?:[a-z_]+\.[a-z_]+\.)?(?:`,
    after: String.raw`)\s*:[^\n]*(?:\n(?!\1-)[^\n]*){0,20}?\bstate\s*[:=]\s*["']?(?:absent|terminated|deleted)\b`,
    flags: 'm',
  },
);

/** Folders of hosts that hold what others keep: of databases, of containers, of mail, of backups. */
const KEPT_FOLDER = either(
  anyOf(
    `postgres\\w* pgsql mysql mariadb mongo\\w* redis valkey elasticsearch opensearch cassandra scylla influxdb\\d? clickhouse etcd rabbitmq
    kafka zookeeper neo4j couchdb docker containerd?s? prometheus grafana loki libvirt minio gitea forgejo gitlab jenkins kubelet
    rancher ceph vault consul nomad ldap openldap samba`,
    { before: String.raw`^/var/lib/(?:`, after: String.raw`)(?:/|$)` },
  ),
  /^\/(?:srv|data\d*|mnt|media|backups?|exports?|volumes?|pgdata|var\/(?:backups?|mail|vmail|spool\/mail|opt\/\w+|www))(?:\/|$)/,
  /^\/(?:var|opt|etc|usr|var\/lib|)$|^\{\{[^}]*(?:data|backup|pgdata|volume|store)(?:_?(?:dir|path|folder|root|home))?\s*(?:\||\}\})/,
);
const LEFT_OVER =
  /(?:^|[/_.-])(?:c?cache|tmp|temp|lock|pid|sock|socket|old|releases?|build|download\w*)(?:\/|$)|\.\w{1,5}$/i;

/** A folder that a task of a playbook removes from the hosts: `file: path: /var/lib/mysql, state: absent`. */
function folderTakenAway(text: string): string | undefined {
  return text
    .split(/^(?=[ \t]*-[ \t]+["']?[\w.]+["']?[ \t]*:)/m)
    .filter(
      (task) =>
        /^[ \t-]*(?:[a-z]+\.[a-z]+\.)?(?:win_)?file[ \t]*:/m.test(task) && /\bstate\s*[:=]\s*["']?absent\b/.test(task),
    )
    .flatMap((task) => [
      ...task.matchAll(
        /(?:\b(?:path|dest|name)["']?[ \t]*[:=][ \t]*|^[ \t]*-[ \t]+)["']?(\/[^\s"',}]*|\{\{[^}\n]*\}\}[^\s"',]*)/gm,
      ),
    ])
    .map(([, path = '']) => path)
    .find((path) => KEPT_FOLDER.test(path) && !LEFT_OVER.test(path));
}

const playbook: Family = (call) => {
  const named = plain(call, takesOf('ansible-playbook'));
  const folder = named.map((text) => folderTakenAway(call.read(text) ?? '')).find((path) => path !== undefined);
  if (folder !== undefined)
    return removal({ ...call, away: 'host' }, [{ text: folder, open: folder.startsWith('{{') }], true, ON_OTHERS);
  return named.some((text) =>
    /(?:destroy|teardown|tear-down|wipe|nuke|delete|decommission|uninstall|remove|purge|reset)[\w-]*\.ya?ml$/i.test(
      text,
    ),
  ) ||
    named.some((text) => TAKES_AWAY.test(call.read(text) ?? '')) ||
    values(call, '-e', '--extra-vars', '-t', '--tags').some((text) =>
      /\bstate=absent\b|(?:^|,)(?:destroy|teardown|wipe|nuke)(?:,|$)/.test(text),
    )
    ? fact('destructive/stack-delete: runs a playbook that takes something down')
    : undefined;
};

export const IAC: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  pulumi,
  cdk,
  ansible,
  'ansible-playbook': playbook,
  'packer salt nixos-rebuild nix-collect-garbage kubespray cdk8s': () => undefined,
  nomad: byRows(
    '',
    { verb: /^(?:job )?stop\b/, with: /^-purge$/, says: JOB_STOP, severity: 'high' },
    { verb: /^(?:job )?stop\b/, says: JOB_STOP, severity: 'medium' },
  ),
  bosh: byRows('bosh', {
    verb: /^(?:delete-\w[\w-]*|deld|del\w*|clean-up|recreate|cck)(?: |$)/,
    says: 'destructive/stack-delete: deletes a deployment or a part of it',
  }),
  'salt-cloud': byRows('', { with: /^(?:-d|--destroy)$/, says: 'destructive/stack-delete: destroys virtual machines' }),
  'k3s-uninstall': () => fact('destructive/stack-delete: removes the cluster'),
  'k3s-killall': () => fact('destructive/stack-delete (medium): stops the cluster'),
});
