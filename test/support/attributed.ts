/** Who the product names for each line of one file, when its journal has these records. */
import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines, type Attribution } from '../../src/attribution';
import { replay, type JournalRecord } from '../../src/journal';
import { KeptContents } from './kept';

/**
 * What differs between `base`, which the commit has, and `target`, which the file has by now. `recordsOf`: what
 * happened, one after another.
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
