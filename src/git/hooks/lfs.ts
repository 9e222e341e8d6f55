/**
 * Git LFS beside our hooks. Where its own `pre-push` is missing, because it found ours and gave up, a push would send
 * pointers without the files they stand for: ours sends them.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../plumbing/repository';
import { keptBeside } from './hook-file';

/** A line of sh that is no comment and runs what LFS runs before a push. Not found in our own block. */
const RUNS_LFS = '^[^#]*git[- ]lfs pre-push';

/** Sends the files of LFS in `pre-push`; `before`: shell words for hooks that may do so already. */
export const sendLfsFiles = (before: readonly string[]): string => `
lk_has_lfs() {
  [ -n "$lk_input" ] && command -v git-lfs >/dev/null 2>&1 || return 1
  lk_git=\${GIT_DIR:-.git}
  [ -d "$lk_git" ] || lk_git=$(git rev-parse --git-dir 2>/dev/null) || return 1
  lk_common=$lk_git
  if [ -f "$lk_git/commondir" ]; then
    IFS= read -r lk_common <"$lk_git/commondir"
    case $lk_common in /* | ?:*) ;; *) lk_common=$lk_git/$lk_common ;; esac
  fi
  if [ ! -d "$lk_common/lfs" ]; then
    [ -f .gitattributes ] || return 1
    lk_found=
    while IFS= read -r lk_line || [ -n "$lk_line" ]; do
      case $lk_line in '#'*) ;; *[[:blank:]]filter=lfs*) lk_found=1 ;; esac
    done <.gitattributes
    [ -n "$lk_found" ] || return 1
  fi
  ! grep -q '${RUNS_LFS}' "$@" 2>/dev/null
}
lk_name=pre-push
if lk_has_lfs "$0"${before.map((word) => ` ${word}`).join('')} .husky/pre-push; then
  printf '%s\\n' "$lk_input" | git lfs "$lk_name" "$@" || exit $?
fi
`;

/** `sent`: our hook sends the files of LFS. `own`: LFS has its own hook. `none`: no file is tracked by it. */
export type LfsState = 'none' | 'own' | 'sent';

/** What becomes of the files that LFS tracks when something is pushed. `folder`: of the hooks that git runs. */
export function lfsState({ root, commonDir }: Pick<Repository, 'root' | 'commonDir'>, folder: string): LfsState {
  if (
    !existsSync(path.join(commonDir, 'lfs')) &&
    !/^[^#\n].*[ \t]filter=lfs/m.test(textOf(path.join(root, '.gitattributes')))
  )
    return 'none';
  const hook = path.join(folder, 'pre-push');
  const files = [
    hook,
    ...keptBeside(hook).map((name) => path.join(folder, name)),
    path.join(root, '.husky', 'pre-push'),
  ];
  return files.some((file) => new RegExp(RUNS_LFS, 'm').test(textOf(file))) ? 'own' : 'sent';
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
