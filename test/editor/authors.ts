/** Who wrote the lines of files, as the record on disk says it: for suites that drive the editor. */
import assert from 'node:assert/strict';
import type { Author, LineRange } from '../../src/authorship';
import { statusOf } from '../../src/commits';
import { Repository } from '../../src/git';
import { until, type Workspace } from './host';

const LETTER: Readonly<Record<Author, string>> = { ai: 'A', human: 'H', unknown: '?' };

/**
 * Each line with a letter before it: `A`, `H`, `?` for changed lines, `.` for those that are as they were; then `-` and
 * a letter for removed ones.
 */
export async function authorsOf(workspace: Workspace, file: string): Promise<string[]> {
  const repository = Repository.find(workspace.root);
  assert.ok(repository);
  const { files } = await statusOf(repository, Date.now);
  const change = files.find((one) => one.path === file);
  const letterOf = (ranges: readonly LineRange[], line: number): string | undefined => {
    const range = ranges.find((one) => one.start <= line && line <= one.end);
    return range && LETTER[range.author];
  };
  const lines = workspace.has(file) ? workspace.read(file).split('\n') : [];
  if (lines.at(-1) === '') lines.pop();
  const removed = (change?.removed ?? []).flatMap((range) =>
    Array.from({ length: range.end - range.start + 1 }, () => `-${LETTER[range.author]}`),
  );
  return [...lines.map((text, index) => `${letterOf(change?.ranges ?? [], index + 1) ?? '.'} ${text}`), ...removed];
}

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
