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

  it('the overview: names every verb but those that only git calls', () => {
    const named = overview(VERBS)
      .split('\n')
      .flatMap((line) => /^ {2}([a-z-]+) {2,}\S/.exec(line)?.[1] ?? []);
    assert.deepEqual(
      named,
      verbs.map(({ name }) => name).filter((name) => AUDIENCE[name] !== 'git'),
    );
    assert.ok(!named.includes('hook'));
  });

  it('an audience: is that of a verb, apart from the long form of ack that people try', () => {
    const names = new Set(verbs.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(AUDIENCE).filter((name) => !names.has(name)),
      ['acknowledge'],
    );
  });
});
