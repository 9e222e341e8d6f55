import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findingsOf, type Rule, sentencesOf } from '../../scripts/lint/prose/check';
import { loweredCounts, mendedRows, newFindings } from '../../scripts/lint/prose/index';
import { textsOfPage } from '../../scripts/lint/prose/texts';

const RULES = JSON.parse(
  readFileSync(path.resolve('scripts', 'lint', 'prose', 'rules.json'), 'utf8'),
) as readonly Rule[];

const broken = (words: string): string[] =>
  findingsOf([{ file: 'docs/some.md', line: 1, words }], RULES).map(({ rule }) => rule);

describe('prose lint', () => {
  for (const { id, bad, good } of RULES) {
    it(`${id}: is reported if a sentence breaks it, and else silent`, () => {
      assert.ok(broken(bad).includes(id), bad);
      assert.deepEqual(broken(good), []);
    });
  }

  it('questions: are no clauses as subjects when they end in a question mark', () => {
    assert.deepEqual(broken('What does it cost?'), []);
  });

  it('a page: is read without its code when the code has words or full stops', () => {
    const [text] = textsOfPage('docs/some.md', 'Run `a; b; c.` now.\n\n```\nWhat is that.\n```\n');
    assert.deepEqual(text, { file: 'docs/some.md', line: 1, words: 'Run code now.' });
    assert.equal(textsOfPage('docs/some.md', '```\nWhat is that.\n```\n').length, 0);
  });

  it('sentences: are told apart when a paragraph has several', () => {
    assert.deepEqual(sentencesOf('One fact. Another one.'), ['One fact.', 'Another one.']);
    assert.deepEqual(sentencesOf('One fact.<br>• Another one.'), ['One fact.', '• Another one.']);
  });

  it('the list of old sentences: lets no new one in, and says when it can be shorter', () => {
    const found = findingsOf(
      ['Where it is asked, it fails.', 'Where it fails, it ends.'].map((words, line) => ({
        file: 'README.md',
        line,
        words,
      })),
      RULES,
    );
    assert.equal(newFindings(found, { 'README.md': { 'where-for-if': 2 } }).length, 0);
    assert.equal(newFindings(found, { 'README.md': { 'where-for-if': 1 } }).length, 2);
    assert.deepEqual(mendedRows(found, { 'README.md': { 'where-for-if': 3 } }), ['README.md: where-for-if']);
  });

  it('--write: lowers counts and raises none', () => {
    const found = findingsOf(
      ['Where it is known, it is shown.', 'Where it is missing, it is left out.'].map((words, index) => ({
        file: 'README.md',
        line: index + 1,
        words,
      })),
      RULES,
    );
    const counts = { 'README.md': { 'where-for-if': 5, long: 1 }, 'docs/gone.md': { long: 2 } };
    assert.deepEqual(loweredCounts(found, counts), { 'README.md': { 'where-for-if': 2 } });
    assert.deepEqual(loweredCounts(found, { 'README.md': { 'where-for-if': 1 } }), {
      'README.md': { 'where-for-if': 1 },
    });
    assert.deepEqual(loweredCounts(found, {}), {});
  });
});
