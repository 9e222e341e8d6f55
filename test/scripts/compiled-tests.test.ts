import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { TOP } from '../../scripts/test/areas';
import { COMPILED, compiledOf, placeInSource, sourceOf } from '../../scripts/test/compiled-names';

const source = path.join(TOP, 'test', 'policy', 'glob.test.ts');

it('compiled file: names its source again when that is asked for', () => {
  assert.equal(compiledOf(source), path.join(COMPILED, 'test', 'policy', 'glob.test.js'));
  assert.equal(sourceOf(compiledOf(source)), source);
});

it('place in a stack: stays as it is when its file was not compiled', () => {
  const line = `    at Context.<anonymous> (${source}:3:5)`;
  assert.equal(placeInSource(line), line);
});

it('place in a stack: is that of the source when its file was compiled', async () => {
  const folder = path.join(COMPILED, `places-${String(process.pid)}`);
  mkdirSync(folder, { recursive: true });
  try {
    const typed = path.join(folder, 'thrown.ts');
    const file = path.join(folder, 'thrown.js');
    writeFileSync(typed, 'interface Unused {\n  readonly a: string;\n}\n\nthrow new Error("x");\n');
    await build({ entryPoints: [typed], outfile: file, format: 'cjs', sourcemap: 'external', logLevel: 'silent' });
    const place = `${sourceOf(file)}:5:1`;
    assert.equal(placeInSource(`    at Object.<anonymous> (${file}:2:1)`), `    at Object.<anonymous> (${place})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
