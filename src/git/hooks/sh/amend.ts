/** The parts of `prepare-commit-msg` for a commit that replaces HEAD's (`git commit --amend`). */

/** `lk_is_listed TEXT FILE`: whether a line of the file is this text. */
export const IS_LISTED = `
lk_is_listed() {
  [ -f "$2" ] || return 1
  while IFS= read -r lk_line; do [ "$lk_line" != "$1" ] || return 0; done <"$2"
  return 1
}
`;

/** `lk_has_notes`: whether there may be notes of anybody. */
const HAS_NOTES = `
lk_has_notes() {
  [ ! -f "$lk_common/refs/notes/ai" ] && [ ! -d "$lk_common/reftable" ] || return 0
  [ -f "$lk_common/packed-refs" ] && grep -q ' refs/notes/ai$' "$lk_common/packed-refs" 2>/dev/null
}
`;

/**
 * `lk_amends`: whether the git that runs this hook was told to amend. It shows where the system shows processes; else
 * the command line decides.
 */
const AMENDS = `
lk_amends() {
  [ -r "/proc/$PPID/cmdline" ] || return 1
  # The shell leaves out what parts the words, so only what comes before a message is certain.
  lk_line=
  IFS= read -r lk_line <"/proc/$PPID/cmdline"
  case \${lk_line%%-[mFcC]*} in gitcommit*--amend*) return 0 ;; esac
  lk_amend=
  while IFS= read -r lk_word; do
    case $lk_amend$lk_word in commit) lk_amend=commit= ;; commit=--amend) return 0 ;; esac
  done <<WORDS
$(tr '\\0' '\\n' <"/proc/$PPID/cmdline")
WORDS
  return 1
}
`;

/**
 * `lk_may_amend`: whether the words of the git that runs this hook may say so, its message among them. An amended commit
 * with another date or author looks like a new one otherwise.
 */
const MAY_AMEND = `
lk_may_amend() {
  [ -r "/proc/$PPID/cmdline" ] || return 1
  while IFS= read -r lk_line || [ -n "$lk_line" ]; do
    case $lk_line in *--am*) return 0 ;; esac
  done <"/proc/$PPID/cmdline"
  return 1
}
`;

/**
 * `lk_amended FILE SOURCE`: 0 where the answer for exactly this commit was prepared, and the message has it already or
 * could be given it.
 */
const AMENDED = `
lk_amended() {
  # In an editor the message may still become another one, which commit-msg then looks at.
  [ "$GIT_EDITOR" = : ] || return 1
  [ -d "$lk/prepared" ] && [ "$lk_common" = "$lk_git" ] && [ ! -f "$lk/unwritten" ] && [ ! -f "$lk/taken-back" ] || return 1
  for lk_file in "$lk/prepared"/amend-*; do break; done
  [ -f "$lk_file" ] || return 1
  { IFS= read -r lk_head && IFS= read -r lk_record && IFS= read -r lk_date && IFS= read -r lk_parent; } <"$lk_file" || return 1
  lk_name=-
  [ ! -e "$lk_last" ] || lk_name=\${lk_last##*/}
  [ "$lk_date" = "$GIT_AUTHOR_DATE" ] && [ "$lk_record" = "$lk_name" ] && lk_read_head && [ "$lk_id" = "$lk_head" ] || return 1
  ! lk_is_between || return 1
  lk_watch
  lk_amends && lk_tree=$(git write-tree 2>/dev/null) && [ -f "$lk/prepared/amend-$lk_tree" ] && ! lk_tells "amend-$lk_tree" || return 1
  lk_trailers=
  {
    read -r lk_line && read -r lk_line && read -r lk_line && read -r lk_line || return 1
    while IFS= read -r lk_line; do
      lk_trailers="$lk_trailers
$lk_line"
    done
  } <"$lk/prepared/amend-$lk_tree"
  if [ "$2" = commit ]; then
    # The message has the same trailers already, as one block in its last paragraph.
    lk_block= lk_state=none
    while IFS= read -r lk_line; do
      case $lk_state:$lk_line in
        over: | over:'#'*) ;;
        over:*) return 1 ;;
        in: | after:) lk_state=over ;;
        none:AI-* | none:Assisted-by:* | in:AI-* | in:Assisted-by:*) lk_state=in lk_block="$lk_block
$lk_line" ;;
        after:AI-* | after:Assisted-by:*) return 1 ;;
        in:*': '* | after:*': '*) lk_state=after ;;
        in:* | after:*) return 1 ;;
      esac
    done <"$1"
    [ "$lk_block" = "$lk_trailers" ] || return 1
  else
    lk_is_plain "$1" || return 1
    [ -z "$lk_trailers" ] || printf '%s\\n' "$lk_trailers" >>"$1"
  fi
  [ "$lk_name" = - ] || printf '%s %s %s\\n' "$lk_parent" "$lk_tree" "$lk_name" 2>/dev/null >>"$lk/hooked"
  printf '%s %s %s\\n' "$lk_parent" "$lk_tree" "$lk_head" 2>/dev/null >>"$lk/made-of"
  lk_last=$lk/prepared/amend-$lk_tree
  lk_later "$lk_head"
  return 0
}
`;

export const AMEND = IS_LISTED + HAS_NOTES + AMENDS + MAY_AMEND + AMENDED;
