/**
 * A program that a command runs, by its program, verb and targets alone: what is kept of it where the line itself is
 * not. Left out is whatever may be anything: values of options that name no target, words with spaces, `NAME=value`.
 */
import { anyOf } from '../base/patterns';
import { nameOf, type Invocation } from '../danger/shell';

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
const WITHOUT_VERB = anyOf(String.raw`
  awk bash chgrp chmod chown clickhouse-client cp cqlsh curl dash dd dropdb dropuser fdisk find
  install kill killall ksh ln mariadb mkfs.* mongo mongosh mv mysql nc node parted perl php pkill
  psql python\d? rm rmdir rsync ruby scp sed sh shred sqlcmd sqlite3 srm ssh tar tee truncate
  unlink unzip wget wipefs zsh
`);

/** Words that say what is done: the verb ends with one. */
const DOES = anyOf(
  `
    apply clean clear decommission delete deregister destroy detach disable down drain drop empty
    erase evict flush flushall flushdb force-unlock kill migrate nuke patch prune purge push rb
    recreate remove replace reset restart restore rm rmi rollback scale set stop taint terminate
    truncate undeploy uninstall unset update upgrade wipe
  `,
  { after: ')(?:-.*)?$' },
);

/** Options whose value names what is acted on. */
const NAMES_TARGET = anyOf(
  `
    [a-z-]+-(?:id|identifier|name|arn) app bucket chdir cluster context database db env environment
    host instance kube-?context location name namespace profile project region resource-group schema
    service stack subscription table target workspace zone
  `,
  { before: '^--?(?:' },
);
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
const FLAGS = anyOf(`
  --all --all-namespaces --assume-yes --auto-approve --cascade --delete --destroy --force
  --force-with-lease --hard --ignore-not-found --mirror --no-preserve-root --now --prune --quiet
  --recursive --remove-orphans --tags --verbose --volumes --yes -[rRfFiIvdDyqnx]{2,4} -[rRfFvyqD]
  -all -auto-approve -destroy -force
`);

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
