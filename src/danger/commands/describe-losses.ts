/**
 * What a command or a tool deletes, in words: `deletes the queue orders and its messages`. The words for it are the
 * program's own, the name is the command's. A name that is not plain, or that is known only when it runs, is left out.
 */
import { anyOf } from '../../base/patterns';
import { plainOf, takesOf, type Word } from '../shell';
import { singular, spaced } from '../identifier-words';
import { nameOfCall, type Call } from './program-call';
import { isValueOf, NAME, pairsIn } from './object-named-by-command';

const NOUN = /^[a-z][a-z\d]{0,24}$/;

const nameIn = (text: string): string | undefined => {
  const name = /^(?:https?:\/\/|arn:)/i.test(text) ? (text.split(/[/:]/).at(-1) ?? '') : text;
  return NAME.test(name) ? name : undefined;
};

/** What programs shorten. */
const SPELLED: Readonly<Record<string, string>> = {
  addons: 'add-on',
  aks: 'cluster',
  appset: 'application set',
  cm: 'config map',
  crd: 'resource definition',
  customresourcedefinition: 'resource definition',
  d1: 'D1 database',
  db: 'database',
  deploy: 'deployment',
  dns: 'DNS',
  ds: 'daemon set',
  env: 'variable',
  ing: 'ingress',
  keyvault: 'vault',
  kv: 'KV',
  ns: 'namespace',
  pg: 'database',
  proj: 'project',
  pv: 'volume',
  pvc: 'volume claim',
  persistentvolume: 'volume',
  persistentvolumeclaim: 'volume claim',
  r2: 'R2',
  repo: 'repository',
  sa: 'service account',
  sp: 'service principal',
  sql: 'SQL',
  sts: 'stateful set',
  statefulset: 'stateful set',
  svc: 'service',
  vm: 'machine',
  vpc: 'VPC',
};

/** What goes with it, by the last word for it. */
const WITH: Readonly<Record<string, string>> = {
  account: 'everything in it',
  bucket: 'its objects',
  collection: 'its documents',
  container: 'what is in it',
  database: 'its data',
  'D1 database': 'its data',
  'database instance': 'its data',
  'database cluster': 'its data',
  disk: 'its data',
  group: 'everything in it',
  index: 'its documents',
  namespace: 'everything in it',
  project: 'everything in it',
  queue: 'its messages',
  'SQL instance': 'its databases',
  stream: 'its messages',
  table: 'its rows',
  topic: 'its messages',
  volume: 'its data',
  'volume claim': 'its data',
};

const SMALL_WORDS = /^(?:a|an|the|all|alpha|beta|preview|api|core|of|by|and|with|for|v\d|tool|command)$/;

/** A noun in the singular; what ends like many of something and is one stays as it is. */
const one = (word: string): string => (/(?:ns|os|js|sts|ds|crds)$/.test(word) ? word : singular(word));

/** `the queue orders and its messages`, `a queue and its messages`; undefined where no word says what it is. */
function thing(nouns: readonly string[], name: string | undefined, goes: boolean): string | undefined {
  const words = nouns
    .filter((word) => NOUN.test(word) && !SMALL_WORDS.test(word))
    .map((word, index, all) => (index === all.length - 1 || all.length === 1 ? one(word) : word))
    .map((word) => (Object.hasOwn(SPELLED, word) ? (SPELLED[word] ?? word) : word))
    .slice(-3);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const noun = words.map((word, index) => (index < words.length - 1 ? one(word) : word)).join(' ');
  const more = Object.hasOwn(WITH, noun) ? WITH[noun] : Object.hasOwn(WITH, last) ? WITH[last] : undefined;
  const named = name === undefined ? `${/^(?!us|uni)[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}` : `the ${noun} ${name}`;
  return goes && more !== undefined ? `${named} and ${more}` : named;
}

/** `deletes`, `purges`, `empties`. */
const inPresent = (verb: string): string =>
  /^(?:rm|rb|del|delete|remove|uninstall)$/.test(verb)
    ? 'deletes'
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : /(?:ch|sh|x|ss)$/.test(verb)
        ? `${verb}es`
        : `${verb}s`;

const ENDS = /^(?:delete|remove|rm|rb|del|destroy|drop|wipe|erase|nuke|terminate|decommission|uninstall)$/;
const VERB = /* @__PURE__ */ anyOf(
  String.raw`abort cancel clear close deallocate decommission delete del deregister destroy detach disassociate discard drop
  empty erase evict expire flush forget halt hibernate leave nuke pause poweroff purge reboot reject release remove reset
  restart revoke rm rollback shutdown stop suspend terminate uninstall wipe`,
  { before: '^(?:batch-|force-)?(?:', after: String.raw`)(?:-[a-z\d-]+)?$` },
);

/** `delete-db-instance`, `DeleteDBInstance`. */
const parts = (word: string): string[] =>
  spaced(word, '-')
    .toLowerCase()
    .split(/[-_]/)
    .filter((part) => part !== '');

/** How well a key names what these nouns are about: `--table-name`, `--queue-url`, `--bucket`, `-n`. */
function fit(key: string, nouns: readonly string[]): number {
  const words = parts(key);
  const last = words.at(-1) ?? '';
  const noun = one(nouns.at(-1) ?? '');
  const isName = /^(?:names?|ids?|sids?|identifiers?|urls?|arns?|keys?|slug)$/.test(last);
  if (noun !== '' && words.some((word) => one(word) === noun)) return words.length === 1 || isName ? 3 : 0;
  return words.length === 1 && (isName || last === 'n') ? 2 : 0;
}

/** The name among options or keys with their values. */
const named = (pairs: readonly (readonly [string, string])[], nouns: readonly string[]): string | undefined => {
  const best = pairs
    .map(([key, value]) => ({ fits: fit(key, nouns), name: nameIn(value) }))
    .filter(({ fits, name }) => fits > 0 && name !== undefined);
  return (best.find(({ fits }) => fits === 3) ?? best[0])?.name;
};

const optionsOf = (words: readonly Word[]): readonly (readonly [string, string])[] =>
  pairsIn(words).map(({ option, value }) => [option.replace(/^--?/, ''), value]);

/** Whatever a program of a cloud or a host is told to delete or stop: `gcloud sql instances delete orders`. */
export function doesInCloud(call: Call): string {
  const program = nameOfCall(call.invocation);
  const plain = plainOf(call.words, takesOf(program === 'aws' ? 'aws' : 'gcloud')).flatMap((word) =>
    word.text
      .split(VERB.test(parts(word.text.split(':').at(-1) ?? '').join('-')) ? ':' : /(?<=^[a-z0-9_-]+):/)
      .map((text) => ({ ...word, text })),
  );
  const at = plain.findIndex(({ text }) => VERB.test(parts(text).join('-')));
  const [verb = 'delete', ...own] = parts((plain[at]?.text ?? '').replace(/^(?:batch|force)-/, ''));
  const before = plain.slice(0, Math.max(0, at)).flatMap(({ text }) => parts(text).at(-1) ?? []);
  const nouns = own.length > 0 ? own : before.slice(-2);
  const after = plain
    .slice(at + 1, at + 4)
    .filter(
      ({ text }) =>
        !isValueOf(call.words[call.words.findIndex((word) => word.text === text) - 1]?.text, program) &&
        !/^[\w.-]+=/.test(text),
    )
    .map(({ text, open }) => (open ? undefined : nameIn(text)))
    .filter((text) => text !== undefined);
  const name = named(optionsOf(call.words), nouns) ?? (after.length === 0 || at < 0 ? undefined : after.join(' '));
  const what = thing(nouns, name, ENDS.test(verb)) ?? name ?? 'something';
  return `${verb === 'purge' && /queue|topic|cache|index/.test(what) ? 'empties' : inPresent(verb)} ${what}`;
}

/** A blank and the last word that is no option and no verb, where that is a name; else nothing. */
export function operandOf(call: Call): string {
  const last = plainOf(call.words, takesOf(nameOfCall(call.invocation))).at(-1);
  const name = last === undefined || last.open || /^(?:down|teardown)$/.test(last.text) ? undefined : last.text;
  return name === undefined || VERB.test(name) || !NAME.test(name) ? '' : ` ${name}`;
}

/** What a call in code is named after: `.delete_db_instance(`, `new DeleteBucketCommand(`. */
export function doesByName(call: string): string {
  const [verb = 'delete', ...nouns] = parts(
    /\w+/.exec(call.replace(/^\s*new\s+|^\.(?:begin_)?/g, ''))?.[0] ?? '',
  ).filter((word) => word !== 'command');
  return `${inPresent(verb)} ${thing(nouns, undefined, ENDS.test(verb)) ?? 'something in the cloud'}`;
}

/** `the secret NPM_TOKEN`, by a word for it and what comes after the verb. */
export const objectNamed = (noun: string, name: string | undefined): string =>
  thing(noun.split('-'), name === undefined ? undefined : nameIn(name), false) ?? 'something';

/** Whom a request asks, and about what: the host, and the end of the path. Neither who asks nor what else is asked. */
export function addressed(address: string): { readonly host: string; readonly what: string } {
  const [, host = '', path = ''] = /^(?:[a-z]+:\/\/)?(?:[^@/?#]*@)?([^/?#]*)([^?#]*)/i.exec(address) ?? [];
  const what = path
    .split('/')
    .filter((part) => part !== '' && !/^v\d+$/.test(part))
    .slice(-3)
    .join('/');
  return { host: nameIn(host) ?? 'another machine', what: nameIn(what) ?? 'something' };
}

/** What `kubectl delete` and the like are told to delete. */
export function doesInCluster(call: Call): string {
  const plain = plainOf(call.words, takesOf('kubectl'));
  const [, kind, ...names] = plain;
  const files = optionsOf(call.words).flatMap(([key, value]) =>
    /^(?:f|k|filename|kustomize)$/.test(key) && value !== '-' ? (nameIn(value) ?? []) : [],
  );
  if (files.length > 0) return `deletes what ${files[0] ?? ''} describes`;
  if (kind === undefined || kind.open) return 'deletes something of the cluster';
  const [first = '', inOne] = kind.text.split('/');
  const nouns = first.toLowerCase().split(',')[0]?.split('.')[0] ?? '';
  const name = inOne ?? (names[0]?.open === true ? undefined : names[0]?.text);
  const label = optionsOf(call.words).find(([key]) => /^(?:l|selector)$/.test(key))?.[1];
  if (
    first.includes(',') ||
    label !== undefined ||
    (name === undefined && call.args.some((text) => text === '--all'))
  ) {
    const which = label === undefined || nameIn(label) === undefined ? '' : ` with the label ${label}`;
    if (NAME.test(first.replaceAll(',', '')))
      return `deletes ${/(?<!s)s$/.test(first) ? 'all' : 'every'} ${first.replaceAll(',', ', ')}${which}`;
    return 'deletes something of the cluster';
  }
  return `deletes ${thing([nouns], name === undefined ? undefined : nameIn(name), true) ?? 'something of the cluster'}`;
}

/** What a cmdlet is about: `Remove-AzResourceGroup -Name rg`. Its name is in lower case. */
export function objectOfCmdlet(call: Call): string {
  const noun =
    /^[a-z]+-(?:azuread|ad(?=user|group|computer|organizational|object|service)|az|gc[es]?|mg|ec2|rds|s3|sec|kms|ecs|eks|iam|ddb|cfn|lm)?([a-z\d]+)$/.exec(
      call.name,
    )?.[1] ?? '';
  const nouns = noun
    .replace(
      /(?<=[a-z]{2})(account|bucket|cluster|database|function|group|instance|key|machine|policy|record|role|secret|server|set|snapshot|stack|table|vault|zone)$/,
      ' $1',
    )
    .split(' ');
  const pairs = optionsOf(call.words).map(([key, value]) => [parts(key).join('-'), value] as const);
  return thing(nouns, named(pairs, nouns), true) ?? 'something';
}

/** What a tool is about: the words for it, and its input as lines `key=value`. `goes`: with what is in it. */
export function objectOfTool(
  nouns: readonly string[],
  server: readonly string[],
  lines: readonly string[],
  goes: boolean,
): string {
  const end = nouns.findIndex((word) => /^(?:from|in|to|on)$/.test(word));
  const own = end < 0 ? nouns : nouns.slice(0, end);
  const pairs = lines.flatMap((line): (readonly [string, string])[] => {
    const [, key, value] = /^(?:[^=]*\.)?([^=.]+)=([^]*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  const of = server.filter((word) => NOUN.test(word)).at(-1);
  return thing(own, named(pairs, own), goes) ?? (of === undefined ? 'something' : `something of ${of}`);
}
