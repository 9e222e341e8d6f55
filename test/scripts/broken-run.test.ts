import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMocha } from '../../scripts/test/mocha';

describe('a run of test files that ends before its tests do', () => {
  it('names the test after which it ended', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-broken-run-'));
    try {
      const file = path.join(folder, 'crash.test.ts');
      writeFileSync(file, "it('ends well', () => {});\nit('ends the process', () => { process.exit(7); });\n");
      const { tests, broken } = await runMocha([file], {}, { test: () => undefined, line: () => undefined });
      assert.deepEqual(
        tests.map(({ title }) => title),
        ['ends well'],
      );
      assert.match(broken[0]?.why ?? '', /ended with 7\nThe last test that ended: .*crash\.test\.ts, ends well/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
