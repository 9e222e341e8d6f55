/**
 * The text of `~/.linekeeper/remove.sh`, which takes out what Linekeeper set up for this account where no Linekeeper is left to do it. It is
 * for a POSIX shell with awk and git, and reads what the set-up has left beside it: the receipts of assistants' settings
 * (`setup`), and the list of repositories.
 */
/**
 * Takes hooks of one assistant (`id`) out of JSON with comments: an object in a list, with a command of ours, and the lists
 * and objects that hold nothing else then. What is left keeps its bytes. Standard input ends in an `x` that is not of the
 * file, since awk can't tell whether a last line had an end.
 */
const withoutHooksAwk = (): string => String.raw`
function skip(  c, d) {
  while (P <= L) {
    c = substr(S, P, 1)
    if (c == " " || c == "\t" || c == "\n" || c == "\r") P++
    else if (c != "/") break
    else if (substr(S, P + 1, 1) == "/") while (P <= L && substr(S, P, 1) != "\n") P++
    else if (substr(S, P + 1, 1) == "*") {
      d = index(substr(S, P + 2), "*/")
      if (!d) exit 3
      P += d + 3
    } else exit 3
  }
}
function quoted(  from, c) {
  from = P++
  while (P <= L) {
    c = substr(S, P, 1)
    P += c == "\\" ? 2 : 1
    if (c == "\"") return substr(S, from, P - from)
  }
  exit 3
}
function value(inList,  c, from) {
  c = substr(S, P, 1)
  EMPTIED = HOOK = 0
  if (c == "{") return container("}", inList)
  if (c == "[") return container("]", inList)
  if (c == "\"") return quoted()
  from = P
  while (P <= L && substr(S, P, 1) !~ /[],}[{ \t\r\n\/]/) P++
  if (P == from) exit 3
  return substr(S, from, P - from)
}
function container(closing, inList,  out, count, kept, cut, hook, from, lead, key, name, text, tail, isText, isCut) {
  out = substr(S, P++, 1)
  count = kept = cut = hook = isCut = 0
  for (;;) {
    from = P
    skip()
    lead = substr(S, from, P - from)
    if (P > L) exit 3
    if (substr(S, P, 1) == closing) {
      P++
      break
    }
    count++
    from = P
    name = ""
    if (closing == "}") {
      if (substr(S, P, 1) != "\"") exit 3
      name = quoted()
      skip()
      if (substr(S, P++, 1) != ":") exit 3
      skip()
    }
    key = substr(S, from, P - from)
    isText = substr(S, P, 1) == "\""
    text = value(closing == "]")
    isCut = EMPTIED
    if (closing == "}" && isText && text ~ /linekeeper/ && text ~ OURS) hook = 1
    if (name == "\"action\"" && HOOK) hook = 1
    if (name == "\"hooks\"" && isCut) hook = 1
    from = P
    skip()
    tail = substr(S, from, P - from)
    if (isCut) cut = 1
    else out = out (kept++ ? "," : "") lead key text tail
    if (substr(S, P, 1) == ",") P++
    else if (substr(S, P, 1) != closing) exit 3
  }
  HOOK = hook
  EMPTIED = (hook && inList) || (cut && !kept)
  return out (isCut ? tail : "") lead closing
}
BEGIN { ORS = ""; OURS = "record['\"\\\\]*,? ['\"\\\\]*" id "([^A-Za-z0-9_-]|$)" }
{ S = S (NR > 1 ? "\n" : "") $0 }
END {
  S = substr(S, 1, length(S) - 1)
  L = length(S)
  P = substr(S, 1, 3) == "\357\273\277" ? 4 : 1
  skip()
  start = substr(S, 1, P - 1)
  text = value(0)
  print start text substr(S, P)
}
`;

/** Takes our block out of a hook; fails where its last mark is missing. Its input ends in an `x` too. */
const withoutBlockAwk = (): string => String.raw`
BEGIN { ORS = "" }
!done && !inside && /^# Linekeeper hook: / { inside = 1 }
{ if (!inside) out = out (some++ ? "\n" : "") $0 }
inside && /^# Linekeeper hook ends\./ { inside = 0; done = 1 }
END { if (!done) exit 3; print substr(out, 1, length(out) - 1) }
`;

export const removeSh = (): string => String.raw`#!/bin/sh
# Takes out what Linekeeper set up for this account, and puts back what was there before.
# No Linekeeper is needed for that. Start it with: sh ~/.linekeeper/remove.sh
lk_home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
LC_ALL=C
export LC_ALL
umask 077
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
lk_left=0
lk_done=0
lk_new=$lk_home/removing.$$
trap 'rm -f "$lk_new" "$lk_new.folders" "$lk_new.all"' EXIT
trap 'exit 1' HUP INT TERM

done_with() {
  lk_done=$((lk_done + 1))
  printf '%s\n' "$1"
}
left_over() {
  lk_left=$((lk_left + 1))
  printf 'left: %s\n' "$1" >&2
}

# $1: a file, $lk_new: its new content. The old one or the new one is there at any moment, with the mode of before.
replace() {
  if [ -h "$1" ]; then
    cat "$lk_new" >"$1"
  else
    cp -p -- "$1" "$1.linekeeper-$$" && cat "$lk_new" >"$1.linekeeper-$$" && mv -f -- "$1.linekeeper-$$" "$1"
  fi
}

without_hooks='${withoutHooksAwk().replaceAll("'", String.raw`'\''`)}'

# $1: a receipt, which is one line of JSON. Beside it: the file as it was before, and as we wrote it.
restore_settings() {
  lk_base=$(basename -- "$1" .json)
  lk_id=$(printf '%s' "$lk_base" | sed 's/-[0-9a-f]*$//')
  lk_file=$(sed -n '1{s/^.*"file":"//;s/","before":.*$//;s/\\\(.\)/\1/g;p;}' "$1")
  lk_was=$(dirname -- "$1")/$lk_base
  if [ -z "$lk_file" ]; then
    left_over "$1 can't be read"
    return 0
  elif [ ! -f "$lk_file" ]; then
    :
  elif [ -f "$lk_was.written" ] && cmp -s -- "$lk_file" "$lk_was.written"; then
    put_back "$1" || return 0
  elif grep -q 'Linekeeper hook' "$lk_file" && grep -q "record['\" ,]*$lk_id" "$lk_file"; then
    remove_file "$1"
    done_with "removed: $lk_file"
  elif { cat -- "$lk_file"; printf x; } | awk -v id="$lk_id" "$without_hooks" >"$lk_new" 2>/dev/null; then
    if cmp -s -- "$lk_file" "$lk_new"; then
      :
    elif grep -q '"before":null' "$1" && [ -z "$(tr -d ' \t\r\n' <"$lk_new" | sed 's/^{\("version":[0-9]*\)\{0,1\}}$//')" ]; then
      remove_file "$1"
      done_with "removed: $lk_file"
    elif replace "$lk_file"; then
      done_with "our hooks are taken out of: $lk_file"
    else
      left_over "$lk_file can't be written"
      return 0
    fi
  else
    left_over "$lk_file is not what Linekeeper wrote, and no JSON: take out its entries with linekeeper in their command"
    return 0
  fi
  rm -f -- "$1" "$lk_was.written" "$lk_was.before"
}

# $1: a receipt or record. Beside it: the file as it was before. Ends with 1, and says so, if the file can't be written.
put_back() {
  if grep -q '"before":null' "$1"; then
    remove_file "$1"
  else
    cat "$lk_was.before" >"$lk_new" && replace "$lk_file" || {
      left_over "$lk_file can't be written"
      return 1
    }
  fi
  done_with "restored: $lk_file"
}

# $1: a record of rules that an assistant enforces; $2: "exact", then only a file that is as we wrote it.
restore_rules() {
  lk_file=$(sed -n '1{s/^{"version":1,"assistant":"[a-z-]*","file":"//;s/","kind":.*$//;s/\\\(.\)/\1/g;p;}' "$1")
  lk_was=$(dirname -- "$1")/$(basename -- "$1" .json)
  if [ ! -f "$lk_file" ]; then
    [ "$2" != exact ] || return 0
  elif cmp -s -- "$lk_file" "$lk_was.written"; then
    put_back "$1" || return 0
  elif [ "$2" = exact ]; then
    return 0
  elif grep -q '"kind":"file"' "$1"; then
    remove_file "$1"
    done_with "removed: $lk_file"
  elif [ -f "$lk_was.written" ] && git merge-file -p -q "$lk_file" "$lk_was.written" "$lk_was.before" >"$lk_new" 2>/dev/null; then
    if grep -q '"created":true' "$1" && [ -z "$(tr -d ' {}\t\r\n' <"$lk_new")" ]; then
      remove_file "$1"
      done_with "removed: $lk_file"
    elif replace "$lk_file"; then
      done_with "the policy's rules are taken out of: $lk_file"
    else
      left_over "$lk_file can't be written"
      return 0
    fi
  else
    left_over "$lk_file was changed where the policy's rules are: take them out, they are the lines that only $lk_was.written has, and $lk_was.before has not. Then delete $1"
    return 0
  fi
  rm -f -- "$1" "$lk_was.written" "$lk_was.before"
}

# $1: a receipt, of a file that was not there before.
remove_file() {
  rm -f -- "$lk_file"
  sed -n '1{s/^.*"folders":\[//;s/\].*$//;p;}' "$1" | tr ',' '\n' | sed 's/^"//;s/"$//;s/\\\(.\)/\1/g' >>"$lk_new.folders"
}

without_block='${withoutBlockAwk()}'

# $1: a file of a folder for hooks.
restore_hook() {
  [ -f "$1" ] && grep -q '^# Linekeeper hook: ' "$1" || return 0
  if ! { cat -- "$1"; printf x; } | awk "$without_block" >"$lk_new" 2>/dev/null; then
    left_over "$1: take out the lines of Linekeeper's"
    return 0
  fi
  lk_rest=$(grep -v '^#!/bin/sh$' "$lk_new")
  set -- "$1" "$1".before-linekeeper*
  [ -e "$2" ] || [ -h "$2" ] || set -- "$1"
  if [ -z "$lk_rest" ] && [ $# -eq 1 ]; then
    rm -f -- "$1"
  elif [ -z "$lk_rest" ] && [ $# -eq 2 ]; then
    mv -f -- "$2" "$1"
  else
    # Others' lines, and hooks that were there before: both run.
    lk_all=$1
    shift
    if [ $# -gt 0 ]; then
      {
        sed -n '1{/^#!/p;}' "$lk_new"
        for lk_kept; do printf '"${'$'}{0%%/*}/%s" "$@" || exit $?\n' "$(basename -- "$lk_kept")"; done
        sed '1{/^#!/d;}' "$lk_new"
      } >"$lk_new.all" && mv -f -- "$lk_new.all" "$lk_new"
    fi
    replace "$lk_all"
  fi
}

# $1: the git directory of a repository.
restore_repository() {
  [ -d "$1/linekeeper" ] || return 0
  git config --file "$1/config" --unset-all include.path '^linekeeper/hooks/git-config$' 2>/dev/null
  if [ -f "$1/linekeeper/hooks-path" ]; then
    if [ "$(git config --file "$1/config" --get core.hooksPath 2>/dev/null)" = "$1/linekeeper/hooks" ]; then
      case $(cat "$1/linekeeper/hooks-path") in
        'local '*) git config --file "$1/config" core.hooksPath "$(sed 's/^local //' "$1/linekeeper/hooks-path")" ;;
        *) git config --file "$1/config" --unset-all core.hooksPath ;;
      esac
    fi
    rm -f -- "$1/linekeeper/hooks-path"
  fi
  rm -f -- "$1/linekeeper/hooks/git-config"
  for lk_hook in "$1"/hooks/* "$1"/linekeeper/hooks/*; do restore_hook "$lk_hook"; done
  rmdir -- "$1/linekeeper/hooks" 2>/dev/null
  git config --file "$1/config" --get-regexp '^remote\..*\.fetch$' 2>/dev/null |
    while IFS=' ' read -r lk_key lk_value; do
      case $lk_value in
        *:refs/linekeeper/*)
          git config --file "$1/config" --unset-all "$lk_key" "$(printf '%s' "$lk_value" | sed 's/[.+*^$[]/\\&/g;s/^/^/;s/$/$/')"
          ;;
      esac
    done
  git config --file "$1/config" --unset-all linekeeper.notes 2>/dev/null
  rm -f -- "$1/linekeeper/installed" "$1/linekeeper/program" "$1/linekeeper/held" "$1/linekeeper/new-clone"
  done_with "the git hooks are as they were: $1"
  [ -z "$(ls -A "$1/linekeeper" 2>/dev/null)" ] || printf 'kept: the records in %s. To delete them, delete that folder.\n' "$1/linekeeper"
  for lk_receipt in "$1"/linekeeper/setup/assistant-hooks/*.json; do
    [ ! -f "$lk_receipt" ] || printf 'kept: hooks that the team shares, in %s\n' "$(sed -n '1{s/^.*"file":"//;s/","before":.*$//;p;}' "$lk_receipt")"
  done
}

# What was written last goes first, so that each finds the file as it left it.
for lk_record in "$lk_home"/setup/native-rules/*.json; do [ ! -f "$lk_record" ] || restore_rules "$lk_record" exact; done
for lk_receipt in "$lk_home"/setup/assistant-hooks/*.json; do [ ! -f "$lk_receipt" ] || restore_settings "$lk_receipt"; done
for lk_record in "$lk_home"/setup/native-rules/*.json; do [ ! -f "$lk_record" ] || restore_rules "$lk_record" any; done
# Folders that were made for such files go too, the innermost first, where nobody else has put something into them.
if [ -f "$lk_new.folders" ]; then
  sort -r "$lk_new.folders" | while IFS= read -r lk_folder; do [ -z "$lk_folder" ] || rmdir -- "$lk_folder" 2>/dev/null; done
fi
if [ -f "$lk_home/repositories" ]; then
  while IFS= read -r lk_repository <&3; do restore_repository "$lk_repository"; done 3<"$lk_home/repositories"
fi
# The clones that are named, else where this is started: a new one is not on that list before its first commit.
lk_named=$#
[ $# -gt 0 ] || set -- .
for lk_clone; do
  if lk_git=$(git -C "$lk_clone" rev-parse --git-common-dir 2>/dev/null); then
    lk_git=$(CDPATH= cd -- "$lk_clone" && CDPATH= cd -- "$lk_git" && pwd -P)
    grep -qxF -- "$lk_git" "$lk_home/repositories" 2>/dev/null || restore_repository "$lk_git"
  elif [ "$lk_named" -gt 0 ]; then
    left_over "$lk_clone is no clone"
  fi
done
# What git copies into new clones.
lk_template=$(git config --global --get init.templateDir 2>/dev/null)
if [ -n "$lk_template" ] && [ -d "$lk_home/template" ] && [ "$(CDPATH= cd -- "$lk_template" 2>/dev/null && pwd -P)" = "$(CDPATH= cd -- "$lk_home/template" && pwd -P)" ]; then
  git config --global --unset init.templateDir
  done_with 'new clones: get no hooks any more'
fi
rm -rf -- "$lk_home/template"
for lk_link in "$HOME/.local/bin/linekeeper" "$HOME/bin/linekeeper"; do
  case $(ls -ld -- "$lk_link" 2>/dev/null) in
    l*" -> $lk_home/bin/linekeeper")
      rm -f -- "$lk_link"
      done_with "removed: $lk_link"
      ;;
  esac
done
if [ "$lk_left" -gt 0 ]; then
  echo 'Not everything could be taken out. Do what is said above, then start this again.' >&2
  exit 1
fi
[ "$lk_done" -gt 0 ] || echo 'Nothing of Linekeeper was set up any more.'
rm -f -- "$lk_home/bin/linekeeper" "$lk_home/bin/linekeeper.cmd" "$lk_home/programs" "$lk_home/runtime" "$lk_home/repositories" "$0"
rm -f -- "$lk_home"/setup/native-rules/repositories/*/*.json
rmdir -- "$lk_home"/setup/native-rules/repositories/* "$lk_home/setup/native-rules/repositories" "$lk_home/setup/native-rules" 2>/dev/null
rmdir -- "$lk_home/bin" "$lk_home/setup/assistant-hooks" "$lk_home/setup" 2>/dev/null
rm -f "$lk_new" "$lk_new.folders"
rmdir -- "$lk_home" 2>/dev/null
echo 'Linekeeper is taken out. Commits keep their trailers, and git its notes (git notes --ref=ai list).'
exit 0
`;
