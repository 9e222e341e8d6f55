/** The product's author for each line of one file, given a journal with these records. */
import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines, type Attribution } from '../../src/provenance/authorship';
import { replay, type JournalRecord } from '../../src/provenance/journal';
import { KeptContents } from './kept';

/**
 * The diff between `base`, as in the commit, and `target`, as the file is now. `recordsOf`: what happened, in order.
 */
export function attributed(
  base: string,
  target: string,
  recordsOf: (keep: KeptContents['keep']) => readonly JournalRecord[],
): Attribution {
  const { keep, content } = new KeptContents();
  const records = recordsOf(keep).map((record, index) => ({ name: `${String(index + 1)}.json`, record }));
  const now =
    replay(records, content, [{ path: 'a.ts', base: Buffer.from(base), target: Buffer.from(target) }], {
      now: 100,
    }).get('a.ts') ?? assert.fail('no text');
  return attributeLines(now, diffLines(splitLines(base), splitLines(target)));
}
