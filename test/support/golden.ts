/**
 * Files that contain a program's expected output. Rewritten with `UPDATE_GOLDEN=1`; a missing one fails.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TOP = path.resolve(import.meta.dirname, '../..');

/** Compares `actual` with the file (relative to the repository's top), or writes it if requested. */
export function matchesGolden(file: string, actual: string): void {
  const place = path.join(TOP, file);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(place, actual);
    return;
  }
  let expected: string;
  try {
    expected = readFileSync(place, 'utf8');
  } catch (error) {
    throw new Error(`${file} is missing: write it with UPDATE_GOLDEN=1`, { cause: error });
  }
  assert.equal(
    actual,
    expected,
    `${file} is not what the program makes: look at the difference, then write it again with UPDATE_GOLDEN=1`,
  );
}
