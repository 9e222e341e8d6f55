/** Which programs started this one. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { powershell } from './shells-and-quoting';
import { isWindows, SYSTEM } from './system-constants-and-managed-folder';

export interface Process {
  /** The id of the process that started it; 0: the system itself did, for whoever is logged in. */
  readonly parent: number;
  /** Its command line; the first word is the program. */
  readonly words: readonly string[];
}

/** Looks up a process by its id; undefined when that is impossible. */
export type LookUpProcess = (id: number) => Process | undefined;

/** From `/proc` where it exists (proc(5)), else from `ps`, which POSIX requires; on Windows from PowerShell. */
export function processOf(id: number): Process | undefined {
  if (isWindows()) return (windows ??= windowsProcesses(askWindows()))(id);
  try {
    const stat = readFileSync(`/proc/${String(id)}/stat`, 'latin1');
    // the second field is a name in brackets, which may contain anything
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { parent, words: readFileSync(`/proc/${String(id)}/cmdline`, 'utf8').split('\0') };
  } catch {
    if (SYSTEM === 'linux') return undefined;
  }
  const ended = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(id)], { encoding: 'utf8', timeout: 5000 });
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(ended.stdout) ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), words: (command ?? '').split(' ') };
}

/** Asked once: it takes PowerShell half a second. */
let windows: LookUpProcess | undefined;

const QUERY =
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-CimInstance Win32_Process | ForEach-Object { ' +
  '[pscustomobject]@{ id = $_.ProcessId; parent = $_.ParentProcessId; name = $_.Name; line = $_.CommandLine; began = $_.CreationDate.Ticks } } | ' +
  'ConvertTo-Json -Compress';

function askWindows(): string {
  const { stdout } = spawnSync(powershell(process.env), ['-NoProfile', '-NonInteractive', '-Command', QUERY], {
    encoding: 'utf8',
    timeout: 15_000,
    windowsHide: true,
    maxBuffer: 32 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return stdout;
}

/** What Windows itself starts for whoever logs in; what started these has ended by then. */
const SESSION = new Set(['explorer.exe', 'winlogon.exe', 'sihost.exe', 'userinit.exe']);
/** A service starts the windows of terminals; and much else, which nobody need sit at. */
const SERVICES = new Set(['svchost.exe', 'services.exe', 'wininit.exe']);
const TERMINALS = new Set(['windowsterminal.exe', 'openconsole.exe']);

interface Row {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly line: string | null;
  readonly began: number | null;
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'number' &&
  'parent' in value &&
  typeof value.parent === 'number' &&
  'name' in value &&
  typeof value.name === 'string';

/**
 * Looks up processes in a list that PowerShell gave as JSON. Windows gives the id of a process that has ended to another
 * one: a parent that began after its child is not its parent.
 */
export function windowsProcesses(json: string): LookUpProcess {
  let rows: readonly Row[] = [];
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''));
    rows = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isRow);
  } catch {
    // then nothing is known
  }
  const table = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const row = table.get(id);
    if (row === undefined) return undefined;
    const name = row.name.toLowerCase();
    const words = [row.name, ...wordsAfterProgram(row.line ?? '')];
    const above = table.get(row.parent);
    const isTerminal = TERMINALS.has(name) && above !== undefined && SERVICES.has(above.name.toLowerCase());
    if (SESSION.has(name) || isTerminal) return { parent: 0, words };
    // a service's own child: nobody is known to sit there
    if (SERVICES.has(name)) return undefined;
    const reused = above !== undefined && (above.began ?? 0) > (row.began ?? Infinity);
    return { parent: reused ? -1 : row.parent, words };
  };
}

function wordsAfterProgram(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return words.slice(1, 4);
}
