/** Commands inside the text of other languages. */
import { anyOf, either } from '../../../base/patterns';
import { handedText, isStandardInput } from '../streams/standard-input-of-program';
import { nameOf } from './program-name';
import { plainOf, hasOption } from '../words/options';
import { cellsOf } from './notebooks';
import type { Invocation } from '../words/invocation';
import { withJoinedLists, withValues } from './joined-string-lists';
import type { Reads } from './readers-of-scripts-and-aliases';

/** Programs that run a given text in their own language. */
export const INTERPRETERS =
  /^(?:i?python[\d.]*|node|nodejs|tsx|ts-node|vite-node|babel-node|jiti|deno|bun|ruby|perl|php|osascript|pwsh|powershell|lua|tclsh|wish|groovy|[gmn]?awk)$/;
/**
 * How those languages pass a command to a shell: quoted after a function name, in their own kind of quotes, and in awk
 * after a pipe.
 */
const STRING = String.raw`(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)')`;
const QUOTED_AFTER = anyOf(
  `
    sh system exec execSync popen Popen spawn spawnSync run call check_call check_output getoutput shell_exec passthru
    execute exec_command exec! sendline cmd sudo(?=\\s*\\() do\\sshell\\sscript callCommand Sys\\.command
  `,
  { before: String.raw`\b(?:`, after: ')' },
);
const RUNS_QUOTED = new RegExp(
  String.raw`${QUOTED_AFTER.source}\s*\(?\s*\*?(?:(?:shlex|Shellwords)\.split\s*\(\s*)?[brf]?${STRING}`,
  'g',
);
const RUNS_BETWEEN = /(?:\bqx\s*|%x)(?:\{([^}]*)\}|\(([^)]*)\)|\[([^\]]*)\]|([/!|])((?:(?!\4)[^])*)\4)/g;
const RUNS_IN_BACKTICKS = /`([^`]+)`/g;
/** Scala's `"rm -rf build".!`, and Tcl's `exec rm -rf build`. */
const RUNS_BY_BANG = /"((?:\\[^]|[^"\\\n])+)"\s*\.\s*!/g;
const RUNS_BARE = /\b(?:exec|spawn|system)\s+(?:-\S+\s+)*([^\]\n;"]+)/g;
/** Shells in JavaScript: `$`rm -rf ${folder}``. */
const RUNS_IN_TEMPLATE = /\$\\?`((?:\\[^`]|[^`\\])+)/g;
const RUNS_PIPED = /\|&?\s*"((?:\\[^]|[^"\\])*)"|"((?:\\[^]|[^"\\])*)"\s*\|&?\s*getline/g;
/** `command="…"`, which awk hands to a shell by its name. */
const ASSIGNED = /\w\s*=\s*"((?:\\[^]|[^"\\])*)"/g;
/** The same with one string per word: `run(['git', 'log'])`, `spawn('git', ['log'])`, `system "git", "log"`. */
const RUNS_WORDS = anyOf(
  String.raw`
    system2? System\.cmd exec[lv]?p?e? execFile execFileSync posix_spawnp? Popen spawn spawnSync spawn[lv]p?e? run call check_call
    check_output Command(?:::new)? ProcessBuilder Process\.Start callProcess readProcess (?:shell/)?sh(?=[\s(]+["']) sh\.(?:RunV?|Output)
    commandLine Open3\.\w+
  `,
  { before: String.raw`\b(?:`, after: String.raw`)\s*(?=[\s(["'])`, flags: 'g' },
);
/** What makes a list of the words behind it: R's `c(…)`, Kotlin's `listOf(…)`. */
const MAKES_LIST = /\b(?:c|listOf|List\.of|Arrays\.asList|arrayOf|Seq|List|Array)(?=\(\s*["'])/g;
/** Strings, opening and closing brackets, and anything whose value is known only at run time. */
const TOKEN =
  /\s*(?:(?:\b[brfu]{1,2}(?=["']))?(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)')|([[({])|([\])};\n])|(,)|(\.{3}[\w.]+|[\w.$@]+\s*[=:]?))/y;
const MOST_WORDS = 60;
const LONGEST_PROGRAM = 100_000;

/** Programs that compile or open a file and run it at once, by that file's ending. Matched against program and file. */
const RUNS_FILE = either(
  /^(?:go \S+\.go|swift \S+\.swift|dart \S+\.dart|julia \S+\.jl|elixir \S+\.exs?|[Rr]script \S+\.[Rr]|java \S+\.java|jbang \S+\.java)$/,
  /^(?:zx \S+\.m?js|rust-script \S+\.rs|dotnet(?:-script)? \S+\.csx?|(?:jupyter(?:-\w+)?|papermill|runipy) \S+\.ipynb)$/,
  /^(?:kotlinc? \S+\.kts|scala(?:-cli)? \S+\.(?:scala|sc)|(?:bb|clojure|clj) \S+\.cljs?)$/,
  /^(?:(?:runghc|runhaskell) \S+\.l?hs|ocaml \S+\.ml|crystal \S+\.cr)$/,
);
const COMPILERS =
  /^(?:rustc|javac|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|kotlinc|scalac|swiftc|ghc|ocamlc|ocamlopt|csc|tcc|go)$/;
/** Those of them that do something else without a word for it. */
const RUNS_WITH: Readonly<Record<string, RegExp>> = {
  go: /^run$/,
  dotnet: /^(?:run|script)$/,
  jupyter: /^(?:--?execute|execute|run)$/,
  'jupyter-nbconvert': /^--?execute$/,
};

/** Other languages' programs that run the text behind an option, or behind a word. */
const EVALUATES: Readonly<Record<string, RegExp>> = {
  rscript: /^-e$/,
  r: /^-e$/,
  julia: /^(?:-[eE]|--(?:eval|print))$/,
  elixir: /^(?:-e|--eval)$/,
  raku: /^-e$/,
  scala: /^-e$/,
  crystal: /^eval$/,
  bb: /^-e$/,
  mix: /^(?:-e|--eval)$/,
  iex: /^(?:-e|--eval)$/,
};

/** Whether a program by this name may run a file at once, or a text of its own language. */
export const mayRunFile = (name: string): boolean =>
  Object.hasOwn(EVALUATES, name) ||
  COMPILERS.test(name) ||
  TEST_RUNNERS.some(([programs]) => programs.test(name)) ||
  /^(?:go|cargo|kotlinc?|scala-cli|clojure|clj|runghc|runhaskell|ocaml|swift|dart|julia|elixir|[Rr]script|java|jbang|zx|rust-script|dotnet|dotnet-script|jupyter(?:-\w+)?|papermill|runipy)$/.test(
    name,
  );

const MOST_FILES = 20;

/** The files of the package that `go run ./tools/tidy`, `cargo run --bin tidy` and `dotnet run --project tidy` start. */
function filesOfPackage(name: string, texts: readonly string[], reads: Reads): Program | undefined {
  if (texts[0] !== 'run' || !/^(?:go|cargo|dotnet|swift)$/.test(name)) return undefined;
  const after = (option: RegExp): string | undefined =>
    texts.find((_, index) => option.test(texts[index - 1] ?? ''))?.replace(/\/$/, '');
  const operand = texts
    .slice(1)
    .find((text) => !text.startsWith('-'))
    ?.replace(/\/$/, '');
  const chosen = after(/^--(?:bin|example)$/);
  const patterns =
    name === 'go'
      ? operand === undefined || operand.endsWith('.go')
        ? []
        : [`${operand}/*.go`, `${operand}/main.go`]
      : name === 'dotnet'
        ? [
            `${after(/^(?:-p|--project)$/)?.replace(/\/?[^/]*\.\w+proj$/, '') ?? '.'}/*.cs`,
            `${after(/^(?:-p|--project)$/) ?? '.'}/Program.cs`,
          ]
        : name === 'swift'
          ? [`Sources/${operand ?? 'main'}/*.swift`, `Sources/${operand ?? 'main'}/main.swift`]
          : chosen === undefined
            ? ['src/main.rs']
            : [`src/bin/${chosen}.rs`, `src/bin/${chosen}/main.rs`, `examples/${chosen}.rs`];
  const files = patterns.flatMap((pattern) => (pattern.includes('*') ? (reads.matching?.(pattern) ?? []) : pattern));
  const known = new Set(files.slice(0, MOST_FILES).flatMap((file) => reads.ownScript(file) ?? []));
  return known.size === 0 ? undefined : { language: name, text: [...known].join('\n'), inFile: true };
}

/** Programs that run tests in files, by the language of these. */
const TEST_RUNNERS: readonly (readonly [programs: RegExp, language: string])[] = [
  [/^(?:mocha|_mocha|jest|vitest|ava|tap|tape|jasmine|playwright|cypress|uvu)$/, 'node'],
  [/^(?:pytest|py\.test|nose2|nosetests|ward|behave)$/, 'python'],
  [/^(?:rspec|minitest|cucumber)$/, 'ruby'],
  [/^(?:phpunit|pest|codecept)$/, 'php'],
  [/^(?:prove)$/, 'perl'],
];
/** A database of another machine: tests empty those that are made for them. */
const ELSEWHERE = either(
  /\b(?:postgres(?:ql)?|mysql2?|mariadb|mongodb|rediss?|amqps?|sqlserver|clickhouse|https?)(?:\+\w+)?:\/\/(?:[^\s"'`@/]*@)?(?!localhost|127\.|0\.0\.0\.0|host\.docker)[\w-]+\.(?!test\b|example\b|localhost\b)[\w.-]+/,
  /\bhost(?:name)?["']?\s*(?:[:=]|=>)\s*["'](?!localhost|127\.|0\.0\.0\.0)[\w-]+\.(?!test\b|example\b|localhost\b)[\w.-]+["']/,
);

/** The files with tests that a command names, where they reach a database of another machine. */
function testsIn(name: string, texts: readonly string[], reads: Reads): Program | undefined {
  const language = TEST_RUNNERS.find(([programs]) => programs.test(name))?.[1];
  if (language === undefined) return undefined;
  const files = texts.filter((text) => /\.\w+(?:::\S*)?$/.test(text) && !text.startsWith('-')).slice(0, MOST_FILES);
  const known = files.flatMap((file) => reads.ownScript(file.replace(/::.*$/, '')) ?? []);
  return known.some((text) => ELSEWHERE.test(text)) ? { language, text: known.join('\n'), inFile: true } : undefined;
}

/** The file that such a program runs. */
function fileRunAtOnce(
  name: string,
  texts: readonly string[],
  invocation: Pick<Invocation, 'input' | 'source' | 'from'>,
  reads: Reads,
): Program | undefined {
  const option = Object.hasOwn(EVALUATES, name) ? EVALUATES[name] : undefined;
  const inline = option === undefined ? [] : texts.filter((_, index) => option.test(texts[index - 1] ?? ''));
  if (inline.length > 0) return { language: name, text: inline.join('\n'), inFile: false };
  if (name === 'go' && texts[0] === 'run' && texts.some((text) => text === '-' || isStandardInput(text))) {
    const text = handedText(invocation, reads.script);
    return text === undefined ? undefined : { language: name, text, inFile: false };
  }
  // what the command has just written will hardly be compiled for another day
  const compiled =
    COMPILERS.test(name) && (name !== 'go' || texts[0] === 'build')
      ? texts.find((text) => reads.written?.(text) !== undefined)
      : undefined;
  if (compiled !== undefined) return { language: name, text: reads.written?.(compiled) ?? '', inFile: true };
  const folder = filesOfPackage(name, texts, reads);
  if (folder !== undefined) return folder;
  const file = texts.find((text) => RUNS_FILE.test(`${name} ${text}`));
  const word = Object.hasOwn(RUNS_WITH, name) ? RUNS_WITH[name] : undefined;
  if (file === undefined || (word !== undefined && !texts.some((text) => word.test(text)))) return undefined;
  const text = reads.ownScript(file);
  if (text === undefined) return undefined;
  if (file.endsWith('.ipynb')) return { language: 'python', text: cellsOf(text), inFile: true };
  return { language: name, text, inFile: true };
}

/** A program in an interpreter's language. */
export interface Program {
  readonly language: string;
  readonly text: string;
  /** It is in a file, and not in the command. */
  readonly inFile: boolean;
}

const INLINE = /^-(?:[a-zA-Z]*[ceErpn]|-(?:eval|print|run|execute)(?:=[^]*)?|Command|EncodedCommand)$/i;
/** Options of interpreters that take the next word as their value. */
const WITH_WORD = ['-W', '-X', '-I', '-r', '--require', '--import', '--loader', '--env-file', '-C', '--conditions'];
/** The interpreter's name in the first line of a file. */
const FIRST_LINE = /^#!.*?[/\s](python[\d.]*|node|nodejs|deno|bun|ruby|perl|php|lua|tclsh)\b/;

/** The interpreter that a program's name stands for: `python3@1.2` is `python3`. */
export const languageOf = (name: string): string => name.toLowerCase().replace(/(.)@[\w.^~-]+$/, '$1');

/**
 * What an interpreter is given to run: in its arguments, on its standard input or in a file; undefined where there is
 * nothing, or it may not be read.
 */
export function programOf(
  invocation: Pick<Invocation, 'words' | 'input' | 'source' | 'from'>,
  reads: Reads,
): Program | undefined {
  const [program, ...args] = invocation.words;
  const language = languageOf(nameOf(program));
  const texts = args.map(({ text }) => text);
  if (!INTERPRETERS.test(language))
    return mayRunFile(language)
      ? (testsIn(language, texts, reads) ?? fileRunAtOnce(language, texts, invocation, reads))
      : startedFile(program?.text ?? '', reads);
  if (language.endsWith('awk') && texts.some((text) => /^(?:-f|--file)$/.test(text))) {
    const files = texts.filter((_, index) => /^(?:-f|--file)$/.test(texts[index - 1] ?? ''));
    const text = files.map((file) => reads.ownScript(file) ?? '').join('\n');
    return text.trim() === '' ? undefined : { language, text, inFile: true };
  }
  const inline =
    language.endsWith('awk') ||
    language === 'osascript' ||
    texts[0] === 'eval' ||
    texts.some((text) => INLINE.test(text) || /^-[eE]./.test(text));
  if (inline)
    return {
      language,
      text: [...texts, ...(invocation.input === null ? [] : [invocation.input])].join('\n'),
      inFile: false,
    };
  if (hasOption(args, /^-m$/)) return undefined;
  const [file] = plainOf(args, WITH_WORD).filter(({ text }, index) => index > 0 || !/^(?:run|-)$/.test(text));
  const text =
    file === undefined || isStandardInput(file.text)
      ? handedText(invocation, reads.script)
      : file.open
        ? undefined
        : reads.ownScript(file.text);
  return text === undefined ? undefined : { language, text, inFile: file !== undefined };
}

/** A file that is started by its own name, when its first line names an interpreter. */
function startedFile(name: string, reads: Reads): Program | undefined {
  const language = FIRST_LINE.exec((/[\\/]/.test(name) ? reads.script(name) : undefined) ?? '')?.[1];
  const text = language === undefined ? undefined : reads.ownScript(name); // needs a git call
  return text === undefined || language === undefined ? undefined : { language, text, inFile: true };
}

/** The commands that a text for an interpreter passes to a shell, or starts with one string per word. */
export function textsIn({ language: name, text: whole }: Program): string[] {
  // a string in parts
  const text = withValues(withJoinedLists(whole.slice(0, LONGEST_PROGRAM)))
    .replace(/(["'`])\s*\+\s*\1/g, '')
    .replace(MAKES_LIST, '')
    // Deno's options, and Rust's words one after the other
    .replace(/\{\s*args\s*:\s*(?=\[)/g, '')
    .replace(/(["'])\s*\)\s*\.args?\s*\(\s*&?\[?\s*(?=["'])/g, '$1, ');
  const ways = [
    RUNS_QUOTED,
    ...(/^(?:node|bun|deno|tsx|zx)$/.test(name) ? [RUNS_IN_TEMPLATE] : []),
    ...(name.startsWith('scala') ? [RUNS_BY_BANG] : []),
    ...(/^(?:tclsh|wish)$/.test(name) ? [RUNS_BARE] : []),
    ...(name === 'julia' ? [RUNS_IN_BACKTICKS] : []),
    ...(/^(?:perl|ruby)$/.test(name) ? [RUNS_BETWEEN, RUNS_IN_BACKTICKS] : name === 'php' ? [RUNS_IN_BACKTICKS] : []),
    ...(name.endsWith('awk') ? [RUNS_PIPED, ...(/\bsystem\s*\(\s*\w+\s*\)/.test(text) ? [ASSIGNED] : [])] : []),
  ];
  const handed = ways.flatMap((way) =>
    [...text.matchAll(way)].map((match) => {
      const groups: readonly (string | undefined)[] = match.slice(1);
      const said = (groups.findLast((group) => group !== undefined) ?? '').replace(/\\(["'`\\])/g, '$1');
      // awk puts `$1` behind it by writing it there
      return name.endsWith('awk') && said.endsWith(' ') && /^\s*\$?\w/.test(text.slice(match.index + match[0].length))
        ? `${said}"$1"`
        : said;
    }),
  );
  return [
    ...handed,
    ...[...text.matchAll(RUNS_WORDS)].flatMap(({ 0: { length }, index }) => wordByWord(text, index + length)),
  ];
}

/** The words of a program started at a position in a text; none where it is a single string, which a shell splits. */
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
    } else if (double !== undefined || single !== undefined)
      words.push(`'${(double ?? single ?? '').replaceAll("'", `'\\''`)}'`);
  }
  const [first, second] = words;
  if (second === undefined) return [];
  return [(first === second ? words.slice(1) : words).join(' ')]; // `execvp` gets the name twice
}

/**
 * What certainly changes a file, in interpreters' languages: ways to open it for writing, and names of functions that
 * do.
 */
const OPENS =
  /['"`](?:[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?)['"`]\s*[,)]|mode\s*=\s*['"](?:[wax]|r[bt]?\+)|['"]\s*\+?>{1,2}\s*['",\w.$/~]|>\s*["'][^"'\n]+["']/;
const CHANGES =
  /write|unlink|remove|rename|truncate|rmtree|rmSync|rm_r?f?\b|\brm\b|copy|cpSync|move|dump(?!s)|save|delete|mkdir|symlink|link(?:Sync)?\s*\(|chmod|chown|touch|\bos\.replace|inplace|Set-Content|Out-File|Add-Content/i;
/** Writes that only produce visible output. */
const SHOWN = /\b(?:process\.|sys\.)?std(?:out|err)(?:\.buffer)?\.write\w*/g;
const AWK_PRINTS = /\bprintf?\b[^;}\n]*>|\bsystem\s*\(|\|&?\s*"|inplace/;

/** Whether a text for an interpreter changes files of any kind. */
export const changesFiles = ({ language, text }: Program): boolean =>
  language.endsWith('awk') ? AWK_PRINTS.test(text) : OPENS.test(text) || CHANGES.test(text.replace(SHOWN, ''));
