/**
 * Git LFS beside our hooks. LFS installs none of its hooks where it finds ours as `pre-push`: a push would send pointers
 * without the files they stand for, and files that can be locked would stay writable. Ours do both in their place.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../plumbing/repository';
import { keptBeside, readBlock } from './install-and-remove-hook-block';
import { ownFolder, plainFolder, readHooksPath } from './hooks-path';
import { wereInstalled } from './remember-installed-hooks';
import { attempt } from '../../base/platform';

/** The hooks in which LFS makes files read-only that can be locked and are not. */
export const LOCK_HOOKS = ['post-checkout', 'post-commit', 'post-merge'] as const;

/** A line of sh that is no comment and runs what LFS runs in a hook. Not found in our own block. */
const runsLfs = (name: string): string => `^[^#]*git[- ]lfs ${name}`;

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
  ! grep -q '${runsLfs('pre-push')}' "$@" 2>/dev/null
}
lk_name=pre-push
if lk_has_lfs "$0"${before.map((word) => ` ${word}`).join('')} .husky/pre-push; then
  printf '%s\\n' "$lk_input" | git lfs "$lk_name" "$@" || exit $?
fi
`;

/** Runs LFS in one of {@link LOCK_HOOKS}, where a file can be locked: it takes longer to start than the rest of a commit. */
export const lockLfsFiles = (name: string, before: readonly string[]): string => `
lk_name=${name}
lk_has_locks() {
  [ -f .gitattributes ] && command -v git-lfs >/dev/null 2>&1 || return 1
  lk_found=
  while IFS= read -r lk_line || [ -n "$lk_line" ]; do
    case $lk_line in '#'*) ;; *[[:blank:]]lockable*) lk_found=1 ;; esac
  done <.gitattributes
  [ -n "$lk_found" ] || return 1
  ! grep -q '${runsLfs(name)}' "$@" 2>/dev/null
}
if lk_has_locks "$0"${before.map((word) => ` ${word}`).join('')} .husky/${name}; then
  git lfs "$lk_name" "$@" || exit $?
fi
`;

/**
 * `sent`: our hooks do the work of LFS's. `own`: LFS has its own. `none`: no file is tracked by it. `unsent`: ours would do
 * it, and git does not run them.
 */
export type LfsState = 'none' | 'own' | 'sent' | 'unsent';

type WorkTreeFolders = Pick<Repository, 'root' | 'commonDir'>;

/** Whether LFS tracks files here, as far as can be seen without asking git. */
const hasLfs = ({ root, commonDir }: WorkTreeFolders): boolean =>
  existsSync(path.join(commonDir, 'lfs')) ||
  /^[^#\n].*[ \t]filter=lfs/m.test(textOf(path.join(root, '.gitattributes')));

/** Whether ours have to do the work of LFS's hooks in `folder`. */
export function needsLfs(repository: WorkTreeFolders, folder: string): boolean {
  if (!hasLfs(repository)) return false;
  const hook = path.join(folder, 'pre-push');
  const files = [
    hook,
    ...keptBeside(hook).map((name) => path.join(folder, name)),
    path.join(repository.root, '.husky', 'pre-push'),
  ];
  return !files.some((file) => new RegExp(runsLfs('pre-push'), 'm').test(textOf(file)));
}

/** What becomes of the files that LFS tracks, by the hooks that git runs now. Throws a GitError. */
export async function lfsHooksState(repository: Repository): Promise<LfsState> {
  if (!hasLfs(repository)) return 'none';
  const { inEffect, theirs } = await readHooksPath(repository);
  const folder = inEffect === 'own' ? ownFolder(repository) : plainFolder(repository);
  const folders = [folder, ...(theirs === undefined ? [] : [path.resolve(repository.root, theirs)])];
  if (!folders.every((other) => needsLfs(repository, other))) return 'own';
  const isOurs = inEffect !== 'other' && readBlock(path.join(folder, 'pre-push')) !== undefined;
  return isOurs ? 'sent' : wereInstalled(repository) ? 'unsent' : 'none';
}

function textOf(file: string): string {
  return attempt(() => readFileSync(file, 'latin1'), '');
}
