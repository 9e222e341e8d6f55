/**
 * What a project's hooks do in the shell itself, because they run on machines that Linekeeper may never have been on:
 * find the program, and check whether the policy denies agents something.
 */
import path from 'node:path';
import { managedFolder } from '../../../base/platform';
import { powershellWord, shellWord } from './quote-words';

/**
 * Leaves the program's words in `$@`, and our folder of the git directory in `g`. `linekeeper/program` has a line each
 * for the executable, the script, and `electron` or `node` (`saveProgram` in `src/git/hooks`). A folder that only looks
 * like a repository, because somebody committed one, is not trusted to name a program.
 */
export const FIND_SH =
  'set --; d="$CLAUDE_PROJECT_DIR"; [ -d "$d" ] || d=.; ' +
  'g=$(git -C "$d" -c safe.bareRepository=explicit rev-parse --git-common-dir 2>/dev/null); ' +
  "case $g in '') g=/dev/null;; ?:*|[/]*) ;; *) g=$d/$g;; esac; g=$g/linekeeper; " +
  'if [ -f "$g/program" ]; then { IFS= read -r n; IFS= read -r s; IFS= read -r e; } <"$g/program"; ' +
  'if [ ! -f "$s" ]; then :; elif [ ! -x "$n" ]; then ! command -v node >/dev/null 2>&1 || set -- node "$s"; ' +
  'elif [ "$e" = electron ]; then set -- env ELECTRON_RUN_AS_NODE=1 "$n" "$s"; else set -- "$n" "$s"; fi; fi; ' +
  '[ $# -gt 0 ] || ! command -v linekeeper >/dev/null 2>&1 || set -- linekeeper; ';

/** The same, with the program's words in `$r`. */
export const FIND_POWERSHELL =
  "$r = @(); $d = $env:CLAUDE_PROJECT_DIR; if (-not $d -or -not (Test-Path -LiteralPath $d)) { $d = '.' }; " +
  '$g = git -C $d -c safe.bareRepository=explicit rev-parse --git-common-dir 2>$null; ' +
  "if (-not $g) { $g = 'nowhere' } elseif (-not [IO.Path]::IsPathRooted($g)) { $g = Join-Path $d $g }; $g = Join-Path $g linekeeper; " +
  'if (Test-Path -LiteralPath "$g/program") { $l = @(Get-Content -LiteralPath "$g/program" -Encoding UTF8); ' +
  'if ($l.Count -ge 3 -and (Test-Path -LiteralPath $l[1])) { ' +
  "if (Test-Path -LiteralPath $l[0]) { if ($l[2] -eq 'electron') { $env:ELECTRON_RUN_AS_NODE = '1' }; $r = @($l[0], $l[1]) } " +
  "elseif (Get-Command node -ErrorAction SilentlyContinue) { $r = @('node', $l[1]) } } }; " +
  "if (-not $r -and (Get-Command linekeeper -ErrorAction SilentlyContinue)) { $r = @('linekeeper') }; ";

/**
 * Matches a policy line that may say `agents: deny` or `deny-destructive`, in any YAML spelling. Lines that are only a
 * comment do not count. A false match refuses more than necessary; a missed one would let pass what is denied.
 */
const DENY =
  '^[[:space:]]*([^#[:space:][:alnum:]_./*-]|[^#[:space:]].*[^[:alnum:]_./*-])?deny(-destructive)?([^[:alnum:]_./*-]|$)';

/** The policy and the files that it may extend. */
const FILES = [':(top).linekeeper.yml', ':(top).linekeeper/', ':(top,exclude).linekeeper/incidents/'];

/** The working copy's policy, the last commit's, and the base branch's: only Linekeeper knows which of them decides. */
const PLACES = ['--untracked --no-exclude-standard', 'HEAD', 'refs/remotes/origin/HEAD'];

const greps = (word: (text: string) => string, errors: string): readonly string[] =>
  PLACES.map((place) =>
    place.startsWith('-')
      ? `git -C "$d" grep -Eq ${place} ${word(DENY)} -- ${FILES.map(word).join(' ')} ${errors}`
      : `git -C "$d" grep -Eq ${word(DENY)} ${place} -- ${FILES.map(word).join(' ')} ${errors}`,
  );

/** A condition, and "or". */
export const DENIES_SH = `{ ${greps(shellWord, '2>/dev/null').join(' || ')}; } || `;

/** "or", and a condition. */
export const DENIES_POWERSHELL = greps(powershellWord, '2>$null')
  .map((grep) => ` -or $(${grep}; $LASTEXITCODE -eq 0)`)
  .join('');

/** A policy that stops nothing yet. */
const OBSERVES = '^["\']?mode["\']?[[:space:]]*:[[:space:]]*["\']?observe';
/** What an administrator requires on this machine; an installation is for one system. */
const FLOOR = path.posix.join(managedFolder(), 'policy.yml');

/**
 * The same for a user's hooks, where the file `held` does not say that the policy last seen restricted agents: nothing
 * was recorded in the clone yet, or a policy that observed was replaced by one that enforces since.
 */
export const UNSEEN_DENIES_SH =
  `{ d=.; { { grep -Eq ${shellWord(DENY)} ${shellWord(FLOOR)} && ! grep -Eq ${shellWord(OBSERVES)} ${shellWord(FLOOR)}; } 2>/dev/null || ` +
  `{ ! grep -Eq ${shellWord(OBSERVES)} "$(git rev-parse --show-toplevel 2>/dev/null)/.linekeeper.yml" 2>/dev/null && ${DENIES_SH.replace(/ \|\| $/, '')}; }; }; } || `;

/** For cmd, which has no variables within a line: starts the script that our folder of the git directory names. */
export const findAndRunCmd = (id: string): string =>
  'for /f "usebackq delims=" %g in (`git rev-parse --git-common-dir 2^>nul`) do ' +
  `for /f "usebackq skip=1 delims=" %s in ("%g/linekeeper/program") do if "%~xs"==".js" node "%s" record ${id}`;
