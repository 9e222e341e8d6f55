/** What is read of a program on the command line without a grammar. */
import assert from 'node:assert/strict';
import { callsIn } from '../../../src/danger/commands/calls-without-grammar';
import { judge } from '../../support/guard';

const seen = (code: string, bare = false): string[] =>
  callsIn(code, ['one', 'two'], bare).calls.map(
    ({ receiver, name, args }) => `${receiver}|${name}|${args.map(({ text }) => text).join(';')}`,
  );

describe('the calls of a program on the command line', () => {
  it('have a receiver without arguments, over lines and brackets', () => {
    assert.deepEqual(seen('a.b(c, d)\n  .delete(\u00ab0\u00bb)'), ['a|b|c;d', 'a.b()|delete|"one"']);
    assert.deepEqual(seen('(await x)[0].drop()'), ['()[]|drop|']);
    assert.deepEqual(seen('$p->q({a: 1})->del()'), ['$p|q|{a: 1}', '$p->q()|del|']);
  });

  it('have named arguments, and strings', () => {
    const [call] = callsIn('f(k=\u00ab1\u00bb, {force: true})', ['one', 'two'], false).calls;
    assert.deepEqual(
      [...(call?.named ?? [])],
      [
        ['k', '"two"'],
        ['force', 'true'],
      ],
    );
    assert.equal(call?.args[0]?.string?.value, 'two');
  });

  it('need no parentheses in Ruby', () => {
    assert.deepEqual(seen('User.delete_all; x = bucket.delete!', true), ['User|delete_all|', 'bucket|delete|']);
    assert.deepEqual(seen('User.delete_all'), []);
  });

  it('are found in time in hostile text', () => {
    const started = process.cpuUsage();
    for (const text of ['a', ' ', 'a.', '(', 'a(', 'x=', '.a()', 'delete ', '\u00ab0\u00bb.', ')'])
      callsIn(text.repeat(50_000 / text.length), [], true);
    const { user } = process.cpuUsage(started);
    assert.ok(user < 3_000_000, String(user));
  });
});

describe('what a client of a database is given', () => {
  it('is read in time, however many lines and dots it has', () => {
    const started = process.cpuUsage();
    for (const command of [`psql -c "${'\n'.repeat(100_000)}"`, `mongosh --eval '${'a.'.repeat(50_000)}'`])
      judge({ command });
    const { user } = process.cpuUsage(started);
    assert.ok(user < 3_000_000, String(user));
  });
});
