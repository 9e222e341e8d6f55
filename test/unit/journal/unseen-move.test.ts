import assert from 'node:assert/strict';
import { attributeLines, compareLines, splitLines } from '../../../src/attribution';
import { replay, type By, type JournalRecord, type KeptOperation } from '../../../src/journal';
import { KeptContents } from '../../support/kept';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

const BASE = 'if (first) {\nlet second = other;\nreturn last;\n';
const FIRST = 'harbour token river const;\n';
const MOVED = 'sailor owner distant count;';

/** An assistant writes two lines; then a save tells what became of them. Gives `line author` of the lines that are there. */
function authors(operations: readonly KeptOperation[]): readonly string[] {
  const { keep, content } = new KeptContents();
  const written = `${FIRST}${MOVED}\n${BASE}`;
  const text = operations.reduce((so, { offset, deleted, inserted }) => so.slice(0, offset) + inserted + so.slice(offset + deleted), written);
  const records = [
    { by: AGENT, from: BASE, to: written },
    { by: PERSON, from: written, to: text, operations },
  ].map(({ by, from, to, ...more }, index): { name: string; record: JournalRecord } => ({
    name: `${String(index)}.json`,
    record: { version: 1, kind: 'edit', at: index + 1, by, files: [{ path: 'a.ts', from: keep(from), to: keep(to), ...more, hands: [by] }] },
  }));
  const now = replay(records, content, [{ path: 'a.ts', base: Buffer.from(BASE), target: Buffer.from(text) }], { now: 100 }).get('a.ts') ?? assert.fail('no text');
  return attributeLines(now, compareLines(splitLines(BASE), splitLines(text))).added.map(({ line, by }) => `${String(line)} ${by.author}`);
}

describe('a line that was moved unseen', () => {
  it('is found where it was, and what is behind it keeps its authors', () => {
    const put: readonly KeptOperation[] = [
      { offset: 0, deleted: 0, inserted: MOVED, by: -1 },
      { offset: MOVED.length, deleted: 0, inserted: '\n', by: 0 },
    ];
    const end = MOVED.length + 1 + FIRST.length;
    const taken: KeptOperation = { offset: end, deleted: MOVED.length + 1, inserted: '', by: 0 };
    const typed: KeptOperation = { offset: end + BASE.indexOf(' {'), deleted: 0, inserted: ' && typed', by: 0 };
    const back: KeptOperation = { offset: end + BASE.indexOf('other') + typed.inserted.length, deleted: 0, inserted: 'an', by: -1, back: 0 };
    assert.deepEqual(authors([...put, taken, typed, back]), ['1 ai', '2 ai', '3 human', '4 unknown']);
  });
});
