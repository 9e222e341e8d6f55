/** The parts of a hook that let others run: the hook that was here before, and what else its file holds. */

/**
 * Reads standard input into `lk_input`, for all who want it. Most often it is one line, which needs no further process.
 */
export const READ_INPUT = `
lk_input= lk_rest=
if IFS= read -r lk_input && IFS= read -r lk_line; then
  lk_rest=$(cat)
  lk_input="$lk_input
$lk_line\${lk_rest:+
$lk_rest}"
fi
`;

/** Gives standard input to the rest of the file as it was. */
export const GIVE_INPUT = `
if [ -n "$lk_input" ]; then
  exec <<LK_INPUT
$lk_input
LK_INPUT
else
  exec </dev/null
fi
`;

/**
 * Runs the hooks that were here before; the exit code of each counts. `before`: a shell word for each. A tool that moves
 * our file aside and runs it from its own may call a hook out of itself: it is not started again. Nor is pre-commit from
 * a hook that it runs itself, which it takes for a fault and fails.
 */
export const runBefore = (before: readonly string[], hasInput: boolean): string =>
  before
    .map(
      (word) => `
lk_before=${word} lk_chain=$LINEKEEPER_CHAIN
[ -z "$PRE_COMMIT_RUNNING_LEGACY" ] || ! grep -q pre-commit.com "$lk_before" 2>/dev/null || lk_chain="$lk_chain|$PWD $lk_before|"
case $lk_chain in *"|$PWD $lk_before|"*) ;; *)
  if [ -x "$lk_before" ]; then
    ${
      hasInput
        ? `if [ -n "$lk_input" ]; then
      printf '%s\\n' "$lk_input" | LINEKEEPER_CHAIN="$LINEKEEPER_CHAIN|$PWD $lk_before|" "$lk_before" "$@" || exit $?
    else
      LINEKEEPER_CHAIN="$LINEKEEPER_CHAIN|$PWD $lk_before|" "$lk_before" "$@" </dev/null || exit $?
    fi`
        : `LINEKEEPER_CHAIN="$LINEKEEPER_CHAIN|$PWD $lk_before|" "$lk_before" "$@" || exit $?`
    }
  fi ;;
esac
`,
    )
    .join('');
