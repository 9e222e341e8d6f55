/** JSON in one form only (RFC 8785 for texts and whole numbers), and digests over it. */
import { createHash } from 'node:crypto';

/** Keys sorted, no white space; keys without a value are left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .join(',')}}`;
}

export const digestOf = (value: unknown): string =>
  `sha256:${createHash('sha256').update(canonical(value)).digest('hex')}`;

/** Nothing of ours is nested deeper. */
const DEEPEST = 64;

export type Flaw = { readonly twice: string } | 'deep';

/**
 * What makes a valid JSON text one that is not read: a key that one object has twice, of which readers take one or the
 * other, or values in values in values.
 */
export function flawIn(text: string): Flaw | undefined {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : null) > DEEPEST) return 'deep';
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key = JSON.parse(last) as string;
      const known = open.at(-1);
      if (known?.has(key) === true) return { twice: key };
      known?.add(key);
    } else last = token;
  }
  return undefined;
}
