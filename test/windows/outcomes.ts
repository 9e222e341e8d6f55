/** Test files that are put into one script and run by Node for Windows. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { runOnWindows } from './wine';

const TOP = path.resolve(import.meta.dirname, '../..');

export interface Outcome {
  readonly name: string;
  readonly outcome: 'passed' | 'skipped' | 'failed';
  readonly why?: string;
}

/** What became of each test in the files, given relative to the top. Throws an AssertionError where one failed. */
export async function outcomesOnWindows(
  files: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-wine-'));
  try {
    const entry = path.join(folder, 'entry.ts');
    const harness = path.join(TOP, 'test/windows/harness');
    writeFileSync(
      entry,
      `import { runAll } from ${JSON.stringify(harness)};\n${files.map((file) => `import ${JSON.stringify(path.join(TOP, file))};`).join('\n')}\nvoid runAll();\n`,
    );
    const bundle = path.join(folder, 'tests.cjs');
    await build({
      entryPoints: [entry],
      outfile: bundle,
      bundle: true,
      ignoreAnnotations: true,
      mainFields: ['module', 'main'], // jsonc-parser's other form can't be bundled
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    });
    const { code, out, err } = await runOnWindows(bundle, env);
    const outcomes = out
      .split(/\r?\n/)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Outcome);
    assert.equal(code, 0, err);
    assert.deepEqual(
      outcomes.filter(({ outcome }) => outcome === 'failed'),
      [],
    );
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
