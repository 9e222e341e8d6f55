/** Ansible playbooks and roles: tasks that remove what others keep. */
import { compare, entriesOf, get, isYes, itemsOf, named, on, same, sidesOf, textAt, type Tree } from '../../tree';
import type { RuleId } from '../../rules';
import type { Noticed, PackOfFiles } from '../../types';
import { noticeScripts, type NoticeScript, type Script } from '../scripts';

export const ansibleWith = (shell: NoticeScript): PackOfFiles => ({
  id: 'ansible',
  concerns: ({ path, after }) =>
    /\.ya?ml$/i.test(path) &&
    after !== null &&
    (/(?:^|\/)(?:ansible|playbooks?|roles|tasks|handlers)\//i.test(path) ||
      /^- (?:hosts|import_playbook|name)\s*:/m.test(after)) &&
    !/^apiVersion:/m.test(after),
  notice: (change) => {
    const sides = sidesOf(change);
    if (sides === null) return [];
    const [old, now] = [tasksIn(sides.before[0]), tasksIn(sides.after[0])];
    const known = new Set(old.flatMap((task) => judge(task).map(({ rule, message }) => `${rule} ${message}`)));
    const fresh = now.filter((task) => !old.some((one) => same(one, task)));
    return [
      ...fresh.flatMap(judge).filter(({ rule, message }) => !known.has(`${rule} ${message}`)),
      ...noticeScripts(old.flatMap(scriptsOf), now.flatMap(scriptsOf), shell),
    ];
  },
});

function tasksIn(tree: Tree | undefined): readonly Tree[] {
  const found: Tree[] = [];
  compare(undefined, tree, ({ key, after, within }) => {
    if (
      key === '[]' &&
      after?.map &&
      (within?.key === '' || /^(?:tasks|pre_tasks|post_tasks|handlers|block|rescue|always)$/.test(within?.key ?? ''))
    )
      found.push(after);
  });
  return found;
}

/** Modules whose `state: absent` loses something, and what. */
const ABSENT: readonly (readonly [RegExp, RuleId, string])[] = [
  [
    /^(?:postgresql|mysql|mssql)_(?:db|schema|table|tablespace)$|^(?:mongodb|influxdb|proxysql|clickhouse)_(?:database|db)$/,
    'destructive/sql-drop',
    'drops a database',
  ],
  [/^(?:postgresql|mysql|mongodb)_user$/, 'destructive/sql-drop', 'drops a user of a database'],
  [/^docker_(?:volume)$|^podman_volume$/, 'destructive/container-volumes', 'removes a volume with its data'],
  [
    /^(?:ec2_instance|rds_instance|rds_cluster|s3_bucket|dynamodb_table|efs|ec2_vol|elasticache|redshift|eks_cluster|ec2_vpc_net|route53_zone|aws_s3|sqs_queue|kms_key|ecs_cluster|ecs_service|lambda|ec2|rds|azure_rm_\w+|gcp_\w+|os_\w+|openstack\w*|digital_ocean\w*|hcloud_\w+|vmware_guest|proxmox\w*|vultr\w*|linode\w*)$/,
    'destructive/cloud-delete',
    'deletes a resource of a cloud',
  ],
  [/^(?:k8s|kubernetes)$/, 'destructive/k8s-delete', 'deletes objects of a cluster'],
  [/^helm$/, 'destructive/helm-uninstall', 'uninstalls a release'],
  [/^terraform$/, 'destructive/tf-destroy', 'destroys what Terraform manages'],
  [/^cloudformation(?:_stack_set)?$/, 'destructive/stack-delete', 'deletes a stack'],
  [
    /^(?:lvol|lvg|parted|zfs|zpool|btrfs_subvolume|filesystem)$/,
    'destructive/disk-overwrite',
    'removes a volume of a disk',
  ],
  [/^(?:rabbitmq_queue|rabbitmq_vhost|kafka_topic)$/, 'destructive/store-flush', 'removes a queue with its messages'],
];

const HARMLESS_PATHS =
  /^(?:\/tmp|\/var\/tmp|\/var\/cache|\/run)(?:\/|$)|(?:^|[/_.-])(?:cache|tmp|temp|build|dist|node_modules|__pycache__|\.git|lock|pid|sock|bak|old|zip|tar|gz|tgz|deb|rpm|download\w*)(?:\/|$|\}|s?$)|\.(?:lock|pid|sock|zip|tar|gz|tgz|deb|rpm|conf|cfg|ini|list|repo|service|timer|log|sh|py|txt|ya?ml|json|key|gpg|asc|rules|cron|tmp|bak)$|sites-enabled|conf\.d|apt\/sources|cron\.d|nologin|motd/i;

function judge(task: Tree): readonly Noticed[] {
  return entriesOf(task).flatMap(([key, module]): readonly Noticed[] => {
    const name = key.replace(/^[\w-]+\.[\w-]+\./, '');
    const [state, path] = [
      get(module, 'state'),
      textAt(module, 'path') ?? textAt(module, 'dest') ?? textAt(module, 'name') ?? '',
    ];
    const says = named(textAt(task, 'name') ?? name);
    if (name === 'file' && state?.text === 'absent')
      return path === '' || harmless(path, task)
        ? []
        : [
            on(
              'destructive/fs-recursive-delete',
              state,
              `Task "${says}" deletes ${named(path)} with everything in it.`,
            ),
          ];
    if (name === 'filesystem' && isYes(get(module, 'force')))
      return [
        on(
          'destructive/disk-overwrite',
          get(module, 'force') ?? module,
          `Task "${says}" makes a new file system over what is there.`,
        ),
      ];
    if (state?.text === 'absent') {
      const row = ABSENT.find(([modules]) => modules.test(name));
      if (row !== undefined) return [on(row[1], state, `Task "${says}" ${row[2]}.`)];
    }
    const mode = get(module, 'mode');
    if (
      /^(?:file|copy|template|unarchive|get_url)$/.test(name) &&
      /^0?777$|^(?:a|ugo)[+=]\w*w|^o\+w/.test(mode?.text ?? '') &&
      !path.startsWith('/tmp')
    )
      return [
        on(
          'permissions/container-root',
          mode ?? module,
          `Task "${says}" lets everybody write ${named(path)} (mode 777).`,
        ),
      ];
    const line = get(module, 'line') ?? get(module, 'content') ?? get(module, 'commands');
    if (/^(?:lineinfile|copy|blockinfile)$/.test(name) && /NOPASSWD\s*:\s*ALL/.test(line?.text ?? ''))
      return [
        on(
          'permissions/iam-admin',
          line ?? module,
          `Task "${says}" lets a user do everything as root without a password.`,
        ),
      ];
    if (name === 'postgresql_pg_hba' && textAt(module, 'method') === 'trust')
      return [
        on(
          'permissions/db-grant',
          get(module, 'method') ?? module,
          `Task "${says}" lets connections in without a password.`,
        ),
      ];
    return [];
  });
}

/** Files are not folders; a loop's items are judged one by one. */
function harmless(path: string, task: Tree): boolean {
  const loop = itemsOf(get(task, 'loop') ?? get(task, 'with_items'));
  if (/^\{\{\s*item\b.*\}\}$/.test(path) && loop.length > 0 && loop.every(({ text }) => text !== null))
    return loop.every(({ text }) => HARMLESS_PATHS.test(text ?? ''));
  return HARMLESS_PATHS.test(path);
}

/** Commands: free text, `cmd:`, or lines below. */
function scriptsOf(task: Tree): readonly Script[] {
  return entriesOf(task).flatMap(([key, module]) => {
    if (!/^(?:[\w-]+\.[\w-]+\.)?(?:shell|command|raw)$/.test(key)) return [];
    const script = module.text !== null ? module : get(module, 'cmd');
    return script === undefined || script.text === null ? [] : [{ text: script.text, line: script.textLine }];
  });
}
