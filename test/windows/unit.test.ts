/**
 * Unit tests of what differs between systems, under Node for Windows: with its own `path`, and a file system that does
 * not tell upper from lower case. Elsewhere it needs Wine; without it, they are skipped.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { hasWindows, runOnWindows } from './wine';

const TOP = path.resolve(import.meta.dirname, '../..');
/** Files whose tests start no program of a POSIX system. */
const FILES = [
  'test/unit/platform/paths.test.ts',
  'test/unit/platform/real-names.test.ts',
  'test/unit/platform/processes.test.ts',
  'test/unit/platform/programs.test.ts',
  'test/unit/platform/shells.test.ts',
  'test/unit/windows/guard.test.ts',
  'test/windows/inside/disk.ts',
  'test/windows/inside/cmd.ts',
  'test/windows/inside/programs.ts',
];

interface Outcome {
  readonly name: string;
  readonly outcome: 'passed' | 'skipped' | 'failed';
  readonly why?: string;
}

describe('under Node for Windows', function () {
  this.timeout(600_000);

  it('the unit tests of paths, names, processes, programs, shells, hooks and the guard pass', async function () {
    if (!hasWindows()) {
      console.log('There is no "wine" here, so nothing is tried under Windows. On Debian: apt-get install wine wine64');
      this.skip();
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-wine-'));
    try {
      const entry = path.join(folder, 'entry.ts');
      const harness = path.join(TOP, 'test/windows/harness');
      writeFileSync(
        entry,
        `import { runAll } from ${JSON.stringify(harness)};\n${FILES.map((file) => `import ${JSON.stringify(path.join(TOP, file))};`).join('\n')}\nvoid runAll();\n`,
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
      const { code, out, err } = await runOnWindows(bundle);
      const outcomes = out
        .split(/\r?\n/)
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Outcome);
      assert.equal(code, 0, err);
      assert.deepEqual(
        outcomes.filter(({ outcome }) => outcome === 'failed'),
        [],
      );
      const passed = outcomes.filter(({ outcome }) => outcome === 'passed').length;
      console.log(`${String(passed)} unit tests passed under Node for Windows`);
      assert.ok(passed > 150, `only ${String(passed)} ran`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
