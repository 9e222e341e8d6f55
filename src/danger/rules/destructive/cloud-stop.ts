import { once } from '../../lazy-value';
import { get, numberOf } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a cloud service or machine that is stopped or scaled to zero',
  why: 'A stopped machine serves no user, and may lose the data in its memory and on local disks.',
  fix: 'Say who is affected, and do it in a maintenance window.',
} as const satisfies Rule;

export const SCALED_TO_NOTHING = 'destructive/cloud-stop: scales a service down to nothing';

const HOSTS =
  'vercel now netlify railway render fly flyctl wrangler surge scalingo clever platform upsun deployctl koyeb northflank porter';
const TO_NOTHING = 'scales a service down to nothing';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: /(?:^|_)(?:multi_?az\w*|zone_(?:redundant|redundancy\w*|awareness\w*|balancing\w*)|high_availability|ha_enabled|automatic_failover\w*)$/, before: 'yes', after: 'no', says: 'It no longer goes on when a part of it fails: {where} is off.' },
  ],
  'kubernetes-update': [
    { key: 'instances numberOfReplicas', under: 'spec', change: 'falls', after: /^1$/, says: '{it} no longer goes on when a part of it fails: {key} falls from {before} to {after}.' },
    { key: 'size', under: 'replicated', change: 'falls', says: '{it} keeps fewer copies of each object: {key} falls from {before} to {after}.' },
  ],
  'cloudformation-update': [
    { key: 'DesiredCount DesiredCapacity MaxSize', before: 'above zero', after: 'zero', says: '{it} stops: {key} is 0.' },
    { key: 'MinSize', before: 'above zero', after: 'zero', only: ({ within }) => numberOf(get(within?.after, 'MaxSize')) === 0, says: '{it} stops: {key} is 0.' },
    { key: 'DesiredCount', before: 'absent', after: 'zero', says: '{it} stops: {key} is 0.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'cf', verb: 'stop', does: 'stops a service' },
  { program: 'az', verb: 'vmss scale', line: /--new-capacity[= ]0\b/, does: TO_NOTHING },
  { program: 'aws', verb: 'events disable-rule, scheduler delete-schedule', severity: 'medium', does: 'stops what runs by a schedule' },
  { program: 'aws', verb: 'stepfunctions stop-execution', severity: 'medium', does: 'ends a run of a state machine' },
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?billing projects unlink\b/, does: 'ends the payment for the project: its services stop{name}' },
  { program: 'srvctl', verb: 'stop, remove, disable', does: '{does}' },
  { program: 'dgmgrl', line: /\b(?:failover|switchover|remove|disable)\b/i, does: 'changes which database serves, or takes one out' },
  { program: 'celery', verb: 'control', line: /\b(?:shutdown|cancel_consumer|pool_shrink)\b/, does: 'stops workers' },
  { program: 'akamai', verb: 'property-manager deactivate, pm deactivate', does: 'takes a property out of the network' },
  { program: 'flink', verb: 'cancel, stop', severity: 'medium', does: 'ends the job{name}' },
  // what YARN's own program starts, and Node's runs a script of that name without such an option
  { program: 'application', with: /^-(?:kill|stop|destroy)$/, severity: 'medium', does: 'ends an application of the cluster' },
  { program: 'sky', verb: 'serve down, jobs cancel', severity: 'medium', does: '{does}' },
  { program: 'puppet', verb: /^resource service\b/, line: /\bensure=(?:stopped|absent)\b/, severity: 'medium', does: 'stops a service of the machine' },
  { program: 'argocd', verb: 'app rollback', severity: 'medium', does: 'changes what runs' },
  { program: 'gcloud', verb: /\b(?:resize|update|patch)\b/, line: /--(?:num-nodes|size|min-instances)[= ]0\b|--activation-policy[= ]NEVER/, does: TO_NOTHING },
  { program: 'az', verb: /\b(?:scale|update)\b/, line: /--(?:node-count|min-replicas|capacity|instance-count|number-of-workers)[= ]0\b/, does: TO_NOTHING },
  { program: 'doctl', verb: /\bscale\b/, line: /(?:^|[= ])0(?: |$)/, does: TO_NOTHING },
  { program: 'heroku', verb: 'config:unset, releases:rollback, rollback, pg:killall, pipelines:promote, pg:promote', severity: 'medium', does: 'changes what runs' },
  { program: 'heroku', verb: 'ps:scale, scale, dyno:scale', line: /=0(?::|\s|$)/, does: TO_NOTHING },
  { program: 'heroku', verb: 'maintenance:on, ps:stop, ps:kill, dyno:kill, dyno:stop', does: 'stops a service' },
  { program: /^(?:stop|suspend)-(?:az[a-z0-9]+|ec2instance|rdsdbinstance|rdsdbcluster|gce?instance|vm)$/, does: 'stops {what}' },
  { program: 'socat nc ncat', text: /(?:^|[\n;]) *(?:disable (?:server|frontend|agent)|set server \S+ state (?:maint|drain)|shutdown (?:frontend|sessions? (?:server)?)|del server|(?:clear|del) (?:map|acl))\b/m, does: 'takes servers of the load balancer out, or ends its connections' },
  { program: 'pm2', verb: 'delete, kill, stop', line: /\ball\b/, does: 'stops every process' },
  { program: HOSTS, verb: 'scale, ps', line: /(?:^|[= ])0(?: |$)/, does: TO_NOTHING },
  { program: HOSTS, verb: 'rollback, suspend, pause, maintenance', does: 'changes what runs' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'stops', of: 'instance server vm machine droplet cluster service app application project database environment container function site worker dyno warehouse replica', does: 'stops {what}' },
]);
