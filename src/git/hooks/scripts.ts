/**
 * The git hooks, as POSIX sh. Every commit waits for them, so they do what they can without starting anything. Nothing
 * recorded: nothing to do. An answer prepared for exactly this tree: use it. Only otherwise do they start the runtime.
 * No failure of ours may stop a commit: after the hook that was here before, every way out is `exit 0`.
 */

import { INDEX_WORDS } from '../diff/diff';
import { ISOLATED_ENVIRONMENT, ISOLATED_OPTIONS } from '../plumbing/isolated-git';

/** How the command line is started. */
export interface Runtime {
  /** The Node executable, or an editor's own that acts as one. */
  readonly executable: string;
  /** Absolute path of the command line's script. */
  readonly cli: string;
  /** The executable is Electron and needs `ELECTRON_RUN_AS_NODE=1`. */
  readonly electron: boolean;
}

export const HOOKS = ['prepare-commit-msg', 'commit-msg', 'post-rewrite', 'pre-push'] as const;
export type HookName = (typeof HOOKS)[number];

/** How long a commit waits for its hook at most (milliseconds), unless `LINEKEEPER_HOOK_MS` says otherwise. */
export const HOOK_MS = 2_000;

/** Text by which we recognise our hook files. */
export const MARK = 'Linekeeper hook';
/** Suffix of the hook that was there before. */
export const BEFORE = '.before-linekeeper';

/** Quotes a word for a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const head = (name: string, chain: string): string => `#!/bin/sh
# ${MARK}: ${name}. \`linekeeper uninstall\` takes it away and puts back what was here before.
${chain}
lk_git=\${GIT_DIR:-.git}
[ -d "$lk_git" ] || lk_git=$(git rev-parse --git-dir 2>/dev/null) || exit 0
lk=$lk_git/linekeeper
`;

/**
 * The index against HEAD, for the runtime to read: running git while Node starts costs almost nothing. The last word
 * confirms that the output is complete; without it the runtime runs git itself.
 */
const DIFF = `
lk_diff() {
  [ "$2" != commit ] && [ ! -f "$lk_git/commondir" ] && [ -f "$lk/plain.git/HEAD" ] && IFS= read -r lk_ref <"$lk_git/HEAD" || return 0
  case $lk_ref in
    'ref: refs/'*) IFS= read -r lk_id <"$lk_git/\${lk_ref#ref: }" || return 0 ;;
    *) lk_id=$lk_ref ;;
  esac
  # Where no files are: in place of a blob git would read the file of the work tree, converted as it is.
  case $lk_git in /* | ?:*) lk_here= ;; *) lk_here=$PWD/ ;; esac
  lk_index=\${GIT_INDEX_FILE:-$lk_git/index}
  case $lk_index in /* | ?:*) ;; *) lk_index=$PWD/$lk_index ;; esac
  cd "$lk/plain.git" || return 0
  unset ${Object.entries(ISOLATED_ENVIRONMENT)
    .flatMap(([name, value]) => (value === undefined ? [name] : []))
    .join(' ')}
  ${Object.entries(ISOLATED_ENVIRONMENT)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join(' ')} \\
    GIT_DIR=. GIT_INDEX_FILE="$lk_index" GIT_OBJECT_DIRECTORY="$lk_here$lk_git/objects" LC_ALL=C GIT_OPTIONAL_LOCKS=0 \\
    git ${[...ISOLATED_OPTIONS, ...INDEX_WORDS].join(' ')} "$lk_id" && printf 'diffed %s' "$lk_id"
} 2>/dev/null
`;

/**
 * Once the commit is made, a background process writes its note and prepares the next one. Not while git makes a series
 * of commits, not where the editor made the commit (it does the same), and only where something is recorded.
 */
const LATER = (electron: string): string => `
lk_later() {
  [ "$LINEKEEPER_BACKGROUND" != off ] && [ -z "$VSCODE_GIT_COMMAND" ] && [ -e "$lk_last" ] && [ -x "$lk_node" ] && [ -f "$lk_cli" ] || return 0
  [ ! -d "$lk_git/rebase-merge" ] && [ ! -d "$lk_git/rebase-apply" ] && [ ! -d "$lk_git/sequencer" ] || return 0
  (
    unset GIT_INDEX_FILE GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE GIT_EDITOR GIT_REFLOG_ACTION GIT_PREFIX
    ${electron}"$lk_node" "$lk_cli" hook ready "$1" "$PPID" </dev/null >/dev/null 2>&1 &
  )
}

`;

/**
 * One deadline for everything that a commit waits for: past it, or once git has ended, everything that this hook
 * started is killed, whatever it waits for. In seconds, because `sleep` does not support fractions everywhere. Started
 * before the first program.
 */
const WATCH = `
lk_timer= lk_late=
lk_watch() {
  [ -z "$lk_timer" ] || return 0
  case $LINEKEEPER_HOOK_MS in '' | 0* | *[!0-9]* | ????????*) lk_ms=${String(HOOK_MS)} ;; *) lk_ms=$LINEKEEPER_HOOK_MS ;; esac
  (
    lk_sleep=
    trap '[ -z "$lk_sleep" ] || kill "$lk_sleep"; exit 0' TERM
    lk_parent=$PPID lk_left=$(((lk_ms + 999) / 1000))
    # Where git is no process that this shell can see, there is only the time.
    [ "$lk_parent" -gt 1 ] && kill -0 "$lk_parent" || lk_parent=
    while [ "$lk_left" -gt 0 ] && { [ -z "$lk_parent" ] || kill -0 "$lk_parent"; }; do
      sleep 1 &
      lk_sleep=$!
      wait "$lk_sleep" && lk_sleep= lk_left=$((lk_left - 1)) || break
    done
    trap '' TERM
    kill "$$"
    lk_list=$(ps -A -o ppid= -o pid=) || lk_list=$(
      for lk_file in /proc/[0-9]*/stat; do
        IFS= read -r lk_line <"$lk_file" || continue
        set -f -- \${lk_line##*\\) }
        printf '%s %s\\n' "$2" "\${lk_line%% *}"
      done
    )
    lk_self=$(sh -c 'echo $PPID') lk_all=" $$ " lk_more=1
    while [ -n "$lk_more" ]; do
      lk_more=
      while read -r lk_of lk_pid; do
        case $lk_all in *" $lk_pid "*) continue ;; *" $lk_of "*) ;; *) continue ;; esac
        [ "$lk_pid" = "$lk_self" ] || lk_all="$lk_all$lk_pid " lk_more=1
      done <<LIST
$lk_list
LIST
    done
    lk_all=\${lk_all#" $$ "}
    [ -z "$lk_all" ] || kill -9 $lk_all
  ) </dev/null >/dev/null 2>&1 &
  lk_timer=$!
  trap 'lk_late=1' TERM
  trap 'kill "$lk_timer" 2>/dev/null' EXIT
}
`;

const run = (name: HookName, runtime: Runtime): string => {
  const told = name === 'prepare-commit-msg' ? 'lk_diff "$@" | LINEKEEPER_DIFF=1 ' : '';
  const later = name === 'prepare-commit-msg';
  const electron = runtime.electron ? 'ELECTRON_RUN_AS_NODE=1 ' : '';
  // The user asked for notes to go along with a push, which takes as long as the network does.
  const watched = name === 'prepare-commit-msg' || name === 'commit-msg';
  return `${told === '' ? '' : DIFF}${watched ? WATCH : ''}
lk_node=${quoted(runtime.executable)}
lk_cli=${quoted(runtime.cli)}
${later ? LATER(electron) : ''}lk_run() {
${
  watched
    ? `  lk_watch
  if [ -z "$lk_late" ] && [ -f "$lk_cli" ]; then`
    : '  if [ -f "$lk_cli" ]; then'
}
    if [ -x "$lk_node" ]; then
      ${told}${electron}"$lk_node" "$lk_cli" hook ${name} "$@" && ${later ? '{ lk_later unknown; exit 0; }' : 'exit 0'}
    elif command -v node >/dev/null 2>&1; then
      ${told}node "$lk_cli" hook ${name} "$@" && exit 0
    fi
  fi
${
  watched
    ? `  [ -z "$lk_late" ] || echo "linekeeper: the message of this commit may say less, because ${name} took too long; its note is made later. 'linekeeper doctor' says more" >&2
  [ -z "$lk_late" ] || exit 0
`
    : ''
}  echo "linekeeper: the record of this commit is not complete (${name} could not run); nothing is lost, 'linekeeper doctor' says more" >&2
  exit 0
}
`;
};

/** Hooks that git gives data on standard input. */
const WITH_INPUT: ReadonlySet<HookName> = new Set(['post-rewrite', 'pre-push']);

/** Runs the hook that was there before; its exit code counts. */
const chained = (name: HookName, file: string): string =>
  WITH_INPUT.has(name)
    ? `lk_before=${file} lk_input=$(cat)
if [ -x "$lk_before" ]; then printf '%s\\n' "$lk_input" | "$lk_before" "$@" || exit $?; fi`
    : `lk_before=${file}
if [ -x "$lk_before" ]; then "$lk_before" "$@" || exit $?; fi`;

const PREPARE = `
for lk_place in "$lk" "$lk/journal"; do
  if [ -h "$lk_place" ] || { [ -e "$lk_place" ] && [ ! -d "$lk_place" ]; }; then
    echo "linekeeper: $lk_place is not a folder of its own, so nothing is recorded; 'linekeeper doctor' says more" >&2
    exit 0
  fi
done
lk_last=
for lk_file in "$lk"/journal/*.json; do lk_last=$lk_file; done
if [ "$2" = message ] && [ -f "$lk_git/rebase-merge/done" ] && [ ! -e "$lk_git/rebase-merge/stopped-sha" ] && [ ! -e "$lk_git/rebase-merge/current-fixups" ]; then
  # A rebase picks a commit by itself. What its message says stays true where all of its lines come along.
  lk_todo= lk_lines=
  while read -r lk_word lk_words; do lk_todo=$lk_word; done <"$lk_git/rebase-merge/done"
  case $lk_todo in
    pick | edit | reword | p | e | r)
      while IFS= read -r lk_line; do case $lk_line in 'AI-Lines: '*) lk_lines=$lk_line ;; esac; done <"$1"
      [ -n "$lk_lines" ] || exit 0
      lk_lines=\${lk_lines#* of } lk_in=0 lk_out=0
      lk_watch
      lk_stat=$(LC_ALL=C git diff-index --cached --shortstat -M HEAD 2>/dev/null)
      case $lk_stat in *' insertion'*) lk_in=\${lk_stat%% insertion*} lk_in=\${lk_in##* } ;; esac
      case $lk_stat in *' deletion'*) lk_out=\${lk_stat%% deletion*} lk_out=\${lk_out##* } ;; esac
      [ "\${lk_lines%%,*}" != "+$lk_in -$lk_out" ] || exit 0
      lk_run "$@" ;;
  esac
fi
if [ "$2" = commit ]; then lk_run "$@"; fi
if [ ! -e "$lk_last" ]; then
  # Nothing is recorded. Only a commit that was made before, or what is left of one, may still need its trailers again.
  # Notes are one for all work trees.
  lk_common=$lk_git
  if [ -f "$lk_git/commondir" ]; then
    IFS= read -r lk_common <"$lk_git/commondir"
    case $lk_common in /* | ?:*) ;; *) lk_common=$lk_git/$lk_common ;; esac
  fi
  lk_dates=$lk_common/linekeeper/amendable
  [ -f "$lk_dates" ] || [ -f "$lk_common/refs/notes/ai" ] || exit 0
  case $2 in merge | squash) lk_run "$@" ;; esac
  # What git leaves of commits that it puts together: picked (also with -n), squashed, merged.
  for lk_file in CHERRY_PICK_HEAD SQUASH_MSG MERGE_MSG rebase-merge/current-fixups; do [ ! -f "$lk_git/$lk_file" ] || lk_run "$@"; done
  [ ! "$lk_git/ORIG_HEAD" -nt "$lk/settled" ] && [ ! -f "$lk/taken-back" ] || lk_run "$@"
  # A branch without a past takes what the commits left behind made; a branch that is only packed is looked at in vain.
  IFS= read -r lk_ref <"$lk_git/HEAD"
  case $lk_ref in 'ref: refs/heads/'*) [ -f "$lk_common/\${lk_ref#ref: }" ] || [ "$lk_ref" = 'ref: refs/heads/.invalid' ] || [ ! -f "$lk_git/logs/HEAD" ] || lk_run "$@" ;; esac
  [ -f "$lk_dates" ] || exit 0
  while read -r lk_date; do [ "$lk_date" = "$GIT_AUTHOR_DATE" ] && lk_run "$@"; done <"$lk_dates"
  exit 0
fi
[ "$2" = message ] && [ "$GIT_EDITOR" = : ] && [ -d "$lk/prepared" ] && [ ! -f "$lk_git/REVERT_HEAD" ] || lk_run "$@"
# A message can be finished here when it is plain, and nothing in its last paragraph could be a trailer. The subject never is one.
lk_blank= lk_text= lk_later= lk_colon=
while IFS= read -r lk_line; do
  case $lk_line in
    *[[:cntrl:]]* | [[:punct:]]* | Signed-off-by:*) lk_run "$@" ;;
    *[![:space:]]*)
      [ -z "$lk_blank" ] || [ -z "$lk_text" ] || lk_later=1 lk_colon=
      lk_text=1 lk_blank=
      case $lk_line in *:*) lk_colon=1 ;; esac ;;
    *) lk_blank=1 ;;
  esac
done <"$1"
[ -n "$lk_text" ] && [ -z "$lk_blank" ] && [ -z "$lk_line" ] || lk_run "$@"
[ -z "$lk_later" ] || [ -z "$lk_colon" ] || lk_run "$@"
lk_watch
lk_tree=$(git write-tree 2>/dev/null) && [ -f "$lk/prepared/$lk_tree" ] || lk_run "$@"
{
  IFS= read -r lk_head && IFS= read -r lk_record && IFS= read -r lk_date || lk_run "$@"
  [ "$lk_record" = "\${lk_last##*/}" ] && [ "$lk_date" != "$GIT_AUTHOR_DATE" ] || lk_run "$@"
  IFS= read -r lk_ref <"$lk_git/HEAD" || lk_run "$@"
  case $lk_ref in
    'ref: refs/'*)
      lk_common=$lk_git
      [ ! -f "$lk_git/commondir" ] || lk_run "$@"
      IFS= read -r lk_id <"$lk_common/\${lk_ref#ref: }" 2>/dev/null || lk_run "$@" ;;
    *) lk_id=$lk_ref ;;
  esac
  [ "$lk_id" = "$lk_head" ] || lk_run "$@"
  lk_first=1
  while IFS= read -r lk_line; do
    if [ -n "$lk_first" ]; then printf '\\n' >>"$1"; lk_first=; fi
    printf '%s\\n' "$lk_line" >>"$1"
  done
} <"$lk/prepared/$lk_tree"
printf '%s %s %s\\n' "$lk_head" "$lk_tree" "\${lk_last##*/}" 2>/dev/null >>"$lk/hooked"
lk_later "$lk_head"
exit 0
`;

const BODIES: Readonly<Record<HookName, string>> = {
  'prepare-commit-msg': PREPARE,
  'commit-msg': `
[ -f "$lk/unwritten" ] || exit 0
lk_run "$@"
`,
  // Which commits were rewritten to which: read when notes are settled.
  'post-rewrite': `
[ -d "$lk" ] && printf '%s\\n' "$lk_input" 2>/dev/null >>"$lk/rewritten"
exit 0
`,
  // Notes go along only if the user asked for it, with `install --notes`.
  'pre-push': `
[ "$(git config --type=bool --get linekeeper.notes 2>/dev/null)" != true ] || lk_run "$@"
for lk_file in "$lk"/journal/*.json; do [ -e "$lk_file" ] || exit 0; break; done
lk_run "$@"
`,
};

/** The hook's text. `before` is the shell word for the hook that was there before. */
export function hookScript(name: HookName, runtime: Runtime, before: string): string {
  return `${head(name, chained(name, before))}${run(name, runtime)}${BODIES[name]}`;
}

/** A hook that only runs the one in the previously configured folder. */
export function passOn(before: string): string {
  return `#!/bin/sh\n# ${MARK}: passes on to the hooks folder that was configured before.\n[ -x ${before} ] || exit 0\nexec ${before} "$@"\n`;
}
