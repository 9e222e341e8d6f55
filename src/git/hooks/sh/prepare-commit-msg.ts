/**
 * What `prepare-commit-msg` does without starting anything. Nothing recorded: nothing to do. An answer prepared for
 * exactly this tree: use it. Only otherwise the command line is started.
 */
import { AMEND } from './amend';
import { GIT_MADE, PICKS_MERGE, STAYS_TRUE } from './git-made-commits';

/**
 * `lk_is_plain FILE`: a message can be finished here, as nothing in its last paragraph could be a trailer, and none of
 * its lines could be counts of another version.
 */
const IS_PLAIN = `
lk_is_plain() {
  # The subject never is a trailer.
  lk_blank= lk_text= lk_later= lk_colon=
  while IFS= read -r lk_line; do
    case $lk_line in
      *[[:cntrl:]]* | [[:punct:]]* | Signed-off-by:* | [Aa][Ii]-*:*) return 1 ;;
      *[![:space:]]*)
        [ -z "$lk_blank" ] || [ -z "$lk_text" ] || lk_later=1 lk_colon=
        lk_text=1 lk_blank=
        case $lk_line in *:*) lk_colon=1 ;; esac ;;
      *) lk_blank=1 ;;
    esac
  done <"$1"
  [ -n "$lk_text" ] && [ -z "$lk_blank" ] && [ -z "$lk_line" ] || return 1
  [ -z "$lk_later" ] || [ -z "$lk_colon" ]
}
`;

/** `lk_read_head`: sets `lk_id` to HEAD's commit, where that is a file of its own. Work trees share their branches. */
const READ_HEAD = `
lk_read_head() {
  IFS= read -r lk_ref <"$lk_git/HEAD" || return 1
  case $lk_ref in
    'ref: refs/heads/'*) { IFS= read -r lk_id <"$lk_common/\${lk_ref#ref: }"; } 2>/dev/null ;;
    'ref: '*) return 1 ;;
    *) lk_id=$lk_ref ;;
  esac
}
`;

/**
 * `lk_is_between`: whether git is in the middle of something. Then a commit with a tree that an answer was prepared for
 * may be made of others all the same: a rebase puts a fixup into the commit that it was made on.
 */
const IS_BETWEEN = `
lk_is_between() {
  for lk_file in rebase-merge rebase-apply sequencer CHERRY_PICK_HEAD SQUASH_MSG MERGE_HEAD REVERT_HEAD; do [ ! -e "$lk_git/$lk_file" ] || return 0; done
  return 1
}
`;

/**
 * `lk_may_be_stashed`: whether another work tree knows the authors of work that was stashed, or has records of a file in
 * this commit, which a patch may have carried here. The journal of this one is empty.
 */
const MAY_BE_STASHED = `
lk_may_be_stashed() {
  [ -d "$lk_common/worktrees" ] || return 1
  for lk_file in "$lk_common"/linekeeper/put-away/*; do [ ! -e "$lk_file" ] || return 0; done
  set -- "$lk_common"/linekeeper/journal/*.json "$lk_common"/worktrees/*/linekeeper/journal/*.json
  for lk_file do
    shift
    [ ! -e "$lk_file" ] || set -- "$@" "$lk_file"
  done
  [ $# -gt 0 ] || return 1
  lk_names=$(git -c core.quotePath=false diff-index --cached --name-only HEAD 2>/dev/null) || return 0
  case $lk_names in '') return 1 ;; *\\"*) return 0 ;; esac
  printf '%s\\n' "$lk_names" | grep -qF -f - "$@" 2>/dev/null
  # Anything else than "no": too many of them, one that can't be read, or no such program.
  [ $? != 1 ]
}
`;

/**
 * `lk_names_agents FILE`: whether the message may name an agent that the policy wants out of it. Then the command line
 * looks, even if nothing is recorded. The hook runs at the work tree's top.
 */
const NAMES_AGENTS = `
lk_names_agents() {
  lk_named=
  while IFS= read -r lk_line || [ -n "$lk_line" ]; do
    case $lk_line in *-[Bb][Yy]:* | *Generated?with*) lk_named=1 ;; esac
  done <"$1"
  [ -n "$lk_named" ] && [ -f .linekeeper.yml ] || return 1
  while IFS= read -r lk_line; do case $lk_line in *ours-only*) return 0 ;; esac; done <.linekeeper.yml
  return 1
}
`;

/**
 * `lk_tells NAME`: whether somebody at a terminal is to be told of lines of unknown author in a prepared answer. The
 * command line finds out who it is, and says it.
 */
const TELLS = `
lk_tells() { [ -f "$lk/prepared/open-$1" ] && [ -t 2 ]; }
`;

/** What the body needs. */
export const PREPARE_FUNCTIONS =
  NAMES_AGENTS + TELLS + IS_BETWEEN + IS_PLAIN + MAY_BE_STASHED + READ_HEAD + STAYS_TRUE + PICKS_MERGE + AMEND;

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
  # Notes are one for all work trees.
  lk_common=$lk_git
  if [ -f "$lk_git/commondir" ]; then
    IFS= read -r lk_common <"$lk_git/commondir"
    case $lk_common in /* | ?:*) ;; *) lk_common=$lk_git/$lk_common ;; esac
  fi
${GIT_MADE.replace(/^\n/, '')}  case $2 in commit | message) ! lk_amended "$1" "$2" || return 0 ;; esac
  if [ ! -e "$lk_last" ]; then
    # Nothing is recorded. Only a commit that was made before, or what is left of one, may still need its trailers again.
    [ "$2" != message ] || ! lk_names_agents "$1" || return 1
    ! lk_may_be_stashed || return 1
    lk_dates=$lk_common/linekeeper/amendable
    if [ "$2" = commit ]; then
      [ -f "$lk_dates" ] || lk_has_notes || return 0
    else
      # Notes may be packed, which their log outlives, or still be owed by a linked work tree.
      for lk_file in "$lk_dates" "$lk_common/refs/notes/ai" "$lk_common/logs/refs/notes/ai" "$lk_common/linekeeper/drafts" ''; do [ ! -e "$lk_file" ] || break; done
      [ -n "$lk_file" ] || return 0
    fi
    case $2 in merge | squash) return 1 ;; esac
    # What git leaves of commits that it puts together: picked (also with -n), squashed, merged.
    for lk_file in CHERRY_PICK_HEAD SQUASH_MSG MERGE_MSG rebase-merge/current-fixups; do [ ! -f "$lk_git/$lk_file" ] || return 1; done
    # Some shells compare whole seconds, or can't compare: what may be newer counts as newer.
    { [ ! -e "$lk_git/ORIG_HEAD" ] || [ "$lk/settled" -nt "$lk_git/ORIG_HEAD" ]; } 2>/dev/null && [ ! -f "$lk/taken-back" ] || return 1
    # The last stash is gone, and its work may be in this commit.
    [ ! -s "$lk/stashes" ] || [ -f "$lk_common/logs/refs/stash" ] || return 1
    # A branch without a past takes what the commits left behind made; a branch that is only packed is looked at in vain.
    IFS= read -r lk_ref <"$lk_git/HEAD"
    case $lk_ref in 'ref: refs/heads/'*) [ -f "$lk_common/\${lk_ref#ref: }" ] || [ "$lk_ref" = 'ref: refs/heads/.invalid' ] || [ ! -f "$lk_git/logs/HEAD" ] || return 1 ;; esac
    ! lk_is_listed "$GIT_AUTHOR_DATE" "$lk_dates" || return 1
    # An amended commit with another date or author shows in git's words alone.
    [ "$2" = commit ] || ! lk_may_amend || return 1
    [ "$2" = commit ] || return 0
    # A commit that is used again, of which nothing is known, and whose message says nothing.
    while IFS= read -r lk_line; do case $lk_line in AI-* | Assisted-by:*) return 1 ;; esac; done <"$1"
    lk_watch
    git notes --ref=ai list "$3" >/dev/null 2>&1
    [ $? = 1 ]
    return
  fi
  [ "$2" = message ] && [ "$GIT_EDITOR" = : ] && [ -d "$lk/prepared" ] && ! lk_is_between && ! lk_may_amend || return 1
  # A linked work tree leaves what it knows in the common folder: it may be removed before its note is written.
  [ "$lk_common" = "$lk_git" ] || return 1
  lk_is_plain "$1" || return 1
  lk_watch
  lk_tree=$(git write-tree 2>/dev/null) && [ -f "$lk/prepared/$lk_tree" ] && ! lk_tells "$lk_tree" || return 1
  {
    IFS= read -r lk_head && IFS= read -r lk_record && IFS= read -r lk_date || return 1
    [ "$lk_record" = "\${lk_last##*/}" ] && [ "$lk_date" != "$GIT_AUTHOR_DATE" ] || return 1
    lk_read_head || return 1
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
