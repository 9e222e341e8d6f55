/** A verb carries its own help, and the guard and the help know whom it is for. */
import assert from 'node:assert/strict';
import { overview, verbHelp } from '../../../src/cli/help';
import { VERBS } from '../../../src/entry/cli-commands';
import { AUDIENCE } from '../../../src/guard/verb-audience';

describe('the help of a command', () => {
  const verbs = Object.values(VERBS).flatMap((verb) => verb ?? []);

  it('each option: is said to do something, and has a word for its value if it takes one', () => {
    assert.ok(verbs.length > 20);
    for (const verb of verbs)
      for (const [name, { type, value, says }] of Object.entries(verb.options)) {
        assert.equal(value !== undefined, type === 'string', `${verb.name} --${name}`);
        assert.ok(verbHelp(verb).includes(`--${name}${value === undefined ? '' : ` ${value}`}`) && says !== '');
      }
  });

  it('a verb: stands in the table under its own name', () => {
    for (const [name, verb] of Object.entries(VERBS)) assert.equal(verb?.name, name);
  });

  it('the overview: names every verb but those that only git calls, once, in a section of its own kind', () => {
    const text = overview(VERBS);
    const named = text.split('\n').flatMap((line) => /^ {2}([a-z-]+) {2,}\S/.exec(line)?.[1] ?? []);
    assert.deepEqual(
      [...named].sort(),
      verbs
        .map(({ name }) => name)
        .filter((name) => AUDIENCE[name] !== 'git')
        .sort(),
    );
    assert.ok(!named.includes('hook'));
    assert.doesNotMatch(text, /^Other$/m, 'a verb stands in no section of src/cli/help.ts');
  });

  it('the overview: a verb that no section names is still listed', () => {
    const { status } = VERBS;
    assert.ok(status);
    assert.match(overview({ ...VERBS, later: { ...status, name: 'later' } }), /^Other\n {2}later /m);
  });

  it('the usage: each way to call a verb begins a line, and a long one is broken outside of brackets only', () => {
    const { trace } = VERBS;
    assert.ok(trace);
    const usage = '[A | B] C | list (D | E) [--long NAME]… | ' + '[--option VALUE] '.repeat(9).trim();
    assert.deepEqual(
      verbHelp({ ...trace, usage })
        .split('\n')
        .slice(2, 7),
      [
        'Usage: linekeeper trace [A | B] C',
        '       linekeeper trace list (D | E) [--long NAME]…',
        `       linekeeper trace ${'[--option VALUE] '.repeat(4).trim()}`,
        `                        ${'[--option VALUE] '.repeat(4).trim()}`,
        '                        [--option VALUE]',
      ],
    );
    for (const verb of verbs)
      for (const line of verbHelp(verb).split('\n\n')[1]?.split('\n') ?? [])
        assert.equal(line.split('[').length, line.split(']').length, line);
  });

  it('an audience: is that of a verb, apart from the long form of ack that people try', () => {
    const names = new Set(verbs.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(AUDIENCE).filter((name) => !names.has(name)),
      ['acknowledge'],
    );
  });
});
