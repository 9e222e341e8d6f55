/** The part of a hook that ends it in time. */
import { isWindows } from '../../platform';

/**
 * How long a commit waits for its hook at most (milliseconds), unless `LINEKEEPER_HOOK_MS` says otherwise. Each program
 * that is started takes far longer on Windows, and an amendment takes ten.
 */
export const HOOK_MS = isWindows() ? 5_000 : 2_000;

/**
 * One deadline for everything that a commit waits for: past it, or once git has ended, everything that this hook
 * started is killed, whatever it waits for. In seconds, because `sleep` does not support fractions everywhere. Started
 * before the first program.
 */
export const WATCH = `
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
    # Listed before the hook is woken: once it has ended, nobody is its child.
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
    kill "$$"
    [ -z "$lk_all" ] || kill -9 $lk_all
  ) </dev/null >/dev/null 2>&1 &
  lk_timer=$!
  trap 'lk_late=1' TERM
}
`;
