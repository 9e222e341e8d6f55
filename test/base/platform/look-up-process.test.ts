/** Who started this process, on Windows. */
import assert from 'node:assert/strict';
import { notAPerson } from '../../../src/provenance/journal/exceptions';
import { windowsProcesses } from '../../../src/base/platform';

type Row = readonly [id: number, parent: number, name: string, line?: string, began?: number];

/** Asks as a program does whose parent is process 100. */
function asked(...rows: readonly Row[]): string {
  const json = JSON.stringify(
    rows.map(([id, parent, name, line, began]) => ({ id, parent, name, line: line ?? null, began: began ?? id })),
  );
  return notAPerson(
    { env: {}, isTerminal: true, parent: 100, agents: new Set(['claude', 'codex', 'gemini']) },
    windowsProcesses(json),
  );
}

const EXPLORER: Row = [10, 9, 'explorer.exe', 'C:\\Windows\\Explorer.EXE'];
const SERVICES: Row = [2, 1, 'services.exe'];
const HOST: Row = [3, 2, 'svchost.exe'];

describe('who started a command on Windows, by the processes above', () => {
  it('a person, for a shell opened from Explorer or Windows Terminal', () => {
    assert.equal(asked([100, 10, 'powershell.exe'], EXPLORER), '');
    assert.equal(asked([100, 50, 'cmd.exe'], [50, 40, 'pwsh.exe'], [40, 3, 'WindowsTerminal.exe'], HOST, SERVICES), '');
  });

  it('an agent above the shell, which is named', () => {
    assert.match(asked([100, 50, 'bash.exe'], [50, 10, 'claude.exe'], EXPLORER), /^claude started this\.$/);
    const line =
      '"C:\\Program Files\\nodejs\\node.exe" "C:\\Users\\Jo Öz\\npm\\node_modules\\gemini\\gemini.js" --yolo';
    assert.match(asked([100, 50, 'cmd.exe'], [50, 10, 'node.exe', line], EXPLORER), /^gemini started this\.$/);
  });

  it("an editor above the shell, which may be an agent's terminal", () => {
    assert.match(
      asked([100, 50, 'powershell.exe'], [50, 10, 'Code.exe'], EXPLORER),
      /^This terminal belongs to code, /,
    );
  });

  for (const [what, rows] of [
    ['a parent that has ended', [[100, 50, 'cmd.exe']]],
    [
      'a parent whose id another program has now',
      [[100, 50, 'cmd.exe', '', 5], [50, 10, 'notepad.exe', '', 7], EXPLORER],
    ],
    ['a service that starts programs', [[100, 3, 'cmd.exe'], HOST, SERVICES]],
    ['WMI', [[100, 30, 'cmd.exe'], [30, 3, 'WmiPrvSE.exe'], HOST, SERVICES]],
    ['no list of processes', []],
  ] as const satisfies readonly (readonly [string, readonly Row[]])[])
    it(`unknown: ${what}`, () => {
      assert.equal(asked(...rows), "Which programs started this one isn't known.");
    });

  it("unknown, when PowerShell's answer is no list", () => {
    assert.equal(windowsProcesses('Get-CimInstance : Access denied')(100), undefined);
  });
});
