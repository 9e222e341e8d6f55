/**
 * Bundles the programs into `dist/`. `npm run build` builds all of them; `npm run build -- extension` only those named.
 * With `--debug` they can be read and have source maps: a debugger stops in the files of `src/`.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import type { NamesOfGroup } from '../src/danger/commands';
import { GRAMMARS, RUNTIME } from '../src/danger/syntax/languages';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** One bundle: a program with everything it needs in one file. */
interface Entry {
  readonly from: string;
  readonly to: string;
  /** Modules that exist at run time, such as the editor's API. */
  readonly external?: readonly string[];
  /**
   * Source files and packages that are bundles of their own: loaded only on demand, and included only once.
   */
  readonly apart?: Readonly<Record<string, string>>;
  /**
   * Those of its `apart` bundles that are loaded only when one of their functions is called; they export nothing else.
   */
  readonly late?: readonly string[];
  /** First line of a program that is run by its name. */
  readonly banner?: string;
  /** The one that has it, where only one does: the extension or the Action. */
  readonly only?: 'extension' | 'action';
}

/** The extension host of VS Code 1.93 is Node 20, and so is the oldest Node that the command line runs on. */
const TARGET = 'node20';

/** Each forge's client (src/review/forges/NAME/forge-client.ts) is a bundle that only a job or a request of that forge loads. */
const FORGES = readdirSync(path.join(ROOT, 'src/review/forges')).filter((name) =>
  existsSync(path.join(ROOT, 'src/review/forges', name, 'forge-client.ts')),
);
/** Whichever bundle needs them. */
const FORGE_PARTS = {
  'src/review/forges/client-parts/index.ts': './forge-api.js',
  ...Object.fromEntries(FORGES.map((name) => [`src/review/forges/${name}/forge-client.ts`, `./forge-${name}.js`])),
};

/**
 * What the command line's programs load only on demand, because Node reads and compiles a bundle as a whole.
 */
const PARTS = {
  'src/provenance/assistants/permissions/permission-places.ts': './permissions.js',
  'src/guard/hook/prompt-excerpt.ts': './prompt.js',
  'src/cli/repair-hooks-now.ts': './put-hooks-back.js',
  'src/cli/agents-trailers-and-unknown-lines.ts': './agents-messages.js',
  'src/danger/find-in-changes.ts': './danger.js',
  'src/danger/analyzers/secrets/run-secretlint.ts': './secrets.js',
  'src/guard/effects-of-commands-and-tools.ts': './command.js',
  'src/provenance/commits/settle/index.ts': './settle.js',
  'src/policy/file/parse.ts': './policy.js',
  'src/policy/incidents/parse.ts': './incident-files.js',
  'src/aftermath/index.ts': './after-merge.js',
  'src/aftermath/rehearsal/index.ts': './rehearsal.js',
  'src/aftermath/export/index.ts': './data-export.js',
  'src/aftermath/report/index.ts': './report.js',
  'src/guard/run-approval/index.ts': './run-approval.js',
  'src/review/gate/sign-offs/index.ts': './sign-offs.js',
  'src/cli/verbs/index.ts': './verbs.js',
};

/**
 * Rooms in the bundle of the background thread (src/editor/background/helper-program.ts), which the extension and most verbs
 * import from there.
 */
const SHARED = Object.fromEntries(
  [
    'provenance/authorship',
    'provenance/journal',
    'git',
    'provenance/commits',
    'policy',
    'policy/decision',
    'policy/findings',
    'policy/local-work',
  ].map((room) => [`src/${room}/index.ts`, './background.js']),
);

const ENTRIES: Readonly<Record<string, Entry>> = {
  cli: { from: 'src/entry/cli.ts', to: 'dist/cli.js', banner: '#!/usr/bin/env node' },
  action: { from: 'src/entry/github-action.ts', to: 'dist/action.js', only: 'action' },
  main: { from: 'src/entry/cli-main.ts', to: 'dist/main.js', apart: PARTS },
  record: {
    from: 'src/entry/cli-record.ts',
    to: 'dist/record.js',
    only: 'extension',
    apart: PARTS,
    late: ['./command.js'],
  },
  hook: { from: 'src/entry/cli-git-hook.ts', to: 'dist/hook.js', only: 'extension', apart: PARTS },
  read: {
    from: 'src/entry/cli-blame-show-status.ts',
    to: 'dist/read.js',
    only: 'extension',
    apart: { ...PARTS, zod: './zod.js' },
  },
  permissions: {
    from: 'src/provenance/assistants/permissions/permission-places.ts',
    to: 'dist/permissions.js',
    only: 'extension',
  },
  prompt: { from: 'src/guard/hook/prompt-excerpt.ts', to: 'dist/prompt.js', only: 'extension', apart: PARTS },
  'put-hooks-back': { from: 'src/cli/repair-hooks-now.ts', to: 'dist/put-hooks-back.js', apart: SHARED },
  'agents-messages': { from: 'src/cli/agents-trailers-and-unknown-lines.ts', to: 'dist/agents-messages.js' },
  secrets: { from: 'src/danger/analyzers/secrets/run-secretlint.ts', to: 'dist/secrets.js' },
  command: { from: 'src/guard/effects-of-commands-and-tools.ts', to: 'dist/command.js' },
  'run-approval': {
    from: 'src/guard/run-approval/index.ts',
    to: 'dist/run-approval.js',
    apart: { ...SHARED, 'src/policy/file/parse.ts': './policy.js' },
  },
  'sign-offs': {
    from: 'src/review/gate/sign-offs/index.ts',
    to: 'dist/sign-offs.js',
    apart: { ...SHARED, 'src/policy/file/parse.ts': './policy.js', zod: './zod.js', yaml: './yaml.js' },
  },
  rehearsal: {
    from: 'src/aftermath/rehearsal/index.ts',
    to: 'dist/rehearsal.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  'data-export': {
    from: 'src/aftermath/export/index.ts',
    to: 'dist/data-export.js',
    apart: { ...SHARED, 'src/aftermath/report/index.ts': './report.js' },
  },
  report: {
    from: 'src/aftermath/report/index.ts',
    to: 'dist/report.js',
    apart: {
      ...SHARED,
      'src/danger/find-in-changes.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      zod: './zod.js',
      yaml: './yaml.js',
    },
  },
  ...Object.fromEntries(
    FORGES.map((name): [string, Entry] => [
      `forge-${name}`,
      {
        from: `src/review/forges/${name}/forge-client.ts`,
        to: `dist/forge-${name}.js`,
        apart: { zod: './zod.js' },
      },
    ]),
  ),
  'forge-api': { from: 'src/review/forges/client-parts/index.ts', to: 'dist/forge-api.js', apart: { zod: './zod.js' } },
  settle: { from: 'src/provenance/commits/settle/index.ts', to: 'dist/settle.js' },
  policy: { from: 'src/policy/file/parse.ts', to: 'dist/policy.js', apart: { zod: './zod.js', yaml: './yaml.js' } },
  'incident-files': {
    from: 'src/policy/incidents/parse.ts',
    to: 'dist/incident-files.js',
    apart: { 'src/policy/file/parse.ts': './policy.js', zod: './zod.js', yaml: './yaml.js' },
  },
  'after-merge': {
    from: 'src/aftermath/index.ts',
    to: 'dist/after-merge.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  verbs: {
    from: 'src/cli/verbs/index.ts',
    to: 'dist/verbs.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  extension: { from: 'src/entry/extension.ts', to: 'dist/extension.js', only: 'extension' },
  editor: {
    from: 'src/entry/extension-main.ts',
    to: 'dist/editor.js',
    only: 'extension',
    external: ['vscode'],
    apart: {
      ...SHARED,
      'src/danger/find-in-changes.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/provenance/commits/settle/index.ts': './settle.js',
      'src/review/request/index.ts': './review-request.js',
      'src/review/gate/sign-offs/index.ts': './sign-offs.js',
      'src/policy/incidents/parse.ts': './incident-files.js',
      'src/aftermath/index.ts': './after-merge.js',
      'src/editor/background/helper-program.ts': './background.js',
    },
    late: ['./settle.js'],
  },
  background: {
    from: 'src/editor/background/helper-program.ts',
    to: 'dist/background.js',
    apart: {
      'src/danger/find-in-changes.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/policy/incidents/parse.ts': './incident-files.js',
      'src/provenance/commits/settle/index.ts': './settle.js',
      'src/guard/effects-of-commands-and-tools.ts': './command.js',
      'src/review/request/index.ts': './review-request.js',
      'src/review/gate/sign-offs/index.ts': './sign-offs.js',
    },
    late: ['./settle.js', './command.js'],
  },
  helper: { from: 'src/entry/helper.ts', to: 'dist/helper.js', only: 'extension', apart: SHARED },
  relay: { from: 'src/entry/helper-launcher.ts', to: 'dist/relay.js', only: 'extension' },
  uninstall: { from: 'src/entry/extension-uninstalled.ts', to: 'dist/uninstall.js', only: 'extension' },
  fill: { from: 'src/entry/transcript-worker.ts', to: 'dist/fill.js', only: 'extension' },
  'review-request': {
    from: 'src/review/request/index.ts',
    to: 'dist/review-request.js',
    apart: {
      ...SHARED,
      'src/danger/find-in-changes.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/policy/incidents/parse.ts': './incident-files.js',
      zod: './zod.js',
    },
  },
  danger: {
    from: 'src/danger/find-in-changes.ts',
    to: 'dist/danger.js',
    apart: {
      'src/danger/analyzers/secrets/run-secretlint.ts': './secrets.js',
      'src/danger/syntax/load-parser.ts': './syntax.js',
      yaml: './yaml.js',
    },
    late: ['./syntax.js', './yaml.js'],
  },
  syntax: { from: 'src/danger/syntax/load-parser.ts', to: 'dist/syntax.js' },
  zod: { from: 'zod', to: 'dist/zod.js' },
  yaml: { from: 'yaml', to: 'dist/yaml.js' },
};

/** What is released as a set of bundles. The command line is the extension without what only an editor starts. */
export type Product = 'extension' | 'command-line' | 'action';

/** Started by an editor, and by nothing else. */
const STARTED_BY_EDITOR = ['extension', 'editor', 'fill'];

/** The names of the bundles that a product is made of. */
const namesOf = (product: Product): readonly string[] =>
  Object.entries(ENTRIES).flatMap(([name, { only }]) =>
    product === 'command-line'
      ? only === 'action' || STARTED_BY_EDITOR.includes(name)
        ? []
        : [name]
      : only === undefined || only === product
        ? [name]
        : [],
  );

/** The files that a product is made of, relative to the top folder. */
export const bundlesOf = (product: Product): readonly string[] =>
  namesOf(product).map((name) => ENTRIES[name]?.to ?? '');

/** Where the products' grammars and bundles have code of others: files in `node_modules`. Builds the bundles in memory. */
export async function filesOfOthers(products: readonly Product[]): Promise<readonly string[]> {
  const names = new Set(products.flatMap(namesOf));
  const files = new Set(GRAMMAR_FILES.map(({ from }) => path.join(ROOT, from)));
  for (const name of names)
    for (const file of await contentsOf(name)) if (file.includes('node_modules/')) files.add(path.resolve(ROOT, file));
  return [...files];
}

/** Bundles that only export functions and are loaded when one of these is called, whichever bundle needs them. */
const ALWAYS_LATE = ['./danger.js', './permissions.js'];

/** The packages that grammars come from; those of most languages are in one. */
const GRAMMAR_SOURCES: Readonly<Record<string, string>> = {
  [RUNTIME]: '@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm',
  [GRAMMARS.hcl]: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm',
};

/** The grammars that are packed next to the bundles, and their sources. Relative to the top folder. */
export const GRAMMAR_FILES: readonly { readonly from: string; readonly to: string }[] = [
  RUNTIME,
  ...Object.values(GRAMMARS),
].map((file) => ({
  from: `node_modules/${GRAMMAR_SOURCES[file] ?? `@vscode/tree-sitter-wasm/wasm/tree-sitter-${file}`}`,
  to: `dist/grammars/${file}.br`,
}));

/** A WebAssembly module without the sections that only a debugger reads. */
function withoutNames(module: Buffer): Buffer {
  const kept: Buffer[] = [module.subarray(0, 8)];
  for (let at = 8; at < module.length;) {
    let [length, shift, body] = [0, 0, at + 1];
    for (let more = true; more; body++, shift += 7) {
      const byte = module[body] ?? 0;
      length += (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    const name = module.toString('latin1', body + 1, body + 1 + (module[body] ?? 0)); // shorter than 128 bytes
    if (module[at] !== 0 || !['name', 'sourceMappingURL'].includes(name)) kept.push(module.subarray(at, body + length));
    at = body + length;
  }
  return Buffer.concat(kept);
}

/** With Brotli (RFC 7932): a fifth smaller than in the package's own ZIP, and unpacked in some milliseconds. */
const packed = (module: Buffer, quality: number): Buffer =>
  brotliCompressSync(module, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });

/** A packed grammar in fewer bytes: a twentieth less, for ten times the processor's time. */
export const packedMore = (grammar: Buffer): Buffer => packed(brotliDecompressSync(grammar), 10);

function packGrammars(): string {
  mkdirSync(path.join(ROOT, 'dist/grammars'), { recursive: true });
  for (const { from, to } of GRAMMAR_FILES)
    writeFileSync(path.join(ROOT, to), packed(withoutNames(readFileSync(path.join(ROOT, from))), 9));
  const bytes = GRAMMAR_FILES.reduce((sum, { to }) => sum + statSync(path.join(ROOT, to)).size, 0);
  return `${'dist/grammars'.padEnd(20)} ${String(Math.round(bytes / 1024)).padStart(6)} KB`;
}

function optionsOf(entry: Entry, debug = false): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: [entry.from],
    outfile: entry.to,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'], // jsonc-parser's other form hides its files from bundlers
    format: 'cjs',
    target: TARGET,
    minify: !debug,
    legalComments: 'none',
    charset: 'ascii', // src/entry/code-cache/load-bundle.ts reads each byte as a character
    sourcemap: debug ? 'linked' : false,
    logLevel: 'warning',
    external: [...(entry.external ?? [])],
    supported: { 'dynamic-import': false }, // `require` in its place: starting Node's other loader takes a quarter of Node's own start
    plugins: [keepApart(entry), unusedGoes, oneLanguage, plainRequire, loadLate, askOnce, answered],
    ...(entry.banner === undefined ? {} : { banner: { js: entry.banner } }),
  };
}

/** Leaves the import of a separate bundle to run time. */
function keepApart({ apart = {}, late = [] }: Entry): Plugin {
  const bundles = new Map(
    Object.entries({ ...FORGE_PARTS, ...apart }).map(([source, bundle]) => [
      source.startsWith('src/') ? path.join(ROOT, source) : source,
      bundle,
    ]),
  );
  return {
    name: 'keep-apart',
    setup(context) {
      context.onResolve({ filter: /./ }, ({ path: wanted, resolveDir, kind, namespace }) => {
        if (namespace === 'late-part') return { path: wanted, external: true };
        const file = path.resolve(resolveDir, wanted);
        const bundle =
          kind === 'entry-point'
            ? undefined
            : (bundles.get(wanted) ?? bundles.get(`${file}.ts`) ?? bundles.get(path.join(file, 'index.ts')));
        return bundle === undefined
          ? undefined
          : {
              path: bundle,
              sideEffects: false,
              ...(late.includes(bundle) || ALWAYS_LATE.includes(bundle)
                ? { namespace: 'late-part' }
                : { external: true }),
            };
      });
      context.onLoad({ filter: /./, namespace: 'late-part' }, async ({ path: bundle }) => {
        const [source] = [...bundles].find(([, one]) => one === bundle) ?? [];
        const names = source === undefined ? [] : await exportsOf(source);
        return {
          resolveDir: ROOT,
          contents: [
            `let all; const load = () => (all ??= require(${JSON.stringify(bundle)}));`,
            ...names.map((name) => `export function ${name}(...words) { ${calls(`load().${name}`)} }`),
          ].join('\n'),
        };
      });
    },
  };
}

/** Statements that call a function with `words`, or make an object of a class. */
const calls = (named: string): string => `return new.target ? new (${named})(...words) : ${named}(...words);`;

/** The names that a source file or a package exports. */
async function exportsOf(source: string): Promise<readonly string[]> {
  if (!source.startsWith('src/') && !path.isAbsolute(source))
    return Object.keys(createRequire(import.meta.url)(source) as object); // a package
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

/** CommonJS modules do not declare that they are free of side effects, and would be kept even when unused. */
const unusedGoes: Plugin = {
  name: 'unused-goes',
  setup(context) {
    context.onResolve({ filter: /^diff-sequences$/ }, () => ({
      path: createRequire(import.meta.url).resolve('diff-sequences'),
      sideEffects: false,
    }));
  },
};

/** Zod includes its messages in fifty languages, half of its size; we have our own. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup(context) {
    context.onResolve({ filter: /\/locales\/index\.js$/ }, ({ path: name, importer }) =>
      /[\\/]zod[\\/]/.test(importer) ? { path: name, namespace: 'no-languages' } : undefined,
    );
    context.onLoad({ filter: /./, namespace: 'no-languages' }, () => ({ contents: 'export {};' }));
  },
};

/**
 * The parser's library creates its own `require` through an import that the bundles' loader (src/entry/code-cache) does not
 * allow. The bundle has one.
 */
const plainRequire: Plugin = {
  name: 'plain-require',
  setup(context) {
    context.onLoad({ filter: /tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/ }, ({ path: file }) => {
      const own =
        /const \{ createRequire \} = await import\("module"\);\s*var require = createRequire\(getCurrentScriptUrl\(\)\);/;
      const source = readFileSync(file, 'utf8');
      if (!own.test(source))
        throw new Error(`${file} makes its "require" in another way: see whether the bundle still loads`);
      return { contents: source.replace(own, '') };
    });
  },
};

/** Node modules that take milliseconds to load, and that most hooks never use. */
const LATE = ['crypto', 'child_process', 'os'];

/** Defers loading them until one of their functions is called; only functions can be imported. */
const loadLate: Plugin = {
  name: 'load-late',
  setup(context) {
    context.onResolve({ filter: new RegExp(`^node:(?:${LATE.join('|')})$`) }, ({ path: name, namespace }) =>
      namespace === 'late' ? { path: name, external: true } : { path: name, namespace: 'late', sideEffects: false },
    );
    context.onLoad({ filter: /./, namespace: 'late' }, ({ path: name }) => {
      const functions = Object.entries(createRequire(import.meta.url)(name) as object).flatMap(([key, value]) =>
        typeof value === 'function' ? [key] : [],
      ); // a Node module
      return {
        contents: functions
          .map((key) => `export const ${key} = (...words) => require(${JSON.stringify(name)}).${key}(...words);`)
          .join('\n'),
      };
    });
  },
};

/**
 * Node modules that nearly every file of ours imports, and that load nothing more when one of their functions is named.
 * Requiring them fifty times takes a tenth of Node's own start-up time.
 */
const OFTEN = ['fs', 'path'];

/** Requires them once per bundle, and imports from them only what is used. */
const askOnce: Plugin = {
  name: 'ask-once',
  setup(context) {
    context.onResolve({ filter: new RegExp(`^node:(?:${OFTEN.join('|')})$`) }, ({ path: name, namespace }) =>
      namespace === 'once' ? { path: name, external: true } : { path: name, namespace: 'once', sideEffects: false },
    );
    context.onLoad({ filter: /./, namespace: 'once' }, ({ path: name }) => {
      const names = Object.keys(createRequire(import.meta.url)(name) as object).filter((key) =>
        /^[A-Za-z]\w*$/.test(key),
      ); // a Node module
      return {
        contents: [
          `const all = /* @__PURE__ */ require(${JSON.stringify(name)});`,
          'export default all;',
          ...names.map((key) => `export const ${key} = /* @__PURE__ */ (() => all.${key})();`),
        ].join('\n'),
      };
    });
  },
};

/** Bundles what `programsOfRows` answers in place of the function: a hook would make all rows to find it. */
const answered: Plugin = {
  name: 'answered',
  setup(context) {
    context.onLoad({ filter: /[\\/]programs-of-rows\.ts$/ }, async ({ path: file }) => {
      const { programsOfRows } = (await import(pathToFileURL(file).href)) as {
        programsOfRows: () => readonly NamesOfGroup[];
      };
      const groups = programsOfRows().map(
        ({ exact, open }) => `{ exact: ${JSON.stringify(exact)}, open: [${open.map(String).join(', ')}] }`,
      );
      return { contents: `export const programsOfRows = () => [${groups.join(', ')}];` };
    });
  },
};

/** The command line: the program that is started, and everything that it may load. */
const PROGRAMS = [
  'cli',
  'main',
  'record',
  'hook',
  'read',
  'background',
  'helper',
  'relay',
  'zod',
  'yaml',
  'danger',
  'syntax',
  ...Object.values(PARTS).map((file) => path.basename(file, '.js')),
];

export interface BuildBundlesOptions {
  /** See `buildBundles`. Default: false. */
  readonly debug?: boolean;
  /** A file to write what each bundle is made of into: esbuild's outputs by the bundle's name. Default: none. */
  readonly contents?: string;
}

interface BuiltBundle {
  /** To print. */
  readonly line: string;
  readonly outputs: Outputs;
}

/** The variable that names the file of `contents`, for tests that run right behind the build. */
export const CONTENTS_VARIABLE = 'LINEKEEPER_BUNDLE_CONTENTS';

/**
 * Builds the named bundles, `cli` with all of its parts, and returns the lines to print. `debug` is for a debugger:
 * readable, with source maps beside them. Throws when one can't be built or is unknown.
 */
export async function buildBundles(
  wanted: readonly string[] = Object.keys(ENTRIES),
  { debug = false, contents }: BuildBundlesOptions = {},
): Promise<string[]> {
  const names = [...new Set(wanted.flatMap((name) => (name === 'cli' ? PROGRAMS : [name])))];
  const entries = names.map((name) => {
    const entry = ENTRIES[name];
    if (entry === undefined)
      throw new Error(`there is no bundle "${name}"; there are: ${Object.keys(ENTRIES).join(', ')}`);
    return entry;
  });
  // At once: one after another they leave most processors idle.
  const bundles = await Promise.all(entries.map((entry) => buildBundle(entry, debug)));
  if (contents !== undefined)
    writeFileSync(contents, JSON.stringify(Object.fromEntries(bundles.map(({ outputs }, at) => [names[at], outputs]))));
  const lines = bundles.map(({ line }) => line);
  if (names.includes('danger')) lines.push(packGrammars());
  return lines;
}

async function buildBundle(entry: Entry, debug: boolean): Promise<BuiltBundle> {
  const file = path.join(ROOT, entry.to);
  // A failed build must not leave an older program behind, nor this one the map of another.
  for (const old of [file, `${file}.map`]) rmSync(old, { force: true });
  const { metafile } = await build({ ...optionsOf(entry, debug), metafile: true });
  if (debug) withPlainComments(file);
  const content = readFileSync(file);
  if (content.some((byte) => byte > 0x7f))
    throw new Error(`${entry.to} is not ASCII: src/entry/code-cache/load-bundle.ts would misread it`);
  appendFileSync(file, `// ${createHash('sha256').update(content).digest('hex').slice(0, 16)}\n`);
  return {
    line: `${entry.to.padEnd(20)} ${String(Math.round(statSync(file).size / 1024)).padStart(6)} KB`,
    outputs: Object.values(metafile.outputs),
  };
}

/** Comments, which only a bundle for a debugger has, are the one place where esbuild leaves what is not ASCII. */
function withPlainComments(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, '?'));
}

/**
 * The source files in a bundle, relative to the repository's root. Builds it in memory. Throws when there is no such
 * bundle.
 */
export async function contentsOf(name: string): Promise<string[]> {
  return (await outputsOf(name)).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/**
 * The Node modules that the bundle requires, one name for each place that does. Throws when there is no such bundle.
 */
export async function askedBy(name: string): Promise<string[]> {
  return (await outputsOf(name)).flatMap(({ imports }) =>
    imports.flatMap(({ path: module, external }) => (external === true ? [module] : [])),
  );
}

type Outputs = readonly Metafile['outputs'][string][];

/** Each bundle is built once for all questions about it. */
const built = new Map<string, Promise<Outputs>>();

function outputsOf(name: string): Promise<Outputs> {
  const outputs = built.get(name) ?? buildOutputs(name);
  built.set(name, outputs);
  return outputs;
}

async function buildOutputs(name: string): Promise<Outputs> {
  const file = process.env[CONTENTS_VARIABLE];
  const known = file === undefined ? undefined : (written ??= outputsIn(file))[name];
  if (known !== undefined) return known;
  const entry = ENTRIES[name];
  if (entry === undefined)
    throw new Error(`there is no bundle "${name}"; there are: ${Object.keys(ENTRIES).join(', ')}`);
  const { metafile } = await build({ ...optionsOf(entry), write: false, metafile: true });
  return Object.values(metafile.outputs);
}

/** What the build before the tests wrote, read once. */
let written: Readonly<Record<string, Outputs>> | undefined;

const outputsIn = (file: string): Readonly<Record<string, Outputs>> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs>; // written by `buildBundles`

/** Prints the lines of a build; an error is printed on standard error and the exit code is 1. */
export function printed(work: Promise<readonly string[]>): void {
  work.then(
    (lines) => console.log(lines.join('\n')),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const names = words.filter((word) => word !== '--debug');
  printed(buildBundles(names.length > 0 ? names : undefined, { debug: words.includes('--debug') }));
}
