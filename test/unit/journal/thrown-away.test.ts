import assert from 'node:assert/strict';
import { attributeLines, compareLines, splitLines } from '../../../src/attribution';
import { replay, type JournalRecord } from '../../../src/journal';
import { KeptContents } from '../../support/kept';

const BASE = 'const rate = cost\nlast\n';
const REWRITTEN = 'const rate = sum\nlast\n';
const CHANGED = 'const rate = price\nlast\n';

/** What is said of the work tree's lines, where an assistant rewrote a word and what came then nobody saw but for these contents. */
function authors(...seen: readonly string[]): readonly string[] {
  const { keep, content } = new KeptContents();
  const by = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
  const records: JournalRecord[] = [
    { version: 1, kind: 'edit', at: 1, by, files: [{ path: 'a.ts', from: keep(BASE), to: keep(REWRITTEN) }] },
    ...seen.map((text, i): JournalRecord => ({ version: 1, kind: 'seen', at: i + 2, files: [{ path: 'a.ts', content: keep(text) }] })),
  ];
  const named = records.map((record, i) => ({ name: `${String(i + 1)}.json`, record }));
  const now = replay(named, content, [{ path: 'a.ts', base: Buffer.from(BASE), target: Buffer.from(CHANGED) }], { now: 100 }).get('a.ts') ?? assert.fail('no text');
  const { added, removed } = attributeLines(now, compareLines(splitLines(BASE), splitLines(CHANGED)));
  return [...added, ...removed].map(({ by: { author } }) => author);
}

describe('what an assistant wrote and git threw away', () => {
  it('is nobody\'s, where it is known that the file had its former content again before it was changed', () => assert.deepEqual(authors(BASE), ['unknown', 'unknown']));

  it('seems to have been changed further, where that is not known', () => assert.deepEqual(authors(), ['ai', 'ai']));
});
