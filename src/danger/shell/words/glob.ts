/** The names that a word with wildcards and braces matches. Pure. */

const MOST = 200;
/** Longer than any path: anything longer is taken literally. */
const LONGEST = 4096;

/** Expands `a{b,c}d` to `abd` and `acd`; a word without braces to itself. Bounded. */
export function braces(text: string): string[] {
  if (text.length > LONGEST) return [text];
  const found: string[] = [];
  const waiting = [text];
  for (let next = waiting.pop(); next !== undefined && found.length < MOST; next = waiting.pop()) {
    const match = /^([^]*?)\{([^{}]*,[^{}]*)\}([^]*)$/.exec(next);
    if (match === null || waiting.length > MOST) {
      found.push(next);
      continue;
    }
    const [, before = '', inside = '', after = ''] = match;
    for (const alternative of inside.split(',').reverse()) waiting.push(before + alternative + after);
  }
  return [...new Set(found)];
}

export const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** Whether a name matches one part of a pattern, ignoring case. Takes time proportional to both. */
export function fits(pattern: string, name: string): boolean {
  const parts = [...pattern.toLowerCase().matchAll(/\[(!|\^)?(\]?(?:\[:\w+:\]|[^\]])*)\]|[^]/g)];
  const text = name.toLowerCase();
  let [at, part, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const patternPart = parts[part];
    if (patternPart?.[0] === '*') {
      star = part++;
      from = at;
    } else if (patternPart && fitsOne(patternPart, text.charAt(at))) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++from;
    } else return false;
  }
  while (parts[part]?.[0] === '*') part++;
  return part === parts.length;
}

function fitsOne([whole, not, set]: RegExpMatchArray, char: string): boolean {
  if (set === undefined) return whole === '?' || whole === char;
  const ranges = [...set.matchAll(/([^])-([^])|([^])/g)];
  const inside =
    /\[:/.test(set) ||
    ranges.some(([, from, to, only]) =>
      only === undefined ? char >= (from ?? '') && char <= (to ?? '') : only === char,
    );
  return inside !== (not !== undefined);
}

/**
 * The paths that match an absolute pattern. `names` lists a folder; `**` is any depth. `slash` is the path separator.
 * Finds at most 2000, and reads at most twice as many folders.
 */
export function matching(pattern: string, names: (folder: string) => readonly string[], slash: string): string[] {
  const [root = '', ...parts] = pattern.split(slash);
  const found: string[] = [];
  let looked = 0;
  const look = (folder: string, at: number): void => {
    const part = parts[at];
    if (found.length >= 2000 || looked >= 4000) return;
    if (part === undefined) {
      found.push(folder);
      return;
    }
    if (!isPattern(part)) {
      look(`${folder}${slash}${part}`, at + 1);
      return;
    }
    looked++;
    const inside = names(folder === '' ? slash : folder);
    // nothing is below a file
    if (part === '**' && (inside.length > 0 || at === parts.length - 1)) look(folder, at + 1);
    for (const name of inside) {
      if (part === '**') {
        if (name !== '.git' && name !== 'node_modules') {
          found.push(...(at === parts.length - 1 ? [`${folder}${slash}${name}`] : []));
          look(`${folder}${slash}${name}`, at);
        }
      } else if (fits(part, name) && (!name.startsWith('.') || part.startsWith('.')))
        look(`${folder}${slash}${name}`, at + 1);
    }
  };
  look(root, 0);
  return [...new Set(found)];
}
