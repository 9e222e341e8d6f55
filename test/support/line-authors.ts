/** Who wrote the lines of a file, as the record on disk says it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Author, LineRange } from '../../src/provenance/authorship';
import { statusOf } from '../../src/provenance/commits';
import { Repository } from '../../src/git';

const LETTER: Readonly<Record<Author, string>> = { ai: 'A', human: 'H', unknown: '?' };

/**
 * Each line with a letter before it: `A`, `H`, `?` for changed lines, `.` for those that are as they were; then `-` and
 * a letter for removed ones. `root`: of the work tree, `file`: in it.
 */
export async function linesWithAuthors(root: string, file: string, now: () => number = Date.now): Promise<string[]> {
  const repository = Repository.find(root);
  assert.ok(repository);
  const { files } = await statusOf(repository, now);
  const change = files.find((one) => one.path === file);
  const letterOf = (ranges: readonly LineRange[], line: number): string | undefined => {
    const range = ranges.find((one) => one.start <= line && line <= one.end);
    return range && LETTER[range.author];
  };
  const place = path.join(root, file);
  const lines = existsSync(place) ? readFileSync(place, 'utf8').split('\n') : [];
  if (lines.at(-1) === '') lines.pop();
  const removed = (change?.removed ?? []).flatMap((range) =>
    Array.from({ length: range.end - range.start + 1 }, () => `-${LETTER[range.author]}`),
  );
  return [...lines.map((text, index) => `${letterOf(change?.ranges ?? [], index + 1) ?? '.'} ${text}`), ...removed];
}
