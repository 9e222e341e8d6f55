/** The parts of a hook that start the command line: for what the shell leaves to it, and behind a commit. */
import { NOTHING_INSTALLED, REMOVE } from '../../../base/launcher';
import { shellQuoted } from '../../../base/platform';
import type { Runtime } from '../command-line-runtime';
import type { HookName } from '../hook-names';

const electron = (runtime: Runtime): string => (runtime.electron ? 'ELECTRON_RUN_AS_NODE=1 ' : '');

/** A condition, and the start of a call: of the launcher where there is one, which knows Node's place by itself. */
const startOf = (runtime: Runtime): { readonly there: string; readonly call: string } =>
  runtime.launcher === undefined
    ? { there: '[ -x "$lk_node" ]', call: `${electron(runtime)}"$lk_node" "$lk_cli"` }
    : { there: '[ -x "$lk_cli" ]', call: '"$lk_cli"' };

/** Node reads the certificates that this names whenever it starts, which takes as long as all else. Only the network needs them. */
const NO_CERTIFICATES = 'NODE_EXTRA_CA_CERTS= ';

const places = (runtime: Runtime): string =>
  runtime.launcher === undefined
    ? `
lk_node=${shellQuoted(runtime.executable)}
lk_cli=${shellQuoted(runtime.cli)}
`
    : `
lk_cli=${shellQuoted(runtime.launcher)}
`;

/** `lk_run`: starts the command line. `watched`: it has the time that `lk_watch` gives it. */
export function startProgram(
  name: HookName,
  runtime: Runtime,
  {
    watched,
    input = '',
    then = '',
    network = false,
  }: { readonly watched: boolean; readonly input?: string; readonly then?: string; readonly network?: boolean },
): string {
  const start = input + (network ? '' : NO_CERTIFICATES);
  const last = then === '' ? 'return 0' : `{ ${then}; return 0; }`;
  // The shell is woken in its wait, whatever the program waits for, and whether or not anything can end that.
  const waited = watched ? ' & lk_program=$!\n      wait "$lk_program" 2>/dev/null' : '';
  const { there, call } = startOf(runtime);
  const otherwise =
    runtime.launcher === undefined
      ? `
    elif command -v node >/dev/null 2>&1; then
      ${start}node "$lk_cli" hook ${name} "$@"${waited} && return 0`
      : `
      # The launcher has said by itself that nothing is installed any more.
      [ $? -ne ${String(NOTHING_INSTALLED)} ] || return 0`;
  return `${places(runtime)}lk_run() {
${
  watched
    ? `  lk_watch
  if [ -z "$lk_late" ] && [ -f "$lk_cli" ]; then`
    : '  if [ -f "$lk_cli" ]; then'
}
    if ${there}; then
      ${start}${call} hook ${name} "$@"${waited} && ${last}${otherwise}
    fi
  fi
${
  watched
    ? `  [ -z "$lk_late" ] || [ -z "$lk_program" ] || kill -9 "$lk_program" 2>/dev/null
  # What it has not put in its place.
  for lk_file in "$1".linekeeper-*; do [ ! -e "$lk_file" ] || rm -f "$lk_file"; done
  if [ -n "$lk_late" ]; then
    echo "linekeeper: the message of this commit may say less, because ${name} took too long; its note is made later. 'linekeeper doctor' says more" >&2
    ${then === '' ? '' : `${then}\n    `}return 0
  fi
`
    : ''
}  if [ -f "$lk_cli" ]; then
    echo "linekeeper: the record of this commit is not complete (${name} could not run); nothing is lost, 'linekeeper doctor' says more" >&2
  elif [ -f ${REMOVE.replace(/^sh /, '')} ]; then
    echo "linekeeper: Linekeeper was removed, and its git hooks are still here. To take them out: ${REMOVE}" >&2
  else
    # "uninstall --everywhere" did not know this clone: it had no commit yet.
    echo "linekeeper: Linekeeper was removed, and its git hooks are still here. To take them out, delete its lines, or the files if they hold nothing else:
$(grep -ls 'Linekeeper [h]ook: ' "\${0%/*}"/*)" >&2
  fi
}
`;
}

/**
 * `lk_later`: once the commit is made, a background process writes its note and prepares the next one. Not while git
 * makes a series of commits, not where the editor made the commit (it does the same), and only where something is
 * recorded.
 */
export const laterProgram = (runtime: Runtime): string => `
lk_later() {
  [ "$LINEKEEPER_BACKGROUND" != off ] && [ -z "$VSCODE_GIT_COMMAND" ] && [ -e "$lk_last" ] && ${startOf(runtime).there} && [ -f "$lk_cli" ] || return 0
  [ ! -d "$lk_git/rebase-merge" ] && [ ! -d "$lk_git/rebase-apply" ] && [ ! -d "$lk_git/sequencer" ] || return 0
  (
    unset GIT_INDEX_FILE GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE GIT_EDITOR GIT_REFLOG_ACTION GIT_PREFIX
    ${NO_CERTIFICATES}${startOf(runtime).call} hook ready "$1" "$PPID" </dev/null >/dev/null 2>&1 &
  )
}
`;
