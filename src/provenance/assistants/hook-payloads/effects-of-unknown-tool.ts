/** What can be said of an unknown tool, such as one of an MCP server: judged by its name and its input. */
import { anyOf, wordSet } from '../../../base/patterns';
import { ofUrl } from '../../../base/platform';
import { isObject } from './payload-fields';

/** What a tool may change. */
interface Given {
  /** Texts that may name files. */
  readonly paths: readonly string[];
  /** Texts that it may run. */
  readonly commands: readonly string[];
}

const READING = wordSet(`
  read get list ls search find grep glob view show open fetch describe query stat tree diff log status head tail
  cat count inspect lookup resolve explain analyze analyse outline browse blame summarize directory think ask
`);
const CHANGING = anyOf(
  `
    add append appl checkout clean commit convert cop cp$ creat delet download dump edit exec export
    fix format gener insert install merge mkdir modif mov mv$ new$ overwrit patch purge push put
    refactor remov renam replac reset restor rm$ run sav set store sync touch truncat updat upload
    upsert writ
  `,
  { after: ')' },
);
const REMOVING = /^(?:delet|remov|mov|renam|rm$|rmdir|mv$|purge|clean)/;

/** The words in a tool's own name: for `mcp__files__readFile`, `read` and `file`. */
function wordsOf(toolName: string): string[] {
  const name =
    toolName
      .split(/__|[/:.]/)
      .filter((part) => part !== '')
      .at(-1) ?? '';
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** Whether a tool's name says that it only reads. */
export function callsItselfReading(toolName: string): boolean {
  const words = wordsOf(toolName);
  return words.some((word) => READING.has(word)) && !changes(words);
}

/** Whether a tool's name says that it changes something. */
export const callsItselfWriting = (toolName: string): boolean => changes(wordsOf(toolName));

/** Verbs that are nouns behind one that only reads, as in `get_merge_request`. */
const NOUNS =
  /^(?:merge|checkouts?|patch|patches|stores?|runs?|downloads?|installs?|installations?|formats?|exports?|updates?|uploads?)$/;
const ASKS_FIRST = /^(?:get|list|search|read|fetch|find|describe|show|view|count)$/;

const changes = (words: readonly string[]): boolean =>
  words.some((word) => CHANGING.test(word) && !(NOUNS.test(word) && ASKS_FIRST.test(words[0] ?? ''))) ||
  (ASKS_FIRST.test(words[0] ?? '') &&
    words.some((word) => /^(?:and|or|then)$/.test(word)) &&
    words.some((word) => CHANGING.test(word)));

/** Whether a tool, by its name, removes folders with everything in them. */
export const removesFolders = (toolName: string): boolean => wordsOf(toolName).some((word) => REMOVING.test(word));

const LONGEST_PATH = 4096;
const LONGEST_COMMAND = 100_000;
const MOST = 500;
const DEEPEST = 8;
const RUNS = /^(?:command|commands|cmd|script|shell|bash|command_?line|args|argv)$/i;

/** Collects every string of an input, whatever its key. */
export function givenTo(input: unknown): Given {
  const paths = new Set<string>();
  const commands = new Set<string>();
  const look = (value: unknown, key: string, depth: number): void => {
    if (paths.size + commands.size >= MOST || depth > DEEPEST) return;
    if (typeof value === 'string') {
      if (RUNS.test(key) && value.length <= LONGEST_COMMAND) commands.add(value);
      if (value !== '' && value.length <= LONGEST_PATH && !/[\0\r\n]/.test(value)) paths.add(plainPath(value));
    } else if (Array.isArray(value)) {
      if (RUNS.test(key) && value.every((word) => typeof word === 'string')) commands.add(value.join(' '));
      for (const item of value) look(item, key, depth + 1);
    } else if (isObject(value)) {
      for (const [name, entry] of Object.entries(value)) {
        look(entry, name, depth + 1);
        look(name, '', depth + 1); // `{"files": {"a.txt": "its text"}}`
      }
    }
  };
  look(input, '', 0);
  return { paths: [...paths], commands: [...commands] };
}

/** A plain path, even if it was given as a `file:` URL. */
export const plainPath = (path: string): string => (/^file:\//i.test(path) ? ofUrl(path, process.cwd()) : path);
