/** Forges, package registries, and plain HTTP. */
import { either } from '../../base/patterns';
import { takesOf } from '../shell';
import { fact } from '../rule-rows/facts-from-sentences';
import { wordsOf } from '../identifier-words';
import { mutationsIn } from '../tools/code-in-tool-input';
import { deedOf, isSmall } from '../tools/act-by-tool-name';
import { inSql } from './database-clients';
import { addressed, doesByName, objectNamed } from './describe-losses';
import { input, has, plain, programs, values, type Call, type CommandNotice, type Family } from './program-call';
import { byRows } from './match-family-rows';
import { requestOf, type SentRequest } from './read-http-requests';
import { DOMAIN_RECORDS } from '../rules/destructive/cloud-delete';
import { SHARED_BRANCH, REMOTE_BRANCH } from '../rules/destructive/git-force-push';

const FORGE_DELETE = 'destructive/forge-delete: deletes {what} of the forge';
const FORGE_REMOVE = 'destructive/forge-delete: removes {what} of the forge';
const REMOTE_DELETE = 'destructive/cloud-delete (high): asks {host} to delete {what}';
const FORGE_THING = 'destructive/forge-delete: removes something of the forge';

const OTHER_DEFAULT = 'permissions/ci-gate: makes another branch the default one';

/** A comment, a reaction or the label of one issue: a bot takes back what it said. */
const SAID =
  /\brepos\/\S+\/(?:comments\/[^\s/]*(?:\/reactions\/\S+)?|issues\/[^\s/]+\/labels(?:\/\S+)?|issues\/[^\s/]+\/assignees)["']?(?=\s|$)/;

function ghApi(call: Call): CommandNotice | undefined {
  const [, verb = ''] = plain(call, takesOf('gh'));
  const all = call.args.join(' ');
  const method = values(call, '-X', '--method')[0] ?? '';
  if (/^delete$/i.test(method))
    return SAID.test(all) ? undefined : fact(FORGE_DELETE, { what: addressed(`x/${verb}`).what });
  if (verb === 'graphql' && /\bmutation\b/.test(all) && /\b(?:delete|remove)[A-Z]\w*/.test(all))
    return fact(FORGE_DELETE, { what: mutated(all) });
  if (/^(?:patch|put)$/i.test(method) && /\bdefault_branch["']?\s*[=:]/.test(`${all} ${input(call) ?? ''}`))
    return fact(OTHER_DEFAULT);
  if (/\/git\/refs?\//.test(all) && /\bforce["']?\s*[=:]\s*true\b/.test(`${all} ${input(call) ?? ''}`))
    return fact(SHARED_BRANCH);
  return /^(?:patch|put|post)$/i.test(method) &&
    /\/protection\b|rulesets/.test(all) &&
    /enforce_admins=false|enforcement=disabled|null/.test(all)
    ? fact('destructive/forge-delete: loosens the protection of a branch')
    : undefined;
}

const object = (_: Call, [what = '', , third = '']: readonly string[]): { readonly what: string } => ({
  what: objectNamed(what, third),
});
const GONE = '(?:delete|remove|delete-asset|archive|item-delete|field-delete|disable|purge)(?: |$)';
const THINGS =
  '(?:repo|release|secret|variable|ruleset|environment|project|issue|ssh-key|gpg-key|workflow|autolink|deploy-key|package)';

// prettier-ignore
const gh = byRows(
  'gh',
  { verb: 'api', says: ghApi },
  { verb: new RegExp(`^cache ${GONE}`), says: 'destructive/forge-delete: removes {what}', words: object, severity: 'low' },
  { verb: new RegExp(`^(?:run|label|gist|codespace|cs) ${GONE}`), says: 'destructive/forge-delete: removes {what}', words: object, severity: 'medium' },
  { verb: new RegExp(`^${THINGS} (?:archive|disable)(?: |$)`), says: FORGE_REMOVE, words: object, severity: 'medium' },
  { verb: new RegExp(`^${THINGS} ${GONE}`), says: FORGE_REMOVE, words: object },
  { verb: 'repo deploy-key delete, repo autolink delete', says: 'destructive/forge-delete: removes a key or a link' },
  { verb: 'repo edit', only: (call) => values(call, '--visibility').includes('public'), says: 'permissions/public-data: lets everybody read the repository' },
  { verb: 'repo edit', with: /^--default-branch(?:=|$)/, says: OTHER_DEFAULT },
  { verb: 'repo sync', with: /^--force$/, says: REMOTE_BRANCH },
  { verb: 'repo rename', says: 'destructive/forge-delete (medium): gives the repository another name' },
  { verb: 'pr merge', with: /^--admin$/, says: 'permissions/ci-gate: merges past the rules of the branch' },
);

/** The field of a mutation that deletes. */
const mutated = (text: string): string =>
  doesByName(`.${/\b(?:delete|remove)[A-Z]\w{0,60}/.exec(text)?.[0] ?? 'delete'}`).replace(/^deletes /, '');

const glab: Family = (call) => {
  const [what = '', verb = '', third = ''] = plain(call, takesOf('gh'));
  if (what === 'api') {
    const sends = (method: RegExp): boolean => values(call, '-X', '--method').some((text) => method.test(text));
    if (sends(/^put$/i) && call.args.some((text) => text.startsWith('default_branch='))) return fact(OTHER_DEFAULT);
    return sends(/^delete$/i) ? fact(FORGE_DELETE, { what: addressed(`x/${verb}`).what }) : undefined;
  }
  if (
    /^(?:repo|project|release|variable|mr|issue|label|ssh-key|snippet|schedule|deploy-key|token|cluster|ci)$/.test(
      what,
    ) &&
    (/^(?:delete|remove|revoke|archive)$/.test(verb) ||
      (/^(?:delete|remove)$/.test(third) && !/^(?:list|ls|view|show|get|create|new|search|note)$/.test(verb)))
  )
    return fact(FORGE_REMOVE, {
      what: objectNamed(what, /^(?:delete|remove)$/.test(third) ? undefined : third),
    });
  return undefined;
};

/** Addresses of this machine, which only its user relies on. */
const LOCAL =
  /^(?:https?:\/\/)?(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal|[\w-]+\.(?:test|localhost|local))(?::\d+)?(?:[/?#]|$)/i;
/** A store of this machine, and in it what says that it is for tests. */
const isLocalTest = (address: string): boolean =>
  LOCAL.test(address) && /\/(?:[\w.-]*[_.-])?tests?(?:[_.-][\w.-]*)?\*?(?=[/?#]|$)/i.test(address);

/** What only whoever administers a service asks for, mostly on its own machine: routes, certificates, keys, dashboards. */
const ADMIN =
  /:(?:8001|8444)\/(?:services|routes|plugins|consumers|upstreams|targets|certificates|snis)\b|:7700\/(?:indexes|keys)\b|\/api\/(?:dashboards|datasources|alert-notifications|folders|v1\/provisioning)\/|\/doDelete\b/;
const ADMIN_POST = /\/documents\/delete-batch\b|\/doDelete\b|\/_close\b|\/_cluster\/settings\b/;

/** Whole indices and databases, wherever they are. */
const STORE =
  /:(?:9200|9201|5984|8086|8983|6333|8529|7474|2379|8500|15672|8080\/v1\/databases)(?:\/|$)|\/_all\b|_delete_by_query|\/_data_stream\//i;

const SHUTS =
  /_delete_by_query|flush_?all|dropDatabase|\/_shutdown|\/actuator\/shutdown|\/-\/quit|admin\/tsdb\/delete_series/i;

/** An action on a machine that is the end of it. */
const DESTROYS =
  /"(?:type|action|operation)"\s*:\s*"(?:destroy|delete|terminate|rebuild|wipe|power_?off|shutdown|restore)\w*"/;

/** What a mutation of GraphQL removes or stops, in words. Small things, such as comments, don't count. */
function lostByMutation(body: string): string | undefined {
  if (!body.includes('mutation')) return undefined;
  const text = body.replace(/\\+n/g, ' ').replace(/\\+"/g, '"');
  for (const name of mutationsIn(text)) {
    const deed = deedOf(wordsOf(name));
    if (deed === undefined || deed.kind === 'clears' || isSmall(deed.nouns)) continue;
    const id = new RegExp(`\\b${name}\\s*\\(\\s*\\w+\\s*:\\s*"([^"]{1,60})"`).exec(text)?.[1];
    return objectNamed(deed.nouns.join('-'), id);
  }
  return undefined;
}

/** The end of an address that stops, empties or resets what the rest of it names. */
const DELETES_BY_SCRIPT = /\.(?:delete|doDelete|doKill|remove\w*|clear|shutdown|safeShutdown|doExit)\s*\(/;
const ENDS_SERVICE =
  /\/(suspend|stop|shutdown|power_?off|terminate|purge(?:[_-]?all|_?cache|_everything)?|rebuild|wipe|reset|failover|deactivate|seal|step-down)(?:[?#]|$)/i;
/** A service's interface: on a host of its own, or by its version. */
const OF_SERVICE = /^https?:\/\/(?:(?:[\w-]+\.)*api[\w-]*\.[\w.-]+\/|[^/?#]+\/(?:api\/)?v\d)/;
const MOVES_MONEY =
  /^https?:\/\/api(?:-m)?\.(?:stripe|paypal|mollie|adyen|wise|transferwise|coinbase)[\w.-]*\.com\/v\d\/(?:payments\/|profiles\/\S+\/)?(?:refunds|payouts?|payouts\/\S*|transfers|payments\/\S+\/refund)\b/;
/** Addresses of services that send mail or text messages to whomever the request names. */
const SENDS_MAIL = either(
  /^https?:\/\/api\.(?:eu\.)?sendgrid\.com\/v3\/(?:mail\/send|marketing\/singlesends\/[^/]+\/schedule)\b/,
  /^https?:\/\/api\.(?:eu\.)?mailgun\.net\/v\d\/[^/]+\/messages\b/,
  /^https?:\/\/api\.(?:postmarkapp\.com\/email|resend\.com\/(?:emails|broadcasts\/[^/]+\/send)|brevo\.com\/v3\/(?:smtp\/email|emailCampaigns\/[^/]+\/sendNow))\b/,
  /^https?:\/\/[\w.-]*(?:mandrillapp\.com\/api\/1\.0\/messages\/send|mailchimp\.com\/3\.0\/campaigns\/[^/]+\/actions\/send)/,
  /^https?:\/\/(?:gmail\.googleapis\.com\/\S*\/messages\/send|graph\.microsoft\.com\/\S*\/sendMail|api\.twilio\.com\/\S*\/(?:Messages|Calls)(?:\.json)?)\b/,
);
/** Objects that the API of a cluster names. */
const OF_CLUSTER =
  /\/(?:api\/v1|apis\/[\w.-]+\/v\d\w*)\/(?:namespaces|nodes|persistentvolumes|customresourcedefinitions|clusterroles)\b/;

/**
 * Whether a request sends something to people, or money, or ends or empties what a service has: no later request takes
 * that back.
 */
const isSentForGood = (address: string): boolean =>
  MOVES_MONEY.test(address) || SENDS_MAIL.test(address) || (OF_SERVICE.test(address) && ENDS_SERVICE.test(address));

/** What the requests of a program send for good. */
export const sentForGood = (requests: readonly SentRequest[]): CommandNotice | undefined =>
  requests
    .flatMap(({ method, addresses, body }) =>
      /^(?:post|put)$/i.test(method) ? (fetched(method, addresses.filter(isSentForGood), body) ?? []) : [],
    )
    .at(0);

/** What a request does. */
export function fetched(method: string, addresses: readonly string[], body: string): CommandNotice | undefined {
  const remote = addresses.filter((text) => !LOCAL.test(text));
  const asked = remote.filter((text) => !/search/i.test(text));
  const [statement] = asked.length === 0 ? [] : inSql(statementsIn(asked, body));
  if (statement !== undefined) return statement;
  if (/^delete$/i.test(method)) {
    // also by `kubectl proxy`, whose address is of this machine
    const ofCluster = addresses.find((text) => OF_CLUSTER.test(text));
    if (ofCluster !== undefined)
      return fact('destructive/k8s-delete: asks the API of a cluster to delete {what}', {
        what: addressed(ofCluster).what,
      });
    if (addresses.some((text) => STORE.test(text) && !isLocalTest(text)))
      return fact(
        'destructive/store-flush: deletes an index or a database on {host}: {what}',
        addressed(addresses.find((text) => STORE.test(text)) ?? ''),
      );
    if (addresses.some((text) => ADMIN.test(text)))
      return fact('destructive/forge-delete: deletes something of a service');
    if (remote.some((text) => /api\.github\.com|gitlab|bitbucket|gitea/.test(text)))
      return fact(FORGE_DELETE, { what: addressed(remote[0] ?? '').what });
    return remote.length > 0 ? fact(REMOTE_DELETE, addressed(remote[0] ?? '')) : undefined;
  }
  if (remote.some((text) => /[?&]Action=(?:Delete|Terminate|Purge|Release|Deregister)[A-Z]/.test(text)))
    return fact('destructive/cloud-delete: asks a cloud to delete something');
  if (/^(?:post|put|patch)$/i.test(method) || body !== '') {
    const { host } = addressed(remote[0] ?? '');
    const [verb] = remote.flatMap((text) => ENDS_SERVICE.exec(text)?.[1] ?? []);
    if (verb !== undefined) return fact('destructive/cloud-stop: asks {host} for "{what}"', { host, what: verb });
    if (remote.some((text) => MOVES_MONEY.test(text)))
      return fact('destructive/cloud-delete (high): asks {host} to move money', { host });
    if (remote.some((text) => SENDS_MAIL.test(text)))
      return fact('destructive/cloud-delete (medium): asks {host} to send a message to people', { host });
    if (addresses.some((text) => SHUTS.test(text) || ADMIN_POST.test(text)))
      return fact(
        'destructive/store-flush: deletes data on {host}, or stops a service: {what}',
        addressed(addresses.find((text) => SHUTS.test(text) || ADMIN_POST.test(text)) ?? ''),
      );
    // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-update-aliases
    const [, index] = /"remove_index"\s*:\s*\{\s*"ind(?:ex|ices)"\s*:\s*\[?\s*"([^"]{1,60})"/.exec(body) ?? [];
    if (index !== undefined && addresses.some((text) => /\/_aliases\b/.test(text)))
      return fact('destructive/store-flush: deletes the index {index} on {host}', { index, host });
    if (/\b(?:Action|[Xx]-[Aa]mz-[Tt]arget)[=:]\s*\S*(?:Delete|Terminate)[A-Z]/.test(`${addresses.join(' ')} ${body}`))
      return fact('destructive/cloud-delete: asks a cloud to delete something');
    const [address] = remote;
    if (address !== undefined) {
      const lost =
        lostByMutation(body) ?? (DESTROYS.test(body) && /\/actions\b/.test(address) ? 'something' : undefined);
      if (lost !== undefined) return fact(REMOTE_DELETE, { host: addressed(address).host, what: lost });
    }
    if (/_search\/scroll/.test(addresses.join(' '))) return undefined;
    if (/"(?:readonly|index\.blocks)/.test(body)) return undefined;
    if (
      STORE.test(addresses.join(' ')) &&
      /DROP\s+(?:DATABASE|MEASUREMENT|TABLE)/i.test(decoded(`${addresses.join(' ')} ${body}`))
    )
      return fact('destructive/store-flush: drops a database');
  }
  return undefined;
}

/** The statements that a request carries: the value of a key or of a parameter for one, or a body that begins with one. */
function statementsIn(addresses: readonly string[], body: string): readonly string[] {
  const byKey = [...body.matchAll(/"(?:sql|query|stmt|statement|statements)"\s*:\s*\[?\s*("(?:\\.|[^"\\])*")/g)].map(
    ([, text = '""']) => unquoted(text),
  );
  const asked = addresses.flatMap((text) => /[?&](?:query|sql|stmt)=([^&#]*)/.exec(text)?.[1] ?? []).map(unescapedOf);
  return [...byKey, ...asked, ...(/^\s*(?:DROP|TRUNCATE|DELETE\s+FROM|ALTER)\s/i.test(body) ? [body] : [])];
}

function unquoted(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}

function unescapedOf(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const decoded = (text: string): string => text.replaceAll('+', ' ').replaceAll('%20', ' ');

const client: Family = (call) => {
  const request = requestOf(call);
  return request === undefined ? undefined : fetched(request.method, request.addresses, request.body);
};

const npm: Family = (call) =>
  /^(?:owner (?:rm|remove)|access (?:revoke|set)|team destroy|org rm|token (?:revoke|delete)|dist-tag (?:rm|remove)|deprecate|hook rm)\b/.test(
    plain(call, ['--registry', '--otp']).join(' '),
  )
    ? fact('destructive/package-unpublish (medium): changes a published package, or who may publish it')
    : undefined;

export const FORGES: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  gh,
  glab,
  tea: (call) => (/\b(?:delete|rm)\b/.test(plain(call).slice(0, 3).join(' ')) ? fact(FORGE_THING) : undefined),
  bb: (call) => (/\bdelete\b/.test(plain(call).slice(0, 3).join(' ')) ? fact(FORGE_THING) : undefined),
  'curl curlie http https xh wget invoke-restmethod invoke-webrequest irm iwr': client,
  nsupdate: (call) =>
    has(call, /^-l$/) || /^\s*(?:update\s+)?del(?:ete)?\b/m.test(input(call) ?? '')
      ? fact(DOMAIN_RECORDS, {}, 'high')
      : undefined,
  'npm pnpm yarn bun': npm,
  'jenkins-cli': byRows(
    '',
    {
      verb: /\bgroovy(?:sh)?\b/,
      only: (call) => DELETES_BY_SCRIPT.test(input(call) ?? ''),
      says: 'destructive/forge-delete: runs a script in the build server that deletes what it has',
    },
    {
      verb: /^(?:delete-\w[\w-]*|safe-shutdown|shutdown|quiet-down|clear-queue)\b/,
      says: 'destructive/forge-delete: deletes something of the build server',
    },
  ),
  'luarocks twine circleci': () => undefined,
});
