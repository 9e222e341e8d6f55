/**
 * Unit tests of what differs between systems, under Node for Windows: with its own `path`, and a file system that does
 * not tell upper from lower case. Elsewhere it needs Wine; without it, they are skipped.
 */
import assert from 'node:assert/strict';
import { outcomesOnWindows } from './outcomes';
import { hasWindows } from './wine';

/** Files whose tests start no program of a POSIX system. */
const FILES = [
  'test/base/platform/posix-and-windows-paths.test.ts',
  'test/base/platform/real-path-within-folder.test.ts',
  'test/base/platform/look-up-process.test.ts',
  'test/base/platform/program-to-spawn.test.ts',
  'test/base/platform/shells-and-quoting.test.ts',
  'test/guard/windows-paths.test.ts',
  'test/windows/inside/disk.ts',
  'test/windows/inside/cmd.ts',
  'test/windows/inside/programs.ts',
];

describe('under Node for Windows', function () {
  this.timeout(600_000);

  it('the unit tests of paths, names, processes, programs, shells, hooks and the guard pass', async function () {
    if (!hasWindows()) {
      console.log('There is no "wine" here, so nothing is tried under Windows. On Debian: apt-get install wine wine64');
      this.skip();
    }
    const outcomes = await outcomesOnWindows(FILES);
    const passed = outcomes.filter(({ outcome }) => outcome === 'passed').length;
    console.log(`${String(passed)} unit tests passed under Node for Windows`);
    assert.ok(passed > 150, `only ${String(passed)} ran`);
  });
});
