/** What a text mentions that a change may have word for word: addresses of networks, versions, and files by their name. */
import type { Clue } from './types';

const NETWORK = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?)(?![\w.]*\w)/g;
/** Every machine has these. */
const EVERYWHERE = /^(?:127\.|0\.0\.0\.0$|255\.)/;
const VERSION = /(?<![\w.])v?(\d{1,4}\.\d{1,4}\.\d{1,6}(?:-[a-z][\w.]{0,20})?)(?![\w.]*\w)/g;
const FILE =
  /(?<![\w.@-])((?=[\w-]*[a-z])[\w-]{4,60})\.(?:bin|dat|csv|tsv|json|ya?ml|sql|txt|parquet|db|xml|conf|cfg|ini|toml|proto|avro|wasm|rules|tmpl|tpl)\b(?![/.\w])/gi;
/** Files that every repository has say nothing. */
const ANY: ReadonlySet<string> = new Set(
  'index main config configuration settings package values error errors data test tests default output input robots docker-compose'.split(
    ' ',
  ),
);

export function mentions(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line): Clue[] => {
    const values = [
      ...[...line.matchAll(NETWORK)].flatMap(([, network = '']) => (EVERYWHERE.test(network) ? [] : [network])),
      ...[...line.matchAll(VERSION)].map(([, version = '']) => version),
    ];
    return [
      ...[...new Set(values)].map((value): Clue => ({ says: `it is about ${value}`, names: [], literals: [value] })),
      ...[...line.matchAll(FILE)]
        .filter(([, name = '']) => !ANY.has(name.toLowerCase()))
        .map(([file, name = '']): Clue => ({ says: `it is about ${file}`, names: [name] })),
    ];
  });
}
