/** The part of a hook that ends it in time. */
import { isWindows } from '../../../base/platform';

/**
 * How long a commit waits for its hook at most (milliseconds), unless `LINEKEEPER_HOOK_MS` says otherwise. Each program
 * that is started takes far longer on Windows, and an amendment takes ten.
 */
export const HOOK_MS = isWindows() ? 5_000 : 2_000;

/**
 * How many times as long a commit waits at most where the machine is so busy that its hook does not get a processor. A
 * shell on Windows does not see what programs of the system are doing.
 */
export const BUSY_TIMES = isWindows() ? 1 : 5;

/** `lk_seconds TEXT`: sets `lk_value` from `[[days-]hours:]minutes:seconds[.hundredths]`, without days and hours. */
const SECONDS = `
    lk_seconds() {
      lk_text=\${1%.*}
      lk_value=\${lk_text##*:} lk_text=\${lk_text%:*}
      lk_text=\${lk_text##*:}
      lk_value=\${lk_value#0} lk_text=\${lk_text#0}
      case $lk_value$lk_text in *[!0-9]*) lk_value=0 ;; *) lk_value=$((\${lk_text:-0} * 60 + \${lk_value:-0})) ;; esac
    }
`;

/**
 * `lk_look` finds what the hook has started: `lk_all`, with `lk_busy` set where any of it would go on if it got a
 * processor or its disk, the processor time of all of it as `lk_cpu`, and since when this shell watches as `lk_age`
 * (both in full seconds).
 */
const LOOK = `
    lk_look() {
      [ -n "$lk_self" ] || lk_self=$(sh -c 'echo $PPID')
      lk_list=$(LC_ALL=C ps -A -o ppid= -o pid= -o stat= -o time= -o etime=) || lk_list=$(
        lk_up=0
        read -r lk_up lk_line </proc/uptime
        for lk_file in /proc/[0-9]*/stat; do
          IFS= read -r lk_line <"$lk_file" || continue
          set -f -- \${lk_line##*\\) }
          printf '%s %s %s 0:%s 0:%s\\n' "$2" "\${lk_line%% *}" "$1" "$(((\${12:-0} + \${13:-0}) / 100))" "$((\${lk_up%.*} - \${20:-0} / 100))"
        done
      )
      lk_all=" $$ " lk_hook=1 lk_more=1 lk_busy= lk_cpu=0
      while [ -n "$lk_more" ]; do
        lk_more=
        while read -r lk_of lk_pid lk_state lk_time lk_elapsed; do
          case $lk_pid in "$lk_self") lk_seconds "$lk_elapsed" && lk_age=$lk_value; continue ;; esac
          case $lk_all in
            *" $lk_pid "*) [ -n "$lk_hook" ] && [ "$lk_pid" = "$$" ] || continue; lk_hook= ;;
            *" $lk_of "*) lk_all="$lk_all$lk_pid " lk_more=1 ;;
            *) continue ;;
          esac
          case $lk_state in [RDU]*) lk_busy=1 ;; esac
          lk_seconds "$lk_time"
          lk_cpu=$((lk_cpu + lk_value))
        done <<LIST
$lk_list
LIST
      done
      lk_all=\${lk_all#" $$ "}
    }
`;

/**
 * One deadline for everything that a commit waits for: past it, or once git has ended, everything that this hook
 * started is killed, whatever it waits for. In seconds, because `sleep` does not support fractions everywhere. Started
 * before the first program.
 *
 * The time is what the hook waits and computes. A second after which something of it is ready to run, on a machine with
 * too much to do, is neither, and counts only for the longer time that no commit waits beyond.
 */
export const WATCH = `
lk_watch() {
  [ -z "$lk_timer" ] || return 0
  case $LINEKEEPER_HOOK_MS in '' | 0* | *[!0-9]* | ????????*) lk_ms=${String(HOOK_MS)} ;; *) lk_ms=$LINEKEEPER_HOOK_MS ;; esac
  (
    lk_sleep=
    trap '[ -z "$lk_sleep" ] || kill "$lk_sleep"; exit 0' TERM
    lk_parent=$PPID lk_limit=$(((lk_ms + 999) / 1000)) lk_waited=0 lk_cpu=0 lk_age=0 lk_self=
    lk_left=$((lk_limit * ${String(BUSY_TIMES)}))
    # Where git is no process that this shell can see, there is only the time.
    [ "$lk_parent" -gt 1 ] && kill -0 "$lk_parent" || lk_parent=${(SECONDS.trimEnd() + LOOK).trimEnd()}
    while [ "$lk_age" -lt "$lk_left" ] && [ $((lk_waited + lk_cpu)) -lt "$lk_limit" ] && { [ -z "$lk_parent" ] || kill -0 "$lk_parent"; }; do
      sleep 1 &
      lk_sleep=$!
      # A second of a busy machine is longer, and where nothing tells its age, each is one.
      wait "$lk_sleep" && lk_sleep= lk_age=$((lk_age + 1)) || break
${BUSY_TIMES > 1 ? '      lk_look\n      [ -n "$lk_busy" ] || lk_waited=$((lk_waited + 1))' : '      lk_waited=$((lk_waited + 1))'}
    done
    trap '' TERM
    # Listed before the hook is woken: once it has ended, nobody is its child.
    lk_look
    kill "$$"
    [ -z "$lk_all" ] || kill -9 $lk_all
  ) </dev/null >/dev/null 2>&1 &
  lk_timer=$!
  trap 'lk_late=1' TERM
}
`;
