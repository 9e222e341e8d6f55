/**
 * Body of `pre-push`: notes go along only if the user asked for it, with `install --notes`. Nothing is started where
 * they are settled up to HEAD and the remote has them, by what was last seen there.
 */
export const PRE_PUSH = `
  lk_notes=$(git config --type=bool --get linekeeper.notes 2>/dev/null)
  lk_is_whole || return 1
  # git sends notes itself, as with --mirror: what we sent before it, the remote would refuse to take again.
  case $lk_notes$lk_input in true*' refs/notes/ai '*) return 0 ;; esac
  # At a terminal the command line says which lines that go along have no known author, where a policy may ask.
  [ ! -t 2 ] || [ -z "$lk_input" ] || [ ! -f .linekeeper.yml ] || return 1
  if [ "$lk_notes" = true ]; then
    case $1 in '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_-]*) return 1 ;; esac
    lk_is_listed "$1 $2" "$lk/notes-seen-at" || return 1
    [ ! -f "$lk_git/commondir" ] && [ ! -f "$lk/rewritten" ] && [ ! -d "$lk_git/worktrees" ] && [ -f "$lk/settled" ] || return 1
    IFS= read -r lk_ref <"$lk_git/HEAD" || return 1
    case $lk_ref in
      'ref: refs/'*) { IFS= read -r lk_id <"$lk_git/\${lk_ref#ref: }"; } 2>/dev/null && lk_ref="$lk_ref $lk_id" || return 1 ;;
      *) lk_ref="$lk_ref $lk_ref" ;;
    esac
    lk_last=
    for lk_file in "$lk"/journal/*.json "$lk"/journal/*.session; do
      lk_file=\${lk_file##*/}
      case $lk_file in '*'*) ;; *) [ "\${lk_file%%-*}" -lt "\${lk_last%%-*}" ] 2>/dev/null || lk_last=$lk_file ;; esac
    done
    for lk_file in "$lk"/run-statements/*.json; do [ ! -e "$lk_file" ] || return 1; done
    lk_line=
    IFS= read -r lk_line <"$lk/settled"
    case $lk_line in *" $lk_ref $lk_last") ;; *) return 1 ;; esac
    lk_list=$(git for-each-ref --format='%(refname) %(objectname)' refs/notes "refs/linekeeper/remotes/$1" "refs/linekeeper/told/$1" 2>/dev/null) || return 1
    lk_list="
$lk_list
"
    for lk_name in ai linekeeper-signoffs linekeeper-debts linekeeper-deployments linekeeper-runs; do
      case $lk_list in *"
refs/notes/$lk_name "*) ;; *) continue ;; esac
      lk_id=\${lk_list#*"
refs/notes/$lk_name "}
      lk_id=\${lk_id%%"
"*}
      lk_ref=refs/linekeeper/told/$1/$lk_name
      [ "$lk_name" != ai ] || lk_ref=refs/linekeeper/remotes/$1/ai
      case $lk_list in *"
$lk_ref $lk_id
"*) ;; *) return 1 ;; esac
    done
    return 0
  fi
  for lk_file in "$lk"/journal/*.json; do [ -e "$lk_file" ] || return 0; return 1; done
`;
