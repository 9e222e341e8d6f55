/** Commands in the text of other languages. */

/** Programs that run a text that they are given, in a language of their own. */
export const INTERPRETERS = /^(?:python[\d.]*|node|nodejs|deno|bun|ruby|perl|php|osascript|pwsh|powershell|lua|tclsh|[gmn]?awk)$/;
/** How those languages hand a command to a shell: in quotes behind a name, in quotes of its own kind, and in awk behind a pipe. */
const RUNS_QUOTED = /\b(?:system|exec|execSync|popen|Popen|spawn|spawnSync|run|call|check_call|check_output|getoutput|shell_exec|passthru)\s*\(?\s*[brf]?(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)')/g;
const RUNS_BETWEEN = /(?:\bqx\s*|%x)(?:\{([^}]*)\}|\(([^)]*)\)|\[([^\]]*)\]|([/!|])((?:(?!\4)[^])*)\4)/g;
const RUNS_IN_BACKTICKS = /`([^`]+)`/g;
const RUNS_PIPED = /\|&?\s*"((?:\\[^]|[^"\\])*)"|"((?:\\[^]|[^"\\])*)"\s*\|&?\s*getline/g;
const LONGEST_PROGRAM = 100_000;

/** The commands that a text for an interpreter hands to a shell. */
export function textsIn(name: string, whole: string): string[] {
  const text = whole.slice(0, LONGEST_PROGRAM);
  const ways = [RUNS_QUOTED, ...(/^(?:perl|ruby)$/.test(name) ? [RUNS_BETWEEN, RUNS_IN_BACKTICKS] : name === 'php' ? [RUNS_IN_BACKTICKS] : []), ...(name.endsWith('awk') ? [RUNS_PIPED] : [])];
  return ways.flatMap((way) => [...text.matchAll(way)].map((match: readonly (string | undefined)[]) => (match.slice(1).findLast((one) => one !== undefined) ?? '').replace(/\\(["'`\\])/g, '$1')));
}
