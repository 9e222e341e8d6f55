/** Who wrote the lines of files, as the record on disk says it: for suites that drive the editor. */
import assert from 'node:assert/strict';
import { linesWithAuthors } from '../support/line-authors';
import { until, type Workspace } from './host';

/**
 * Each line with a letter before it: `A`, `H`, `?` for changed lines, `.` for those that are as they were; then `-` and
 * a letter for removed ones.
 */
export const authorsOf = (workspace: Workspace, file: string): Promise<string[]> =>
  linesWithAuthors(workspace.root, file);

/** Waits until the record says so: it is written a moment after a save. */
export async function expectAuthors(workspace: Workspace, file: string, expected: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  await until(
    async () => {
      last = await authorsOf(workspace, file);
      return JSON.stringify(last) === JSON.stringify(expected);
    },
    { timeout: 20_000, what: `the authors of ${file}` },
  ).catch(() => undefined);
  assert.deepEqual(last, expected);
}
