/**
 * The tests and what they load, compiled ahead into `out/compiled/`, a JavaScript file for each of TypeScript: loading a
 * thousand files through tsx takes a run of mocha longer than most of its tests do. Only what changed is compiled anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, version, type Plugin } from 'esbuild';
import { TOP } from './areas';
import { COMPILED, compiledOf } from './compiled-names';

/** Older versions of Node can't load packages of the new kind the way compiled files do: there, tsx loads everything. */
export const mayCompile = (process.features as { readonly require_module?: boolean }).require_module === true;

/** Compiles what is newer than its compiled file, and removes what has no source any more. */
export async function compileTests(): Promise<void> {
  const stamp = path.join(COMPILED, 'made-by');
  const maker = createHash('sha256')
    .update(`${TOP}\0${version}\0`)
    .update(readFileSync(import.meta.filename))
    .digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== maker) rmSync(COMPILED, { recursive: true, force: true });
  mkdirSync(COMPILED, { recursive: true });
  const sources = ['src', 'test', 'scripts'].flatMap((folder) => filesBelow(path.join(TOP, folder), /\.(?:ts|mjs)$/));
  const known = new Set(sources.map(compiledOf));
  for (const file of filesBelow(COMPILED, /\.js$/)) if (!known.has(file)) rmSync(file);
  const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = sources.filter((file) => timeOf(file) >= timeOf(compiledOf(file)));
  if (changed.length > 0)
    await build({
      entryPoints: changed,
      outbase: TOP,
      outdir: COMPILED,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      supported: { 'dynamic-import': false },
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'error',
      plugins: [OWN_PLACE],
    });
  writeFileSync(stamp, maker);
}

/** Packages of the new kind are not all for `require`, which is what other calls of `import` become. */
const PACKAGE_IMPORT = /await import\(('[^.'])/g;
const IMPORT_PACKAGE =
  "(({ runInThisContext, constants }) => runInThisContext('(name) => import(name)', { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }))(require('node:vm'))";

/** Compiled code finds its fixtures where its source does. */
const OWN_PLACE: Plugin = {
  name: 'own place',
  setup: (builder) => {
    builder.onLoad({ filter: /\.(?:ts|mjs)$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const folder = JSON.stringify(path.dirname(file));
      const name = JSON.stringify(file);
      const places = [
        text.includes('__dirname') ? `__dirname = ${folder}; ` : '',
        text.includes('__filename') ? `__filename = ${name}; ` : '',
        text.search(PACKAGE_IMPORT) >= 0 ? `const importPackage = ${IMPORT_PACKAGE}; ` : '',
      ];
      const contents = text
        .replaceAll(PACKAGE_IMPORT, 'await importPackage($1')
        .replaceAll('import.meta.dirname', folder)
        .replaceAll('import.meta.filename', name)
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents: `${places.join('')}${contents}`, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/** Neither declarations nor fixtures: those are no code of ours. */
function filesBelow(folder: string, kind: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => kind.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name))
    .filter((file) => !file.startsWith(path.join(TOP, 'test', 'fixtures') + path.sep));
}
