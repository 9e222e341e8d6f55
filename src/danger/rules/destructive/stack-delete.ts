import { once } from '../../lazy-value';
import { outlivesRequest } from '../../pull-request-environments';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a command that deletes a stack or an environment (`delete-stack`, `cdk destroy`, `pulumi destroy`)',
  why: 'One command deletes an environment with all its services and data.',
  fix: 'Let a person delete the stack, after checking its name and account.',
  instead: "Show what would be deleted, and ask for a senior's review.",
  inScripts: outlivesRequest,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'cloudformation cloudformation_stack_set', after: /^absent$/, says: 'Task "{it}" deletes a stack.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'nomad', verb: /^(?:namespace delete|volume (?:delete|deregister)|system gc|var purge|operator raft remove-peer|acl (?:token|policy|role) delete|node (?:drain|purge))\b/, does: 'deletes something of the cluster' },
  { program: 'sls', verb: /^(?:remove|rollback function)\b/, does: 'deletes the service with its resources' },
  { program: 'serverless', verb: /^remove\b/, does: 'deletes the service with its resources' },
  { program: 'sst', verb: /^remove\b/, does: 'deletes the stage with its resources' },
  { program: 'ecs-cli', verb: /^(?:down|compose (?:service )?(?:rm|down))\b/, does: 'takes a cluster or a service down' },
  { program: 'sam', verb: /^delete\b/, does: 'deletes the stack with its resources' },
  { program: 'eb', verb: /^(?:terminate|restore|abort)\b/, does: 'terminates the environment' },
  { program: 'copilot', verb: /^(?:app|svc|env|job|pipeline|task) delete\b/, does: 'deletes a part of the application' },
  { program: 'amplify', verb: /^(?:delete|env remove|remove|env checkout --restore)\b/, does: 'deletes a part of the application' },
  { program: 'chalice', verb: /^delete\b/, does: 'deletes the application' },
  { program: 'zappa', verb: /^undeploy\b/, does: 'deletes the application' },
  { program: 'up', verb: /^stack delete\b/, does: 'deletes the stack' },
  { program: 'arc architect claudia', verb: /^destroy\b/, does: 'deletes the application' },
  { program: 'apex', verb: /^delete\b/, does: 'deletes functions' },
  { program: 'encore', verb: /^(?:db reset|app delete)\b/, does: 'deletes data of the application' },
  { program: 'winglang', verb: /^destroy\b/, does: 'destroys the application' },
  { program: 'nitric', verb: /^(?:down|stack down)\b/, does: 'destroys the stack' },
  { program: 'crossplane', verb: /^(?:beta )?(?:delete|uninstall)\b/, does: 'deletes resources' },
  { program: 'stackery', verb: /^undeploy\b/, does: 'deletes the stack' },
  { program: 'azd', verb: /^(?:down|env delete)\b/, does: 'deletes the environment with its resources' },
  { program: 'formae', verb: /^destroy\b/, does: 'destroys resources' },
  { program: 'vagrant', verb: /^(?:destroy|snapshot delete|box remove)\b/, severity: 'high', does: 'destroys virtual machines' },
  { program: 'cf', verb: /^(?:delete(?:-\w+)*|d|ds|purge-service-\w+|unbind-service|scale)\b/, does: 'deletes a part of the application' },
  { program: 'knife', verb: /^(?:node|client|role|environment|cookbook|data bag|\w+ server) (?:bulk )?delete\b/, does: 'deletes something of the server' },
  { program: 'puppet', verb: /^(?:node (?:purge|clean|deactivate)|cert(?:ificate)? clean|resource \w+ \S+ ensure=absent)\b/, does: 'deletes something of the server' },
  { program: 'juju', verb: /^(?:destroy-(?:model|controller)|remove-(?:application|unit|machine|storage)|kill-controller)\b/, does: 'destroys a part of the model' },
  { program: 'maas', verb: /\b(?:delete|release)\b/, does: 'deletes or releases a machine' },
  { program: 'openstack', verb: /\b(?:delete|purge)\b/, does: '{does}' },
  { program: 'nova', verb: /^(?:delete|stop)\b/, does: 'deletes a server' },
  { program: 'govc', verb: /^(?:vm\.destroy|object\.destroy|datastore\.rm|snapshot\.remove|pool\.destroy|cluster\.\w*remove)\b/, does: 'destroys a part of the cluster' },
  { program: 'kops', verb: 'delete', does: 'deletes a cluster or a part of it' },
  { program: 'kops', verb: 'rolling-update', with: /^(?:--yes|-y)$/, severity: 'medium', does: 'restarts the nodes of the cluster, one after the other' },
  { program: 'kubeadm', verb: /^reset\b/, does: 'takes the node out of its cluster' },
  { program: 'k0s', verb: /^(?:reset|stop)\b/, does: 'takes the node out of its cluster' },
  { program: 'eksctl', verb: /^(?:delete|drain)\b/, does: 'deletes a cluster or a part of it' },
  { program: 'rke', verb: /^remove\b/, does: 'removes the cluster' },
  { program: 'talosctl', verb: /^(?:reset|shutdown|reboot|etcd (?:forfeit|remove|leave))\b/, does: 'resets or stops a node' },
  { program: 'clusterctl', verb: /^delete\b/, does: 'deletes a part of the cluster' },
  { program: 'waypoint env0 feast', verb: /^(?:destroy|teardown)\b/, does: 'destroys the deployment' },
  { program: 'salt-key', with: /^(?:-D|-d|--delete|--delete-all)/, does: 'removes machines from the configuration service' },
  { program: 'salt-run', verb: 'manage.down', line: /removekeys=true/i, does: 'removes machines from the configuration service' },
  { program: 'salt', line: /\b(?:system\.(?:reboot|shutdown|halt|poweroff)|service\.stop|pkg\.(?:remove|purge)|file\.remove|state\.(?:apply|highstate))\b/, not: /\btest=true\b/i, severity: 'high', does: 'changes or stops machines of the fleet' },
  { program: 'puppetserver', verb: 'ca clean, ca revoke, ca delete', severity: 'high', does: 'takes machines out of the configuration service' },
  { program: 'chef-client', with: /^(?:-o|--override-runlist)$/, severity: 'medium', does: 'runs other recipes on a machine' },
  { program: 'vim-cmd', verb: /^vmsvc\/(?:destroy|unregister|power\.(?:off|reset|shutdown|suspend)|snapshot\.(?:remove|revert)\w*)\b/, does: 'destroys or stops a machine' },
  { program: 'esxcli', verb: /\b(?:vm process kill|vmfs .*(?:unmap|delete)|filesystem unmount|maintenanceMode set|system shutdown)\b/, does: 'stops machines of the host' },
  { program: 'govc', verb: 'vm.power', with: /^-(?:off|s|reset|suspend)\b/, severity: 'high', does: 'stops a machine' },
  { program: 'vboxmanage', verb: /^controlvm \S+ (?:poweroff|reset|savestate|acpipowerbutton)\b/, severity: 'medium', does: 'stops a machine' },
  { program: 'virsh', verb: 'snapshot-revert', does: 'sets the machine{name} back to a snapshot, and loses what came after it' },
  { program: 'incus lxc', verb: /^(?:snapshot )?restore\b/, does: 'sets the machine back to a snapshot, and loses what came after it' },
  { program: 'pvesm', verb: 'free, remove', does: 'deletes disks of machines' },
  { program: 'machinectl', verb: 'remove, terminate, poweroff', severity: 'high', does: 'removes or stops a machine' },
  { program: 'rke2-uninstall k3s-uninstall k3s-agent-uninstall rke2-killall k3s-killall', does: 'takes the node out of its cluster, with its data' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'stack', does: 'destroys everything in the stack' },
]);
