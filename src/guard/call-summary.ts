/**
 * A program that a command runs, by its program, verb and targets alone: what is kept of it where the line itself is
 * not. Left out is whatever may be anything: values of options that name no target, words with spaces, `NAME=value`.
 */
import { nameOf, type Invocation } from '../shell';

export interface CallSummary {
  /** Lower case, without folder: `terraform`. */
  readonly program: string;
  /** `destroy`, `sql instances delete`, `drop table`; null when there is none. */
  readonly verb: string | null;
  /** `-chdir=infra/prod`, `orders-db`. */
  readonly targets: readonly string[];
  /** Absolute. */
  readonly folder: string;
}

const TARGETS_AT_MOST = 8;
const WORD_AT_MOST = 100;
/** Programs of clouds have up to so many words before the verb and with it. */
const DEEPEST = 4;
const CLOUDS = /^(?:gcloud|az|aws|oci|doctl|ibmcloud|aliyun|linode-cli|scw|hcloud|exo)$/;

/** Their first word is a name and no verb. */
const WITHOUT_VERB =
  /^(?:rm|rmdir|mv|cp|dd|ln|find|shred|srm|truncate|unlink|tee|install|rsync|tar|unzip|sed|awk|chmod|chown|chgrp|kill|pkill|killall|mkfs.*|wipefs|fdisk|parted|psql|mysql|mariadb|sqlite3|mongo|mongosh|sqlcmd|cqlsh|clickhouse-client|ssh|scp|curl|wget|nc|sh|bash|zsh|dash|ksh|python\d?|node|ruby|perl|php|dropdb|dropuser)$/;

/** Words that say what is done: the verb ends with one. */
const DOES =
  /^(?:apply|clean|clear|decommission|delete|deregister|destroy|detach|disable|down|drain|drop|empty|erase|evict|flush|flushall|flushdb|force-unlock|kill|migrate|nuke|patch|prune|purge|push|rb|recreate|remove|replace|reset|restart|restore|rm|rmi|rollback|scale|set|stop|taint|terminate|truncate|undeploy|uninstall|unset|update|upgrade|wipe)(?:-.*)?$/;

/** Options whose value names what is acted on. */
const NAMES_TARGET =
  /^--?(?:target|chdir|context|kube-?context|cluster|namespace|profile|region|zone|location|project|subscription|resource-group|stack|workspace|bucket|database|db|schema|table|instance|service|app|environment|env|name|host|[a-z-]+-(?:id|identifier|name|arn))$/;
/** Short ones, by program. */
const SHORT_TARGETS: Readonly<Record<string, RegExp>> = {
  kubectl: /^-n$/,
  helm: /^-n$/,
  oc: /^-n$/,
  az: /^-[gn]$/,
  psql: /^-[dh]$/,
  mysql: /^-[Dh]$/,
  pulumi: /^-s$/,
};
/** Options that take no value: the word after one is a word of its own. */
const FLAGS =
  /^(?:-[rRfFvyqD]|-[rRfFiIvdDyqnx]{2,4}|--(?:force|recursive|hard|all|all-namespaces|yes|assume-yes|quiet|verbose|delete|cascade|prune|volumes|remove-orphans|destroy|now|no-preserve-root|auto-approve|ignore-not-found|force-with-lease|mirror|tags)|-(?:auto-approve|destroy|force|all))$/;

/** A name, a path, an address of a resource; nothing that could hold a sentence. */
const PLAIN = /^[\p{L}\p{N}_./:@%+*,~[\]"'{}-]+$/u;
/** Keys of services, and whatever is long and mixed: a name is neither. */
const SECRET =
  /AKIA[0-9A-Z]{16}|(?<![\w+/=-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{20,}|[0-9a-f]{32,}/u;

/** `folder`: where it runs, absolute. Undefined where there is no program. */
export function summaryOfCall({ words }: Invocation, folder: string): CallSummary | undefined {
  const program = nameOf(words[0])
    .toLowerCase()
    .replace(/[^\w.+-]/g, '')
    .slice(0, 60);
  if (program === '') return undefined;
  const args = words.slice(1).map(({ text }) => text);
  const sql = statementIn(args);
  const { names, options } = partsOf(program, args);
  const verbs = WITHOUT_VERB.test(program) ? [] : verbOf(program, names);
  return {
    program,
    verb: sql?.verb ?? (verbs.length === 0 ? null : verbs.join(' ')),
    targets: [...options, ...(sql === undefined ? [] : sql.targets), ...names.slice(verbs.length)]
      .flatMap((word) => targetIn(word) ?? [])
      .slice(0, TARGETS_AT_MOST),
    folder,
  };
}

/** The words that are no options, and options that name a target as `--option=value`. */
function partsOf(
  program: string,
  args: readonly string[],
): { readonly names: readonly string[]; readonly options: readonly string[] } {
  const [names, options]: [string[], string[]] = [[], []];
  const short = Object.hasOwn(SHORT_TARGETS, program) ? SHORT_TARGETS[program] : undefined;
  const isTarget = (option: string): boolean => NAMES_TARGET.test(option) || short?.test(option) === true;
  let before = '';
  for (const text of args) {
    const [, option, value] = /^(--?[A-Za-z][\w-]*)=([^]*)$/.exec(text) ?? [];
    if (option !== undefined && value !== undefined) {
      if (isTarget(option)) options.push(`${option}=${value}`);
    } else if (!text.startsWith('-')) {
      if (before === '' || (FLAGS.test(before) && !isTarget(before))) names.push(text);
      else if (isTarget(before)) options.push(`${before}=${text}`);
    }
    before = text.startsWith('-') && text !== '--' && option === undefined ? text : '';
  }
  return { names, options };
}

function verbOf(program: string, names: readonly string[]): readonly string[] {
  const words = names.slice(0, CLOUDS.test(program) ? DEEPEST : 2);
  const end = words.findIndex((word) => DOES.test(word));
  const verb = words.slice(0, end < 0 ? 1 : end + 1);
  return verb.every((word) => /^[a-z][a-z0-9:-]{0,40}$/.test(word)) ? verb : [];
}

/** What a statement of SQL in one of the words destroys. */
function statementIn(
  args: readonly string[],
): { readonly verb: string; readonly targets: readonly string[] } | undefined {
  for (const text of args) {
    const [, verb, kind, name] =
      /\b(drop|truncate|delete)\s+(?:(table|database|schema|index|view|user|role|from)\s+)?(?:if\s+exists\s+|only\s+)?([\w."`[\]-]+)/i.exec(
        text.slice(0, 2_000),
      ) ?? [];
    if (verb === undefined || name === undefined || !/\s/.test(text)) continue;
    return {
      verb: [verb, kind]
        .filter((word) => word !== undefined)
        .join(' ')
        .toLowerCase(),
      targets: [name],
    };
  }
  return undefined;
}

/** A word as it may be kept; undefined when it may not. */
function targetIn(word: string): string | undefined {
  // an address without who asks there, and without what is asked
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]{0,20}:\/\/)([^]*)$/i.exec(word) ?? [];
  const text =
    scheme === undefined || rest === undefined
      ? word
      : `${scheme}${rest.replace(/^[^/]*@/, '').replace(/[?#][^]*$/, '')}`;
  const [, option = '', value = text] = /^(--?[A-Za-z][\w-]*=)([^]*)$/.exec(text) ?? [];
  if (value === '' || value.length > WORD_AT_MOST || !PLAIN.test(value) || SECRET.test(value)) return undefined;
  // who somebody is, and not what is meant
  return /^[^/@]+@[^/@]+\.[^/@]+$/.test(value) ? undefined : `${option}${value}`;
}
