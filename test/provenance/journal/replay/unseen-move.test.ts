import assert from 'node:assert/strict';
import type { By, KeptOperation } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

const BASE = 'if (first) {\nlet second = other;\nreturn last;\n';
const FIRST = 'harbour token river const;\n';
const MOVED = 'sailor owner distant count;';

/**
 * An assistant writes two lines; then a save tells what became of them. Gives `line author` of the lines that are
 * there.
 */
function authors(operations: readonly KeptOperation[]): readonly string[] {
  const written = `${FIRST}${MOVED}\n${BASE}`;
  const text = operations.reduce(
    (so, { offset, deleted, inserted }) => so.slice(0, offset) + inserted + so.slice(offset + deleted),
    written,
  );
  const { added } = attributed(BASE, text, (keep) => [
    {
      version: 1,
      kind: 'edit',
      at: 1,
      by: AGENT,
      files: [{ path: 'a.ts', from: keep(BASE), to: keep(written), hands: [AGENT] }],
    },
    {
      version: 1,
      kind: 'edit',
      at: 2,
      by: PERSON,
      files: [{ path: 'a.ts', from: keep(written), to: keep(text), operations, hands: [PERSON] }],
    },
  ]);
  return added.map(({ line, by }) => `${String(line)} ${by.author}`);
}

describe('attribution around a line that was moved unrecorded', () => {
  it('the line is found in its old place, and those after it keep their authors', () => {
    const put: readonly KeptOperation[] = [
      { offset: 0, deleted: 0, inserted: MOVED, by: -1 },
      { offset: MOVED.length, deleted: 0, inserted: '\n', by: 0 },
    ];
    const end = MOVED.length + 1 + FIRST.length;
    const taken: KeptOperation = { offset: end, deleted: MOVED.length + 1, inserted: '', by: 0 };
    const typed: KeptOperation = { offset: end + BASE.indexOf(' {'), deleted: 0, inserted: ' && typed', by: 0 };
    const back: KeptOperation = {
      offset: end + BASE.indexOf('other') + typed.inserted.length,
      deleted: 0,
      inserted: 'an',
      by: -1,
      back: 0,
    };
    assert.deepEqual(authors([...put, taken, typed, back]), ['1 ai', '2 ai', '3 human', '4 unknown']);
  });
});
