/**
 * One gitignore-like pattern (https://git-scm.com/docs/gitignore#_pattern_format), matched in bounded time.
 *
 * Regular expressions made from patterns can take unbounded time when a hostile pattern has several wildcards for
 * folders, and the policy of a repository that was only just opened is matched in the editor and in the commit hook.
 * Matching here takes at most (length of pattern × length of path) steps. Case is ignored, and so are differences in
 * Unicode normalization.
 */
import { matchesWhole } from './match-wildcards';

/** A path prepared for matching: its folded names. */
export type FoldedPath = readonly string[];

export interface Glob {
  /** The pattern begins with `!`: it excludes what it matches. */
  readonly negated: boolean;
  /**
   * Whether the pattern without its `!` matches the path or a folder above it. One with a `!` takes out only what it
   * {@link names}: as in git, nothing is taken out of a folder that another pattern took in by excluding that folder.
   */
  readonly matches: (path: FoldedPath) => boolean;
  /** Whether it matches the path itself, or, where it ends in `/` or `/**`, the folder that the path is in. */
  readonly names: (path: FoldedPath) => boolean;
}

/** Prepares a `/`-separated path, relative to the repository's root, for {@link Glob.matches}. */
export const foldPath = (path: string): FoldedPath => fold(path).split('/');

/** Compiles a pattern. Never throws; a pattern with a {@link globProblem} may match nothing. */
export function compileGlob(pattern: string): Glob {
  let rest = withoutTrailingSpaces(pattern);
  const negated = rest.startsWith('!');
  if (negated) rest = rest.slice(1);
  const foldersOnly = rest.endsWith('/');
  if (foldersOnly) rest = rest.slice(0, -1);
  const anchored = rest.includes('/');
  const parts = fold(rest.startsWith('/') ? rest.slice(1) : rest).split('/');
  const steps = stepsOf(anchored ? parts : ['**', ...parts]);
  if (steps === undefined) return { negated, matches: () => false, names: () => false };
  const inside: readonly Step[] = [...steps, ONE, MANY];
  // Most patterns name the folder that they are about, which rules out most paths at once.
  const [first] = steps;
  const mayMatch = (path: FoldedPath): boolean =>
    first === undefined || typeof first === 'string' || !('text' in first) || path[0] === first.text;
  const names = (path: FoldedPath): boolean => mayMatch(path) && walk(foldersOnly ? inside : steps, path);
  return {
    negated,
    names,
    matches: negated ? names : (path) => mayMatch(path) && ((!foldersOnly && walk(steps, path)) || walk(inside, path)),
  };
}

/** Whether every path matches: such a pattern says nothing about the files that it takes in. */
export const matchesEverything = (pattern: string): boolean => /^\/?\*\*(?:\/\*\*?)?$|^\*$/.test(pattern);

/** What is wrong with a pattern, for people; undefined when nothing is. */
export function globProblem(pattern: string): { readonly message: string; readonly suggestion: string } | undefined {
  const bare = pattern.replace(/^!/, '');
  if (/[\u0000-\u001f\u007f]/.test(pattern))
    return { message: "a pattern can't hold control characters", suggestion: 'write it on one line, without tabs' };
  if (/^\s*\/?\s*$/.test(bare)) return { message: 'the pattern is empty', suggestion: 'use "**" for every file' };
  if (pattern.startsWith('#'))
    return {
      message: 'a pattern that begins with # is a comment and matches nothing',
      suggestion: `write "\\${pattern}"`,
    };
  if (/^\.{1,2}\//.test(bare))
    return {
      message: "patterns start at the repository's root, so ./ and ../ match nothing",
      suggestion: `write "${bare.replace(/^(?:\.{1,2}\/)+/, '/')}"`,
    };
  const backslash = /\\(?:[^\\*?[\]!# {}]|$)/.exec(bare);
  if (backslash)
    return {
      message: 'a backslash only makes the next special character an ordinary one',
      suggestion: `write / between folders: "${pattern.replaceAll('\\', '/')}"`,
    };
  if (/(?<!\\)\{[^}]*,[^}]*\}/.test(bare))
    return { message: 'patterns have no {a,b}', suggestion: 'write one pattern for each' };
  if (stepsOf(bare.split('/')) === undefined)
    return {
      message: 'a [ is not closed before the next /',
      suggestion: 'close it with ], or write \\[ for the character itself',
    };
  return undefined;
}

/**
 * One form for all spellings of a text that file systems treat as the same: composed, and without case.
 * A character whose other case is several characters (ß) keeps its length, so that `?` still matches it.
 */
function fold(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text.normalize('NFC'), (char) => {
    const folded = char.toUpperCase().toLowerCase();
    return Array.from(folded).length === 1 ? folded : char;
  }).join('');
}

/** One segment of a pattern: its literal text; its elements; or any one name; or any number of names. */
type Step = { readonly text: string } | readonly Element[] | 'one' | 'many';
type Element =
  | { readonly kind: 'text'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly has: (char: string) => boolean };

const ONE: Step = 'one';
const MANY: Step = 'many';

/** A segment without wildcards is compared as a whole, which most are. */
function stepOf(elements: readonly Element[]): Step {
  const chars = elements.flatMap((element) => (element.kind === 'text' ? element.char : []));
  return chars.length === elements.length ? { text: chars.join('') } : elements;
}

function stepsOf(names: readonly string[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const [index, name] of names.entries()) {
    if (/^\*{2,}$/.test(name)) {
      if (index === names.length - 1) steps.push(ONE); // `folder/**` is what is inside the folder
      steps.push(MANY);
      continue;
    }
    const elements = elementsOf(Array.from(name));
    if (elements === undefined) return undefined;
    steps.push(stepOf(elements));
  }
  return steps;
}

function elementsOf(chars: readonly string[]): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    if (char === '*') {
      if (elements.at(-1)?.kind !== 'star') elements.push({ kind: 'star' });
    } else if (char === '?') {
      elements.push({ kind: 'any' });
    } else if (char === '[') {
      const set = setAt(chars, at + 1);
      if (set === undefined) return undefined;
      elements.push(set.element);
      at = set.end;
    } else if (char === '\\') {
      const next = chars[++at];
      if (next === undefined) return undefined;
      elements.push({ kind: 'text', char: next });
    } else {
      elements.push({ kind: 'text', char });
    }
  }
  return elements;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9a-z]/i,
  alpha: /[a-z]/i,
  blank: /[ \t]/,
  cntrl: /[\u0000-\u001f\u007f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/i,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\r\n]/,
  upper: /[a-z]/i,
  xdigit: /[0-9a-f]/i,
};

/** Parses a `[…]` from after its opening bracket; undefined when it never closes or names no known class. */
function setAt(
  chars: readonly string[],
  start: number,
): { readonly element: Element; readonly end: number } | undefined {
  let at = start;
  const negated = chars[at] === '!' || chars[at] === '^';
  if (negated) at++;
  const members: ((char: string) => boolean)[] = [];
  for (let first = true; first || chars[at] !== ']'; first = false) {
    let from = chars[at++];
    if (from === undefined) return undefined;
    if (from === '[' && chars[at] === ':') {
      const close = chars.indexOf(']', at);
      if (close > at + 1 && chars[close - 1] === ':') {
        const known = CLASSES[chars.slice(at + 1, close - 1).join('')];
        if (known === undefined) return undefined;
        members.push((char) => known.test(char));
        at = close + 1;
        continue;
      }
    }
    if (from === '\\') from = chars[at++];
    let to = from;
    if (chars[at] === '-' && chars[at + 1] !== undefined && chars[at + 1] !== ']') {
      to = chars[at + 1];
      at += 2;
      if (to === '\\') to = chars[at++];
    }
    if (from === undefined || to === undefined) return undefined;
    members.push(between(from, to));
  }
  return { element: { kind: 'set', negated, has: (char) => members.some((member) => member(char)) }, end: at };
}

/** A range. A reversed one still has its first character, as in git. */
function between(from: string, to: string): (char: string) => boolean {
  const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  return (char) => {
    const code = char.codePointAt(0) ?? -1;
    return code === low || (code >= low && code <= high);
  };
}

function walk(steps: readonly Step[], names: FoldedPath): boolean {
  return matchesWhole(
    steps.length,
    names.length,
    (step) => steps[step] === MANY,
    (step, name) => {
      const wanted = steps[step];
      const segment = names[name];
      if (wanted === undefined || segment === undefined || wanted === 'many') return false;
      if (wanted === 'one') return true;
      return 'text' in wanted ? wanted.text === segment : matchesName(wanted, segment);
    },
  );
}

function matchesName(elements: readonly Element[], name: string): boolean {
  // Its end rules out most names (`*.lock`).
  const last = elements.at(-1);
  if (last?.kind === 'text' && !name.endsWith(last.char)) return false;
  const chars = Array.from(name);
  return matchesWhole(
    elements.length,
    chars.length,
    (at) => elements[at]?.kind === 'star',
    (at, index) => {
      const element = elements[at];
      const char = chars[index];
      if (element === undefined || char === undefined) return false;
      if (element.kind === 'text') return element.char === char;
      return element.kind === 'any' || (element.kind === 'set' && element.has(char) !== element.negated);
    },
  );
}

/** Trailing spaces do not count, unless a backslash keeps them. */
const withoutTrailingSpaces = (pattern: string): string => pattern.replace(/(?<!\\) +$/, '');
