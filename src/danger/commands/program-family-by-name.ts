/** The families of programs, by the names of their programs. */
import { aws } from './aws';
import { anyOf } from '../../base/patterns';
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts-from-sentences';
import { plain, type Call, type Family } from './program-call';
import { doesInCloud } from './describe-losses';
import { CONTAINERS_TABLE } from './container-programs';
import { DATABASES } from './database-clients';
import { DISK } from './disk-programs';
import { FILES } from './programs-removing-or-overwriting-files';
import { FORGES } from './forge-registry-and-http-programs';
import { GIT } from './git';
import { IAC } from './infrastructure-tools';
import { KUBERNETES } from './kubernetes';
import { MIGRATIONS } from './migration-tools';
import { SYSTEM } from './system-administration-programs';
import { TERRAFORM_LIKE } from './terraform';

// Command lines of clouds and hosts that end in a verb: `gcloud sql instances delete NAME`.

/** The verbs that most of them delete with. */
const DELETE =
  /^(?:(?:delete|destroy|remove|rm|purge|terminate|wipe|empty|nuke|erase|del|undelete-forever|drop|uninstall|decommission|deprovision)(?:-[\w-]+)?|(?:Delete|Terminate|Release|Destroy)[A-Z]\w+)$/;
/** And those that they stop something with. */
const STOP = /^(?:stop|halt|poweroff|power-off|power_off|shutdown|suspend|pause|deallocate|reset|reboot|restart)$/;
/** Settings of the program itself and its list of accounts: on this machine only. */
const LOCAL = /* @__PURE__ */ anyOf(
  String.raw`account accounts alias auth cache cheat-sheet completion components config configurations? context contexts
  docker-helper emulators? extension extensions feedback help info init local login logout plugin plugins?
  profile profiles telemetry topic update version`,
);

/** Verbs that are followed by a name. */
const READS =
  /^(?:list|ls|show|get|describe|create|add|new|update|info|view|status|logs?|print|search|find|read|diff|plan|tail|watch|inspect|open|dev|history|help)$/;

/** The words before the operands: the verb is usually the last one that is known. */
function verbOf(call: Call, pattern: RegExp, depth = 5): string | undefined {
  const words = plain(call, takesOf('gcloud'))
    .slice(0, depth)
    .flatMap((text) => (/^[a-z][a-z-]*(?::[a-z-]+)+$/.test(text) ? text.split(':') : [text]));
  const at = words.findIndex((text) => pattern.test(text));
  if (at < 0 || LOCAL.test(words[0] ?? '') || words.slice(0, at).some((text) => READS.test(text))) return undefined;
  return words[at];
}

/** A program whose verbs are like those of most others; what it has of its own are rows of the rules. */
const cloud: Family = (call) => {
  if (call.args[0] === 'd1' && call.args[1] === 'execute') return undefined; // SQL, which is not read here
  if (verbOf(call, DELETE) !== undefined) return fact('destructive/cloud-delete: {does}', { does: doesInCloud(call) });
  if (verbOf(call, STOP, 4) === undefined) return undefined;
  return fact('destructive/cloud-stop: {does}', { does: doesInCloud(call) });
};

/** Their programs. */
const NAMES = `acli aiven airflow akamai algolia aliyun apigeecli appwrite aptible atlas auth0 avn az bench bunny ccloud ccloud-cli civo cleavr clever clever-tools
  cloudflared cockroach-cloud confluent contentful convex coolify datadog-ci deno-deploy deployctl doctl dog ecctl
  elastic-cloud envoyer equinix exo faas-cli fastly fauna flarectl flightctl flipt fly flyctl forge gam gcloud gigalixir gridscale hasura
  hcloud hcloud-cli ibmcloud ionosctl kamal katapult koyeb lagoon latitude launchdarkly ldcli linode linode-cli lsd meshctl
  metal modal mongocli neon neonctl netlify newrelic ngrok nhost northflank now oci okta openstackclient ovhcloud packet pct
  pagerduty pantheon pd pscale porter planetscale platform ploi qm qovery railway rediscloud redisctl render sanity
  scalingo scw sentry-cli sf sfdx shopify split square stackit statuspage storyblok stripe stytch supabase-cli surge tailscale tccli temporal terminus tiup turso
  twilio unleash upctl upstash upsun vercel vultr vultr-cli wasmer wp-cli wrangler wsk xata yc zeabur zerotier-cli`;

let clouds: ReadonlySet<string> | undefined;
/** Made when first asked: every start of the rules would wait for it. */
const cloudNames = (): ReadonlySet<string> => (clouds ??= new Set(NAMES.split(/\s+/)));

/** Looked into one after the other, and not put together: that costs more than all that is ever looked up in them. */
const TABLES: readonly Readonly<Record<string, Family>>[] = [
  { aws },
  FILES,
  GIT,
  TERRAFORM_LIKE,
  IAC,
  KUBERNETES,
  CONTAINERS_TABLE,
  DISK,
  SYSTEM,
  MIGRATIONS,
  DATABASES,
];

/** Of a program that two tables know, the first one's. */
export const familyOf = (name: string): Family | undefined =>
  TABLES.find((table) => Object.hasOwn(table, name))?.[name] ??
  (cloudNames().has(name) ? cloud : Object.hasOwn(FORGES, name) ? FORGES[name] : undefined);

/** Whether a family reads its command lines; that of the clouds only knows their verbs. */
export const hasFamily = (name: string): boolean => {
  const family = familyOf(name) ?? familyOf(name.replace(/\..*$/, ''));
  return family !== undefined && family !== cloud;
};

/** The programs of all families. */
export const familyNames = (): readonly string[] => [
  ...new Set([...Object.keys(FORGES), ...cloudNames(), ...TABLES.toReversed().flatMap((table) => Object.keys(table))]),
];
