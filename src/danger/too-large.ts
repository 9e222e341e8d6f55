/**
 * Texts that are too large to be examined: each kind of file is read up to a bound, so that no change can block the
 * caller.
 */
import { READ_AT_MOST as SQL_AT_MOST } from './sql/judge-sql';
import { languageOf, TEXT_AT_MOST as CODE_AT_MOST } from './syntax';
import { LARGEST as JSON_AT_MOST } from './yaml-and-json/read-json';
import { documentsOf, isTooMuch } from './yaml-and-json/read-yaml';
import type { Change, Analyzer } from './types';

/** Larger texts are not examined: nobody reads them line by line. Characters. */
export const TEXT_AT_MOST = 2_000_000;

/** Whether some analyzer should read one of the change's texts but cannot do so to the end. */
export function isTooLarge(change: Change, analyzers: readonly Analyzer[]): boolean {
  const { path, before, after } = change;
  const texts = [before, after].filter((text) => text !== null);
  const whole = texts.some(({ length }) => length > TEXT_AT_MOST);
  if (!whole && !texts.some((text) => isBeyond(path, text))) return false;
  if (texts.every((text) => isDescription(path, text))) return false;
  const cut = {
    ...change,
    before: before?.slice(0, TEXT_AT_MOST) ?? null,
    after: after?.slice(0, TEXT_AT_MOST) ?? null,
  };
  return analyzers.some(
    (analyzer) => analyzer.searchesLines !== true && (whole || analyzer.id !== 'secrets') && analyzer.concerns(cut),
  ); // the secrets analyzer searches the text itself
}

/** What a program wrote about an interface, by its name and its first words: it says what there is, and nothing runs it. */
const isDescription = (path: string, text: string): boolean =>
  /(?:^|\/)[^/]*(?:schema|introspection|openapi|swagger)[^/]*\.json$/i.test(path) &&
  /^\s*\{\s*(?:"data"\s*:\s*\{\s*)?"(?:__schema|openapi|swagger)"\s*:/.test(text.slice(0, 400));

function isBeyond(path: string, text: string): boolean {
  if (languageOf(path) !== undefined || /\.(?:bicep|cs|exs?|xml|prisma)$/i.test(path))
    return text.length > CODE_AT_MOST;
  if (/\.(?:json|jsonc|json5)$/i.test(path)) return text.length > JSON_AT_MOST;
  if (/\.(?:ya?ml|template|tpl)$/i.test(path)) return documentsOf(text).some(isTooMuch);
  return text.length > SQL_AT_MOST;
}
