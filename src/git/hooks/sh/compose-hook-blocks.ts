/**
 * The git hooks, as POSIX sh. Every commit waits for them, so they do what they can without starting anything. Nothing
 * recorded: nothing to do. An answer prepared for exactly this tree: use it. Only otherwise do they start the runtime.
 *
 * No failure of ours may stop git: the hooks that were here before may, then every way out of our part is one that goes
 * on, even where the shell itself gives up. Other lines of the file run as if our part were not there.
 */
import { wordSet } from '../../../base/patterns';
import { IS_LISTED } from './amend';
import { block, MARK } from '../hook-block';
import { GIVE_INPUT, READ_INPUT, runBefore } from './run-other-hooks';
import type { HookName } from '../hook-names';
import { lockLfsFiles, sendLfsFiles } from '../git-lfs';
import { PRE_PUSH } from './pre-push';
import { PREPARE_COMMIT_MSG, PREPARE_FUNCTIONS } from './prepare-commit-msg';
import type { Runtime } from '../command-line-runtime';
import { SIBLINGS } from './is-trailer-hook-whole';
import { STAGED_DIFF } from './staged-diff';
import { laterProgram, startProgram } from './start-program';
import { WATCH } from './time-limit';

/** Body of `post-rewrite`: which commits were rewritten to which, read when notes are settled. */
const POST_REWRITE = `
  [ -n "$lk_input" ] && [ -d "$lk" ] && printf '%s\\n' "$lk_input" 2>/dev/null >>"$lk/rewritten"
  return 0
`;

/** Body of `commit-msg`: only a message that somebody edited has something left to do, and the first commit of a new clone. */
const COMMIT_MSG = `
  lk_is_whole || return 1
  [ ! -f "$lk/unwritten" ] && [ ! -f "$lk/new-clone" ]
`;

/** What is only ours in a hook: functions it needs, and the body of the one that does what needs no program. */
const parts = (name: HookName, runtime: Runtime): { readonly functions: string; readonly body: string } => {
  switch (name) {
    case 'prepare-commit-msg':
      return {
        functions: [
          STAGED_DIFF,
          WATCH,
          startProgram(name, runtime, {
            watched: true,
            input: 'lk_diff "$@" | LINEKEEPER_DIFF=1 ',
            then: 'lk_later unknown',
          }),
          laterProgram(runtime),
          PREPARE_FUNCTIONS,
        ].join(''),
        body: PREPARE_COMMIT_MSG,
      };
    case 'commit-msg':
      return { functions: SIBLINGS + WATCH + startProgram(name, runtime, { watched: true }), body: COMMIT_MSG };
    case 'post-rewrite':
      return { functions: '', body: POST_REWRITE };
    case 'pre-push':
      // The user asked for notes to go along with a push, which takes as long as the network does.
      return {
        functions:
          SIBLINGS +
          IS_LISTED +
          startProgram(name, runtime, {
            watched: false,
            network: true,
            input: `printf '%s\\n' "$lk_input" | LINEKEEPER_NOTES="\${lk_notes:-false}" `,
          }),
        body: PRE_PUSH,
      };
  }
};

/** Hooks that git gives data on standard input. */
const WITH_INPUT: ReadonlySet<string> = wordSet(`
  post-rewrite pre-push reference-transaction pre-receive post-receive proc-receive
`);

/** Options, `IFS` and the exit code that the lines above left are theirs, and those below find them again. */
const BEGIN = `lk_code=$? lk_set=$- lk_ifs=$IFS
set +efu
unset IFS
`;
/**
 * What lines above do at their end (`trap … EXIT`) and when they are ended: kept in `lk_traps` while our part has traps of
 * its own. dash lists them only where no subshell is asked. Most files have no such line, which two lines of them show.
 */
const KEEP_TRAPS = `
lk_traps= lk_line= lk_first=
{ IFS= read -r lk_first; IFS= read -r lk_line; } 2>/dev/null <"$0"
case $lk_first$lk_line in
  '' | *'${MARK}'*) ;;
  *)
    lk_traps=$(trap)
    if [ -z "$lk_traps" ] && lk_file=$(mktemp 2>/dev/null); then
      trap >"$lk_file"
      lk_traps=$(cat "$lk_file")
      rm -f "$lk_file"
    fi ;;
esac
`;
const GIVE_TRAPS = `
trap - TERM EXIT
[ -z "$lk_traps" ] || eval "$lk_traps"
`;
const END = `
IFS=$lk_ifs
lk_end() {
  case $lk_set in *f*) set -f ;; esac
  case $lk_set in *u*) set -u ;; esac
  case $lk_set in *e*) set -e ;; esac
  return "$lk_code"
}
lk_end && :
`;

/** Our part of a hook's file. `before`: shell words for the hooks that were there before. */
export function hookBlock(name: HookName, runtime: Runtime, before: readonly string[]): string {
  const hasInput = WITH_INPUT.has(name);
  const { functions, body } = parts(name, runtime);
  return block(
    name,
    `${BEGIN}${hasInput ? READ_INPUT : ''}${runBefore(before, hasInput)}${name === 'pre-push' ? sendLfsFiles(before) : ''}${KEEP_TRAPS}
lk_timer= lk_late= lk_program=
trap '[ -z "$lk_timer" ] || kill "$lk_timer" 2>/dev/null; exit 0' EXIT
${functions}
lk_work() {
  lk_git=\${GIT_DIR:-.git}
  [ -d "$lk_git" ] || lk_git=$(git rev-parse --git-dir 2>/dev/null) || return 0
  lk=$lk_git/linekeeper
${body.replace(/^\n/, '')}}
lk_work "$@"${functions === '' ? '' : ' || lk_run "$@"'}
[ -z "$lk_timer" ] || kill "$lk_timer" 2>/dev/null
${GIVE_TRAPS.replace(/^\n/, '')}${hasInput ? GIVE_INPUT : ''}${END}`,
  );
}

/**
 * Our part of a hook of which we have none: it only runs those that were there before. `hasLocks`: and what Git LFS would
 * run there.
 */
export function passOnBlock(name: string, before: readonly string[], hasLocks = false): string {
  const hasInput = WITH_INPUT.has(name);
  return block(
    name,
    `${BEGIN}${hasInput ? READ_INPUT : ''}${runBefore(before, hasInput)}${hasLocks ? lockLfsFiles(name, before) : ''}${hasInput ? GIVE_INPUT : ''}${END}`,
  );
}

/** Whether a block is one of {@link HOOKS}, and not only passes on. */
export const isProgramsBlock = (block: string): boolean => /\blk_(?:work|run|node)\b|\$lk\//.test(block);

/** A block's text apart from which Node runs the command line. */
export const withoutNode = (block: string): string =>
  block.replaceAll(/^lk_node=.*$/gm, '').replaceAll('ELECTRON_RUN_AS_NODE=1 ', '');
