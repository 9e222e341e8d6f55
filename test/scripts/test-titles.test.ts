import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import { testTitles } from '../../scripts/lint/test-titles.mjs';

/** What the rule says of a file that no list excuses. */
const said = (code: string): string[] =>
  new Linter()
    .verify(code, [
      { plugins: { house: { rules: { 'test-titles': testTitles } } }, rules: { 'house/test-titles': 'error' } },
    ])
    .map(({ message }) => message.slice(0, message.lastIndexOf('"') + 1));

describe('lint of the titles of tests', () => {
  it('titles of tests: are refused without a colon or with less than four words', () => {
    assert.deepEqual(said("it('keeps the lines of an assistant', () => {});"), ['"keeps the lines of an assistant"']);
    assert.deepEqual(said("it.only('stash pop: works', () => {});"), ['"stash pop: works"']);
    assert.deepEqual(said("it('stash pop: keeps AI lines when HEAD moved', () => {});"), []);
  });

  it('titles of tests: are read with those of the describes around them', () => {
    const code =
      "describe('stash pop:', () => { describe('in a submodule', () => { it('works', () => {}); }); it('works', () => {}); });";
    assert.deepEqual(said(code), ['"stash pop: works"']);
  });

  it('titles of tests: count what a template puts in as one word, and are not judged when they are no text', () => {
    assert.deepEqual(said('it(`${verb} ${other}: works`, () => {});'), ['"x x: works"']);
    assert.deepEqual(said('it(`${verb}: works for all`, () => {}); it(title, () => {});'), []);
  });
});
