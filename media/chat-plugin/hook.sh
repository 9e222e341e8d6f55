#!/bin/sh
# Hands one event of the editor's chat agent to Linekeeper, which records it on this machine.
# Whatever goes wrong here is one line and 0: the agent must not notice. Only a refusal is passed on, and only where the policy
# last seen in the repository holds agents back ("linekeeper/held" of its git directory) does a tool that writes wait for Linekeeper.
cli=${0%/*}/../../dist/cli.js
state=$(git rev-parse --git-common-dir 2>/dev/null)/linekeeper
held= payload=
if [ -e "$state/held" ]; then
  held=1 payload=$(cat)
fi

# The payload's names of tools, a line each, between bars that no other text keeps.
names() {
  printf '%s\n' "$payload" | tr '|\n' '. ' | sed 's/"tool_name"[[:space:]]*:[[:space:]]*"[^"]*"/|&|/g' | tr '|' '\n' | grep '^"tool_name"[[:space:]]*:'
}

say() {
  [ ! -d "$state" ] || echo "$(date +%s) github-copilot 1" >>"$state/failed" 2>/dev/null
  if [ -n "$held" ]; then
    case $payload in
      *'"PreToolUse"'*)
        # What a tool is given may contain such words, too: only where all of them are tools that change nothing.
        if ! names | grep . >/dev/null || names | grep -Eqv '"(read_file|list_dir|file_search|grep_search|semantic_search|list_code_usages|get_errors|get_changed_files|get_terminal_output|fetch_webpage|manage_todo_list|view_image|think|runSubagent)"$'; then
          echo "Linekeeper could not look at this ($1), and the policy of this repository restricts agents: refused" >&2
          exit 2
        fi ;;
    esac
  fi
  echo "linekeeper: this edit is not recorded ($1)" >&2
  exit 0
}

# The editor left here what it runs extensions with; the second line is 1 where that is Electron.
program= electron=
if [ -r "$state/runtime" ]; then
  { IFS= read -r program; IFS= read -r electron; } <"$state/runtime"
fi

[ -f "$cli" ] || say "Linekeeper was updated or removed; reload the editor's window"
if [ -n "$program" ] && [ -x "$program" ]; then
  [ "$electron" != 1 ] || export ELECTRON_RUN_AS_NODE=1
elif command -v node >/dev/null 2>&1; then
  program=node
else
  say "there is no Node here to run it with; start the editor once more"
fi

if [ -n "$held" ]; then
  printf '%s' "$payload" | "$program" "$cli" record github-copilot
else
  "$program" "$cli" record github-copilot
fi
case $? in
  0) exit 0 ;;
  2) exit 2 ;;
  *) say "linekeeper could not run; see 'linekeeper doctor'" ;;
esac
