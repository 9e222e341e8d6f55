/** Scripts of sh, PowerShell and cmd, Makefiles and justfiles. */
import { either } from '../../../base/patterns';
import { newOnes } from '../../same-cause/only-new-notices';
import { isTest, isVendored } from '../../path-roles';
import { trimmedLines } from '../../trimmed-lines';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';
import { factWas } from '../../rule-rows/facts-from-sentences';
import { noticeShell } from './notice-shell';
import { recipesOfJust, recipesOfMake, type ShellPart } from './recipes-of-make-and-just';

// Checks that stop a script before a dangerous step, and that a change removes.

/** What such a check tests. */
const ASKS = either(
  /\b(?:prod(?:uction)?|env(?:ironment)?|stage|staging|branch|account|context|cluster|workspace)\b/i,
  /\b(?:confirm\w*|sure|dry_?run|force|kill_?switch|protected|read\s+-[a-z]*[pr])\b/i,
  /_(?:ENV|ENVIRONMENT|STAGE|CONFIRM\w*|FORCE)\b/i,
  /\b(?:APP_ENV|RAILS_ENV|NODE_ENV)\b/i,
);
const CONDITION =
  /^\s*(?:if\b|\[\[?\s|test\s|case\b|read\s+-|:\s+"?\$\{\w+:\?)|\|\|\s*(?:exit|return|die|abort)|&&\s*\{?[^}]*\b(?:exit|return)\b/;
const STOPS = /\b(?:exit|return|die|abort|fail|kill)\b|\$\{\w+:\?/;
/** Checks are at most this long. */
const LINES_AT_MOST = 8;

/** `dangerous`: the script in its new version does something that cannot be undone. */
function guardsGone(before: string, after: string, dangerous: boolean): readonly Noticed[] {
  if (!dangerous) return [];
  const newLines = trimmedLines(after);
  const lines = before.split('\n');
  const found: Noticed[] = [];
  for (const [index, line] of lines.entries()) {
    if (newLines.has(line.trim()) || /^\s*#/.test(line) || !CONDITION.test(line) || !ASKS.test(line)) continue;
    const end =
      /^\s*(?:if|case)\b/.test(line) && !/\b(?:fi|esac)\b/.test(line)
        ? lines.findIndex((one, at) => at > index && at <= index + LINES_AT_MOST && /^\s*(?:fi|esac)\b/.test(one))
        : index;
    const all = lines.slice(index, end < index ? index + LINES_AT_MOST : end + 1).join('\n');
    // another check of the same kind may have replaced it
    if (!STOPS.test(all) || [...newLines].some((one) => CONDITION.test(one) && ASKS.test(one) && !before.includes(one)))
      continue;
    found.push(
      factWas(
        'destructive/guard-removed: A check that stops this script before it does something dangerous is removed.',
        index + 1,
      ),
    );
  }
  return found.slice(0, 5);
}

export { noticeShell } from './notice-shell';

const SCRIPT = /\.(?:sh|bash|zsh|ksh|dash|bats)$/i;
/** Windows' scripts. */
const WINDOWS = /\.(ps1|psm1|cmd|bat)$/i;
const MAKE = /(?:^|\/)(?:GNU)?[Mm]akefile(?:\.\w+)?$|\.mk$/;
const JUST = /(?:^|\/)\.?[Jj]ustfile$|\.just$/;
const NO_ENDING = /(?:^|\/)[^/.]+$|(?:^|\/)\.(?:husky|githooks)\/[^/]+$/;
const SHEBANG = /^#!\s*\S*\b(?:env\s+(?:-\S+\s+)*)?(?:ba|z|da|k|a)?sh\b/;

export const shell: AnalyzerOfFiles = {
  id: 'shell',
  concerns: ({ path, after }) =>
    after !== null &&
    !isVendored(path) &&
    (SCRIPT.test(path) ||
      WINDOWS.test(path) ||
      MAKE.test(path) ||
      JUST.test(path) ||
      (NO_ENDING.test(path) && SHEBANG.test(after))),
  notice: ({ path, before, after }: Change) => {
    if (after === null) return [];
    const newNotices = noticesIn(path, after);
    // what the old text does only matters beside what the new one does
    const old = before === null || newNotices.length === 0 ? [] : noticesIn(path, before);
    const lostGuards =
      before === null || MAKE.test(path) || JUST.test(path) || WINDOWS.test(path)
        ? []
        : guardsGone(before, after, newNotices.length > 0);
    const fresh = newOnes(old, newNotices, before, after);
    return [
      ...(TEARS_DOWN.test(path) ? fresh.map((one) => ({ ...one, cause: 'takes down what it is named for' })) : fresh),
      ...lostGuards,
    ];
  },
};

/** By its name it deletes: whoever reads one of its commands sees them all. */
const TEARS_DOWN = /(?:^|[/._-])(?:clean[_-]?up|delete|destroy|nuke|purge|remove|tear[_-]?down|uninstall|wipe)[^/]*$/i;

/** What was noticed in the texts read last: the old one is asked for again where a danger stood there before. */
const recent: { readonly path: string; readonly text: string; readonly noticed: readonly Noticed[] }[] = [];
const RECENT_AT_MOST = 2;

/** A test cleans up after itself; what it does elsewhere counts. */
function noticesIn(path: string, text: string): readonly Noticed[] {
  const known = recent.find((one) => one.path === path && one.text === text);
  if (known !== undefined) return known.noticed;
  const windows = WINDOWS.exec(path)?.[1];
  const options = {
    ...(isTest(path) ? { throwaway: true as const } : {}),
    ...(windows === undefined ? {} : { shell: /^ps/i.test(windows) ? ('powershell' as const) : ('cmd' as const) }),
  };
  const noticed = partsOf(path, text).flatMap((part) => noticeShell(part.text, part.line, options));
  recent.unshift({ path, text, noticed });
  recent.length = Math.min(recent.length, RECENT_AT_MOST);
  return noticed;
}

function partsOf(path: string, text: string): readonly ShellPart[] {
  if (MAKE.test(path)) return recipesOfMake(text);
  return JUST.test(path) ? recipesOfJust(text) : [{ text, line: 1 }];
}
