/**
 * The commands that hooks run. They exit with 0 whatever happens to us, except with 2 (a refusal): to some assistants,
 * any other exit code of a before-tool hook is a refusal too.
 *
 * A before-tool command answers by itself when Linekeeper fails, hangs or is gone. It refuses, in the assistant's own
 * protocol, where the policy last seen in the repository restricts agents anywhere (the file `linekeeper/held` of the
 * git directory exists) or the text of the clone's policy does, and lets everything pass elsewhere. Where no Linekeeper
 * is left, a person is asked instead, if the assistant can ask, and told how to take the hooks out. Both are reported in
 * one line, and kept for `doctor` in `linekeeper/failed`. A project's hooks also run where Linekeeper has never been:
 * there they check the policy themselves.
 */
import path from 'node:path';
import { NOTHING_INSTALLED, REMOVE } from '../../../base/launcher';
import { isWindowsPath } from '../../../base/platform';
import {
  FIND_POWERSHELL,
  FIND_SH,
  DENIES_POWERSHELL,
  DENIES_SH,
  findAndRunCmd,
  UNSEEN_DENIES_SH,
} from './shell-text-of-project-hooks';
import { anyShell } from './text-for-any-shell';
import { cmdWord, powershellWord as ps, shellWord as sh } from './quote-words';
import type { Assistant, HookCommand, HookCommands } from '../types';

const NOT_HERE = 'linekeeper is not installed here: this edit is not recorded';
const GONE = `linekeeper: Linekeeper was removed, so this edit is not recorded. To take its hooks out: ${REMOVE}`;
const BROKEN = 'linekeeper could not run: this edit is not recorded ("linekeeper doctor" says more)';
const HELD =
  'Linekeeper could not look at this, and the policy of this repository restricts agents: refused. Ask the person to run "linekeeper doctor"';
/** What a person is asked, and what an assistant is told that can't ask. */
const HELD_GONE = `Linekeeper was removed, and the policy of this repository restricts agents. Install Linekeeper again, or take its hooks out: ${REMOVE}`;
const HELD_NOT_HERE =
  'Linekeeper is not found here, and the policy of this repository restricts agents: refused. Ask the person to install the Linekeeper extension and open this repository in the editor once, or to run "linekeeper install" here';

/** An assistant gives its hooks 10 seconds; no answer by then counts as a yes. */
const PATIENCE_SECONDS = 8;

/** Node reads the certificates named there at each start, which costs as much as the start. No hook needs the network. */
const WITHOUT_CERTIFICATES = 'unset NODE_EXTRA_CA_CERTS; ';

/** How Linekeeper is started on this machine. */
export interface Program {
  /** Such as Node's path and the script's. */
  readonly words: readonly string[];
  /**
   * The first word is an editor's own executable, which acts as Node only when told to; otherwise it would open a
   * window.
   */
  readonly electron: boolean;
  /** The hooks are for this machine alone, and it has no POSIX shell by itself. Default: no. */
  readonly windows?: boolean;
}

/** The assistant that the commands are for: its harmless tools, and how it is refused, or has a person asked. */
type Hooked = Pick<Assistant, 'id' | 'harmless' | 'deny' | 'ask'>;

/** For a user's own configuration: runs the program with `record ID`, or reports that it is gone. */
export function userCommands({ words, electron, windows = false }: Program, assistant: Hooked): HookCommands {
  const [runtime = '', ...rest] = words;
  const files = words.filter((word) => isAbsolute(word));
  const call = [...rest, 'record', assistant.id];
  // The launcher is a script for sh; beside it stands the one for cmd, which PowerShell starts too.
  const isLauncher = rest.length === 0 && isAbsolute(runtime);
  const windowsWords = isLauncher ? [`${runtime}.cmd`] : words;
  const [windowsRuntime = ''] = windowsWords;
  // A package manager may move Node from under us: then the one on PATH runs the script, as in git's hooks.
  const replaceable = isAbsolute(runtime) && rest.some((word) => isAbsolute(word));
  const needed = replaceable ? files.slice(1) : files;
  const shFiles = needed.map((file) => `[ -e ${sh(file)} ]`);
  const windowsNeeded = isLauncher ? windowsWords : needed;
  const psFiles = windowsNeeded.map((file) => `(Test-Path -LiteralPath ${ps(file)})`);
  return commands({
    assistant,
    sh: {
      find: replaceable ? `n=${sh(runtime)}; [ -e "$n" ] || n=$(command -v node); ` : '',
      there: [...shFiles, ...(replaceable ? ['[ -n "$n" ]'] : [])].join(' && ') || 'true',
      run: `${electron ? 'env ELECTRON_RUN_AS_NODE=1 ' : ''}${[replaceable ? '"$n"' : sh(runtime), ...call.map(sh)].join(' ')}`,
      folder: 'g=$(git rev-parse --git-common-dir 2>/dev/null)/linekeeper; ',
      denies: UNSEEN_DENIES_SH,
      ...(isLauncher && !electron ? { again: `${sh(runtime)} --version` } : {}),
    },
    powershell: {
      find: replaceable
        ? `$n = ${ps(runtime)}; if (-not (Test-Path -LiteralPath $n)) { $n = (Get-Command node -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source }; `
        : '',
      there: [...psFiles, ...(replaceable ? ['$n'] : [])].join(' -and ') || '$true',
      setUp: electron ? "$env:ELECTRON_RUN_AS_NODE='1'; " : '',
      run: `& ${[replaceable ? '$n' : ps(windowsRuntime), ...call.map(ps)].join(' ')}`,
      folder: '$g = "$(git rev-parse --git-common-dir)/linekeeper"; ',
      denies: '',
    },
    cmd: `${electron ? 'set ELECTRON_RUN_AS_NODE=1& ' : ''}${runCmd(isLauncher ? windowsWords : files, [...windowsWords, 'record', assistant.id])}`,
    shells: windows ? 'any' : 'sh',
    whenMissing: GONE,
    heldGone: HELD_GONE,
    leftOver: true,
  });
}

/** Where one of the files is gone, cmd says so and lets the assistant go on. */
const runCmd = (files: readonly string[], call: readonly string[]): string =>
  files.reduceRight(
    (inner, file) => `if exist ${cmdWord(file)} (${inner}) else (echo ${GONE} 1>&2& exit 0)`,
    call.map(cmdWord).join(' '),
  );

/** On any system: hooks for Windows are made, and tested, on others too. */
const isAbsolute = (word: string): boolean => path.isAbsolute(word) || isWindowsPath(word);

/**
 * For a repository's shared configuration, which contains no machine path: they start the program that the repository's
 * git directory names (`saveProgram` in `src/git/hooks`), else the `linekeeper` on PATH. Where there is none, the
 * assistant continues, unless the policy denies agents something.
 */
export function projectCommands(assistant: Hooked): HookCommands {
  return commands({
    assistant,
    sh: { find: FIND_SH, there: '[ $# -gt 0 ]', run: `"$@" record ${assistant.id}`, folder: '', denies: DENIES_SH },
    powershell: {
      find: FIND_POWERSHELL,
      there: '$r',
      setUp: `$k = @($r | Select-Object -Skip 1) + 'record', '${assistant.id}'; `,
      run: '& $r[0] @k',
      folder: '',
      denies: DENIES_POWERSHELL,
    },
    cmd: findAndRunCmd(assistant.id),
    shells: 'any',
    whenMissing: NOT_HERE,
    heldGone: HELD_NOT_HERE,
    leftOver: false,
  });
}

/** Whether a hook's command is one that we wrote, in this or an earlier version, for this assistant. */
export function isOurCommand(command: string, id: string): boolean {
  return /\blinekeeper\b/.test(command) && new RegExp(`(^|[\\s'"])record['"]?,? ['"]?${id}(?![\\w-])`).test(command);
}

interface Shell {
  /** Statements that find the program. */
  readonly find: string;
  /** A condition, and a call. */
  readonly there: string;
  readonly run: string;
  /** Statements that leave the path of our folder in the git directory in `g`. */
  readonly folder: string;
  /**
   * The launcher without work to do, which says whether a Linekeeper is left: one that was removed after the hook began
   * fails like any other program.
   */
  readonly again?: string;
  /** A further condition under which agents are restricted, after an "or"; or empty. */
  readonly denies: string;
}

interface Parts {
  readonly assistant: Hooked;
  readonly sh: Shell;
  /** `setUp`: statements before the call. */
  readonly powershell: Shell & { readonly setUp: string };
  /** Only records: it has no way to answer by itself. */
  readonly cmd: string;
  /** Which shells may run the command where there is only one. */
  readonly shells: 'sh' | 'any';
  readonly whenMissing: string;
  /** Why the assistant is refused, or a person asked, where the program is gone. */
  readonly heldGone: string;
  /** The program was here when the hooks were written. A team's hooks may be where it has never been. */
  readonly leftOver: boolean;
}

function commands(parts: Parts): HookCommands {
  const { whenMissing, cmd, shells } = parts;
  const posix = parts.sh;
  const again = posix.again === undefined ? '' : ` 127) ;; *) ${posix.again} >/dev/null;;`;
  const powershell = parts.powershell;
  const forAll = (texts: Omit<HookCommand, 'any'>): HookCommand => ({
    ...texts,
    any: shells === 'sh' ? texts.sh : anyShell({ ...texts, cmd }),
  });
  return {
    before: forAll({ sh: `${WITHOUT_CERTIFICATES}${beforeSh(parts)}`, powershell: beforePowershell(parts) }),
    others: forAll({
      sh: `${WITHOUT_CERTIFICATES}${posix.find}if ${posix.there}; then ${posix.run} || case $? in 2) exit 2;;${again} esac; else echo ${sh(whenMissing)} >&2; fi; exit 0`,
      powershell: `${READ_POWERSHELL}${powershell.find}if (${powershell.there}) { ${powershell.setUp}$p | ${powershell.run}; if ($LASTEXITCODE -eq 2) { exit 2 } } else { ${psSay(whenMissing)} }; exit 0`,
    }),
  };
}

/**
 * Leaves what the assistant sends in `$p`. With `-Command`, PowerShell itself reads standard input ahead and gives it
 * as `$input`; with a script file, it does not. What it decoded is encoded alike for our program.
 */
const READ_POWERSHELL =
  '$p = @($input) -join [Environment]::NewLine; if (-not $p) { $p = [Console]::In.ReadToEnd() }; $OutputEncoding = [Console]::InputEncoding; ';

function beforeSh({
  assistant,
  sh: { find, there, run, folder, denies, again },
  whenMissing,
  heldGone,
  leftOver,
}: Parts): HookCommand['sh'] {
  const { id, harmless } = assistant;
  // a tool's input may contain such words too: only where all of them are harmless tools
  // POSIX's grep can't print what matches alone: each match gets a line of its own, between bars that no other text keeps.
  const key = '"tool_\\{0,1\\}[nN]ame"[[:space:]]*:';
  const names = `printf '%s\\n' "$p" | tr '|\\n' '. ' | sed 's#${key}[[:space:]]*"[^"]*"#|&|#g' | tr '|' '\\n' | grep '^${key}'`;
  const reading =
    harmless.size === 0
      ? ''
      : `! ${names} | grep -Eqv '"(${[...harmless].join('|')})"$' && ${names} >/dev/null && exit 0; `;
  // on Windows, `timeout` may be a program that waits for a key
  const patient = `if [ -z "$WINDIR$windir" ] && command -v timeout >/dev/null 2>&1; then lk() { timeout ${String(PATIENCE_SECONDS)} "$@"; }; else lk() { "$@"; }; fi`;
  const refuse = refusalSh(assistant, HELD);
  // The input is read here only where its words are asked for below: that takes as long as a fifth of Node's start.
  // A launcher that finds no program has said so by itself.
  const said = leftOver ? `; [ $c != ${String(NOTHING_INSTALLED)} ] || m=` : '';
  const call =
    reading === ''
      ? `if ${there}; then lk ${run}; c=$?${said}; else c=127; m=${sh(whenMissing)}; lk cat >/dev/null; fi`
      : `if ! p=$(lk cat); then c=124; elif ${there}; then printf '%s' "$p" | lk ${run}; c=$?${said}; else c=127; m=${sh(whenMissing)}; fi`;
  // Not after a program that hung: the assistant does not wait for as long again.
  const removed =
    again === undefined ? '' : ` 124|127|137) ;; *) lk ${again} >/dev/null || [ $? != 127 ] || { c=127; m=; };;`;
  return (
    `m=${sh(BROKEN)}; ${patient}; ${find}${call}; case $c in 0|2) exit $c;;${removed} esac; ` +
    `${folder}[ ! -d "$g" ] || echo "$(date +%s) ${id} $c" >>"$g/failed"; [ -e "$g/held" ] || ${denies}{ ${leftOver ? '[ -z "$m" ] || ' : ''}echo "$m" >&2; exit 0; }; ${reading}` +
    (leftOver
      ? `if [ $c = ${String(NOTHING_INSTALLED)} ]; then ${askSh(assistant, heldGone)}; fi; ${refuse}`
      : `if ${there}; then ${refuse}; fi; ${refusalSh(assistant, heldGone)}`)
  );
}

function beforePowershell({
  assistant,
  powershell,
  whenMissing,
  heldGone,
  leftOver,
}: Parts): HookCommand['powershell'] {
  const { find, there, setUp, run, folder, denies } = powershell;
  const held = `(Test-Path -LiteralPath "$g/held")${denies}`;
  const reading =
    assistant.harmless.size === 0
      ? ''
      : `$t = @([regex]::Matches($p, '"tool_?[nN]ame"\\s*:\\s*"([^"]*)"') | ForEach-Object { $_.Groups[1].Value }); ` +
        `if ($t.Count -gt 0 -and @($t | Where-Object { @(${[...assistant.harmless].map((name) => `'${name.replaceAll("'", "''")}'`).join(', ')}) -cnotcontains $_ }).Count -eq 0) { exit 0 }; `;
  const refuse = refusalPowershell(assistant, HELD);
  return (
    `${READ_POWERSHELL}${find}if (${there}) { ${setUp}$p | ${run}; $c = $LASTEXITCODE; $m = ${leftOver ? `if ($c -ne ${String(NOTHING_INSTALLED)}) { ${ps(BROKEN)} }` : ps(BROKEN)} } else { $c = 127; $m = ${ps(whenMissing)} }; if ($c -eq 0 -or $c -eq 2) { exit $c }; ` +
    `${folder}if (${held}) { ${reading}${leftOver ? `if ($c -eq ${String(NOTHING_INSTALLED)}) { ${refusalPowershell(asking(assistant), heldGone)} }; ${refuse}` : `if (${there}) { ${refuse} }; ${refusalPowershell(assistant, heldGone)}`} }; ${leftOver ? 'if ($m) { [Console]::Error.WriteLine($m) }' : '[Console]::Error.WriteLine($m)'}; exit 0`
  );
}

/** Refuses a tool in the assistant's own protocol: some have no exit code 2, and others drop the reason with it. */
function answerOf({ deny }: Hooked, reason: string): { readonly stdout?: string; readonly exitCode: number } {
  return deny === null ? { exitCode: 2 } : deny(reason);
}

/** The same assistant, whose refusal is a question to a person where it can ask one. */
const asking = (assistant: Hooked): Hooked => ({ ...assistant, deny: assistant.ask ?? assistant.deny });

const askSh = (assistant: Hooked, reason: string): string => refusalSh(asking(assistant), reason);

function refusalSh(assistant: Hooked, reason: string): string {
  const { stdout, exitCode } = answerOf(assistant, reason);
  return `${stdout === undefined ? `echo ${sh(reason)} >&2` : `printf '%s\\n' ${sh(stdout.trimEnd())}`}; exit ${String(exitCode)}`;
}

function refusalPowershell(assistant: Hooked, reason: string): string {
  const { stdout, exitCode } = answerOf(assistant, reason);
  return `${stdout === undefined ? psSay(reason) : `[Console]::Out.WriteLine(${ps(stdout.trimEnd())})`}; exit ${String(exitCode)}`;
}

const psSay = (text: string): string => `[Console]::Error.WriteLine(${ps(text)})`;
