/**
 * Parses the reports that most tools write: LCOV, Cobertura, JaCoCo and Go's cover profile. Only data about lines is
 * used; any other report is not coverage. Pure: contents come as text, and anybody may have written them.
 */
import type { Coverage, CoveredLines } from './types';

/** Undefined when the text has none of the formats. */
export function parseCoverage(text: string): Coverage | undefined {
  const start = text
    .slice(0, 2_000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^mode: (?:set|count|atomic)\r?$/m.test(start.split('\n')[0] ?? '')) return { format: 'go', files: go(text) };
  if (/^(?:TN|SF):/.test(start)) return { format: 'lcov', files: lcov(text) };
  if (start.startsWith('<')) {
    const [root] = tags(text, new Set(['coverage', 'report']));
    if (root?.name === 'coverage') return { format: 'cobertura', files: cobertura(text) };
    if (root?.name === 'report') return { format: 'jacoco', files: jacoco(text) };
  }
  return undefined;
}

class Files {
  readonly all = new Map<string, Map<number, boolean>>();

  /** A line counts as run when any of its entries says so. */
  add(file: string, line: number, ran: boolean): void {
    if (file === '' || !Number.isSafeInteger(line) || line < 1) return;
    const lines = this.all.get(file) ?? new Map<number, boolean>();
    lines.set(line, ran || lines.get(line) === true);
    this.all.set(file, lines);
  }
}

function lcov(text: string): ReadonlyMap<string, CoveredLines> {
  const files = new Files();
  let file = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('SF:')) file = line.slice(3).trim();
    else if (line === 'end_of_record') file = '';
    else if (line.startsWith('DA:')) {
      const [number, hits] = line.slice(3).split(',');
      files.add(file, Number(number), Number(hits) > 0);
    }
  }
  return files.all;
}

/** A block covers the lines from its start to its end. */
function go(text: string): ReadonlyMap<string, CoveredLines> {
  const files = new Files();
  for (const line of text.split(/\r?\n/)) {
    const match = /^(.+):(\d{1,7})\.\d+,(\d{1,7})\.\d+ \d+ (\d+)$/.exec(line);
    if (!match) continue;
    const [from, to] = [Number(match[2]), Number(match[3])];
    for (let number = from; number <= Math.min(to, from + 10_000); number++)
      files.add(match[1] ?? '', number, Number(match[4]) > 0);
  }
  return files.all;
}

function cobertura(text: string): ReadonlyMap<string, CoveredLines> {
  const files = new Files();
  let file = '';
  for (const { name, words } of tags(text, new Set(['class', 'line']))) {
    if (name === 'class') file = words.get('filename') ?? '';
    else files.add(file, Number(words.get('number')), Number(words.get('hits')) > 0);
  }
  return files.all;
}

function jacoco(text: string): ReadonlyMap<string, CoveredLines> {
  const files = new Files();
  let folder = '';
  let file = '';
  for (const { name, words } of tags(text, new Set(['package', 'sourcefile', 'line']))) {
    if (name === 'package') folder = words.get('name') ?? '';
    else if (name === 'sourcefile') file = `${folder === '' ? '' : `${folder}/`}${words.get('name') ?? ''}`;
    else files.add(file, Number(words.get('nr')), Number(words.get('ci')) > 0);
  }
  return files.all;
}

interface Tag {
  readonly name: string;
  readonly words: ReadonlyMap<string, string>;
}

/** Opening tags of these names, with their attributes. Only XML's five predefined entities are resolved. */
function* tags(text: string, names: ReadonlySet<string>): Generator<Tag, undefined> {
  for (const [, name = '', rest = ''] of text.matchAll(/<([A-Za-z][\w.-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g)) {
    if (names.has(name))
      yield {
        name,
        words: new Map(
          [...rest.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', double, single]) => [
            key,
            plain(double ?? single ?? ''),
          ]),
        ),
      };
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
