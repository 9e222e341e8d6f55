/** Commands in the text of other languages. */

/** Programs that run a text that they are given, in a language of their own. */
export const INTERPRETERS = /^(?:python[\d.]*|node|nodejs|deno|bun|ruby|perl|php|osascript|pwsh|powershell|lua|tclsh|[gmn]?awk)$/;
/** How those languages hand a command to a shell: in quotes behind a name, in quotes of its own kind, and in awk behind a pipe. */
const RUNS_QUOTED = /\b(?:system|exec|execSync|popen|Popen|spawn|spawnSync|run|call|check_call|check_output|getoutput|shell_exec|passthru)\s*\(?\s*[brf]?(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)')/g;
const RUNS_BETWEEN = /(?:\bqx\s*|%x)(?:\{([^}]*)\}|\(([^)]*)\)|\[([^\]]*)\]|([/!|])((?:(?!\4)[^])*)\4)/g;
const RUNS_IN_BACKTICKS = /`([^`]+)`/g;
const RUNS_PIPED = /\|&?\s*"((?:\\[^]|[^"\\])*)"|"((?:\\[^]|[^"\\])*)"\s*\|&?\s*getline/g;
/** The same with a word for each string: `run(['git', 'log'])`, `spawn('git', ['log'])`, `system "git", "log"`. */
const RUNS_WORDS = /\b(?:system|exec[lv]?p?e?|execFile|execFileSync|posix_spawnp?|Popen|spawn|spawnSync|spawn[lv]p?e?|run|call|check_call|check_output|Command|Open3\.\w+)\s*(?=[\s(["'])/g;
/** Strings, what opens and closes, and whatever stands for something that only a run can tell. */
const TOKEN = /\s*(?:(?:\b[brfu]{1,2}(?=["']))?(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)')|([[({])|([\])};\n])|(,)|(\.{3}[\w.]+|[\w.$@]+\s*[=:]?))/y;
const MOST_WORDS = 60;
const LONGEST_PROGRAM = 100_000;

/** What such a program is given to run as its text; a file with one is none. */
export function programTexts(name: string, args: readonly string[], input: string | null): string[] {
  const inline = name.endsWith('awk') || args[0] === 'eval' || args.some((text) => /^-(?:[a-zA-Z]*[ceErpn]|-(?:eval|print|run)(?:=[^]*)?|Command|EncodedCommand)$/i.test(text) || /^-[eE]./.test(text));
  return [...(inline || name === 'osascript' ? args : []), ...(input === null ? [] : [input])];
}

/** The commands that a text for an interpreter hands to a shell, or starts word by word. */
export function textsIn(name: string, whole: string): string[] {
  const text = whole.slice(0, LONGEST_PROGRAM);
  const ways = [RUNS_QUOTED, ...(/^(?:perl|ruby)$/.test(name) ? [RUNS_BETWEEN, RUNS_IN_BACKTICKS] : name === 'php' ? [RUNS_IN_BACKTICKS] : []), ...(name.endsWith('awk') ? [RUNS_PIPED] : [])];
  const handed = ways.flatMap((way) => [...text.matchAll(way)].map((match: readonly (string | undefined)[]) => (match.slice(1).findLast((one) => one !== undefined) ?? '').replace(/\\(["'`\\])/g, '$1')));
  return [...handed, ...[...text.matchAll(RUNS_WORDS)].flatMap(({ 0: { length }, index }) => wordByWord(text, index + length))];
}

/** The words of a program that is started at a place in a text; none where it is one string, which a shell takes apart. */
function wordByWord(text: string, from: number): string[] {
  const words: string[] = [];
  let [open, inList] = [0, false];
  TOKEN.lastIndex = from;
  while (words.length < MOST_WORDS) {
    const token: readonly (string | undefined)[] | null = TOKEN.exec(text);
    if (token === null) break;
    const [, double, single, opens, closes, , other] = token;
    if (opens !== undefined) {
      if (opens === '{') break;
      inList ||= opens === '[';
      open++;
    } else if (closes !== undefined) {
      if (closes === '\n' || closes === ';' ? open === 0 : closes === ']' || --open <= 0) break;
    } else if (other !== undefined) {
      if (words.length === 0 || (!inList && /[=:]$/.test(other))) break;
      words.push('"$…"');
    } else if (double !== undefined || single !== undefined) words.push(`'${(double ?? single ?? '').replaceAll("'", `'\\''`)}'`);
  }
  const [first, second] = words;
  if (second === undefined) return [];
  return [(first === second ? words.slice(1) : words).join(' ')]; // `execvp` is told the name twice
}

/** What surely changes a file, in the languages of interpreters: a way to open it for that, and names of what does. */
const OPENS = /['"`](?:[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?)['"`]\s*[,)]|mode\s*=\s*['"](?:[wax]|r[bt]?\+)|['"]\s*\+?>{1,2}\s*['",\w.$/~]|>\s*["'][^"'\n]+["']/;
const CHANGES = /write|unlink|remove|rename|truncate|rmtree|rmSync|rm_r?f?\b|\brm\b|copy|cpSync|move|dump(?!s)|save|delete|mkdir|symlink|link(?:Sync)?\s*\(|chmod|chown|touch|\bos\.replace|Set-Content|Out-File|Add-Content/i;
/** Writes that go where they can be seen. */
const SHOWN = /\b(?:process\.|sys\.)?std(?:out|err)(?:\.buffer)?\.write\w*/g;
const AWK_PRINTS = /\bprintf?\b[^;}\n]*>|\bsystem\s*\(|\|&?\s*"|inplace/;

/** Whether a text for an interpreter changes files, whichever. */
export const changesFiles = (name: string, text: string): boolean => (name.endsWith('awk') ? AWK_PRINTS.test(text) : OPENS.test(text) || CHANGES.test(text.replace(SHOWN, '')));
