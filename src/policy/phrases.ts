/**
 * What people read about requirements. Always "needs a senior's sign-off", never a remark about who somebody is.
 */
import type { Level, Requirement, RequirementResult } from './types';

const WHOSE: Readonly<Record<Level, { readonly one: string; readonly another: string; readonly many: string }>> = {
  senior: { one: "a senior's sign-off", another: "another senior's sign-off", many: "seniors' sign-offs" },
  mid: {
    one: 'a mid-level or senior sign-off',
    another: 'another mid-level or senior sign-off',
    many: 'mid-level or senior sign-offs',
  },
  junior: { one: "a colleague's sign-off", another: "another colleague's sign-off", many: "colleagues' sign-offs" },
};

/** `a senior's sign-off`, `2 seniors' sign-offs`. */
export const signOffs = (from: Level, count: number): string =>
  count === 1 ? WHOSE[from].one : `${String(count)} ${WHOSE[from].many}`;

/** `another senior's sign-off`, `2 more seniors' sign-offs`. */
export const moreSignOffs = (from: Level, count: number): string =>
  count === 1 ? WHOSE[from].another : `${String(count)} more ${WHOSE[from].many}`;

/** What a requirement asks for, without the reason. */
export function requirementText(requirement: Requirement): string {
  const owner = requirement.codeOwner ? ', with an owner of each file (CODEOWNERS) among them' : '';
  return signOffs(requirement.from, requirement.approvals) + owner;
}

/** The same where there is room for a few words: `a senior`, `2 mid or senior`. */
export function signersInShort({ from, approvals }: Pick<Requirement, 'from' | 'approvals'>): string {
  const who = IN_SHORT[from];
  return approvals === 1 ? who.one : `${String(approvals)} ${who.many}`;
}

const IN_SHORT: Readonly<Record<Level, { readonly one: string; readonly many: string }>> = {
  senior: { one: 'a senior', many: 'seniors' },
  mid: { one: 'mid or senior', many: 'mid or senior' },
  junior: { one: 'a colleague', many: 'colleagues' },
};

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Said of lines of unknown origin, wherever they are counted. */
export const noRecord = (lines: number): string => `no record says who wrote ${lines === 1 ? 'it' : 'them'}.`;

/** `a, b and 3 more`: names from outside are quoted so that none can pass for our own words or break the line. */
export function list(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(quoted);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${String(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/**
 * The text itself when it is a plain name; else as JSON writes it, with every unprintable character escaped.
 */
export function quoted(name: string): string {
  if (/^[\w@./+[\]()-]+(?::[\w@./+[\]()-]+)*$/.test(name)) return name;
  return JSON.stringify(name).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, escaped);
}

/** A value as JSON, to print: what a terminal interprets or a reader does not see is escaped. */
export const jsonText = (value: unknown, indent = 2): string =>
  `${JSON.stringify(value, null, indent).replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, escaped)}\n`;

/** Each of its UTF-16 units as JSON escapes it. */
const escaped = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Every unmet requirement, as a sentence. */
export const missingOf = (required: readonly RequirementResult[]): readonly string[] =>
  required.filter((one) => !one.satisfied).map((one) => one.missing);

/** For when nobody is left who could give what is missing. */
export const NOBODY_ELSE_MAY_SIGN =
  'The policy lists nobody else who may: add people to it on the base branch (where an owner must be among them, to CODEOWNERS too).';
