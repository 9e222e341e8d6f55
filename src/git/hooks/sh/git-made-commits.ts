/**
 * The parts of `prepare-commit-msg` for commits that git makes from others by itself: picked, rebased, merged. While it
 * does, it sets no `GIT_AUTHOR_DATE`; for a commit that somebody makes, after a conflict too, it does.
 */

/**
 * A commit picked as it was: what its message says stays true where all of its lines come along. 0: it does; 1: it must
 * be looked at. A sequence may have hundreds, so nobody watches over git there, which reads what the git that picks has
 * just read; only in a partial clone it may wait for a remote.
 */
export const STAYS_TRUE = `
lk_stays_true() {
  lk_lines=
  while IFS= read -r lk_line; do case $lk_line in 'AI-Lines: '*) lk_lines=$lk_line ;; esac; done <"$1"
  [ -n "$lk_lines" ] || return 0
  lk_lines=\${lk_lines#* of } lk_in=0 lk_out=0
  for lk_file in "$lk_common"/objects/pack/*.promisor; do [ ! -e "$lk_file" ] || lk_watch; done
  lk_stat=$(LC_ALL=C git diff-index --cached --shortstat -M HEAD 2>/dev/null)
  case $lk_stat in *' insertion'*) lk_in=\${lk_stat%% insertion*} lk_in=\${lk_in##* } ;; esac
  case $lk_stat in *' deletion'*) lk_out=\${lk_stat%% deletion*} lk_out=\${lk_out##* } ;; esac
  [ "\${lk_lines%%,*}" = "+$lk_in -$lk_out" ]
}
`;

/**
 * `lk_picks_merge FILE`: whether it may be a merge that is picked (`-m 1`). Its message counts what the merge itself did,
 * and the pick has all that it brought.
 */
export const PICKS_MERGE = `
lk_picks_merge() {
  IFS= read -r lk_line <"$1"
  case $lk_line in 'Merge '*) return 0 ;; esac
  [ -r "/proc/$PPID/cmdline" ] || return 1
  lk_line=
  IFS= read -r lk_line <"/proc/$PPID/cmdline"
  case $lk_line in *-m[0-9]* | *--mainline*) return 0 ;; esac
  return 1
}
`;

/** Part of the body: ends it where git makes the commit from others and there is nothing to do, or something. */
export const GIT_MADE = `
  if [ "$2" = message ] && [ -f "$lk_git/rebase-merge/done" ] && [ ! -e "$lk_git/rebase-merge/stopped-sha" ] && [ ! -e "$lk_git/rebase-merge/current-fixups" ]; then
    # A rebase picks a commit by itself. Git writes its author down for what it picks, and only then: the list of what is
    # done gets long, and a shell reads it byte by byte.
    if [ -z "$GIT_AUTHOR_DATE" ] && [ -f "$lk_git/rebase-merge/author-script" ]; then
      lk_todo=pick
    else
      lk_todo=
      while read -r lk_word lk_words; do lk_todo=$lk_word; done <"$lk_git/rebase-merge/done"
    fi
    case $lk_todo in
      pick | edit | reword | p | e | r)
        lk_stays_true "$1"
        return ;;
    esac
  elif [ "$2" = message ] && [ -f "$lk_git/CHERRY_PICK_HEAD" ] && [ -z "$GIT_AUTHOR_DATE" ] && [ ! -d "$lk_git/rebase-merge" ] && [ -d "$lk/journal" ]; then
    # In a work tree that is new to us the command line begins to record. Where a picked commit has more than its message says, only the command line knows it.
    IFS= read -r lk_id <"$lk_git/CHERRY_PICK_HEAD"
    if [ -n "$lk_id" ] && ! lk_picks_merge "$1" && ! lk_is_listed "$lk_id" "$lk_common/linekeeper/untold"; then
      lk_stays_true "$1"
      return
    fi
  elif [ "$2" = merge ] && [ -z "$GIT_AUTHOR_DATE" ] && [ -f "$lk_git/MERGE_HEAD" ]; then
    # A merge that git makes by itself has no lines of its own. After a conflict it leaves the commit to somebody.
    case $GIT_REFLOG_ACTION in merge\\ * | pull | pull\\ *) return 0 ;; esac
  fi
`;
