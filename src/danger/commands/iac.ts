/** Other programs that create and destroy whole environments. */
import { fact } from '../rows/facts';
import { has, plain, values, type CommandNotice, type Family } from './call';
import { removal } from './files';

const gone = (does: string, severity?: CommandNotice['severity']): CommandNotice => ({
  rule: 'destructive/stack-delete',
  does,
  ...(severity ? { severity } : {}),
});

const TAKES = [
  '--stack',
  '-s',
  '-C',
  '--cwd',
  '--color',
  '--config-file',
  '--app',
  '-a',
  '-c',
  '--context',
  '--profile',
  '--stage',
  '--region',
  '-r',
  '--name',
  '-n',
  '--env',
  '-e',
  '-m',
  '--message',
  '--stack-name',
  '--config',
  '--plugin',
  '-p',
];

/** When the first words match this pattern. */
const when =
  (pattern: RegExp, does: string, severity?: CommandNotice['severity']): Family =>
  (call) => {
    const words = plain(call, TAKES).join(' ');
    return pattern.test(words) ? gone(does, severity) : undefined;
  };

const pulumi: Family = (call) => {
  const [verb = '', what = '', third = ''] = plain(call, TAKES);
  if (/^(?:destroy|down|dn)$/.test(verb)) return fact('destroys everything in the stack');
  if (verb === 'stack' && what === 'rm') return fact('deletes a stack and its history');
  if (verb === 'state' && /^(?:delete|unprotect)$/.test(what))
    return what === 'delete'
      ? fact('makes pulumi forget a resource which')
      : fact('takes the protection of a resource');
  if (verb === 'state' && /^(?:edit|move)$/.test(what)) return fact('changes the state');
  if (verb === 'cancel') return fact('ends an update that is running');
  if (/^(?:up|update)$/.test(verb) && has(call, /^--(?:target-)?replace(?:=|$)/))
    return fact('destroys a resource and makes it');
  if (/^(?:up|update|refresh)$/.test(verb) && has(call, /^(?:-y|--yes|-f|--skip-preview)$/))
    return verb === 'refresh' ? undefined : fact('applies changes that nobody has seen');
  return verb === 'env' && what === 'rm' ? fact('deletes the environment', { what: third.slice(0, 40) }) : undefined;
};

const cdk: Family = (call) => {
  const [verb = ''] = plain(call, TAKES);
  if (verb === 'destroy') return fact('deletes stacks with their resources');
  if (verb === 'deploy' && has(call, /^--force$|^-f$/)) return undefined;
  return verb === 'gc' && has(call, /^--action=full$/) ? fact('deletes assets') : undefined;
};

const ansible: Family = (call) => {
  const module = values(call, '-m', '--module-name')[0] ?? 'command';
  const what = values(call, '-a', '--args')[0] ?? '';
  if (/(?:^|\.)(?:file)$/.test(module) && /\bstate=absent\b/.test(what)) {
    const path = /\b(?:path|dest|name)=(\S+)/.exec(what)?.[1] ?? '';
    return removal({ ...call, away: 'host' }, [{ text: path, open: path === '' }], true, 'removes on other machines');
  }
  if (
    /(?:^|\.)(?:user|group|lvol|lvg|filesystem|mysql_db|postgresql_db|docker_volume|zfs|ec2_instance|cloudformation|k8s)$/.test(
      module,
    ) &&
    /\bstate=(?:absent|terminated)\b/.test(what)
  )
    return fact('removes something on other machines');
  return /(?:^|\.)reboot$/.test(module) ? fact('restarts other machines') : undefined;
};
const playbook: Family = (call) => {
  const named = plain(call, ['-i', '-e', '-l', '-u', '-t']);
  return named.some((text) =>
    /(?:destroy|teardown|tear-down|wipe|nuke|delete|decommission|uninstall|remove|purge|reset)[\w-]*\.ya?ml$/i.test(
      text,
    ),
  ) ||
    values(call, '-e', '--extra-vars', '-t', '--tags').some((text) =>
      /\bstate=absent\b|(?:^|,)(?:destroy|teardown|wipe|nuke)(?:,|$)/.test(text),
    )
    ? fact('runs a playbook that takes something')
    : undefined;
};

export const IAC: Readonly<Record<string, Family>> = {
  pulumi,
  cdk,
  ansible,
  'ansible-playbook': playbook,
  sls: when(/^(?:remove|rollback function)\b/, 'deletes the service with its resources'),
  serverless: when(/^remove\b/, 'deletes the service with its resources'),
  sst: when(/^remove\b/, 'deletes the stage with its resources'),
  'ecs-cli': when(/^(?:down|compose (?:service )?(?:rm|down))\b/, 'takes a cluster or a service down'),
  sam: when(/^delete\b/, 'deletes the stack with its resources'),
  eb: when(/^(?:terminate|restore|abort)\b/, 'terminates the environment'),
  copilot: when(/^(?:app|svc|env|job|pipeline|task) delete\b/, 'deletes a part of the application'),
  amplify: when(/^(?:delete|env remove|remove|env checkout --restore)\b/, 'deletes a part of the application'),
  chalice: when(/^delete\b/, 'deletes the application'),
  zappa: when(/^undeploy\b/, 'deletes the application'),
  up: when(/^stack delete\b/, 'deletes the stack'),
  arc: when(/^destroy\b/, 'deletes the application'),
  architect: when(/^destroy\b/, 'deletes the application'),
  claudia: when(/^destroy\b/, 'deletes the application'),
  apex: when(/^delete\b/, 'deletes functions'),
  encore: when(/^(?:db reset|app delete)\b/, 'deletes data of the application'),
  winglang: when(/^destroy\b/, 'destroys the application'),
  nitric: when(/^(?:down|stack down)\b/, 'destroys the stack'),
  crossplane: when(/^(?:beta )?(?:delete|uninstall)\b/, 'deletes resources'),
  stackery: when(/^undeploy\b/, 'deletes the stack'),
  azd: when(/^(?:down|env delete)\b/, 'deletes the environment with its resources'),
  formae: when(/^destroy\b/, 'destroys resources'),
  vagrant: when(/^(?:destroy|snapshot delete|box remove)\b/, 'destroys virtual machines', 'high'),
  packer: () => undefined,
  nomad: (call) =>
    /^(?:job )?stop\b/.test(plain(call).join(' '))
      ? fact('stops a job', {}, has(call, /^-purge$/) ? 'high' : 'medium')
      : when(
          /^(?:namespace delete|volume (?:delete|deregister)|system gc|var purge|operator raft remove-peer|acl (?:token|policy|role) delete|node (?:drain|purge))\b/,
          'deletes something of the cluster',
        )(call),
  bosh: (call) =>
    /^(?:delete-\w[\w-]*|deld|del\w*|clean-up|stop --hard|recreate|cck)$/.test(
      plain(call, ['-e', '-d', '-n'].slice(0, 2))[0] ?? '',
    )
      ? fact('deletes a deployment or a part')
      : undefined,
  cf: when(/^(?:delete(?:-\w+)*|d|ds|purge-service-\w+|unbind-service|scale)\b/, 'deletes a part of the application'),
  salt: () => undefined,
  'salt-cloud': (call) => (has(call, /^(?:-d|--destroy)$/) ? fact('destroys virtual machines') : undefined),
  knife: when(
    /^(?:node|client|role|environment|cookbook|data bag|\w+ server) (?:bulk )?delete\b/,
    'deletes something of the server',
  ),
  puppet: when(
    /^(?:node (?:purge|clean|deactivate)|cert(?:ificate)? clean|resource \w+ \S+ ensure=absent)\b/,
    'deletes something of the server',
  ),
  juju: when(
    /^(?:destroy-(?:model|controller)|remove-(?:application|unit|machine|storage)|kill-controller)\b/,
    'destroys a part of the model',
  ),
  maas: when(/\b(?:delete|release)\b/, 'deletes or releases a machine'),
  openstack: when(/\b(?:delete|purge)\b/, 'deletes a resource'),
  nova: when(/^(?:delete|stop)\b/, 'deletes a server'),
  govc: when(
    /^(?:vm\.destroy|object\.destroy|datastore\.rm|snapshot\.remove|pool\.destroy|cluster\.\w*remove)\b/,
    'destroys a part of the cluster',
  ),
  'nixos-rebuild': () => undefined,
  'nix-collect-garbage': () => undefined,
  kops: when(/^(?:delete|rolling-update)\b/, 'deletes a cluster or a part of it'),
  kubeadm: when(/^reset\b/, 'takes the node out of its cluster'),
  k0s: when(/^(?:reset|stop)\b/, 'takes the node out of its cluster'),
  'k3s-uninstall': () => fact('removes the cluster'),
  'k3s-killall': () => fact('stops the cluster'),
  eksctl: when(/^(?:delete|drain)\b/, 'deletes a cluster or a part of it'),
  rke: when(/^remove\b/, 'removes the cluster'),
  talosctl: when(/^(?:reset|shutdown|reboot|etcd (?:forfeit|remove|leave))\b/, 'resets or stops a node'),
  clusterctl: when(/^delete\b/, 'deletes a part of the cluster'),
  kubespray: () => undefined,
  cdk8s: () => undefined,
};
