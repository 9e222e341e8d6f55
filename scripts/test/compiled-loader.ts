/**
 * Loaded before compiled tests: whoever asks for a file of TypeScript gets what was compiled of it, and what is no code
 * is read where it lies.
 */
import { existsSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOP } from './areas';
import { COMPILED, compiledOf } from './compiled-names';

type Parent = { readonly filename?: string | null } | undefined;
type Resolve = (request: string, parent: Parent, ...rest: readonly unknown[]) => string;

const modules = Module as unknown as { _resolveFilename: Resolve }; // not in Node's types, and what tsx uses itself
const resolve = modules._resolveFilename.bind(Module);
modules._resolveFilename = (request, parent, ...rest) => resolve(placeOf(request, parent), parent, ...rest);

function placeOf(request: string, parent: Parent): string {
  const file = request.startsWith('file:') ? fileURLToPath(request) : request;
  const from = parent?.filename ?? '';
  if (/^\.\.?\//.test(file) && from.startsWith(COMPILED + path.sep)) {
    if (file.endsWith('.json')) return path.resolve(TOP, path.relative(COMPILED, path.dirname(from)), file);
    return file.replace(/\.mjs$/, '.js');
  }
  const isSource = path.isAbsolute(file) && /\.(?:ts|mjs)$/.test(file) && file.startsWith(TOP + path.sep);
  return isSource && existsSync(compiledOf(file)) ? compiledOf(file) : file;
}
