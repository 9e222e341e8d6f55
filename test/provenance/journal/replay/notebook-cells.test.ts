/** A notebook's file holds its cells' lines as strings of JSON, and its editor writes the whole file anew. */
import assert from 'node:assert/strict';
import type { JournalRecord } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

interface Cell {
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly string[];
}

/** As Jupyter and the editor write it (`indent` 1), or with an assistant's. */
const notebook = (cells: readonly Cell[], indent = 1): string =>
  `${JSON.stringify(
    {
      cells: cells.map(({ id, source, outputs = [] }) => ({
        cell_type: 'code',
        execution_count: outputs.length === 0 ? null : 1,
        id,
        metadata: {},
        outputs: outputs.map((text) => ({ name: 'stdout', output_type: 'stream', text: [text] })),
        source,
      })),
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    indent,
  )}\n`;

const BASE: readonly Cell[] = [
  { id: 'load', source: ['import csv\n', 'rows = list(csv.reader(open("orders.csv")))'] },
  { id: 'sum', source: ['print(len(rows))'] },
];
const BY_AI: readonly Cell[] = [
  ...BASE.slice(0, 1),
  { id: 'sum', source: ['total = sum(int(row[2]) for row in rows)\n', 'print(total)'] },
];
const CLAUDE = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;

/** The author of each line of the file that has a text: of code or of an output. */
function authorsOf(
  steps: readonly (readonly [by: 'claude' | 'nobody', text: string])[],
): Readonly<Record<string, string>> {
  const base = notebook(BASE);
  const now = steps.at(-1)?.[1] ?? base;
  const { added } = attributed(base, now, (keep) => {
    let from = base;
    return steps.map(([by, to], index): JournalRecord => {
      const [before, after] = [from, to];
      from = to;
      return by === 'claude'
        ? {
            version: 1,
            at: index + 1,
            kind: 'edit',
            by: CLAUDE,
            files: [{ path: 'a.ts', from: keep(before), to: keep(after) }],
          }
        : { version: 1, at: index + 1, kind: 'seen', files: [{ path: 'a.ts', content: keep(after) }] };
    });
  });
  return Object.fromEntries(
    now.split('\n').flatMap((line, index) => {
      const text = /^\s*"(total|print|import|rows|mine|9)/.exec(line)?.[1];
      return text === undefined ? [] : [[text, added.find((one) => one.line === index + 1)?.by.author ?? 'as before']];
    }),
  );
}

describe('attribution of notebook cells', () => {
  const unchanged = { import: 'as before', rows: 'as before' };
  const own: Cell = { id: 'own', source: ['mine = 1'] };

  it("cells that the assistant's tool wrote are the assistant's", () => {
    assert.deepEqual(authorsOf([['claude', notebook(BY_AI)]]), { ...unchanged, total: 'ai', print: 'ai' });
  });

  it("run cells stay the assistant's, and their output is unknown", () => {
    const run = BY_AI.map((cell) => (cell.id === 'sum' ? { ...cell, outputs: ['9\n'] } : cell));
    assert.deepEqual(
      authorsOf([
        ['claude', notebook(BY_AI)],
        ['nobody', notebook(run)],
      ]),
      { ...unchanged, total: 'ai', print: 'ai', '9': 'unknown' },
    );
  });

  it("the assistant's cells stay its own when the editor saves with another indentation", () => {
    assert.deepEqual(
      authorsOf([
        ['claude', notebook(BY_AI, 2)],
        ['nobody', notebook([...BY_AI, own])],
      ]),
      { ...unchanged, total: 'ai', print: 'ai', mine: 'unknown' },
    );
  });

  it("cells saved without a record are unknown, before and after an assistant's", () => {
    const typed: Cell = { id: 'sum', source: ['mine = len(rows)'] };
    assert.deepEqual(
      authorsOf([
        ['nobody', notebook([...BASE, own])],
        ['claude', notebook([...BY_AI, own])],
      ]),
      { ...unchanged, total: 'ai', print: 'ai', mine: 'unknown' },
    );
    const { mine } = authorsOf([
      ['claude', notebook(BY_AI)],
      ['nobody', notebook([...BASE.slice(0, 1), typed])],
    ]);
    assert.equal(mine, 'unknown', "a person's new text in a cell of the assistant's is not the assistant's");
  });
});
