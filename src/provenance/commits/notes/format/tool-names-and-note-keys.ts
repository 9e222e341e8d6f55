/** The names in a note: of tools and of keys, and how to look them up. */
import { createHash } from 'node:crypto';

/** The standard's names of tools that have another id here; the others below are only read. */
const STANDARD_NAMES: Readonly<Record<string, string>> = { 'claude-code': 'claude', continue: 'continue-cli' };
const OUR_NAMES = new Map([
  ...Object.entries(STANDARD_NAMES).map(([ours, theirs]) => [theirs, ours] as const),
  ['copilot', 'github-copilot'],
  ['gemini-cli', 'gemini'],
  ['codex-cli', 'codex'],
]);

export const toolOfAssistant = (assistant: string): string => own(STANDARD_NAMES, assistant) ?? assistant;
export const assistantOfTool = (tool: string): string => OUR_NAMES.get(tool) ?? tool;

/** The first 14 hex digits of a SHA-256, as in the standard's keys. */
export const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 14);

/** The session that a key belongs to. */
export const sessionOf = (key: string): string => key.split('::')[0] ?? '';
/** Whether a key identifies a person. */
export const isHuman = (key: string): boolean => key.startsWith('h_');

/** Names come from outside, and a file may be called `constructor`. */
export const dictionary = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
