/**
 * Bundles the programs into `dist/`. `npm run build` builds all of them; `npm run build -- extension` only those named.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { GRAMMARS, RUNTIME } from '../src/danger/syntax/languages';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** One bundle: a program with everything it needs in one file. */
interface Entry {
  readonly from: string;
  readonly to: string;
  /** Modules that are there at run time, such as the editor's API. */
  readonly external?: readonly string[];
  /**
   * Source files and packages that are bundles of their own: read only when they are asked for, and there only once.
   */
  readonly apart?: Readonly<Record<string, string>>;
  /**
   * Those of its `apart` bundles that are read only when one of their functions is called; they export nothing else.
   */
  readonly late?: readonly string[];
  /** First line of a program that is started by its name. */
  readonly banner?: string;
}

/** The extension host of VS Code 1.93 is Node 20, and so is the oldest Node that the command line runs on. */
const TARGET = 'node20';

/**
 * What the programs of the command line read only when they come to need it, because Node reads and compiles a bundle
 * whole.
 */
const PARTS = {
  'src/assistants/permissions/index.ts': './permissions.js',
  'src/cli/record/prompt.ts': './prompt.js',
  'src/danger/find.ts': './danger.js',
  'src/danger/packs/secrets/detector.ts': './secrets.js',
  'src/guard/command-effects.ts': './command.js',
  'src/forge-api/index.ts': './forge-api.js',
  'src/git/settle.ts': './settle.js',
  'src/policy/file/parse.ts': './policy.js',
  'src/incident-files/parse.ts': './incident-files.js',
  'src/after-merge/index.ts': './after-merge.js',
  'src/rehearsal/index.ts': './rehearsal.js',
  'src/data-export/index.ts': './data-export.js',
  'src/report/index.ts': './report.js',
  'src/run-approval/index.ts': './run-approval.js',
  'src/sign-offs/index.ts': './sign-offs.js',
  'src/entry/cli-commands.ts': './verbs.js',
};

/**
 * Rooms that are in the bundle of the thread in the background (src/editor/background/worker.ts), and that the
 * extension and most verbs take from there.
 */
const SHARED = Object.fromEntries(
  ['attribution', 'journal', 'git', 'policy', 'decision'].map((room) => [`src/${room}/index.ts`, './background.js']),
);

const ENTRIES: Readonly<Record<string, Entry>> = {
  cli: { from: 'src/cli.ts', to: 'dist/cli.js', banner: '#!/usr/bin/env node' },
  action: { from: 'src/entry/action.ts', to: 'dist/action.js' },
  main: { from: 'src/entry/cli-main.ts', to: 'dist/main.js', apart: PARTS },
  record: { from: 'src/entry/cli-record.ts', to: 'dist/record.js', apart: PARTS, late: ['./command.js'] },
  hook: { from: 'src/entry/cli-git-hook.ts', to: 'dist/hook.js', apart: PARTS },
  read: { from: 'src/entry/cli-read.ts', to: 'dist/read.js', apart: { ...PARTS, zod: './zod.js' } },
  permissions: { from: 'src/assistants/permissions/index.ts', to: 'dist/permissions.js' },
  prompt: { from: 'src/cli/record/prompt.ts', to: 'dist/prompt.js', apart: PARTS },
  secrets: { from: 'src/danger/packs/secrets/detector.ts', to: 'dist/secrets.js' },
  command: { from: 'src/guard/command-effects.ts', to: 'dist/command.js' },
  'run-approval': {
    from: 'src/run-approval/index.ts',
    to: 'dist/run-approval.js',
    apart: { ...SHARED, 'src/policy/file/parse.ts': './policy.js' },
  },
  'sign-offs': {
    from: 'src/sign-offs/index.ts',
    to: 'dist/sign-offs.js',
    apart: { ...SHARED, 'src/policy/file/parse.ts': './policy.js', zod: './zod.js', yaml: './yaml.js' },
  },
  rehearsal: {
    from: 'src/rehearsal/index.ts',
    to: 'dist/rehearsal.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  'data-export': {
    from: 'src/data-export/index.ts',
    to: 'dist/data-export.js',
    apart: { ...SHARED, 'src/report/index.ts': './report.js' },
  },
  report: {
    from: 'src/report/index.ts',
    to: 'dist/report.js',
    apart: {
      ...SHARED,
      'src/danger/find.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      zod: './zod.js',
      yaml: './yaml.js',
    },
  },
  'forge-api': { from: 'src/forge-api/index.ts', to: 'dist/forge-api.js', apart: { zod: './zod.js' } },
  settle: { from: 'src/git/settle.ts', to: 'dist/settle.js' },
  policy: { from: 'src/policy/file/parse.ts', to: 'dist/policy.js', apart: { zod: './zod.js', yaml: './yaml.js' } },
  'incident-files': {
    from: 'src/incident-files/parse.ts',
    to: 'dist/incident-files.js',
    apart: { 'src/policy/file/parse.ts': './policy.js', zod: './zod.js', yaml: './yaml.js' },
  },
  'after-merge': {
    from: 'src/after-merge/index.ts',
    to: 'dist/after-merge.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  verbs: {
    from: 'src/entry/cli-commands.ts',
    to: 'dist/verbs.js',
    apart: { ...PARTS, ...SHARED, zod: './zod.js', yaml: './yaml.js' },
  },
  extension: { from: 'src/extension.ts', to: 'dist/extension.js' },
  editor: {
    from: 'src/entry/extension-main.ts',
    to: 'dist/editor.js',
    external: ['vscode'],
    apart: {
      ...SHARED,
      'src/danger/find.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/git/settle.ts': './settle.js',
      'src/review-request/index.ts': './review-request.js',
      'src/forge-api/index.ts': './forge-api.js',
      'src/sign-offs/index.ts': './sign-offs.js',
      'src/incident-files/parse.ts': './incident-files.js',
      'src/after-merge/index.ts': './after-merge.js',
      'src/editor/background/worker.ts': './background.js',
    },
    late: ['./settle.js'],
  },
  background: {
    from: 'src/editor/background/worker.ts',
    to: 'dist/background.js',
    apart: {
      'src/danger/find.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/incident-files/parse.ts': './incident-files.js',
      'src/git/settle.ts': './settle.js',
      'src/guard/command-effects.ts': './command.js',
      'src/review-request/index.ts': './review-request.js',
      'src/sign-offs/index.ts': './sign-offs.js',
    },
    late: ['./settle.js', './command.js'],
  },
  fill: { from: 'src/entry/transcript-worker.ts', to: 'dist/fill.js' },
  'review-request': {
    from: 'src/review-request/index.ts',
    to: 'dist/review-request.js',
    apart: {
      ...SHARED,
      'src/danger/find.ts': './danger.js',
      'src/policy/file/parse.ts': './policy.js',
      'src/incident-files/parse.ts': './incident-files.js',
      zod: './zod.js',
    },
  },
  danger: {
    from: 'src/danger/find.ts',
    to: 'dist/danger.js',
    apart: {
      'src/danger/packs/secrets/detector.ts': './secrets.js',
      'src/danger/syntax/load.ts': './syntax.js',
      yaml: './yaml.js',
    },
    late: ['./syntax.js'],
  },
  syntax: { from: 'src/danger/syntax/load.ts', to: 'dist/syntax.js' },
  zod: { from: 'zod', to: 'dist/zod.js' },
  yaml: { from: 'yaml', to: 'dist/yaml.js' },
};

/** The files that are made, from the top folder. */
export const BUNDLES: readonly string[] = Object.values(ENTRIES).map(({ to }) => to);

/** Bundles that only export functions and are read when one of these is called, whoever needs them. */
const ALWAYS_LATE = ['./danger.js'];

/** The packages that grammars come from; those of most languages are in one. */
const GRAMMAR_SOURCES: Readonly<Record<string, string>> = {
  [RUNTIME]: '@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm',
  [GRAMMARS.hcl]: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm',
};

/** The grammars that are put beside the bundles, and where each is taken from. From the top folder. */
export const GRAMMAR_FILES: readonly { readonly from: string; readonly to: string }[] = [
  RUNTIME,
  ...Object.values(GRAMMARS),
].map((file) => ({
  from: `node_modules/${GRAMMAR_SOURCES[file] ?? `@vscode/tree-sitter-wasm/wasm/tree-sitter-${file}`}`,
  to: `dist/grammars/${file}`,
}));

function copyGrammars(): string {
  mkdirSync(path.join(ROOT, 'dist/grammars'), { recursive: true });
  for (const { from, to } of GRAMMAR_FILES) copyFileSync(path.join(ROOT, from), path.join(ROOT, to));
  const bytes = GRAMMAR_FILES.reduce((sum, { to }) => sum + statSync(path.join(ROOT, to)).size, 0);
  return `${'dist/grammars'.padEnd(20)} ${String(Math.round(bytes / 1024)).padStart(6)} KB`;
}

function optionsOf(entry: Entry): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: [entry.from],
    outfile: entry.to,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'], // jsonc-parser's other form hides its files from bundlers
    format: 'cjs',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    charset: 'ascii', // src/code-cache/load-bundle.ts reads a byte as a character
    sourcemap: false,
    logLevel: 'warning',
    external: [...(entry.external ?? [])],
    supported: { 'dynamic-import': false }, // `require` in its place: starting Node's other loader takes a quarter of Node's own start
    plugins: [keepApart(entry), unusedGoes, oneLanguage, plainRequire, loadLate, askOnce],
    ...(entry.banner === undefined ? {} : { banner: { js: entry.banner } }),
  };
}

/** Leaves an import of what is a bundle of its own to run time. */
function keepApart({ apart = {}, late = [] }: Entry): Plugin {
  const bundles = new Map(
    Object.entries(apart).map(([source, bundle]) => [
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
          contents: names
            .map((name) => `export const ${name} = (...words) => require(${JSON.stringify(bundle)}).${name}(...words);`)
            .join('\n'),
        };
      });
    },
  };
}

/** The names that a source file exports. */
async function exportsOf(source: string): Promise<readonly string[]> {
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

/** Old-style modules do not say that they only define things, and would stay where nothing uses them. */
const unusedGoes: Plugin = {
  name: 'unused-goes',
  setup(context) {
    context.onResolve({ filter: /^diff-sequences$/ }, () => ({
      path: createRequire(import.meta.url).resolve('diff-sequences'),
      sideEffects: false,
    }));
  },
};

/** Zod brings its messages in fifty languages, half of its size; ours are our own. */
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
 * The parser's library makes a `require` of its own through an import that the programs' loader (src/code-cache) does
 * not allow. The bundle has one.
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

/** Modules of Node that take milliseconds to load, and that most hooks do not come to use. */
const LATE = ['crypto', 'child_process', 'os'];

/** Leaves them until the first of their functions is called; only functions can be imported. */
const loadLate: Plugin = {
  name: 'load-late',
  setup(context) {
    context.onResolve({ filter: new RegExp(`^node:(?:${LATE.join('|')})$`) }, ({ path: name, namespace }) =>
      namespace === 'late' ? { path: name, external: true } : { path: name, namespace: 'late', sideEffects: false },
    );
    context.onLoad({ filter: /./, namespace: 'late' }, ({ path: name }) => {
      const functions = Object.entries(createRequire(import.meta.url)(name) as object).flatMap(([key, value]) =>
        typeof value === 'function' ? [key] : [],
      ); // a module of Node
      return {
        contents: functions
          .map((key) => `export const ${key} = (...words) => require(${JSON.stringify(name)}).${key}(...words);`)
          .join('\n'),
      };
    });
  },
};

/**
 * Modules of Node that nearly every file of ours asks for, and that load nothing more when one of their functions is
 * named. To be asked fifty times takes Node a tenth of its own start.
 */
const OFTEN = ['fs', 'path'];

/** Asks Node for them once in a bundle, and takes from them only what is used. */
const askOnce: Plugin = {
  name: 'ask-once',
  setup(context) {
    context.onResolve({ filter: new RegExp(`^node:(?:${OFTEN.join('|')})$`) }, ({ path: name, namespace }) =>
      namespace === 'once' ? { path: name, external: true } : { path: name, namespace: 'once', sideEffects: false },
    );
    context.onLoad({ filter: /./, namespace: 'once' }, ({ path: name }) => {
      const names = Object.keys(createRequire(import.meta.url)(name) as object).filter((key) =>
        /^[A-Za-z]\w*$/.test(key),
      ); // a module of Node
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

/** The command line: what is started, and all that it may come to load. */
const PROGRAMS = [
  'cli',
  'main',
  'record',
  'hook',
  'read',
  'background',
  'zod',
  'yaml',
  'danger',
  'syntax',
  ...Object.values(PARTS).map((file) => path.basename(file, '.js')),
];

/**
 * Builds the named bundles, `cli` with all of its parts, and gives the lines to print. Throws when one can't be built
 * or is not known.
 */
export async function buildBundles(wanted: readonly string[] = Object.keys(ENTRIES)): Promise<string[]> {
  const lines: string[] = [];
  const names = new Set(wanted.flatMap((name) => (name === 'cli' ? PROGRAMS : [name])));
  for (const name of names) {
    const entry = ENTRIES[name];
    if (entry === undefined)
      throw new Error(`there is no bundle "${name}"; there are: ${Object.keys(ENTRIES).join(', ')}`);
    const file = path.join(ROOT, entry.to);
    rmSync(file, { force: true }); // a build that fails leaves no older program behind
    await build(optionsOf(entry));
    const content = readFileSync(file);
    if (content.some((byte) => byte > 0x7f))
      throw new Error(`${entry.to} is not ASCII: src/code-cache/load-bundle.ts would misread it`);
    appendFileSync(file, `// ${createHash('sha256').update(content).digest('hex').slice(0, 16)}\n`);
    lines.push(`${entry.to.padEnd(20)} ${String(Math.round(statSync(file).size / 1024)).padStart(6)} KB`);
  }
  if (names.has('danger')) lines.push(copyGrammars());
  return lines;
}

/**
 * The files, relative to the repository's root, of which something is in a bundle. Builds it in memory. Throws when
 * there is no such bundle.
 */
export async function contentsOf(name: string): Promise<string[]> {
  return (await outputsOf(name)).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/**
 * The modules that the bundle asks Node for, one name for each place that asks. Throws when there is none of that name.
 */
export async function askedBy(name: string): Promise<string[]> {
  return (await outputsOf(name)).flatMap(({ imports }) =>
    imports.flatMap(({ path: module, external }) => (external === true ? [module] : [])),
  );
}

async function outputsOf(name: string): Promise<Metafile['outputs'][string][]> {
  const entry = ENTRIES[name];
  if (entry === undefined)
    throw new Error(`there is no bundle "${name}"; there are: ${Object.keys(ENTRIES).join(', ')}`);
  const { metafile } = await build({ ...optionsOf(entry), write: false, metafile: true });
  return Object.values(metafile.outputs);
}

/** Prints the lines that a build gives; what went wrong is said on standard error and ends in 1. */
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
  const names = process.argv.slice(2);
  printed(buildBundles(names.length > 0 ? names : undefined));
}
