/** The texts that a shell, `eval` and similar programs run. */
import { POWERSHELL } from '../powershell/texts-given-to-powershell';
import { handedText, isStandardInput } from '../streams/standard-input-of-program';
import type { Invocation, Word } from '../words/invocation';
import { composeTexts } from './compose-services';
import { aliasByVariable, aliasesIn, gitTexts, aliasText } from './commands-run-by-git';
import { INTERPRETERS, languageOf, mayRunFile, programOf, textsIn } from './commands-in-interpreter-code';
import { nameOf } from './program-name';
import { cronTexts, evaluated, MAKE_NAMES, readsRules, ruleTexts } from './make-rules-and-crontabs';
import { targetTexts } from './make-targets-and-package-scripts';
import { manifestTexts } from './commands-in-job-and-pod-manifests';
import { startedByParallel } from './gnu-parallel';
import { piped } from './words-from-piped-program';
import { destinationOfSsh } from './remote-and-container-shells';
import { RUN_TEXT, SHELLS, TEXT_RUNNERS } from './runner-and-shell-names';
import type { Reads } from './readers-of-scripts-and-aliases';
import { actTexts } from './jobs-run-by-act';
import { textAt, withArguments, quoted } from './shell-text-in-arguments';

type TextReader = (invocation: Invocation, args: readonly string[], reads: Reads) => string[];

/** Every first group of a pattern in these texts. */
const groups = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ''));

const make: TextReader = (invocation, args, { script }) =>
  readsRules(args)
    ? ruleTexts(handedText(invocation, script) ?? '')
    : args.some((text) => /^-[a-zA-Z]*n[a-zA-Z]*$|^--(?:just-print|dry-run|recon)$/.test(text))
      ? []
      : [...evaluated(args).flatMap(ruleTexts), ...targetTexts(args, script)];
const sed: TextReader = (_, args) => groups(args, /(?:^|[;}\s\d/$])e\s+([^;\n]+)/g);
/** `!command` on a line of its own, from the standard input or behind `-c`. */
const editorLines: TextReader = (invocation, args, { script }) =>
  groups([...args, handedText(invocation, script) ?? ''], /^[ \t]*:?(?:r\s*|[\d,.$%]*w?\s*)!(.+)$/gm);
/** `(shell-command "…")`, `(call-process-shell-command "…")`. */
const elisp: TextReader = (_, args) =>
  groups(args, /\((?:async-)?(?:call-process-|start-process-)?shell-command(?:-to-string)?\s+"((?:\\[^]|[^"\\])*)"/g);
const sqlite: TextReader = ({ input }, args) => groups([...args, input ?? ''], /^\s*\.(?:shell|system)\s+(.+)$/gm);
const database: TextReader = (invocation, args, { script }) =>
  groups([...args, handedText(invocation, script) ?? ''], /^[^\S\n]*\\![^\S\n]*(.+)$/gm);

/** What a playbook's tasks hand to a shell. */
const playbook: TextReader = (_, args, { script }) =>
  args
    .filter((text) => /\.ya?ml$/.test(text))
    .flatMap((file) =>
      groups(
        [script(file) ?? ''],
        /^[ \t-]*(?:ansible\.(?:builtin|windows)\.)?(?:shell|command|raw|win_shell|win_command|cmd|script):[ \t]*(?:[|>][-+]?[ \t]*\n((?:[ \t]+[^\n]*(?:\n|$))+)|(?![|>\s])([^\n]+))/gm,
      ),
    )
    .map((text) => text.trim().replace(/^(["'])([^]*)\1$/, '$2'));

/** By the names of their programs. */
const READERS: Readonly<Record<string, TextReader>> = {
  eval: (_, args) => [args.join(' ')],
  parallel: (invocation) => [...startedByParallel(invocation.words.slice(1), piped(invocation))],
  watch: (_, args) => [
    args
      .slice(
        args.findIndex((text, index) => !text.startsWith('-') && !/^(?:-n|--interval)$/.test(args[index - 1] ?? '')),
      )
      .join(' '),
  ],
  alias: (_, args) => args.map((text) => text.replace(/^[^=]*=/, '')),
  trap: (_, args) => args.slice(0, 1),
  git: ({ words, assignments }, args, reads) => [
    ...gitTexts(args),
    ...aliasesIn(assignments),
    ...aliasText(words.slice(1), reads),
    ...[aliasByVariable(assignments, words.slice(1), reads.script) ?? []].flat(),
  ],
  act: (_, args, { script, matching }) => actTexts(args, script, matching ?? (() => [])),
  ...Object.fromEntries(
    ['docker', 'docker-compose', 'podman', 'podman-compose', 'nerdctl'].map((name): [string, TextReader] => [
      name,
      (_, args, { script }) => composeTexts(name, args, script),
    ]),
  ),
  ...Object.fromEntries(
    ['kubectl', 'oc', 'k', 'kubecolor', 'argo', 'nomad'].map((name): [string, TextReader] => [name, manifestTexts]),
  ),
  sqlite,
  sqlite3: sqlite,
  ssh: ({ words }) => sentToSelf(words.slice(1)),
  crontab: (invocation, args, { script }) => cronTexts(args, handedText(invocation, script), script),
  ...Object.fromEntries(MAKE_NAMES.map((name) => [name, make])),
  sed,
  gsed: sed,
  ed: editorLines,
  ex: editorLines,
  emacs: elisp,
  emacsclient: elisp,
  'ansible-playbook': playbook,
  expect: (_, args, { script }) => {
    const texts = args.map((text) => (/\s/.test(text) ? text : (script(text) ?? '')));
    return [
      ...groups(texts, /\b(?:spawn|exec|system)\s+(?:-\S+\s+)*([^\]\n;]+)/g),
      // what it types into the program that it started
      ...groups(texts, /\bsend\s+(?:-\S+\s+)*"((?:\\[^]|[^"\\])*)"/g).map((text) => text.replace(/\\[rn]/g, '')),
    ];
  },
  psql: database,
  pgcli: database,
  mysql: database,
  mariadb: database,
  groovy: (invocation, args, reads) => {
    const program = programOf(invocation, reads);
    return [
      ...groups([...args, program?.text ?? ''], /"([^"\n]+)"\s*\.execute\s*\(|'([^'\n]+)'\s*\.execute\s*\(/g),
      ...(program === undefined ? [] : textsIn(program)),
    ];
  },
};

const called: TextReader = (_, args) =>
  args.flatMap((text, index) =>
    /^(?:-c|--call)$/.test(args[index - 1] ?? '') ? text : (/^--call=([^]+)$/.exec(text)?.[1] ?? []),
  );
const later: TextReader = (invocation, _, { script }) => [handedText(invocation, script) ?? []].flat();
const sourced: TextReader = (invocation, args, { script }) =>
  args.slice(0, 1).flatMap((file) => (isStandardInput(file) ? handedText(invocation, script) : script(file)) ?? []);

/** Those that may be files here whose first line names an interpreter: then that is what counts. */
const NAMESAKES: Readonly<Record<string, TextReader>> = {
  npx: called,
  npm: called,
  pnpm: called,
  bunx: called,
  at: later,
  batch: later,
  '.': sourced,
  source: sourced,
};

/** Whether a program by this name, in lower case and without a folder, may run a text. */
export const mayRunText = (name: string): boolean =>
  Object.hasOwn(READERS, name) ||
  Object.hasOwn(NAMESAKES, name) ||
  Object.hasOwn(RUN_TEXT, name) ||
  SHELLS.has(name) ||
  TEXT_RUNNERS.has(name) ||
  INTERPRETERS.test(languageOf(name)) ||
  mayRunFile(languageOf(name));

export function innerTexts(invocation: Invocation, reads: Reads): string[] {
  const { words } = invocation;
  const name = nameOf(words[0]).toLowerCase();
  const args = words.slice(1).map((word) => word.text);
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (reader) return reader(invocation, args, reads);
  const program = SHELLS.has(name) || POWERSHELL.test(name) ? undefined : programOf(invocation, reads);
  if (program) return [...textsIn(program), ...(program.language === 'osascript' ? finderTexts(program.text) : [])];
  const namesake = Object.hasOwn(NAMESAKES, name) ? NAMESAKES[name] : undefined;
  if (namesake) return namesake(invocation, args, reads);
  if (TEXT_RUNNERS.has(name))
    return args
      .filter((text) => /\s/.test(text))
      .map((text) => text.replace(/^[-+:!=\w]*(?:exec=|!)|^(?:spawn|do shell script)\s+["']?/, ''));
  const option = Object.hasOwn(RUN_TEXT, name) ? RUN_TEXT[name] : undefined;
  if (option) return args.filter((_, index) => option.test(args[index - 1] ?? ''));
  if (!SHELLS.has(name)) return /^\.{0,2}\//.test(words[0]?.text ?? '') ? shellScript(words[0]?.text ?? '', reads) : [];
  if (/^-[a-zA-Z]*n[a-zA-Z]*$/.test(args[0] ?? '')) return []; // only checks the syntax
  const at = textAt(args);
  if (at !== undefined) return args.slice(at, at + 1).map((text) => withArguments(text, args.slice(at + 1)));
  const file = args.find((text) => !text.startsWith('-'));
  if (file !== undefined && !isStandardInput(file) && !args.includes('-s')) return [reads.script(file) ?? []].flat();
  return [handedText(invocation, reads.script) ?? []].flat();
}

/** What `ssh` runs, when the other machine is this one. */
function sentToSelf(args: readonly Word[]): string[] {
  const ssh = destinationOfSsh(args);
  return ssh?.isThisMachine === true ? [ssh.behind.map(({ text }) => text).join(' ')] : [];
}

/** The text of a started file whose first line names a shell. */
function shellScript(file: string, { script, written }: Reads): string[] {
  const text = script(file);
  // a file whose first line names no program is run by a shell
  return text !== undefined &&
    (/^#!.*\b(?:ba|z|da|k|a)?sh\b/.test(text) || (written?.(file) !== undefined && !text.startsWith('#!')))
    ? [text]
    : [];
}

const FILE = String.raw`\(?\s*(?:\(?\s*POSIX file\s+|Path\(\s*)["']([^"'\n]+)["']`;
const DELETES = new RegExp(String.raw`\b(?:delete|move|remove)\s*${FILE}([^\n]*)`, 'gi');

/** The Finder moves to the trash: whatever is there is gone when somebody empties it. */
function finderTexts(script: string): string[] {
  if (!/\bFinder\b|\bSystem Events\b/.test(script)) return [];
  const files = [...script.matchAll(DELETES)].flatMap(([all, file = '', behind = '']) =>
    /^move/i.test(all) && !/\btrash\b/i.test(behind) ? [] : `rm -r ${quoted(file)}`,
  );
  return [...files, ...(/\bempty\s*(?:\(\s*\)|(?:the\s+)?trash\b)/i.test(script) ? ['rm -rf ~/.Trash/'] : [])];
}
