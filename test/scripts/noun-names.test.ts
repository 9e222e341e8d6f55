import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { nounNames } from '../../scripts/lint/noun-names.mjs';

/** The names that the rule reports in a file that no list excuses. */
const reported = (code: string): string[] =>
  new Linter()
    .verify(code, [
      {
        languageOptions: { parser: tseslint.parser },
        plugins: { house: { rules: { 'noun-names': nounNames } } },
        rules: { 'house/noun-names': 'error' },
      },
    ])
    .map(({ message }) => /"(\w+)"/.exec(message)?.[1] ?? message);

describe('lint of the names of values', () => {
  it('a value: is reported when its name is a word that says nothing of it', () => {
    assert.deepEqual(reported('const one = 1; let { a: other, ...left } = f(); const [was, is = 1] = g();'), [
      'one',
      'other',
      'left',
      'was',
      'is',
    ]);
    assert.deepEqual(reported('const user = { one: 1, now: 2 }; user.other = 3; const { one: first } = user;'), []);
  });

  it('a parameter: is reported unless its function is one expression on one line', () => {
    assert.deepEqual(reported('function f(now) { return now; } const g = (what) => { return what; };'), [
      'now',
      'what',
    ]);
    assert.deepEqual(reported('const h = (kept) =>\n  kept;'), ['kept']);
    assert.deepEqual(reported('list.filter((one) => one.isOpen).sort((one, other) => one - other);'), []);
  });

  it('`now`: is free for a parameter that is a time or a clock, and reported for any other value', () => {
    assert.deepEqual(reported('function f(now: number) {} function h(now: () => number) {}'), []);
    assert.deepEqual(reported('const now = clock.now(); const { now } = call.terminal;'), []);
    assert.deepEqual(reported('const now = Date.now(); const g = ({ now: text }) => { const now = text; };'), ['now']);
    assert.deepEqual(reported('const now = read(); function f(now: string) {}'), ['now', 'now']);
  });
});
