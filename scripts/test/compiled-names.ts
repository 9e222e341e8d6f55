/** Where a file of TypeScript is compiled to, and back. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { TOP } from './areas';

export const COMPILED = path.join(TOP, 'out', 'compiled');

/** An absolute path from that of a source. */
export const compiledOf = (source: string): string =>
  path.join(COMPILED, path.relative(TOP, source).replace(/\.(?:ts|mjs)$/, '.js'));

/** The other way round; what was not compiled stays as it is. */
export const sourceOf = (file: string): string =>
  file.startsWith(COMPILED + path.sep) ? path.join(TOP, path.relative(COMPILED, file).replace(/\.js$/, '.ts')) : file;

const maps = new Map<string, SourceMap>();

/** A line of an error's stack, with the place in the source of each place in a compiled file. */
export const placeInSource = (line: string): string =>
  line.replaceAll(/(\/[^():]+\.js):(\d+):(\d+)/g, (place, file: string, row: string, column: string) => {
    if (!file.startsWith(COMPILED + path.sep)) return place;
    const map = maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload); // esbuild's
    maps.set(file, map);
    const found = map.findEntry(Number(row) - 1, Number(column) - 1);
    if (!('originalLine' in found)) return place;
    const { originalLine, originalColumn } = found;
    return `${sourceOf(file)}:${String(originalLine + 1)}:${String(originalColumn + 1)}`;
  });
