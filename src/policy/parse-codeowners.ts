/**
 * Who owns a file by CODEOWNERS.
 *
 * GitHub's rules (https://docs.github.com/articles/about-code-owners), and GitLab's sections on top
 * (https://docs.gitlab.com/user/project/codeowners/reference).
 */
import { matchesWhole } from './match-wildcards';

/** Where forges look for the file, relative to the repository's root; the first that exists is the one. */
export const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/** The text of the one that counts among files of a tree, by their paths; empty where there is none. */
export function codeownersIn(
  files: ReadonlyMap<string, { readonly kind: 'file'; readonly bytes: Uint8Array } | { readonly kind: 'other' }>,
): string {
  const found = CODEOWNERS_PATHS.map((path) => files.get(path)).find((file) => file?.kind === 'file');
  return found?.kind === 'file' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(found.bytes) : '';
}

/** The owners of a path, in the file's order: `@login`, `@org/team`, `@@role` or an e-mail address. Empty: none. */
export type OwnersOf = (path: string) => readonly string[];

interface Rule {
  readonly matches: MatchesPath;
  readonly owners: readonly string[];
  /** GitLab's `!pattern` in a section: no later rule of the section re-includes the path. */
  readonly excludes: boolean;
  /** 1-based. */
  readonly line: number;
}

interface Section {
  readonly rules: Rule[];
  readonly defaults: readonly string[];
}

const HEADING = /^\^?\[[^\]]+\](?:\[\d+\])?(?=\s|$)/;
const OWNER = /^(?:@{1,2}\w[\w.-]*(?:\/\w[\w.-]*)*|[^\s@]+@[^\s@]+)$/;

/**
 * Parses a CODEOWNERS file and returns a function from a path (`/`-separated, relative to the root) to its owners.
 *
 * The last matching line wins; a line without owners removes ownership; `#` starts a comment; matching is
 * case-sensitive; `[` and `]` are literal. A line that GitHub rejects (an invalid owner, `!` outside a section) is
 * ignored. With sections, each has its own last match and the owners add up. Never throws.
 */
export function parseCodeowners(text: string): OwnersOf {
  const sections = readSections(text);
  const known = new Map<string, readonly string[]>();
  return (path) => {
    if (path.split('/').some((name) => name === '' || name === '.' || name === '..')) return [];
    const seen = known.get(path);
    if (seen !== undefined) return seen;
    const owners = [...new Set(sections.flatMap((section) => ownersIn(section, path)))];
    known.set(path, owners);
    return owners;
  };
}

/**
 * The paths without owners, by the line (1-based) that says so; null for those that no line is about. Never throws.
 */
export function ownerlessLines(
  text: string,
): (paths: readonly string[]) => ReadonlyMap<number | null, readonly string[]> {
  const sections = readSections(text);
  const ownersOf = parseCodeowners(text);
  return (paths) => {
    const byLine = new Map<number | null, string[]>();
    for (const path of paths) {
      if (ownersOf(path).length > 0) continue;
      const rules = sections.flatMap((section) => section.rules.filter((rule) => rule.matches(path)).slice(-1));
      const line = rules.at(-1)?.line ?? null;
      byLine.set(line, [...(byLine.get(line) ?? []), path]);
    }
    return byLine;
  };
}

function readSections(text: string): readonly Section[] {
  let section: Section = { rules: [], defaults: [] };
  const sections = [section];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const heading = HEADING.exec(line)?.[0];
    if (heading !== undefined) {
      section = { rules: [], defaults: wordsOf(line.slice(heading.length)).filter((word) => OWNER.test(word)) };
      sections.push(section);
      continue;
    }
    const rule = readRule(line, section.defaults, sections.length > 1);
    if (rule !== undefined) section.rules.push({ ...rule, line: index + 1 });
  }
  return sections;
}

function readRule(line: string, defaults: readonly string[], inSection: boolean): Omit<Rule, 'line'> | undefined {
  const [first, ...owners] = wordsOf(line);
  if (first === undefined || !owners.every((owner) => OWNER.test(owner))) return undefined;
  const excludes = first.startsWith('!');
  if (excludes && !inSection) return undefined;
  const pattern = excludes ? first.slice(1) : first;
  if (/^\/*$/.test(pattern)) return undefined;
  return { matches: compileOwnerPattern(pattern), owners: owners.length > 0 ? owners : defaults, excludes };
}

/** The words of a line up to a comment. A backslash keeps the space or `#` after it in the word. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/g)) {
    if (word.startsWith('#')) break;
    words.push(word);
  }
  return words;
}

function ownersIn(section: Section, path: string): readonly string[] {
  const { rules } = section;
  if (rules.some((rule) => rule.excludes && rule.matches(path))) return [];
  return rules.findLast((rule) => !rule.excludes && rule.matches(path))?.owners ?? [];
}

/** Whether the pattern matches a path (`/`-separated, relative to the repository's root). */
type MatchesPath = (path: string) => boolean;

/**
 * As GitHub interprets it: like gitignore, but case matters, brackets are literal, and `docs/*` matches files directly
 * in the folder but not deeper ones. A backslash makes the next character literal. Takes at most (length of pattern ×
 * length of path) steps: a regular expression made from a few double stars takes minutes for a long path.
 */
function compileOwnerPattern(pattern: string): MatchesPath {
  const folder = pattern.endsWith('/');
  const bare = pattern.replace(/^\/|\/$/g, '');
  const anchored = pattern.slice(0, -1).includes('/');
  const segments = bare.split('/');
  const steps = segments.map((segment): Step => (/^\*{2,}$/.test(segment) ? 'many' : charactersOf(segment)));
  if (!anchored) steps.unshift('many');
  const last = segments.at(-1);
  const itself = last !== undefined && /^\*{2,}$/.test(last) ? [...steps, 'one' as const] : steps;
  const inside: readonly Step[] = [...steps, 'one', 'many'];
  const flat = anchored && last === '*' && !folder;
  return (path) => {
    const names = path.split('/');
    return (!folder && walk(itself, names)) || (!flat && walk(inside, names));
  };
}

/** A segment by its characters; or exactly one segment; or any number of them. */
type Step = readonly Character[] | 'one' | 'many';
type Character = { readonly is: string } | 'any' | 'star';

function charactersOf(segment: string): readonly Character[] {
  return Array.from(segment.matchAll(/\\([^])|([^])/gu), ([, escaped, plain]): Character => {
    if (plain === '*') return 'star';
    return plain === '?' ? 'any' : { is: escaped ?? plain ?? '' };
  });
}

function walk(steps: readonly Step[], names: readonly string[]): boolean {
  return matchesWhole(
    steps.length,
    names.length,
    (at) => steps[at] === 'many',
    (at, index) => {
      const [step, name] = [steps[at], names[index]];
      if (step === undefined || name === undefined || step === 'many') return false;
      return step === 'one' || matchesName(step, Array.from(name));
    },
  );
}

const matchesName = (pattern: readonly Character[], name: readonly string[]): boolean =>
  matchesWhole(
    pattern.length,
    name.length,
    (at) => pattern[at] === 'star',
    (at, index) => {
      const wanted = pattern[at];
      return wanted === 'any' || (typeof wanted === 'object' && wanted.is === name[index]);
    },
  );
