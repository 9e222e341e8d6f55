/**
 * Our own test extensions (written in TypeScript) as VSIX files, to be installed like any other.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { cacheFolder } from '../../support/cache';
import { run } from './run';

const PROBE = path.join(import.meta.dirname, 'probe');
const COMPLETIONS = path.resolve(import.meta.dirname, '../completions');

/** Runs a test's code inside the extension host and records what an extension sees. */
export const probeVsix = (): Promise<string> => packed(PROBE);

/** Offers inline completions, see its `extension.ts`. */
export const completionsVsix = (): Promise<string> => packed(COMPLETIONS);

/** The same in the place of GitHub Copilot, which it is newer than: idle until something is typed that it knows. */
export const copilotVsix = (): Promise<string> =>
  packed(COMPLETIONS, { publisher: 'GitHub', name: 'copilot-chat', version: '99.0.0', displayName: 'GitHub Copilot' });

/**
 * The VSIX of `folder/extension.ts` and `folder/package.json`, with other properties in it; kept in the cache folder by
 * its content.
 */
async function packed(folder: string, properties: Readonly<Record<string, string>> = {}): Promise<string> {
  const bundle = await build({
    entryPoints: [path.join(folder, 'extension.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'silent',
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  const manifest = JSON.stringify({
    ...(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as object),
    ...properties,
  });
  const name = `${properties['name'] ?? path.basename(folder)}-${createHash('sha256').update(manifest).update(code).digest('hex').slice(0, 16)}`;
  const file = path.join(cacheFolder('test-extensions'), `${name}.vsix`);
  if (existsSync(file)) return file;
  const draft = `${path.join(path.dirname(file), name)}.${String(process.pid)}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(path.join(draft, 'package.json'), manifest);
  writeFileSync(path.join(draft, 'extension.js'), code);
  const vsce = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
  const flags = ['--skip-license', '--allow-missing-repository', '--allow-star-activation', '--no-dependencies'];
  await run(process.execPath, [vsce, 'package', '--out', `${draft}.vsix`, ...flags], { cwd: draft });
  renameSync(`${draft}.vsix`, file);
  rmSync(draft, { recursive: true });
  return file;
}
