/**
 * One text that a POSIX shell, PowerShell and cmd run, each its own part of it: most assistants have a single command
 * for a hook, in a file that a team shares, and hand it to whatever shell their system has.
 *
 * - Each of them takes `set lk …` for a harmless command of its own.
 * - cmd knows no single quotes: for it, `&` begins its own part, and `rem` makes the rest a comment. `ver` forgets that
 *   there is no such variable.
 * - PowerShell escapes nothing with a backslash: for it, the string `"\"` ends there, and `<#` begins a comment up to `#>`.
 * - A POSIX shell goes on after that string and, if it did not exit by itself, takes `#>` for the beginning of a comment.
 */

interface Texts {
  /** Ends in an `exit`. */
  readonly sh: string;
  readonly powershell: string;
  readonly cmd: string;
}

/** cmd reads no longer line. */
const LONGEST_FOR_CMD = 8000;

/** Throws where a part can't be put together with the others, which only a mistake in it could cause. */
export function anyShell({ sh, powershell, cmd }: Texts): string {
  if (sh.includes('#>') || /[\r\n]/.test(sh + powershell + cmd))
    throw new Error('a hook for every shell is one line without "#>"');
  const text = (quoted: string): string =>
    `set lk ' & ver>nul & ${quoted} & rem '; set lk "\\" <#"; ${sh}; #>; ${powershell}`;
  // a user's folder with an apostrophe would end the others' string
  const whole = cmd.includes("'") ? text(CANNOT_RUN) : text(cmd);
  return whole.length <= LONGEST_FOR_CMD ? whole : text(CANNOT_RUN);
}

const CANNOT_RUN = 'echo linekeeper: cmd can not run this hook, so this edit is not recorded 1>&2';
