/** The part of a hook that compares the index with HEAD. It stands on what `prepare-commit-msg` has found. */
import { INDEX_WORDS } from '../../diff/diff-trees-and-index';
import { ISOLATED_ENVIRONMENT, ISOLATED_OPTIONS } from '../../plumbing/isolated-git';

/**
 * The index against HEAD, for the runtime to read: running git while Node starts costs almost nothing. The last word
 * confirms that the output is complete; without it the runtime runs git itself.
 */
export const STAGED_DIFF = `
lk_diff() {
  lk_plain=$lk_common/linekeeper/plain.git
  [ "$2" != commit ] && [ -f "$lk_plain/HEAD" ] && lk_read_head || return 0
  # Where no files are: in place of a blob git would read the file of the work tree, converted as it is.
  case $lk_common in /* | ?:*) lk_here= ;; *) lk_here=$PWD/ ;; esac
  lk_index=\${GIT_INDEX_FILE:-$lk_git/index}
  case $lk_index in /* | ?:*) ;; *) lk_index=$PWD/$lk_index ;; esac
  cd "$lk_plain" || return 0
  unset ${Object.entries(ISOLATED_ENVIRONMENT)
    .flatMap(([name, value]) => (value === undefined ? [name] : []))
    .join(' ')}
  ${Object.entries(ISOLATED_ENVIRONMENT)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join(' ')} \\
    GIT_DIR=. GIT_INDEX_FILE="$lk_index" GIT_OBJECT_DIRECTORY="$lk_here$lk_common/objects" LC_ALL=C GIT_OPTIONAL_LOCKS=0 \\
    git ${[...ISOLATED_OPTIONS, ...INDEX_WORDS].join(' ')} "$lk_id" && printf 'diffed %s' "$lk_id"
} 2>/dev/null
`;
