/** Command lines of clouds and hosts that end in a verb: `gcloud sql instances delete NAME`. */
import { has, plain, values, type Call, type CommandNotice, type Family } from './call';

type Severity = CommandNotice['severity'];
const deletes = (does: string, severity?: Severity): CommandNotice => ({
  rule: 'destructive/cloud-delete',
  does,
  ...(severity ? { severity } : {}),
});
const stops = (does: string): CommandNotice => ({ rule: 'destructive/cloud-stop', does });

/** The verbs that most of them delete with. */
const DELETE =
  /^(?:(?:delete|destroy|remove|rm|purge|terminate|wipe|empty|nuke|erase|del|undelete-forever|drop|uninstall|decommission)(?:-[\w-]+)?|(?:Delete|Terminate|Release|Destroy)[A-Z]\w+)$/;
const STOP = /^(?:stop|halt|poweroff|power-off|power_off|shutdown|suspend|pause|deallocate|reset|reboot|restart)$/;
/** Settings of the program itself and its list of accounts: on this machine only. */
const LOCAL =
  /^(?:config|configurations?|auth|login|logout|components|context|contexts|extension|extensions|plugins?|plugin|completion|cache|alias|profile|profiles|account|accounts|init|emulators?|local|telemetry|update|version|help|topic|cheat-sheet|feedback|info|docker-helper)$/;
const GLOBAL = [
  '--project',
  '-p',
  '--account',
  '--configuration',
  '--format',
  '--zone',
  '--region',
  '--location',
  '-g',
  '--resource-group',
  '-n',
  '--name',
  '--subscription',
  '-o',
  '--output',
  '--query',
  '-a',
  '--app',
  '-r',
  '--remote',
  '-t',
  '--token',
  '--context',
  '--access-token',
  '--instance',
  '--org',
  '-s',
  '--scope',
  '--team',
  '-T',
  '--billing-project',
  '--impersonate-service-account',
  '--verbosity',
  '--filter',
  '--cluster',
  '-c',
  '--config',
  '--env',
  '--environment',
  '--type',
  '--ids',
  '--keyring',
  '--database',
];

/** Verbs that are followed by a name. */
const READS =
  /^(?:list|ls|show|get|describe|create|add|new|update|info|view|status|logs?|print|search|find|read|diff|plan)$/;

/** The words before the operands: the verb is usually the last one that is known. */
function verbOf(call: Call, pattern: RegExp, depth = 5): string | undefined {
  const words = plain(call, GLOBAL).slice(0, depth);
  const at = words.findIndex((text) => pattern.test(text));
  return at < 0 || LOCAL.test(words[0] ?? '') || words.slice(0, at).some((text) => READS.test(text))
    ? undefined
    : words[at];
}

/** A program whose verbs are like those of most others. `own` judges the rest. */
const cloud =
  (own?: Family): Family =>
  (call) => {
    const mine = own?.(call);
    if (mine !== undefined && !(Array.isArray(mine) && mine.length === 0)) return mine;
    if (verbOf(call, DELETE) !== undefined) return deletes('deletes something in the cloud');
    return verbOf(call, STOP, 4) === undefined ? undefined : stops('stops something that runs in the cloud');
  };

/** Roles that may do anything. */
const ADMIN =
  /^(?:roles\/(?:owner|editor|iam\.securityAdmin|resourcemanager\.\w*Admin)|Owner|Contributor|User Access Administrator)$/i;

const gcloud: Family = cloud((call) => {
  const words = plain(call, GLOBAL);
  const all = call.args.join(' ');
  const [first = '', second = ''] = words.filter((text) => text !== 'alpha' && text !== 'beta');
  if (first === 'storage' && /^(?:rm)$/.test(second)) return deletes('deletes objects of a bucket');
  if (first === 'storage' && second === 'rsync' && has(call, /^--delete-unmatched/))
    return deletes('deletes from the target what the source does not have', 'high');
  if (/^add-iam-policy-binding$/.test(words.at(2) ?? words.at(1) ?? '') || words.includes('add-iam-policy-binding'))
    return values(call, '--member').some((one) => /^all(?:Authenticated)?Users$/.test(one))
      ? { rule: 'permissions/iam-principal', does: 'lets everybody in' }
      : values(call, '--role').some((one) => ADMIN.test(one))
        ? { rule: 'permissions/iam-admin', does: 'gives somebody nearly every right' }
        : undefined;
  if (words.includes('set-iam-policy') || words.includes('remove-iam-policy-binding'))
    return { rule: 'permissions/iam-admin', severity: 'high', does: 'changes who may do what' };
  if (
    /--no-deletion-protection|--no-backup\b|--no-enable-point-in-time-recovery|--retained-backups-count[= ]0/.test(all)
  )
    return { rule: 'destructive/tf-protection-off', does: 'takes a protection or the backups away' };
  if (words.includes('disable') && first === 'services') return deletes('turns a service of the project off');
  if (words.includes('versions') && /^(?:disable|destroy)$/.test(words[words.indexOf('versions') + 1] ?? ''))
    return { rule: 'destructive/cloud-audit-off', does: 'makes a key or a secret unusable' };
  if (
    /--(?:num-nodes|size|min-instances)[= ]0\b|--activation-policy[= ]NEVER/.test(all) &&
    /\b(?:resize|update|patch)\b/.test(words.join(' '))
  )
    return stops('scales a service down to nothing');
  if (
    first === 'compute' &&
    words.includes('firewall-rules') &&
    /0\.0\.0\.0\/0/.test(all) &&
    !/(?:tcp:)?(?:80|443)\b/.test(values(call, '--allow', '--rules').join(' '))
  )
    return { rule: 'permissions/net-open', does: 'opens a port to the world' };
  return /--allow-unauthenticated/.test(all)
    ? { rule: 'permissions/public-data', severity: 'medium', does: 'lets everybody call it' }
    : undefined;
});

const gsutil: Family = (call) => {
  const [verb = ''] = plain(call, ['-h', '-o', '-u']);
  if (/^(?:rm|rb|mv)$/.test(verb))
    return verb === 'mv'
      ? undefined
      : deletes('deletes objects or a bucket', verb === 'rm' && !has(call, /^-[a-z]*[rR]/) ? 'high' : undefined);
  if (verb === 'rsync' && has(call, /^-[a-z]*d/) && !has(call, /^-[a-z]*n/))
    return deletes('deletes from the target what the source does not have', 'high');
  if (/^(?:versioning|retention)$/.test(verb) && /\b(?:off|suspend|clear)\b/.test(call.args.join(' ')))
    return { rule: 'destructive/tf-protection-off', does: 'turns versions or retention off' };
  return /^(?:iam|acl|defacl)$/.test(verb) && /all(?:Authenticated)?Users/i.test(call.args.join(' '))
    ? { rule: 'permissions/public-data', does: 'opens data to everybody' }
    : undefined;
};

const bq: Family = (call) => {
  const [verb = ''] = plain(call, ['--project_id', '--dataset_id', '--location']);
  if (/^(?:rm|remove)$/.test(verb)) return deletes('deletes a table or a data set');
  return verb === 'load' && has(call, /^--replace/) ? deletes('overwrites a table', 'medium') : undefined;
};

const az: Family = cloud((call) => {
  const words = plain(call, GLOBAL);
  const all = call.args.join(' ');
  if (words[0] === 'lock' && words.includes('delete'))
    return { rule: 'destructive/tf-protection-off', does: 'takes a lock away that protects resources' };
  if (words[0] === 'deployment' && values(call, '--mode').some((one) => /^complete$/i.test(one)))
    return deletes('deletes every resource of the group that the template does not name');
  if (words[0] === 'role' && words[1] === 'assignment' && words[2] === 'create')
    return values(call, '--role').some((one) => ADMIN.test(one))
      ? { rule: 'permissions/iam-admin', does: 'gives somebody nearly every right' }
      : undefined;
  if (
    /--(?:enable-purge-protection|enable-soft-delete|delete-retention-days|enable-delete-retention|enable-versioning|backup-retention)[= ](?:false|0)\b/.test(
      all,
    )
  )
    return { rule: 'destructive/tf-protection-off', does: 'turns a protection or backups off' };
  if (
    /--(?:public-access)[= ](?:blob|container)|--allow-blob-public-access[= ]true|--public-network-access[= ]Enabled/i.test(
      all,
    )
  )
    return { rule: 'permissions/public-data', does: 'opens data to everybody' };
  if (
    words[0] === 'network' &&
    /--source-address-prefix(?:es)?[= ](?:\*|0\.0\.0\.0\/0|Internet)/i.test(all) &&
    /Allow/.test(all) &&
    !/--destination-port-ranges?[= ](?:80|443)\b/.test(all)
  )
    return { rule: 'permissions/net-open', does: 'opens a port to the world' };
  if (
    /--(?:node-count|min-replicas|capacity|instance-count|number-of-workers)[= ]0\b/.test(all) &&
    /\b(?:scale|update)\b/.test(words.join(' '))
  )
    return stops('scales a service down to nothing');
  if (/^(?:storage)$/.test(words[0] ?? '') && words.includes('delete-batch'))
    return deletes('deletes many files at once');
  return words[0] === 'rest' && values(call, '--method', '-m').some((one) => /^delete$/i.test(one))
    ? deletes('deletes a resource')
    : undefined;
});

const heroku: Family = (call) => {
  const [verb = '', ...rest] = plain(call, ['-a', '--app', '-r', '--remote', '-t', '--team']);
  if (
    /(?::|^)(?:destroy|reset|delete|remove|rollback|wipe|unfollow|promote)$/.test(verb) ||
    /^(?:releases:rollback|pg:(?:reset|copy|restore|push|killall|unfollow)|pg:backups:(?:delete|restore)|apps:leave|config:unset)$/.test(
      verb,
    )
  )
    return /^(?:config:unset|releases:rollback|rollback|pg:killall|pipelines:promote|pg:promote)$/.test(verb)
      ? { ...stops('changes what runs'), severity: 'medium' }
      : /^(?:domains|certs|keys|access|members|webhooks|drains|clients|authorizations|git|accounts|plugins):/.test(verb)
        ? deletes('removes a part of the application', 'medium')
        : deletes('deletes the application, or data of it');
  if (/^(?:ps:scale|scale|dyno:scale)$/.test(verb) && rest.some((text) => /=0(?::|$)/.test(text)))
    return stops('scales a service down to nothing');
  return /^(?:maintenance:on|ps:stop|ps:kill|dyno:kill|dyno:stop)$/.test(verb) ? stops('stops a service') : undefined;
};

const firebase: Family = (call) => {
  const [verb = ''] = plain(call, ['-P', '--project', '--only', '--token']);
  if (
    /:(?:delete|remove|disable|destroy|clear)$|^(?:database:remove|firestore:delete|functions:delete|hosting:disable|hosting:sites:delete|projects:delete|remoteconfig:rollback)$/.test(
      verb,
    )
  )
    return deletes('deletes data or a part of the application');
  return verb === 'deploy' && has(call, /^(?:--force|-f)$/)
    ? deletes('deploys, and deletes functions that the code does not have', 'medium')
    : verb === 'database:set'
      ? deletes('overwrites data')
      : undefined;
};

const scaleToZero: Family = (call) =>
  /\bscale\b/.test(plain(call).join(' ')) && call.args.some((text) => /(?:^|=)0$/.test(text))
    ? stops('scales a service down to nothing')
    : undefined;

const rclone: Family = (call) => {
  const [verb = ''] = plain(call, ['--config', '--include', '--exclude', '--transfers']);
  if (/^(?:purge|delete|deletefile|rmdirs?|cleanup)$/.test(verb))
    return verb.startsWith('rmdir')
      ? deletes('deletes empty folders', 'low')
      : deletes('deletes files of a remote store');
  if (/^(?:sync|bisync|move|moveto)$/.test(verb))
    return verb === 'sync'
      ? deletes('deletes from the target what the source does not have', 'high')
      : deletes('moves files away', 'medium');
  return undefined;
};
const restic: Family = (call) => {
  const [verb = ''] = plain(call, [
    '-r',
    '--repo',
    '-p',
    '--password-file',
    '--keep-last',
    '--keep-daily',
    '--keep-weekly',
  ]);
  if (verb === 'forget')
    return has(call, /^--prune$/) || /--keep-last[= ]0/.test(call.args.join(' '))
      ? deletes('deletes backups')
      : deletes('forgets backups', 'medium');
  return /^(?:prune|key remove|unlock)$/.test(verb) ? deletes('deletes parts of backups', 'medium') : undefined;
};
const borg: Family = (call) => {
  const [verb = ''] = plain(call);
  return verb === 'delete'
    ? deletes('deletes backups')
    : /^(?:prune|compact|recreate)$/.test(verb)
      ? deletes('deletes old backups', 'medium')
      : undefined;
};

const objects: Family = (call) => {
  const [verb = ''] = plain(call, ['-c', '--config', '--endpoint-url', '--host']);
  if (/^(?:rb|del|rm|delete\w*|delete-\w[\w-]*|file-delete|bucket|purge|expire|clear|undel)$/.test(verb))
    return verb === 'bucket' || verb === 'undel'
      ? /\bdelete\b/.test(call.args.join(' '))
        ? deletes('deletes a bucket or files')
        : undefined
      : deletes('deletes objects or a bucket');
  if (verb === 'sync' && has(call, /^--(?:delete(?:-removed)?|remove|delete-after)$/))
    return deletes('deletes from the target what the source does not have', 'high');
  if (verb === 'mirror' && has(call, /^--remove$/))
    return deletes('deletes from the target what the source does not have', 'high');
  return /^(?:setacl|anonymous|policy)$/.test(verb) &&
    /--acl-public|\bpublic\b|\bset (?:download|upload)\b/.test(call.args.join(' '))
    ? { rule: 'permissions/public-data', does: 'opens data to everybody' }
    : undefined;
};
const mc: Family = (call) => {
  const [verb = '', what = ''] = plain(call);
  if (/^(?:rb|rm)$/.test(verb))
    return deletes(
      'deletes objects or a bucket',
      verb === 'rm' && !has(call, /^--recursive$|^-r$|^--force$/) ? 'high' : undefined,
    );
  if (verb === 'admin' && /\b(?:remove|rm|stop|decommission)\b/.test(plain(call).slice(1).join(' ')))
    return deletes('removes a part of the store');
  return objects({ ...call, args: call.args, words: call.words }) && verb === 'mirror' && has(call, /^--remove$/)
    ? deletes('deletes from the target what the source does not have', 'high')
    : what === 'set' && verb === 'anonymous'
      ? { rule: 'permissions/public-data', does: 'opens data to everybody' }
      : undefined;
};

const generic = cloud();
const withScale: Family = cloud(scaleToZero);
const NAMES =
  'doctl hcloud hcloud-cli linode-cli linode vultr vultr-cli scw exo civo ibmcloud oci aliyun tccli yc ovhcloud upctl ionosctl stackit openstackclient gridscale katapult cloudflared packet metal equinix latitude lsd fastly akamai flarectl bunny pscale turso neonctl neon planetscale xata atlas mongocli ccloud confluent aiven avn upstash supabase-cli convex appwrite nhost fauna redisctl rediscloud elastic-cloud ecctl cockroach-cloud ccloud-cli qovery porter platform upsun cleavr clever clever-tools scalingo flightctl koyeb northflank zeabur gigalixir ploi forge envoyer pantheon terminus acli wp-cli lagoon sentry-cli launchdarkly ldcli datadog-ci dog newrelic auth0 okta stytch twilio stripe algolia contentful sanity storyblok hasura meshctl tailscale zerotier-cli ngrok pagerduty pd statuspage vercel now netlify railway render fly flyctl deno-deploy deployctl wrangler surge'.split(
    ' ',
  );

/** What these programs add to that. */
const hosting: Family = cloud((call) => {
  const words = plain(call, GLOBAL);
  const [first = '', second = ''] = words;
  const joined = words.slice(0, 4).join(' ');
  if (/^(?:down|teardown|remove|rm|destroy|delete|unlink)$/.test(first) && first !== 'unlink')
    return deletes('takes the application, or a part of it, down');
  if (/(?::|^)(?:delete|destroy|remove|unset)$/.test(first) && first.includes(':'))
    return first.includes('env') || first.endsWith(':unset')
      ? deletes('removes a setting', 'medium')
      : deletes('deletes the application, or a part of it');
  if (/^(?:scale|ps)$/.test(first) && call.args.some((text) => /(?:^|=)0$/.test(text)))
    return stops('scales a service down to nothing');
  if (first === 'd1' && second === 'execute') return undefined;
  if (
    /^(?:kv:?(?:key|namespace|bulk)?|r2|queues|hyperdrive|vectorize|pages|secret|d1|workflows)\b/.test(first) &&
    /\b(?:delete|purge|bulk delete)\b/.test(joined)
  )
    return deletes('deletes data or a part of the application');
  return /^(?:rollback|suspend|pause|maintenance)$/.test(first) ? stops('changes what runs') : undefined;
});

export const CLOUDS: Readonly<Record<string, Family>> = {
  ...Object.fromEntries(NAMES.map((name) => [name, generic])),
  ...Object.fromEntries(
    'vercel now netlify railway render fly flyctl wrangler surge scalingo clever platform upsun deployctl koyeb northflank porter'
      .split(' ')
      .map((name) => [name, hosting]),
  ),
  doctl: withScale,
  gcloud,
  gsutil,
  bq,
  az,
  heroku,
  firebase,
  rclone,
  restic,
  borg,
  borgmatic: borg,
  duplicity: (call) =>
    /^(?:remove-\w[\w-]*|cleanup)$/.test(call.args[0] ?? '') ? deletes('deletes backups') : undefined,
  kopia: (call) =>
    /^(?:snapshot delete|repository disconnect|snapshot expire|maintenance run)/.test(plain(call).join(' ')) &&
    /delete|expire/.test(call.args.join(' '))
      ? deletes('deletes backups')
      : undefined,
  velero: (call) => (/\bdelete\b/.test(plain(call).join(' ')) ? deletes('deletes backups') : undefined),
  s3cmd: objects,
  s5cmd: objects,
  b2: objects,
  b2v4: objects,
  swift: objects,
  mc,
  mcli: mc,
  obsutil: objects,
  ossutil: objects,
  cos: objects,
  coscli: objects,
  'aws-nuke': () => deletes('deletes everything in an account'),
  'cloud-nuke': () => deletes('deletes everything in an account'),
  'gcp-nuke': () => deletes('deletes everything in a project'),
  'azure-nuke': () => deletes('deletes everything in a subscription'),
  cbt: (call) =>
    /^(?:delete\w*|dropfamily)$/i.test(plain(call, ['-project', '-instance'])[0] ?? '')
      ? deletes('deletes a table or rows')
      : undefined,
  gcloud_alpha: gcloud,
  pm2: (call) =>
    /^(?:delete|kill|stop)$/.test(plain(call)[0] ?? '') && /\ball\b/.test(call.args.join(' '))
      ? stops('stops every process')
      : undefined,
};
