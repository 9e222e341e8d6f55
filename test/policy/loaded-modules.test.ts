import assert from 'node:assert/strict';
import path from 'node:path';
import { build } from 'esbuild';

const TOP = path.resolve(import.meta.dirname, '../..');

/** The packages that are loaded as soon as the module is. */
async function loadedWith(module: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: { entry: path.join(TOP, module) },
    bundle: true,
    platform: 'node',
    format: 'esm',
    splitting: true,
    write: false,
    outdir: 'nowhere',
    metafile: true,
    logLevel: 'error',
    absWorkingDir: TOP,
  });
  const outputs = new Map(Object.entries(metafile.outputs));
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const one of outputs.get(name)?.imports ?? []) if (one.kind === 'import-statement') visit(one.path);
  };
  visit('nowhere/entry.js');
  const inputs = [...seen].flatMap((name) => Object.keys(outputs.get(name)?.inputs ?? {}));
  return [...new Set(inputs.flatMap((input) => /node_modules\/([^/]+)/.exec(input)?.[1] ?? []))];
}

describe('modules loaded by src/policy', () => {
  it('its index and load read neither YAML nor zod', async function () {
    this.timeout(20_000);
    assert.deepEqual(await loadedWith('src/policy/index.ts'), []);
    const source = await loadedWith('src/policy/load/index.ts');
    assert.ok(!source.includes('zod') && !source.includes('yaml'), source.join());
  });

  it('its parser reads both', async function () {
    this.timeout(20_000);
    const heavy = await loadedWith('src/policy/file/parse.ts');
    assert.ok(heavy.includes('zod') && heavy.includes('yaml'), heavy.join());
  });
});
