/** The names that a word with wildcards and braces stands for. Pure. */

const MOST = 200;
/** Longer than any path: what is longer is taken as it is. */
const LONGEST = 4096;

/** `a{b,c}d` as `abd` and `acd`; a word without braces as itself. Bounded. */
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
    for (const one of inside.split(',').reverse()) waiting.push(before + one + after);
  }
  return [...new Set(found)];
}

export const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** Whether a name fits one part of a pattern, without regard to case. Takes time in proportion to both. */
export function fits(pattern: string, name: string): boolean {
  const parts = [...pattern.toLowerCase().matchAll(/\[(!|\^)?(\]?(?:\[:\w+:\]|[^\]])*)\]|[^]/g)];
  const text = name.toLowerCase();
  let [at, part, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const one = parts[part];
    if (one?.[0] === '*') {
      star = part++;
      from = at;
    } else if (one && fitsOne(one, text.charAt(at))) {
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
 * The paths that fit an absolute pattern. `names` lists a folder; `**` is any depth. `slash` is what parts are joined
 * with. At most 2000 are found, and twice as many folders are looked into.
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
