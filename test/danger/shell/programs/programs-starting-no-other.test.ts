import { strict as assert } from 'node:assert';
import { startsNothing } from '../../../../src/danger/shell/programs/programs-starting-no-other';
import { invocationsIn } from '../../../../src/danger/shell/words/invocations-in-shell-text';
import { programsIn } from '../../../../src/danger/shell';

const isPlain = (command: string): boolean => invocationsIn(command).every((one) => startsNothing(one));

describe('programs that start no other', () => {
  it('are most of a script', () => {
    for (const command of [
      'mkdir -p a',
      'echo "$x"',
      'cp a b',
      'NAME=$1',
      '[ -f a ]',
      'rm -rf a',
      '"$x"b c',
      'a 2>/dev/null >&2',
    ])
      assert.ok(isPlain(command), command);
  });

  // each of these hides what runs where only one reader looks
  const starts = [
    'sudo a',
    'sudo.exe a',
    'uv run a',
    'docker exec c a',
    'find . -exec a ;',
    'fd -x a',
    'ssh host a',
    'k exec pod -- a',
    'npm run a',
    'bun run a',
    'eval a',
    'GIT rebase --exec a',
    'gmake a',
    'PSQL -c "\\! a"',
    'python3@3.12 -c "import os"',
    'tmux new a',
    'su -c a',
    'at now',
    '. a',
    'sh -c a',
    'pwsh -c a',
    'cmd /c a',
    'Start-Process a',
    './a',
    '/opt/a',
    'a.ps1',
    'a > b',
    'tee a',
    'EDITOR=a b',
    'a > /dev/shm/b',
    '$(curl x)',
    'cp x "$(curl x)"',
  ];
  for (const command of starts)
    it(`are not: ${command}`, () => {
      assert.equal(isPlain(command), false);
    });

  it('know what the command wrote before them, and only that', () => {
    const [before, , after] = programsIn('one; echo a > b; two', {});
    assert.equal(before?.written?.('b'), undefined);
    assert.equal(after?.written?.('b'), 'a');
  });
});
