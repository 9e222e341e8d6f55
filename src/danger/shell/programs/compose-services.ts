/** What the services of a compose file run, as `docker run` would start it. */
import { quoted } from './shell-text-in-arguments';
import type { ReadScript } from './readers-of-scripts-and-aliases';

/** The names that `docker compose` looks for, in its order. */
const FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** They start containers of services: with their commands, or `run` with one of the caller's. */
const STARTS = /^(?:up|run|start|create|restart|watch)$/;
/** Options with a value, before and after the verb. */
const WITH_WORD =
  /^(?:-[fpewu]|--(?:file|project-name|project-directory|profile|env-file|parallel|progress|ansi|env|name|user|volume|workdir|publish|entrypoint|scale|timeout|exit-code-from|attach|no-attach|pull|label))$/;

const LONGEST = 200_000;
const MOST_SERVICES = 40;

/** The commands, in the words of `docker run`; none for a call that starts no service. */
export function composeTexts(program: string, args: readonly string[], read: ReadScript): string[] {
  const words = program.endsWith('-compose') ? args : args.slice(args.indexOf('compose') + 1);
  if (!program.endsWith('-compose') && args[0] !== 'compose') return [];
  const plain = words.filter((text, index) => !text.startsWith('-') && !WITH_WORD.test(words[index - 1] ?? ''));
  const [verb = '', ...named] = plain;
  if (!STARTS.test(verb)) return [];
  const chosen = words.filter((_, index) => /^(?:-f|--file)$/.test(words[index - 1] ?? ''));
  const files = chosen.length > 0 ? chosen : FILES.filter((file) => read(file) !== undefined).slice(0, 1);
  const services = files.flatMap((file) => servicesIn((read(file) ?? '').slice(0, LONGEST)));
  // `run SERVICE WORDS` starts the words instead
  if (verb === 'run' && named.length > 1) return [];
  return withNeeded(services, verb === 'run' ? named.slice(0, 1) : named).flatMap(textOf);
}

interface Service {
  readonly name: string;
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** The services that are named, and those that they need; all without a profile where none is named. */
function withNeeded(services: readonly Service[], named: readonly string[]): readonly Service[] {
  const started = new Set(
    named.length > 0 ? named : services.filter(({ keys }) => !keys.has('profiles')).map(({ name }) => name),
  );
  for (const name of started)
    for (const needed of services.find((service) => service.name === name)?.keys.get('depends_on') ?? [])
      if (started.size < MOST_SERVICES) started.add(needed);
  return services.filter(({ name }) => started.has(name));
}

/** Compose reads `$$` as a dollar of the command. */
function textOf({ keys }: Service): string[] {
  const words = (key: string): string => (keys.get(key) ?? []).join(' ').replaceAll('$$', () => '$');
  const command = `${words('entrypoint')} ${words('command')}`.trim();
  if (command === '') return [];
  const mounts = (keys.get('volumes') ?? []).map((volume) => `-v ${volume}`);
  return [['docker run', ...mounts, keys.get('image')?.[0] ?? 'image', command].join(' ')];
}

/** The services of a file: each with its keys, and their words for a shell. */
function servicesIn(text: string): readonly Service[] {
  const lines = text.split('\n').filter((line) => /\S/.test(line) && !/^\s*#/.test(line));
  const from = lines.findIndex((line) => /^services:\s*$/.test(line));
  if (from < 0) return [];
  const services: { readonly name: string; readonly keys: Map<string, string[]> }[] = [];
  let [outer, inner, key] = [-1, -1, ''];
  for (const line of lines.slice(from + 1)) {
    const indent = line.search(/\S/);
    if (indent === 0) break;
    if (outer < 0) outer = indent;
    const [, name = '', value = ''] = /^\s*["']?([\w.-]+)["']?:(?:\s+(.*))?$/.exec(line) ?? [];
    if (indent === outer) {
      services.push({ name, keys: new Map() });
      inner = -1;
      continue;
    }
    const keys = services.at(-1)?.keys;
    if (inner < 0) inner = indent;
    if (indent === inner && name !== '') {
      key = name;
      keys?.set(key, wordsOf(key, value));
    } else {
      const item = /^\s*-\s+(.*)$/.exec(line)?.[1];
      const more = item === undefined ? (key === 'depends_on' ? name : line.trim()) : scalar(item);
      keys?.get(key)?.push(item !== undefined && LISTS.test(key) ? quoted(more) : more);
    }
  }
  return services;
}

const LISTS = /^(?:command|entrypoint)$/;

function wordsOf(key: string, value: string): string[] {
  if (/^(?:|[|>][+-]?)$/.test(value)) return [];
  if (!value.startsWith('[')) return [scalar(value)];
  return [...value.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s,[\]"']+)/g)].map(([, double, single, bare]) => {
    const word = double?.replace(/\\(["\\])/g, '$1') ?? single ?? bare ?? '';
    return LISTS.test(key) ? quoted(word) : word;
  });
}

const scalar = (value: string): string =>
  value
    .trim()
    .replace(/^"([^]*)"$/, (_, text: string) => text.replace(/\\(["\\])/g, '$1'))
    .replace(/^'([^]*)'$/, (_, text: string) => text.replaceAll("''", "'"));
