/**
 * Installs the served editor: Node and code-server from npm, a browser and libraries from the system's packages.
 * Everything from npm goes into the cache folder; a second run has nothing to do.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPackages, missingPackages } from './apt';
import { editorPaths, type EditorPaths } from './cache';
import { withLock } from '../../support/lock';
import { run } from './run';
import { makeStockBuild } from './stock-build';
import { VERSIONS } from './versions';

export type Part = 'node' | 'chromium' | 'code-server' | 'stock build';

const BROWSER_PACKAGES = ['chromium', 'fonts-dejavu-core'];
const BUILD_PACKAGES = ['g++', 'make', 'python3'];

/**
 * Those of code-server's native modules without which it does not start, write logs, watch files or open a terminal.
 * Most of them come compiled. To compile the others, a database and a network login, takes a processor a hundred
 * seconds, and nothing here uses them.
 */
const NATIVE_MODULES = ['@parcel/watcher', '@vscode/native-watchdog', '@vscode/spdlog', 'node-pty'];

const OF_ANOTHER_NPM =
  /^(npm_(?!config_)|npm_config_(user_agent|npm_version|node_gyp|prefix|local_prefix|global_prefix)$|INIT_CWD$|NODE$)/;

const codeServerMark = (paths: EditorPaths): string => path.join(paths.cache, 'code-server', '.complete');

/** What still has to be installed, in the order in which it would be. */
export function missingParts(paths = editorPaths()): Part[] {
  const modules = path.join(paths.vscode, 'node_modules');
  const compiled =
    existsSync(path.join(modules, '@vscode', 'spdlog')) &&
    existsSync(path.join(modules, 'node-pty')) &&
    existsSync(codeServerMark(paths));
  const missing: Part[] = [];
  if (!existsSync(paths.node)) missing.push('node');
  if (!existsSync(paths.chromium)) missing.push('chromium');
  if (!compiled || !existsSync(path.join(paths.vscode, 'out', 'server-main.js'))) missing.push('code-server');
  if (!existsSync(path.join(paths.stock, '.complete'))) missing.push('stock build');
  return missing;
}

/** Installs what is missing and gives the places. `log` gets one line before and one after each long step. */
export async function installEditor(log: (line: string) => void = (line) => console.error(line)): Promise<EditorPaths> {
  if (missingParts().length === 0) return editorPaths();
  const { cache } = editorPaths();
  return withLock(path.join(cache, '.lock'), async () => {
    const paths = editorPaths();
    const missing = missingParts(paths);
    const step = async (name: string, work: () => Promise<void> | void): Promise<void> => {
      const start = Date.now();
      log(`test editor: ${name} …`);
      await work();
      log(`test editor: ${name}: ${String(Math.round((Date.now() - start) / 1000))} s`);
    };
    if (missing.includes('node'))
      await step(`Node ${VERSIONS.node} from npm`, () =>
        npmInstall(path.join(cache, 'node'), [`${paths.nodePackage}@${VERSIONS.node}`]),
      );
    const packages = [
      ...(missing.includes('chromium') ? BROWSER_PACKAGES : []),
      ...(missing.includes('code-server') && process.platform === 'linux' ? missingPackages(BUILD_PACKAGES) : []),
    ];
    if (packages.length > 0) await step(`system packages ${packages.join(' ')}`, () => installPackages(packages));
    if (missing.includes('code-server'))
      await step(`code-server ${VERSIONS.codeServer} from npm (a minute or so)`, () => installCodeServer(paths));
    if (missing.includes('stock build') || missing.includes('code-server'))
      await step('a build that grants no proposed API', () => {
        makeStockBuild(paths);
      });
    const left = missingParts();
    if (left.length > 0)
      throw new Error(`the test editor is not complete: ${left.join(', ')} could not be installed into ${cache}`);
    return editorPaths();
  });
}

async function installCodeServer(paths: EditorPaths): Promise<void> {
  // npm takes what an interrupted installation left for installed, and would not compile it.
  rmSync(path.join(paths.cache, 'code-server'), { recursive: true, force: true });
  const node = {
    PATH: `${path.dirname(paths.node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: paths.nodeHome,
  };
  // Its own script would install these two as well, and compile everything.
  await npmInstall(
    path.join(paths.cache, 'code-server'),
    ['--ignore-scripts', `code-server@${VERSIONS.codeServer}`],
    node,
  );
  await npm(paths.vscode, ['install', '--omit=dev', '--ignore-scripts'], node);
  await npm(path.join(paths.vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts'], node);
  await npm(paths.vscode, ['rebuild', ...NATIVE_MODULES], node);
  writeFileSync(codeServerMark(paths), `${VERSIONS.codeServer}\n`);
}

async function npmInstall(folder: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  await npm(folder, ['install', '--no-package-lock', '--prefix', folder, ...words], env);
}

async function npm(folder: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  // What an npm that started us says of itself would be taken for the truth about this one.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_ANOTHER_NPM.test(name)));
  const [command = '', ...rest] = words;
  await run('npm', [command, '--no-audit', '--no-fund', '--loglevel=error', ...rest], {
    cwd: folder,
    env: { ...inherited, ...env },
    timeout: 900_000,
  });
}
