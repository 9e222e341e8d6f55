/**
 * What `prepare-commit-msg` does without starting anything. Nothing recorded: nothing to do. An answer prepared for
 * exactly this tree: use it. Only otherwise the command line is started.
 */

/** Body of a function: 0 where nothing is left to do, 1 where the command line must be started. */
export const PREPARE_COMMIT_MSG = `
  for lk_place in "$lk" "$lk/journal"; do
    if [ -h "$lk_place" ] || { [ -e "$lk_place" ] && [ ! -d "$lk_place" ]; }; then
      echo "linekeeper: $lk_place is not a folder of its own, so nothing is recorded; 'linekeeper doctor' says more" >&2
      return 0
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
        [ -n "$lk_lines" ] || return 0
        lk_lines=\${lk_lines#* of } lk_in=0 lk_out=0
        lk_watch
        lk_stat=$(LC_ALL=C git diff-index --cached --shortstat -M HEAD 2>/dev/null)
        case $lk_stat in *' insertion'*) lk_in=\${lk_stat%% insertion*} lk_in=\${lk_in##* } ;; esac
        case $lk_stat in *' deletion'*) lk_out=\${lk_stat%% deletion*} lk_out=\${lk_out##* } ;; esac
        [ "\${lk_lines%%,*}" != "+$lk_in -$lk_out" ] || return 0
        return 1 ;;
    esac
  fi
  if [ "$2" = commit ]; then return 1; fi
  if [ ! -e "$lk_last" ]; then
    # Nothing is recorded. Only a commit that was made before, or what is left of one, may still need its trailers again.
    # Notes are one for all work trees.
    lk_common=$lk_git
    if [ -f "$lk_git/commondir" ]; then
      IFS= read -r lk_common <"$lk_git/commondir"
      case $lk_common in /* | ?:*) ;; *) lk_common=$lk_git/$lk_common ;; esac
    fi
    lk_dates=$lk_common/linekeeper/amendable
    [ -f "$lk_dates" ] || [ -f "$lk_common/refs/notes/ai" ] || return 0
    case $2 in merge | squash) return 1 ;; esac
    # What git leaves of commits that it puts together: picked (also with -n), squashed, merged.
    for lk_file in CHERRY_PICK_HEAD SQUASH_MSG MERGE_MSG rebase-merge/current-fixups; do [ ! -f "$lk_git/$lk_file" ] || return 1; done
    [ ! "$lk_git/ORIG_HEAD" -nt "$lk/settled" ] && [ ! -f "$lk/taken-back" ] || return 1
    # A branch without a past takes what the commits left behind made; a branch that is only packed is looked at in vain.
    IFS= read -r lk_ref <"$lk_git/HEAD"
    case $lk_ref in 'ref: refs/heads/'*) [ -f "$lk_common/\${lk_ref#ref: }" ] || [ "$lk_ref" = 'ref: refs/heads/.invalid' ] || [ ! -f "$lk_git/logs/HEAD" ] || return 1 ;; esac
    [ -f "$lk_dates" ] || return 0
    while read -r lk_date; do [ "$lk_date" = "$GIT_AUTHOR_DATE" ] && return 1; done <"$lk_dates"
    return 0
  fi
  [ "$2" = message ] && [ "$GIT_EDITOR" = : ] && [ -d "$lk/prepared" ] && [ ! -f "$lk_git/REVERT_HEAD" ] || return 1
  # A message can be finished here when it is plain, and nothing in its last paragraph could be a trailer. The subject never is one.
  lk_blank= lk_text= lk_later= lk_colon=
  while IFS= read -r lk_line; do
    case $lk_line in
      *[[:cntrl:]]* | [[:punct:]]* | Signed-off-by:*) return 1 ;;
      *[![:space:]]*)
        [ -z "$lk_blank" ] || [ -z "$lk_text" ] || lk_later=1 lk_colon=
        lk_text=1 lk_blank=
        case $lk_line in *:*) lk_colon=1 ;; esac ;;
      *) lk_blank=1 ;;
    esac
  done <"$1"
  [ -n "$lk_text" ] && [ -z "$lk_blank" ] && [ -z "$lk_line" ] || return 1
  [ -z "$lk_later" ] || [ -z "$lk_colon" ] || return 1
  lk_watch
  lk_tree=$(git write-tree 2>/dev/null) && [ -f "$lk/prepared/$lk_tree" ] || return 1
  {
    IFS= read -r lk_head && IFS= read -r lk_record && IFS= read -r lk_date || return 1
    [ "$lk_record" = "\${lk_last##*/}" ] && [ "$lk_date" != "$GIT_AUTHOR_DATE" ] || return 1
    IFS= read -r lk_ref <"$lk_git/HEAD" || return 1
    case $lk_ref in
      'ref: refs/'*)
        lk_common=$lk_git
        [ ! -f "$lk_git/commondir" ] || return 1
        IFS= read -r lk_id <"$lk_common/\${lk_ref#ref: }" 2>/dev/null || return 1 ;;
      *) lk_id=$lk_ref ;;
    esac
    [ "$lk_id" = "$lk_head" ] || return 1
    lk_trailers=
    while IFS= read -r lk_line; do
      lk_trailers="$lk_trailers
$lk_line"
    done
  } <"$lk/prepared/$lk_tree"
  # At once: a hook that is ended here leaves the message whole.
  [ -z "$lk_trailers" ] || printf '%s\\n' "$lk_trailers" >>"$1"
  printf '%s %s %s\\n' "$lk_head" "$lk_tree" "\${lk_last##*/}" 2>/dev/null >>"$lk/hooked"
  lk_later "$lk_head"
  return 0
`;
