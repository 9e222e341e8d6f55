/** The texts of the launcher: `linekeeper` for POSIX shells, `linekeeper.cmd` for cmd and PowerShell. */

import { shellQuoted } from '../platform';

/** Exit code of the launcher where no Linekeeper is installed any more: a shell's own for "not found". */
export const NOTHING_INSTALLED = 127;

/** How a person takes out what was set up where no Linekeeper is left, as hooks that outlive it say. */
export const REMOVE = 'sh ~/.linekeeper/remove.sh';

/**
 * For sh. It reads the list on another descriptor than standard input, which is the program's. `NODE_OPTIONS` is the
 * person's own programs' (a tracer, a debugger, `.pnp.cjs`): with one that Node refuses, no hook would run.
 */
export const launcherSh = (home: string): string => `#!/bin/sh
# Starts the newest Linekeeper that is installed for this account. Git's hooks and assistants' hooks call this file.
lk_home=${shellQuoted(home)}
[ -r "$lk_home/programs" ] || lk_home=\${0%/*}/..
lk_node= lk_kind= lk_cli=
if [ -r "$lk_home/programs" ]; then
  exec 3<"$lk_home/programs"
  while IFS='	' read -r lk_v lk_k lk_n lk_c <&3; do
    [ -n "$lk_cli" ] || [ ! -f "$lk_c" ] || lk_cli=$lk_c
    [ -x "$lk_n" ] || continue
    [ -n "$lk_node" ] && [ "$lk_cli" != "$lk_c" ] || { lk_node=$lk_n lk_kind=$lk_k; }
    [ "$lk_cli" != "$lk_c" ] || break
  done
  exec 3<&-
fi
unset NODE_OPTIONS
if [ -n "$lk_cli" ]; then
  [ "$lk_kind" != electron ] || { ELECTRON_RUN_AS_NODE=1; export ELECTRON_RUN_AS_NODE; }
  [ -z "$lk_node" ] || exec "$lk_node" "$lk_cli" "$@"
  ! command -v node >/dev/null 2>&1 || exec node "$lk_cli" "$@"
  echo 'linekeeper: Node is not found. Install Node 20 or later, or open the editor that has the Linekeeper extension once.' >&2
else
  echo 'linekeeper: Linekeeper was removed, and its hooks are still here. To take them out: ${REMOVE}' >&2
fi
exit ${String(NOTHING_INSTALLED)}
`;

/** For cmd, which PowerShell starts too. */
export const LAUNCHER_CMD = `@echo off
rem Starts the newest Linekeeper that is installed for this account. Git's hooks and assistants' hooks call this file.
setlocal DisableDelayedExpansion
set "NODE_OPTIONS="
set "LK_CLI="
if exist "%~dp0..\\programs" for /f "usebackq tokens=2,3,* delims=	" %%a in ("%~dp0..\\programs") do if not defined LK_CLI if exist "%%c" (
  set "LK_KIND=%%a"
  set "LK_NODE=%%b"
  set "LK_CLI=%%c"
)
if not defined LK_CLI (
  echo linekeeper: Linekeeper was removed, and its hooks are still here. To take them out, in Git Bash: ${REMOVE} 1>&2
  exit /b ${String(NOTHING_INSTALLED)}
)
if not exist "%LK_NODE%" (
  set "LK_NODE=node"
  set "LK_KIND=node"
)
if "%LK_KIND%"=="electron" set "ELECTRON_RUN_AS_NODE=1"
"%LK_NODE%" "%LK_CLI%" %*
exit /b %ERRORLEVEL%
`.replaceAll('\n', '\r\n');
