/** The words that an identifier is made of. */

/** `deleteDBInstance` as `delete-DB-Instance`, with `between` where a word begins. */
export const spaced = (name: string, between: string): string =>
  name.replace(/([a-z\d])([A-Z])/g, `$1${between}$2`).replace(/([A-Z]+)([A-Z][a-z])/g, `$1${between}$2`);

/** The words of an identifier in any spelling, in lower case: `deleteDBInstance`, `API-delete-a-block`. */
export const wordsOf = (name: string): readonly string[] =>
  spaced(name.slice(0, 200), ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/** A noun in the singular, well enough to look it up: `indices`, `policies`, `branches`, `tables`. */
export function singular(word: string): string {
  if (word === 'indices' || word === 'indexes') return 'index';
  if (/(?:ss|us|is|k8s|kubernetes|dns|redis|aws|eks|gks|aks)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}
