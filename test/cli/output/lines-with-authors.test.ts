import assert from 'node:assert/strict';
import type { BlamedLine } from '../../../src/provenance/commits';
import { annotate } from '../../../src/cli/output/lines-with-authors';

const by = (author: 'ai' | 'human' | 'unknown', more: Partial<BlamedLine['by']> = {}): BlamedLine['by'] => ({
  author,
  edited: false,
  assistant: author === 'ai' ? 'claude-code' : null,
  model: null,
  session: null,
  evidence: null,
  ...more,
});
const MADE = { author: 'Ada Lovelace', day: '2026-11-23' };
const LINES: readonly BlamedLine[] = [
  {
    line: 9,
    text: 'const first = 1;',
    commit: 'a'.repeat(40),
    made: MADE,
    by: by('ai', { session: '00e6e2c0-1111', evidence: 'declared' }),
  },
  {
    line: 10,
    text: `const second = '${'x'.repeat(80)}';`,
    commit: 'a'.repeat(40),
    made: MADE,
    by: by('ai', { session: '00e6e2c0-1111', evidence: 'declared' }),
  },
  { line: 11, text: '', commit: null, made: null, by: by('unknown') },
];

describe('annotate, the text output of linekeeper blame', () => {
  it("names commit and author once for a run of lines, and fits the terminal's width", () => {
    const text = annotate(LINES, { columns: 60, colour: false });
    assert.equal(
      text,
      `aaaaaaaa  AI claude-code, dec…  00e6e2c0 ▌  9  const first …\n${' '.repeat(41)}▌ 10  const second…\nnot yet   unknown                        ? 11\n`,
    );
    for (const row of text.split('\n')) assert.ok(Array.from(row).length <= 60, row);
  });

  it('shows committer and date when the terminal is wide enough', () => {
    const rows = annotate(LINES, { columns: 120, colour: false }).split('\n');
    assert.match(rows[0] ?? '', /^aaaaaaaa {2}Ada Lovelace {2}2026-11-23 {2}AI claude-code, declared/);
    assert.match(rows[2] ?? '', /^not yet {20,}unknown/);
  });

  it('the text is the same with and without colours', () => {
    const plain = annotate(LINES, { columns: 60, colour: false });
    const coloured = annotate(LINES, { columns: 60, colour: true });
    assert.notEqual(coloured, plain);
    assert.equal(coloured.replace(/\x1b\[\d*m/g, '').replace(/ +$/gm, ''), plain);
    assert.ok(!plain.includes('\x1b'));
  });

  it('prints whole lines when the output is no terminal, and manages a width of 5 and 0', () => {
    assert.ok(
      annotate(LINES, { columns: undefined, colour: false })
        .split('\n')[1]
        ?.startsWith(
          "aaaaaaaa  Ada Lovelace  2026-11-23  AI claude-code, declared  00e6e2c0 ▌ 10  const second = 'xxx",
        ),
    );
    assert.equal(annotate(LINES, { columns: 5, colour: false }).split('\n').length, 4);
    assert.equal(
      annotate(LINES, { columns: 0, colour: false }),
      annotate(LINES, { columns: undefined, colour: false }),
      'a terminal that does not know its width',
    );
    assert.equal(annotate([], { columns: 80, colour: true }), '');
  });
});
