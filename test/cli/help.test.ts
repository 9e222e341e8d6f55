/** A verb carries its own help, and the guard and the help know whom it is for. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { overview, verbHelp } from '../../src/cli/help';
import { VERBS } from '../../src/cli/verbs';
import { AUDIENCE } from '../../src/guard/audience-of-verbs';

describe('linekeeper --help', () => {
  const verbs = Object.values(VERBS).flatMap((verb) => verb ?? []);

  it('each option of a verb has a description, and a word for its value when it takes one', () => {
    assert.ok(verbs.length > 20);
    for (const verb of verbs)
      for (const [name, { type, value, says }] of Object.entries(verb.options)) {
        assert.equal(value !== undefined, type === 'string', `${verb.name} --${name}`);
        assert.ok(verbHelp(verb).includes(`--${name}${value === undefined ? '' : ` ${value}`}`) && says !== '');
      }
  });

  it('the help: says where a verb runs when only a person may call it', () => {
    const folder = new URL('../../src/cli/verbs/', import.meta.url);
    const demanding = readdirSync(folder).filter((name) =>
      /^ +requirePerson\(/m.test(readFileSync(new URL(name, folder), 'utf8')),
    );
    assert.ok(demanding.length > 4);
    const silent = [...demanding.map((name) => name.replace('.ts', '')), 'uninstall'].filter((name) => {
      const verb = VERBS[name];
      return verb === undefined || !/in a terminal outside of the editor/i.test(verbHelp(verb).replace(/\s+/g, ' '));
    });
    assert.deepEqual(silent, []);
  });

  it('each verb stands in VERBS under its own name', () => {
    for (const [name, verb] of Object.entries(VERBS)) assert.equal(verb?.name, name);
  });

  it('the overview lists every verb once in a section, except those only git calls', () => {
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

  it('the overview lists a verb that has no section under Other', () => {
    const { status } = VERBS;
    assert.ok(status);
    assert.match(overview({ ...VERBS, later: { ...status, name: 'later' } }), /^Other\n {2}later /m);
  });

  it('the usage starts a line for each form, and breaks long ones outside brackets only', () => {
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

  it('the options: stay within 100 columns when a text is long', () => {
    const long = verbs.flatMap((verb) =>
      verbHelp(verb)
        .slice(verbHelp(verb).lastIndexOf('\n\n  --'))
        .split('\n')
        .filter((line) => line.startsWith('  ') && line.length > 100),
    );
    assert.deepEqual(long, []);
  });

  it('exit codes: 2 is undecided for what decides, else not done', () => {
    const { ci, install, purge } = VERBS;
    assert.ok(ci && install && purge);
    assert.match(verbHelp(ci), /^Exit codes:\n {2}0 .*\n {2}1 .* or nobody answered yes to init\.\n {2}2 undecided: /m);
    for (const verb of [install, purge])
      assert.match(verbHelp(verb), /^Exit codes:\n {2}0 [^]*\n {2}2 not done: the message says why\.$/m);
  });

  it('every name in AUDIENCE is a verb, except acknowledge', () => {
    const names = new Set(verbs.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(AUDIENCE).filter((name) => !names.has(name)),
      ['acknowledge'],
    );
  });
});
