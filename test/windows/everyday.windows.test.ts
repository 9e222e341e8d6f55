/**
 * A day's work with git, its hooks and the command line under Windows. Elsewhere it needs Wine, and `LINEKEEPER_WINDOWS`:
 * a folder with a `git.exe` and an `sh.exe`. Without them, it is skipped.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isWindows } from '../../src/base/platform';
import { builtCli, CLI } from '../support/product';
import { outcomesOnWindows } from './outcomes';
import { hasWindows, namedForWindows } from './wine';

const NEEDED = ['git.exe', 'sh.exe'];

describe('a day under Windows', function () {
  this.timeout(900_000);

  it('commits have their trailers and notes, and keep them', async function () {
    const tools = process.env['LINEKEEPER_WINDOWS'];
    const env: Record<string, string> = { LINEKEEPER_CLI: namedForWindows(CLI) };
    if (!isWindows()) {
      if (tools === undefined || !hasWindows()) {
        console.log('LINEKEEPER_WINDOWS names no folder with git.exe and sh.exe, so no day is tried under Windows.');
        this.skip();
      }
      for (const name of NEEDED)
        assert.ok(existsSync(path.join(tools, name)), `LINEKEEPER_WINDOWS is ${tools}, in which there is no ${name}`);
      env['WINEPATH'] = namedForWindows(tools);
    }
    await builtCli();
    const outcomes = await outcomesOnWindows(['test/windows/inside/everyday.ts'], env);
    assert.ok(outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'passed'));
  });
});
