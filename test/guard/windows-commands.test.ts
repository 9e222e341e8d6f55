/** How much the guard sees of what PowerShell and cmd can do: every command of each list is judged as its list says. */
import assert from 'node:assert/strict';
import * as commands from '../support/windows-commands';
import { judge } from '../support/guard-on-windows';

const LISTS = [
  ['what takes away, in PowerShell', 'powershell', commands.DESTROYS_IN_POWERSHELL, false],
  ['what takes away, in cmd', 'cmd', commands.DESTROYS_IN_CMD, false],
  ['what reaches a closed file, in PowerShell', 'powershell', commands.CLOSED_IN_POWERSHELL, false],
  ['what reaches a closed file, in cmd', 'cmd', commands.CLOSED_IN_CMD, false],
  ['what is harmless, in PowerShell', 'powershell', commands.HARMLESS_IN_POWERSHELL, true],
  ['what is harmless, in cmd', 'cmd', commands.HARMLESS_IN_CMD, true],
] as const;

describe('the guard on Windows', () => {
  for (const [title, shell, list, harmless] of LISTS)
    it(`${title}: all of ${String(list.length)} ${harmless ? 'pass' : 'are stopped'}`, () => {
      const wrong = list.flatMap((command) => {
        const answer = judge({ command, shell });
        return (answer.verdict === 'allow') === harmless ? [] : [{ command, ...answer }];
      });
      assert.deepEqual(wrong, []);
    });
});
