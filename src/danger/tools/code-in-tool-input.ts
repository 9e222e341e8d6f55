/** What a tool's input carries that somebody will run: SQL, command lines, requests and mutations, under any key. */
import { isProse, isProseKey, isWordKey } from './prose-arguments';
import { wordsOf } from '../identifier-words';

/** One place of an input: the keys from the top, and its value. */
export interface Entry {
  readonly path: readonly string[];
  readonly key: string;
  readonly value: string | number | boolean | null;
}

const DEEPEST = 8;
const MOST = 400;
const LONGEST = 100_000;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every plain value of an input; an empty object or list is `{}`. A text that is JSON is read as well. */
export function entriesOf(input: unknown): readonly Entry[] {
  const found: Entry[] = [];
  const look = (value: unknown, path: readonly string[], key: string): void => {
    if (found.length >= MOST || path.length > DEEPEST) return;
    if (typeof value === 'string') {
      found.push({ path, key, value: value.slice(0, LONGEST) });
      const inner = /^\s*[[{]/.test(value) && !isProseKey(key) ? parsed(value) : undefined;
      if (inner !== undefined) look(inner, path, key);
    } else if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      found.push({ path, key, value });
    else if (Array.isArray(value)) for (const item of value) look(item, path, key);
    else if (isJson(value)) {
      const pairs = Object.entries(value);
      if (pairs.length === 0) found.push({ path, key, value: '{}' });
      for (const [name, item] of pairs) look(item, [...path, name], name);
    }
  };
  look(input, [], '');
  return found;
}

function parsed(text: string): unknown {
  try {
    return text.length <= LONGEST ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Every object of an input, the outermost first. */
export function objectsIn(input: unknown, depth = 0): readonly Json[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(input)) return input.slice(0, MOST).flatMap((one: unknown) => objectsIn(one, depth + 1));
  return isJson(input) ? [input, ...Object.values(input).flatMap((one) => objectsIn(one, depth + 1))] : [];
}

/** The texts that a database would run, as far as their form shows. `plain`: the tool's texts are for people. */
export function sqlIn(entries: readonly Entry[], plain: boolean): readonly string[] {
  return entries.flatMap(({ key, value }) =>
    typeof value === 'string' && !isProseKey(key) && (!plain || SQL_KEY.test(key)) && SQL.test(value) ? [value] : [],
  );
}

const SQL_KEY = /sql|statement|ddl|dml/i;
const NAME = String.raw`(?:IF\s+(?:NOT\s+)?EXISTS\s+)?[\w."'\x60[\]$:@-]+`;
const END = String.raw`\s*(?:;|$|--|/\*|,|\(|\n)`;
/** A statement, and no sentence that begins with the same word. */
const SQL = new RegExp(
  String.raw`(?:^|;|\*/|\bBEGIN\b|\bAS\s*\(|\bTHEN\b|\n)\s*(?:` +
    [
      String.raw`DROP\s+(?:(?:MATERIALIZED|FOREIGN|EXTERNAL|TEMP|TEMPORARY|UNIQUE)\s+)?(?:TABLE|DATABASE|SCHEMA|VIEW|INDEX|TYPE|USER|ROLE|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER|POLICY|EXTENSION|OWNED\s+BY|KEYSPACE|STAGE|STREAM|PIPE|TASK|WAREHOUSE|CATALOG|DATASET|PARTITION)\s+(?:CONCURRENTLY\s+)?${NAME}(?:${END}|\s+(?:CASCADE|RESTRICT|PURGE|SYNC|ON)\b)`,
      String.raw`TRUNCATE\s+(?:TABLE\s+)?(?:ONLY\s+)?${NAME}(?:${END}|\s+(?:CASCADE|RESTRICT|RESTART|CONTINUE)\b)`,
      String.raw`DELETE\s+FROM\s+(?:ONLY\s+)?${NAME}(?:${END}|\s+(?:AS\s+)?(?:\w+\s+)?(?:WHERE|USING|RETURNING|LIMIT|ORDER)\b)`,
      String.raw`DELETE\s+${NAME}(?:\s*;|\s+WHERE\b)`,
      String.raw`UPDATE\s+(?:ONLY\s+)?${NAME}(?:\s+(?:AS\s+)?\w+)?\s+SET\s+[\w."\x60[\]]+\s*=`,
      String.raw`ALTER\s+(?:TABLE|DATABASE|SCHEMA|ROLE|USER|SYSTEM)\s+${NAME}\s+[A-Z]\w+`,
      String.raw`GRANT\s+[\w\s,()]+\s+(?:ON|TO)\s+\S`,
      String.raw`REVOKE\s+[\w\s,()]+\s+(?:ON|FROM)\s+\S`,
      String.raw`CREATE\s+OR\s+REPLACE\s+TABLE\s+`,
      String.raw`(?:INSERT\s+OVERWRITE|MERGE\s+INTO|WITH\s+\w+\s+AS\s*\()`,
      String.raw`DO\s+\$`,
    ].join('|') +
    ')',
  'i',
);

/** Cypher that deletes nodes or a database. */
export const CYPHER =
  /^\s*(?:MATCH|OPTIONAL|CALL|WITH|UNWIND)\b[^]*\bDELETE\s+\w|^\s*DROP\s+(?:DATABASE|CONSTRAINT|INDEX)\s+\w/;
/** JavaScript for MongoDB's shell. */
export const MONGO_SHELL = /^\s*(?:use\s+\w+\s*;?\s*)?db(?:\.|\[)/;

/** The names of the fields that a GraphQL mutation calls; none for a query. */
export function mutationsIn(text: string): readonly string[] {
  const start = /(?:^|[}\s"'`=:])mutation\b[^{]*\{/.exec(text);
  if (start === null) return [];
  const names: string[] = [];
  let [depth, inArguments] = [1, 0];
  const body = text.slice(start.index + start[0].length);
  for (const token of body.matchAll(/"(?:\\.|[^"\\])*"|#[^\n]*|[{}()]|[A-Za-z_]\w*\s*:?/g)) {
    const [word] = token;
    if (word === '{') depth++;
    else if (word === '}') depth--;
    else if (word === '(') inArguments++;
    else if (word === ')') inArguments--;
    else if (depth === 1 && inArguments === 0 && !/^["#]/.test(word) && !word.endsWith(':')) names.push(word.trim());
    if (depth === 0) break;
  }
  return names;
}

const RUNS =
  /^(?:command|commands|cmd|cmds|script|shell|bash|powershell|command_?line|cli_?command|cli|full_?command|sub_?command|argv|args|arguments|run|exec)$/i;
const isRunKey = (key: string): boolean => RUNS.test(key);

/** Quotes a word where a shell would split it or read something into it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./*{}[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The command lines of an input: what its keys call one, and what begins with a program and is no sentence.
 * `known`: whether rules know a program.
 */
export function commandLinesIn(
  objects: readonly Json[],
  plain: boolean,
  known: (program: string) => boolean,
): readonly { readonly line: string; readonly byKey: boolean }[] {
  return objects.flatMap((object) =>
    Object.entries(object).flatMap(([key, value]) => {
      const args = listAt(object, 'args') ?? listAt(object, 'arguments') ?? listAt(object, 'argv') ?? [];
      if (Array.isArray(value)) {
        const words = value.filter((word) => typeof word === 'string');
        if (!isRunKey(key) || words.length === 0 || words.length !== value.length) return [];
        // lines, and no words of one
        if (/^commands|cmds$/i.test(key) || /^[\w./-]+\s+\S+\s/.test(words[0] ?? ''))
          return asLines(words).map((line) => ({ line, byKey: true }));
        return [{ line: words.map(shellWord).join(' '), byKey: true }];
      }
      if (typeof value !== 'string' || value.length > LONGEST || value.trim() === '') return [];
      if (isRunKey(key))
        return [
          { line: value, byKey: true },
          ...(args.length > 0 && !/^arg/i.test(key)
            ? [{ line: [value, ...args.map(shellWord)].join(' '), byKey: true }]
            : []),
        ];
      if (plain || isProseKey(key) || !isWordKey(key)) return [];
      const [, program = ''] = /^\s*(?:\$\s+)?(?:sudo\s+)?([\w./-]+)\s+\S/.exec(value) ?? [];
      return known(program.split('/').at(-1) ?? '') && !isProse(value) ? [{ line: value, byKey: false }] : [];
    }),
  );
}

/** Very many are read as one script: that takes a fraction of the time. */
const asLines = (lines: readonly string[]): readonly string[] => (lines.length > 100 ? [lines.join('\n')] : lines);

function listAt(object: Json, key: string): readonly string[] | undefined {
  const value = object[key];
  return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
}

/** A request as a command line, for who knows those. */
export function requestsIn(objects: readonly Json[], server: string, words: readonly string[]): readonly string[] {
  return objects.flatMap((given) => {
    const inner = ['options', 'init', 'request', 'config', 'params'].map((key) => given[key]).find(isJson);
    const object = { ...inner, ...given };
    const at = (keys: RegExp): string | undefined =>
      Object.entries(object).flatMap(([key, value]) => (keys.test(key) && typeof value === 'string' ? [value] : []))[0];
    const address = at(/^(?:url|uri|path|endpoint|route|href|request_?path|api_?path)$/i);
    const byName = words.some((word) => /^(?:http|rest|api|request|curl|fetch|requests)$/.test(word));
    const body = Object.entries(object).flatMap(([key, value]) =>
      /^(?:body|data|json|payload)$/i.test(key) ? [typeof value === 'string' ? value : JSON.stringify(value)] : [],
    );
    const method =
      at(/^(?:method|http_?method|verb|http_?verb|request_?method)$/i) ??
      (byName ? words.find((word) => /^(?:delete|post|put|patch)$/.test(word)) : undefined) ??
      (body.some((text) => text.includes('mutation')) ? 'post' : undefined);
    if (address === undefined || method === undefined || !/^(?:delete|post|put|patch)$/i.test(method)) return [];
    const url = /^[a-z]+:\/\//i.test(address)
      ? address
      : `https://${server === '' ? 'service' : server}.invalid/${address.replace(/^\//, '')}`;
    return [
      ['curl', '-X', method.toUpperCase(), shellWord(url), ...body.flatMap((text) => ['-d', shellWord(text)])].join(
        ' ',
      ),
    ];
  });
}

/** The words of the last parts of a path that are names and no ids: `/v1/projects/p-1/databases/d-2`. */
export const pathNouns = (address: string): readonly string[] =>
  (address.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/)[0] ?? '')
    .split(/[/:]/)
    .filter((part) => /^[a-zA-Z][a-zA-Z_-]*$/.test(part))
    .slice(-1)
    .flatMap(wordsOf);
