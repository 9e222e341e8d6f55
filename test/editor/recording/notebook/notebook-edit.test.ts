import assert from 'node:assert/strict';
import { diffChars } from '../../../../src/provenance/authorship';
import type { By } from '../../../../src/provenance/journal';
import type { AuthoredChange } from '../../../../src/editor/recording/buffer/text-change';
import type { Provenance } from '../../../../src/editor/recording/buffer/text-spans';
import {
  authorsOfCell,
  notebookOperations,
  type CellChange,
} from '../../../../src/editor/recording/notebook/notebook-edit';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AI: By = { author: 'ai', assistant: 'github-copilot', evidence: 'observed' };

/** A notebook with a cell for each text, as the editor writes it. */
const fileOf = (...cells: readonly string[]): string =>
  `${JSON.stringify({ cells: cells.map((text) => ({ cell_type: 'code', source: text.split(/(?<=\n)/) })) }, undefined, 1)}\n`;

const put = (offset: number, inserted: string, by: Provenance): AuthoredChange => ({
  offset,
  deleted: 0,
  inserted,
  by,
});
const cut = (offset: number, deleted: number, by: Provenance): AuthoredChange => ({
  offset,
  deleted,
  inserted: '',
  by,
});

/** Each operation's lines with a letter for its author, `-` before what it takes out. Checks where they lead. */
function told(before: string, after: string, cells: readonly CellChange[], frame: Provenance = null): string[] {
  const operations = notebookOperations(before, after, diffChars(before, after), cells, frame);
  let text = before;
  const lines: string[] = [];
  for (const { offset, deleted, inserted, by } of operations) {
    const letter = by === null ? '?' : by.author === 'ai' ? 'A' : 'H';
    const split = (part: string, sign: string): string[] =>
      part.split('\n').flatMap((line) => (line === '' ? [] : [`${sign}${letter} ${line.trim()}`]));
    lines.push(...split(text.slice(offset, offset + deleted), '-'), ...split(inserted, ''));
    text = text.slice(0, offset) + inserted + text.slice(offset + deleted);
  }
  assert.equal(text, after);
  return lines;
}

describe('notebook edit', () => {
  it('a typed line: is a person’s if AI wrote the line beside it', () => {
    const before = 'a = 1\n';
    const after = 'a = 1\nb = 2\nc = 3\n';
    const cell = { before, after, operations: [put(6, 'b = 2\n', AI), put(12, 'c = 3\n', PERSON)] };
    assert.deepEqual(told(fileOf(before), fileOf(after), [cell]), ['A ,', 'A "b = 2\\n",', 'H "c = 3\\n"']);
  });

  it("a cell's saved lines: have the authors of their lines in the file, and one that is not there has none", () => {
    const file = fileOf('old = 1\nby_ai = 2\n');
    const from = file.indexOf('by_ai');
    const authors = authorsOfCell('old = 1\nby_ai = 2\nlost = 3', file, (start, end) =>
      start <= from && from < end ? [{ length: end - start, by: AI }] : [{ length: end - start, by: undefined }],
    );
    assert.deepEqual(authors, [
      { length: 8, by: undefined },
      { length: 10, by: AI },
      { length: 8, by: null },
    ]);
  });

  it('a line of a cell: has the author of that cell when others have the same line', () => {
    const file = fileOf('show()\nrate = 1', 'show()', 'show()\nrate = 2');
    const authorIn = (cell: string, byAi: number): readonly unknown[] =>
      authorsOfCell(cell, file, (start, end) => [{ length: end - start, by: start > byAi ? AI : PERSON }]).map(
        ({ by }) => by?.author,
      );
    const last = file.lastIndexOf('"show()');
    assert.deepEqual(authorIn('show()\nrate = 2', last), ['ai', 'ai']);
    assert.deepEqual(authorIn('show()\nrate = 1', last), ['human', 'human']);
    assert.deepEqual(authorIn('show()\nelse = 2', last), ['human', undefined]);
  });

  it('a cell that is a copy: has the authors of what it is copied from, and who copied it has the rest', () => {
    const text = 'old = 1\nby_ai = 2\nlost = 3';
    const copied = [
      { length: 8, by: undefined },
      { length: 10, by: AI },
      { length: 8, by: null },
    ];
    const cell = { before: text, after: text, operations: undefined, copied };
    const lines = told(fileOf('one'), fileOf('one', text), [cell], PERSON);
    assert.deepEqual(
      lines.filter((line) => line.includes(' = ')),
      ['H "old = 1\\n",', 'A "by_ai = 2\\n",', '? "lost = 3"'],
    );
  });

  it('a changed line: is on both sides by whoever changed it', () => {
    const cell = { before: 'rate = 3\n', after: 'rate = 5\n', operations: [cut(7, 1, AI), put(7, '5', AI)] };
    assert.deepEqual(told(fileOf('rate = 3\n'), fileOf('rate = 5\n'), [cell], PERSON), ['-A 3', 'A 5']);
  });

  it('a line with two authors: is AI’s if AI wrote a part of it', () => {
    const cell = { before: '', after: 'x = f(1)', operations: [put(0, 'x = ', PERSON), put(4, 'f(1)', AI)] };
    assert.deepEqual(told(fileOf(''), fileOf('x = f(1)'), [cell], PERSON), ['-H ""', 'A "x = f(1)"']);
  });

  it('a cell that changed unseen: is unknown if a person ran the notebook', () => {
    const cell = { before: 'a\n', after: 'a\nb\n', operations: undefined };
    assert.deepEqual(told(fileOf('a\n'), fileOf('a\nb\n'), [cell], PERSON), ['? ,', '? "b\\n"']);
  });

  it('outputs and counters: count for whoever changed the frame when no cell changed', () => {
    const before = '{\n "execution_count": null\n}\n';
    assert.deepEqual(told(before, before.replace('null', '1'), [], PERSON), ['-H null', 'H 1']);
  });

  it('a removed line: counts for whoever removed it when others typed meanwhile', () => {
    const before = 'alpha()\nbeta = 2\ngamma(3)\n';
    const after = 'alpha()\ngamma(3)\ndelta = [4]\n';
    const cell = { before, after, operations: [cut(8, 9, AI), put(17, 'delta = [4]\n', PERSON)] };
    assert.deepEqual(told(fileOf(before), fileOf(after), [cell]), ['-A "beta = 2\\n",', 'H ,', 'H "delta = [4]\\n"']);
  });

  it('a cell with Windows line breaks: has its authors if the file breaks lines by a line feed', () => {
    const cell = { before: 'a\r\n', after: 'a\r\nb\r\n', operations: [put(3, 'b\r\n', PERSON)] };
    assert.deepEqual(told(fileOf('a\n'), fileOf('a\nb\n'), [cell]), ['H ,', 'H "b\\n"']);
  });
});
