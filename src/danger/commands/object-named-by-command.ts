/**
 * What a command names, for a sentence that names nothing: *deletes backups* says no more than the program's name, and
 * *deletes backups: stanza main* says what is lost. A name comes from the operands behind the verb, else from an option
 * that is called after what it names; a value that only the run knows, or that may be a secret, is left out.
 */
import { anyOf } from '../../base/patterns';
import { singular } from '../identifier-words';
import { takesOf, type Word } from '../shell';
import type { Call } from './program-call';

/** A name may come from anywhere: only what names things, or many by a wildcard, and no more than a sentence bears. */
export const NAME = /^[\p{L}\p{N}_@%+=.:/*~-]{1,60}$/u;
/** The word for what an option names; `bucket`, `--bucket-name`, `--topicId`. */
const KIND = /* @__PURE__ */ anyOf(
  String.raw`account app application bucket catalog channel charge cluster collection consumer database dataset db dbname deployment disk
  distribution domain domains email environment env flag function group image index instance keyspace kv monitor namespace
  node nodegroup nodes organization pipeline pool project queue realm record repo repository role schema server service share site
  snapshot stack stage stanza stream subscription table tenant topic user username vault volume warehouse workflow workspace zone`,
  { before: '^(?:', after: ')$' },
);
const NAMES_IT = /^(?:names?|ids?|identifiers?|arns?|slug)$/;
/** Options that name the machine or the address. */
const PLACE = /^--?(?:h|host|hostname|endpoints?|bootstrap-servers?|brokers?|ssh|uri|url|server|cluster)$/;
/** Options that take no value, as nearly every program has them. */
const LETTERS = /^-(?:[a-zA-Z]{2,}|[fyqrRvdaAs])$/;
const LONG_SWITCH = /* @__PURE__ */ anyOf(
  String.raw`yes force quiet recursive recurse cascade confirm verbose all prune purge permanent permanently assume-yes auto-approve
  approve noninteractive non-interactive json if-exists drop clean gzip wait live prod production linked remote detach dangerous
  versions delete[\w-]* (?:ignore|no|skip|allow|with|remove|all|force|yes)-[\w-]+`,
  { before: '^--(?:', after: ')$' },
);
const isSwitch = (option: string): boolean => LETTERS.test(option) || LONG_SWITCH.test(option);
/** Words that say what is done; what stands behind the last of them is what it is done to. */
const DEED = /* @__PURE__ */ anyOf(
  String.raw`abort activate apply archive batch cancel clean clear close cordon copy deactivate deallocate decommission del delete demote
  burn deregister destroy detach disable drain drop empty erase(?:disk|volume)? evict expire failover fallback flush flushall flushdb forget halt
  kill mirror move nuke offline pause poweroff promote prune purge push reboot rebuild recreate release remove reset restart
  restore revoke rm rb rmi rollback rotate rsync scale shrink shutdown stop suspend sync teardown terminate truncate undeploy
  undefine uninstall unlink unpublish unset update wipe`,
  { before: '^(?:', after: ')$' },
);
/** What an option names as the place of the object. */
const INSIDE =
  /^(?:account|application|cluster|environment|group|namespace|organization|project|realm|tenant|workspace) /;
/** What writes over its last operand. */
const ONTO = /^(?:sync|rsync|mirror|copy|bisync|move|restore|erase(?:disk|volume))$/;
/** The address of a database, whose path is its name. */
const IS_DATABASE =
  /(?:^|=|jdbc:)(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|sqlserver|cockroachdb|clickhouse):\/\//;
/** How it is done, in the place of a name. */
const HOW = /^(?:a?sync|no?save|force)$/i;

const deedIn = (word: string): string | undefined =>
  /^[A-Z\d]+_[A-Z\d_]+$/.test(word)
    ? undefined // the name of a setting or a variable
    : word
        .toLowerCase()
        .split(/[-_:.]+/)
        .find((part) => DEED.test(part));

/** Whether the word is the value of the option before it. */
export function isValueOf(option: string | undefined, program: string): boolean {
  if (option === undefined || !/^--?[A-Za-z]/.test(option) || option.includes('=')) return false;
  return takesOf(program).includes(option) || !isSwitch(option);
}

/** An address without the person and the password in it; an object of a store with its scheme. */
function placed(text: string): { readonly host?: string; readonly name?: string } {
  const [, scheme = '', host = '', path = ''] =
    /^(?:jdbc:)?([a-z][\w+.-]*):\/\/(?:[^@/?#]*@)?([^/?#]*)\/?([^?#]*)/i.exec(text) ?? [];
  if (scheme === '') return NAME.test(text) ? { name: text } : {};
  if (/^(?:s3|gs|b2|r2|oss|cos|abfss?|wasbs?|hdfs|oci|az)$/i.test(scheme)) return NAME.test(text) ? { name: text } : {};
  return {
    ...(NAME.test(host) ? { host: host.replace(/:\d+$/, '') } : {}),
    ...(path !== '' && NAME.test(path) ? { name: path } : {}),
  };
}

/** Options of one letter that name something, by program. */
const OF_PROGRAM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  celery: { '-A': 'application', '-Q': 'queue', '--queues': 'queue' },
  pg_restore: { '-d': 'database' },
  restic: { '-r': 'repository' },
  rustic: { '-r': 'repository' },
  talosctl: { '-n': 'node' },
  tmutil: { '-t': 'backup' },
};

interface Pair {
  readonly option: string;
  readonly value: string;
}

/** Options with their known values. `takes`: whether the word behind an option is its value. */
export function pairsIn(
  words: readonly Word[],
  takes: (option: string, next: string) => boolean = () => true,
): readonly Pair[] {
  return words.flatMap(({ text, open }, index): readonly Pair[] => {
    const [, option, value] = /^(--?[A-Za-z][\w-]*)(?:=([^]*))?$/.exec(text) ?? [];
    const next = words[index + 1];
    if (option === undefined) return [];
    if (value !== undefined) return open ? [] : [{ option, value }];
    if (next === undefined || next.open || next.text.startsWith('-') || !takes(option, next.text)) return [];
    return [{ option, value: next.text }];
  });
}

const lettersOf = (program: string): Readonly<Record<string, string>> =>
  (Object.hasOwn(OF_PROGRAM, program) ? OF_PROGRAM[program] : undefined) ?? {};

function pairsOf(words: readonly Word[], program: string): readonly Pair[] {
  const letters = lettersOf(program);
  return pairsIn(words, (option, next) => !isSwitch(option) || letters[option] !== undefined || next.includes('://'));
}

/** The kind that an option names: `--bucket`, `--topic-name`; undefined for any other option. */
function kindOf(option: string, program: string): string | undefined {
  const letters = lettersOf(program);
  if (Object.hasOwn(letters, option)) return letters[option];
  const words = option
    .replace(/^--?/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .split(/[-_]/);
  const last = words.at(-1) ?? '';
  const kind = NAMES_IT.test(last) && words.length > 1 ? words.at(-2) : last;
  if (words.length === 1 && /^user(?:name)?$/.test(last)) return undefined; // who signs in
  return kind !== undefined && (words.length === 1 || NAMES_IT.test(last) || words.length === 2) && KIND.test(kind)
    ? kind
    : undefined;
}

const shortened = (names: readonly string[]): string =>
  names.length <= 2 ? names.join(' and ') : `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more`;

/** Where it is: a host, without its port and the person who signs in. */
function hostsIn(pairs: readonly Pair[], program: string): readonly string[] {
  return pairs.flatMap(({ option, value }) => {
    const address = placed(value);
    if (address.host !== undefined) return address.host;
    if (address.name === undefined || !PLACE.test(option) || kindOf(option, program) !== undefined) return [];
    return address.name.split(',')[0]?.replace(/^.*@/, '').replace(/:\d+$/, '') ?? [];
  });
}

/** The operands that it is done to, and the noun before the verb: `topic` in `rpk topic delete audit-log`. */
function operandsOf({ words, name: program }: Call): { readonly objects: readonly Word[]; readonly noun: string } {
  const operands = words.filter(
    ({ text }, index) =>
      text !== '' &&
      !text.startsWith('-') &&
      (deedIn(text) !== undefined || !isValueOf(words[index - 1]?.text, program)),
  );
  const at = operands.findLastIndex(({ text }) => deedIn(text) !== undefined && NAME.test(text));
  const deed = operands[at]?.text ?? '';
  const written = operands.filter(({ text }) => /^(?:of|dest)=/.test(text));
  if (at < 0)
    return { objects: written.map(({ text, open }) => ({ text: text.replace(/^\w+=/, ''), open })), noun: '' };
  const after = operands
    .slice(at + 1)
    .filter(
      ({ text }) =>
        !HOW.test(text) &&
        !/^[\w.-]+=|^\/(?:all|quiet|force|[a-z])$/i.test(text) &&
        !(deed.includes(':') && text.includes(':')),
    );
  const noun = operands[at - 1]?.text ?? '';
  return {
    objects: ONTO.test(deedIn(deed) ?? '') ? after.slice(-1) : after,
    noun: KIND.test(singular(noun)) ? singular(noun) : '',
  };
}

/**
 * `: topic orders`, `: s3://media on files.acme.io`, ` on cache.acme.io`; empty where it names nothing that can be said, or
 * what `does` says already.
 */
export function namedObject(call: Call, does: string): string {
  const { words, name: program } = call;
  const end = words.findIndex(({ text }) => text === '--');
  const pairs = pairsOf(end < 0 ? words : words.slice(0, end), program);
  const { objects, noun } = operandsOf(call);
  const places = objects.filter(({ open }) => !open).map(({ text }) => placed(text));
  const names = [...new Set(places.flatMap(({ name }) => name ?? []))].filter(
    (name, index) => index === 0 || !/^\d$/.test(name), // a value that is set
  );
  const kinds = pairs.flatMap(({ option, value }) => {
    const kind = kindOf(option, program);
    const list = value.split(',');
    return kind !== undefined && list.every((one) => NAME.test(one)) && !value.includes('://')
      ? `${kind
          .replace(/^(?:db|dbname)$/, 'database')
          .replace(/^env$/, 'environment')
          .replace(/^app$/, 'application')}${list.length > 1 ? 's' : ''} ${shortened(list)}`
      : [];
  });
  const byName = [...pairs, ...words.flatMap(({ text, open }) => (open ? [] : equation(text)))].find(
    ({ option, value }) => /^(?:--?(?:name|id|sid|entity-name)|name)$/.test(option) && NAME.test(value),
  );
  const ofNoun = noun === '' ? '' : `${noun} `;
  const addressed = words.flatMap(({ text, open }) => {
    const { host: place, name } = placed(text.replace(/^--?[A-Za-z][\w-]*=/, ''));
    if (open || place === undefined || name === undefined) return [];
    return `${IS_DATABASE.test(text) ? 'database ' : ''}${name}`;
  });
  const [first = '', ...more] = names;
  const ofKind = KIND.test(first) ? [...more, ...(more.length === 0 && byName ? [byName.value] : [])] : [];
  const object =
    ofKind.length > 0
      ? `${first} ${shortened(ofKind)}`
      : names.length > 0 && !(KIND.test(first) && ofNoun === '')
        ? `${ofNoun}${shortened(names)}`
        : byName !== undefined
          ? `${ofNoun}${byName.value}`
          : (kinds.find((kind) => !INSIDE.test(kind)) ?? kinds[0] ?? addressed[0]);
  const [host] = [...places.map((place) => place.host ?? []), hostsIn(pairs, program)].flat();
  const at = host === undefined || does.includes(host) ? '' : ` on ${host}`;
  if ([...names, ...addressed, ...pairs.map(({ value }) => value)].some((name) => saysName(does, name))) return '';
  if (object !== undefined) return `${INSIDE.test(object) && names.length === 0 ? ' in the ' : ': '}${object}${at}`;
  return words.some(({ text }) => text === '--all') && !/\b(?:all|every)/.test(does) ? `: all of them${at}` : at;
}

/** `name=orders`, as some programs write what they are told. */
function equation(text: string): readonly Pair[] {
  const [, option, value] = /^(name)=(.+)$/.exec(text) ?? [];
  return option === undefined || value === undefined ? [] : [{ option, value }];
}

/** Whether a sentence names it, or the end of its path, as a word or as a part of a path. */
function saysName(does: string, name: string): boolean {
  const words = does.split(/[\s,;:/]+/);
  const last = name.split(/[/:]/).findLast((part) => part !== '') ?? '';
  return (
    name !== '' &&
    ((name.includes('/') && does.includes(name)) ||
      (words.includes(last) && (!KIND.test(last) || does.endsWith(` ${last}`))))
  );
}
