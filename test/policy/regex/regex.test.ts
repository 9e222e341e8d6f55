import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Pattern, patternProblem } from '../../../src/policy/regex';

const matches = (pattern: string, line: string): boolean | undefined =>
  new Pattern(pattern).matches(line, { steps: 1_000_000 });

describe("a regular expression of a team's rule", () => {
  it('matches what RE2 would', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['raw', 'a rAw row', false],
      ['(?i)raw', 'a rAw row', true],
      ['^raw$', 'raw', true],
      ['^raw$', 'raw ', false],
      ['\\braw\\b', 'x raw(', true],
      ['\\braw\\b', 'xraw(', false],
      ['a\\Bb', 'ab', true],
      ['a{2,3}b', 'ab', false],
      ['^a{2,3}b', 'aaab', true],
      ['^a{2}b', 'aaab', false],
      ['(?:one|two)+$', 'x onetwo', true],
      ['(?P<name>one|two)', 'two', true],
      ['[^\\d\\s]-[a-c\\]]', '1 x-]', true],
      ['\\x41\\u{1F600}', 'A😀', true],
      ['.', '😀', true],
      ['^.$', '😀', true],
      ['a{,3}', 'a{,3}', true],
      ['(|x)y', 'y', true],
      ['exec\\(', 'exec(', true],
    ];
    for (const [pattern, line, expected] of cases)
      assert.equal(matches(pattern, line), expected, `${pattern} on ${line}`);
  });

  it('that cannot be used is reported with reason and place', () => {
    const cases: readonly (readonly [string, RegExp, number])[] = [
      ['a(?=b)', /lookahead/, 1],
      ['(a)\\1', /references/, 3],
      ['(a', /never closed/, 0],
      ['a)', /closes no group/, 1],
      ['[a', /never closed/, 0],
      ['*a', /nothing to repeat/, 0],
      ['a**', /quantifier follows/, 2],
      ['a{300}', /at most 200/, 1],
      ['a{3,2}', /larger/, 1],
      ['[z-a]', /wrong way/, 1],
      ['(?:a{100}){100}', /too large/, 0],
      ['\\q', /not supported/, 0],
      [`${'('.repeat(60)}a${')'.repeat(60)}`, /nested/, 51],
      ['a\\', /stands at the end/, 1],
    ];
    for (const [pattern, why, offset] of cases) {
      const problem = patternProblem(pattern);
      assert.match(problem?.message ?? '', why, pattern);
      assert.equal(problem?.offset, offset, pattern);
    }
  });

  it("agrees with JavaScript's regular expressions, for random patterns", () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\s', '\\b', '^', '$', 'c');
    const quantified = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,2}'))
      .map(([one, times]) => (/^(?:\\b|[$^])$/.test(one) ? one : one + times));
    const pattern = fc
      .array(
        fc.oneof(
          quantified,
          fc.array(quantified, { maxLength: 3 }).map((all) => `(?:${all.join('')}|b)`),
        ),
        { maxLength: 6 },
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '😀'), maxLength: 12 }),
        (text, line) => {
          assert.equal(matches(text, line), new RegExp(text, 'u').test(line));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('takes steps in proportion to the line, where backtracking would never end', () => {
    const steps = (pattern: string, length: number): number => {
      const budget = { steps: 10_000_000 };
      assert.equal(new Pattern(pattern).matches(`${'a'.repeat(length)}!`, budget), false);
      return 10_000_000 - budget.steps;
    };
    for (const pattern of ['(a+)+$', '(a|a)*b', '^(?:a*a*)*c', 'x*x*x*x*x*y'])
      assert.ok(steps(pattern, 10_000) < 12 * steps(pattern, 1000), pattern);
  });

  it('gives up when its budget of steps is used up', () => {
    assert.equal(new Pattern('(?:a|b)*a(?:a|b){100}c').matches('ab'.repeat(5000), { steps: 10_000 }), undefined);
  });

  it('that has no reported problem never throws, for random text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (text, line) => {
        if (patternProblem(text) === undefined) new Pattern(text).matches(line, { steps: 100_000 });
      }),
    );
  });

  it('knows a text that every match contains', () => {
    assert.equal(new Pattern('\\bexecute_raw\\(').needs, 'execute_raw(');
    assert.equal(new Pattern('(?:ab)?cd+e').needs, 'c');
    assert.equal(new Pattern('(?i)abc').needs, '');
  });
});
