/**
 * One pattern of a CODEOWNERS file, matched in at most (length of pattern × length of path) steps.
 *
 * A regular expression made from a pattern with a few double stars takes seconds for a long path and minutes for a
 * longer one, and a repository that was only just opened may contain any pattern.
 */
import { matchesWhole } from './wildcard-walk';

/** Whether the pattern matches a path (`/`-separated, relative to the repository's root). */
export type MatchesPath = (path: string) => boolean;

/**
 * As GitHub interprets it: like gitignore, but case matters, brackets are literal, and `docs/*` matches files directly
 * in the folder but not deeper ones. A backslash makes the next character literal.
 */
export function compileOwnerPattern(pattern: string): MatchesPath {
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
