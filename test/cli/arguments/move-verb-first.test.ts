import assert from 'node:assert/strict';
import { verbFirst } from '../../../src/cli/arguments/move-verb-first';

describe('verbFirst', () => {
  it('finds the verb behind --repo and --json', () => {
    const calls: readonly (readonly [given: string, meant: string])[] = [
      ['show HEAD --json', 'show HEAD --json'],
      ['--repo /tmp/a show HEAD', 'show --repo /tmp/a HEAD'],
      ['--repo=/tmp/a --json show', 'show --repo=/tmp/a --json'],
      ['--json --repo show blame x', 'blame --json --repo show x'],
      ['--help', '--help'],
      ['--repo /tmp/a', '--repo /tmp/a'],
      ['--repo', '--repo'],
      ['', ''],
    ];
    for (const [given, meant] of calls) assert.equal(verbFirst(given.split(' ')).join(' '), meant);
  });
});
