/**
 * The commands that hooks run. They end with 0 whatever happens to us, except with 2 (a refusal): to some assistants any
 * other code of a before-tool hook is a refusal too.
 *
 * A before-tool command answers by itself when Linekeeper fails, hangs or is gone: it refuses where the policy that was
 * last seen in the repository holds agents back anywhere (the file `linekeeper/held` of the git directory is there), and
 * lets everything pass elsewhere. Both are said in one line, and kept for `doctor` in `linekeeper/failed`.
 */
import path from 'node:path';
import type { HookCommand, HookCommands } from '../types';

const NOT_HERE = 'linekeeper is not installed here: this edit is not recorded';
const GONE =
  'linekeeper was moved or removed: this edit is not recorded (run "linekeeper install" again, or "linekeeper uninstall")';
const BROKEN = 'linekeeper could not run: this edit is not recorded ("linekeeper doctor" says more)';
const HELD =
  'Linekeeper could not look at this, and the policy of this repository holds agents back: refused. Ask the person to run "linekeeper doctor"';

/** An assistant gives its hooks 10 seconds; what is not answered then counts as a yes. */
const PATIENCE_SECONDS = 8;

/** How Linekeeper is started on this machine. */
export interface Program {
  /** Such as Node's path and the script's. */
  readonly words: readonly string[];
  /** The first word is an editor's own executable, which is Node only when told so; else it would open a window. */
  readonly electron: boolean;
}

/** For one person's own configuration: runs the program with `record ID`, or says that it is no longer there. */
export function userCommands({ words, electron }: Program, id: string, harmless: ReadonlySet<string>): HookCommands {
  const files = words.filter((word) => path.isAbsolute(word));
  const call = [...words, 'record', id];
  return commands({
    id,
    harmless,
    there: files.length === 0 ? 'true' : files.map((file) => `[ -e ${sh(file)} ]`).join(' && '),
    run: `${electron ? 'env ELECTRON_RUN_AS_NODE=1 ' : ''}${call.map(sh).join(' ')}`,
    psThere: files.length === 0 ? '$true' : files.map((file) => `(Test-Path -LiteralPath ${ps(file)})`).join(' -and '),
    psRun: `${electron ? "$env:ELECTRON_RUN_AS_NODE='1'; " : ''}& ${call.map(ps).join(' ')}`,
    gone: GONE,
  });
}

/** For a repository's shared configuration: holds no path, and lets the assistant go on where Linekeeper is not installed. */
export function projectCommands(id: string, harmless: ReadonlySet<string>): HookCommands {
  return commands({
    id,
    harmless,
    there: 'command -v linekeeper >/dev/null 2>&1',
    run: `linekeeper record ${id}`,
    psThere: 'Get-Command linekeeper -ErrorAction SilentlyContinue',
    psRun: `linekeeper record ${id}`,
    gone: NOT_HERE,
  });
}

/** Whether a hook's command is one that we wrote, in this or an earlier version, for this assistant. */
export function isOurCommand(command: string, id: string): boolean {
  return /\blinekeeper\b/.test(command) && new RegExp(`(^|[\\s'"])record['"]? ['"]?${id}(?![\\w-])`).test(command);
}

interface Parts {
  readonly id: string;
  readonly harmless: ReadonlySet<string>;
  /** A condition, and a call, in each shell. */
  readonly there: string;
  readonly run: string;
  readonly psThere: string;
  readonly psRun: string;
  readonly gone: string;
}

function commands(parts: Parts): HookCommands {
  const { there, run, psThere, psRun, gone } = parts;
  return {
    before: before(parts),
    other: {
      sh: `if ${there}; then ${run} || case $? in 2) exit 2;; esac; else echo ${sh(gone)} >&2; fi; exit 0`,
      powershell: `if (${psThere}) { ${psRun}; if ($LASTEXITCODE -eq 2) { exit 2 } } else { ${psSay(gone)} }; exit 0`,
    },
  };
}

function before({ id, harmless, there, run, psThere, psRun, gone }: Parts): HookCommand {
  // what a tool was given may hold such words too: only where all of them are of harmless tools
  const names = `printf '%s' "$p" | grep -Eo '"tool_?[nN]ame"[[:space:]]*:[[:space:]]*"[^"]*"'`;
  const reading =
    harmless.size === 0
      ? ''
      : `! ${names} | grep -Eqv '"(${[...harmless].join('|')})"$' && ${names} >/dev/null && exit 0; `;
  const patient = `if command -v timeout >/dev/null 2>&1; then lk() { timeout ${String(PATIENCE_SECONDS)} "$@"; }; else lk() { "$@"; }; fi`;
  return {
    sh:
      `p=$(cat); m=${sh(BROKEN)}; ${patient}; if ${there}; then printf '%s' "$p" | lk ${run}; c=$?; else c=127; m=${sh(gone)}; fi; case $c in 0|2) exit $c;; esac; ` +
      `g=$(git rev-parse --git-common-dir 2>/dev/null)/linekeeper; [ ! -d "$g" ] || echo "$(date +%s) ${id} $c" >>"$g/failed"; [ -e "$g/held" ] || { echo "$m" >&2; exit 0; }; ${reading}echo ${sh(HELD)} >&2; exit 2`,
    powershell:
      `if (${psThere}) { ${psRun}; $c = $LASTEXITCODE; $m = ${ps(BROKEN)} } else { $c = 127; $m = ${ps(gone)} }; if ($c -eq 0 -or $c -eq 2) { exit $c }; ` +
      `if (Test-Path -LiteralPath "$(git rev-parse --git-common-dir)/linekeeper/held") { ${psSay(HELD)}; exit 2 }; [Console]::Error.WriteLine($m); exit 0`,
  };
}

const psSay = (text: string): string => `[Console]::Error.WriteLine(${ps(text)})`;

/** One word for a POSIX shell. Plain words stay as they are, for people who read the file. */
function sh(word: string): string {
  return /^[\w./-]+$/.test(word) && !path.isAbsolute(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const ps = (word: string): string => (/^[\w-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`);
