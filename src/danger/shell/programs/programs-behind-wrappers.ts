/**
 * Which programs a command really starts: behind `sudo`, `env` and similar wrappers, in `sh -c`, `eval`, `find -exec`
 * and in text passed to a shell.
 */
import { foundBy, LISTERS_THAT_START, patternsListedBy } from './files-listed-by-programs';
import { aliasMade } from './commands-run-by-git';
import { cellsOf, convertedNotebook } from './notebooks';
import { nameOf } from './program-name';
import { quoted } from './shell-text-in-arguments';
import { handedText } from '../streams/standard-input-of-program';
import { innerTexts } from './texts-run-by-programs';
import { sentAway } from './remote-and-container-shells';
import { CONTAINERS, inContainer } from './programs-in-containers-with-mounts';
import { scriptTexts } from './make-targets-and-package-scripts';
import { piped } from './words-from-piped-program';
import { taskTexts } from './task-runners';
import { actsOnCopy } from './jobs-run-by-act';
import { startsNothing } from './programs-starting-no-other';
import { NOTHING_READ, STARTED, withWritten, type Reads, type ReadScript } from './readers-of-scripts-and-aliases';
import { anyOf, PLAIN_INVOCATION, type Invocation, type Word } from '../words/invocation';
import { invocationsIn } from '../words/invocations-in-shell-text';
import { writtenBy } from '../streams/output-of-programs';
import { FILE_STEPS, Work } from '../words/work-limit';
import { WRAPPERS, FIRST_WORDS, OWN_WORD, PROGRAM_OF_PACKAGE, RUNNERS, RUN_VALUE } from './runner-and-shell-names';
import { isUnread } from './unreadable-commands';
import { VALUE, WRITES_PIPED } from '../powershell/texts-given-to-powershell';
import { inOtherShell, otherTexts, type OtherShell } from './powershell-and-cmd-texts';

const DEEPEST = 6;
/**
 * Maximum number of nested texts to examine, and of invocations in them. Anything longer or deeper needs a person's
 * consent.
 */
const MOST_TEXTS = 200;
const MOST_INVOCATIONS = 5_000;
/** Longer texts (UTF-16 code units) that a command writes to a file are not kept. */
const LONGEST_WRITTEN = 64 * 1024;
/** Longer files (UTF-16 code units) that a command sources define functions, and no settings. */
const LONGEST_SOURCED = 16 * 1024;
const MOST_SOURCED = 8;

/** Represents the unread part of a command. */
const UNREAD: Invocation = { ...PLAIN_INVOCATION, unread: true };

/**
 * The invocations of a command without the wrappers; the last one is marked unread where some were left out. `shell`: the
 * text's language, where it is another than sh's.
 */
export function programsIn(
  command: string,
  variables: Readonly<Record<string, string>>,
  reads: Reads = NOTHING_READ,
  work = new Work(FILE_STEPS),
  shell?: OtherShell,
): Invocation[] {
  let texts = 0;
  const left = { some: false };
  let all = 0;
  const known: Record<string, string> = {};
  const own = keepsWritten(reads);
  const inSh = (text: string, set: Readonly<Record<string, string>>, after?: Record<string, string>): Invocation[] => {
    const found = invocationsIn(text, set, after, work);
    const sourced = new Set(found.flatMap((invocation) => sourcedText(invocation, own.reads) ?? []));
    const given: Record<string, string> = { ...set };
    for (const content of [...sourced].slice(0, MOST_SOURCED))
      if (content.length <= LONGEST_SOURCED) invocationsIn(content, given, given);
    if (Object.entries(given).every(([name, value]) => set[name] === value)) return found;
    return invocationsIn(text, given, after, work);
  };
  /** `above`: the enclosing texts. One of these does nothing else when it runs itself. */
  const inside = (
    text: string,
    within: Invocation,
    depth: number,
    above: readonly string[],
    read = (one: string): Invocation[] => inSh(one, { ...variables, ...known }),
  ): Invocation[] => {
    if (above.includes(text)) return [];
    if (texts++ >= MOST_TEXTS || all > MOST_INVOCATIONS || !work.take()) {
      left.some = true;
      return [];
    }
    // a here-document, or a quoted text of several lines, is verbatim in the command
    const at = text.includes('\n') ? command.indexOf(text) : -1;
    const linesAbove = at < 0 ? 0 : command.slice(0, at).split('\n').length - 1;
    const found = read(text).map((one) => ({
      ...one,
      scope: [...within.scope, depth * -1, ...one.scope],
      folder: one.folder ?? within.folder,
      line: at < 0 ? within.line : linesAbove + one.line,
      ...(within.away === undefined ? {} : { away: within.away }),
    }));
    return unfold(found, depth, [...above, text]);
  };
  const unfold = (invocations: readonly Invocation[], depth: number, above: readonly string[]): Invocation[] => {
    all += invocations.length;
    return invocations.flatMap((invocation) => {
      if (own.aliased(invocation) === undefined && startsNothing(invocation))
        return own.isEmpty() ? invocation : { ...invocation, written: own.written };
      const plain = unwrapped(invocation);
      const others = otherTexts(plain, own.reads);
      const bare: { -readonly [Key in keyof Invocation]: Invocation[Key] } = { ...plain };
      if (others === undefined || isUnread(plain, own.reads.script)) bare.unread = true;
      if (!own.isEmpty()) bare.written = own.written;
      own.note(bare);
      const values = bare.assignments.flatMap((text) => RUN_VALUE.exec(text)?.[1] ?? []);
      const [innerText, innerWord] = [
        [
          ...values,
          ...packageScripts(invocation, own.reads),
          ...tasks(bare, own.reads),
          ...(own.aliased(bare) ?? []),
          ...innerTexts(bare, own.reads),
        ],
        innerWords(bare),
      ];
      const sent = sentAway(bare, own.reads);
      if (depth > DEEPEST)
        return innerText.length + innerWord.length + (others?.length ?? 0) > 0 ? { ...bare, unread: true } : bare;
      return [
        bare,
        ...innerText.flatMap((text) =>
          inside(text, runsCopy(bare) ? { ...bare, away: 'new' } : bare, depth + 1, above),
        ),
        ...(others ?? []).flatMap((other) =>
          inside(other.text, bare, depth + 1, above, () => inOtherShell(other, { ...variables, ...known }, work)),
        ),
        ...unfold(innerWord, depth + 1, above),
        ...unfold(sent.words, depth + 1, above),
        ...sent.texts.flatMap((text) => inside(text, { ...bare, away: 'host' }, depth + 1, above)),
      ];
    });
  };
  const first =
    shell === undefined ? inSh(command, variables, known) : inOtherShell({ shell, text: command }, variables, work);
  const programs = unfold(first, 0, [command]);
  return left.some || work.spent ? [...programs, UNREAD] : programs;
}

/** The text of a file whose variables the rest of the command has: `source vars.sh`. */
const sourcedText = ({ words: [program, file] }: Invocation, { script }: Reads): string | undefined =>
  (program?.text === 'source' || program?.text === '.') && file?.open === false ? script(file.text) : undefined;

/** Whether what it starts runs in a container that has a copy of the repository. */
const runsCopy = ({ words: [program, ...rest] }: Invocation): boolean =>
  nameOf(program) === 'act' && actsOnCopy(rest.map(({ text }) => text));

/** The package scripts that it starts, from its original words, since some managers only start others. */
const packageScripts = ({ words }: Invocation, reads: Reads): string[] =>
  scriptTexts(
    nameOf(words[0]),
    words.slice(1).map(({ text }) => text),
    reads.script,
  );

/** What the tasks of a task runner run. */
const tasks = ({ words }: Invocation, reads: Reads): string[] =>
  taskTexts(
    nameOf(words[0]),
    words.slice(1).map(({ text }) => text),
    reads.script,
  );

/** What a program writes to a file that it is not told by a redirection: a converted notebook, a package's own scripts. */
function madeBy(
  { words, input }: Invocation,
  read: ReadScript,
): { readonly file: string; readonly text: string; readonly append?: boolean } | undefined {
  const notebook = convertedNotebook(words);
  if (notebook?.to !== undefined) {
    const text = read(notebook.from);
    return text === undefined ? undefined : { file: notebook.to, text: cellsOf(text) };
  }
  const [program, first, second, ...rest] = words;
  if (WRITES_PIPED.test(program?.text ?? '')) {
    // the reader of PowerShell has put the file first
    const [file, ...values] = [
      ...words.slice(1).filter(({ text }) => !text.startsWith('-')),
      ...words.flatMap(({ text }) => (text.startsWith(VALUE) ? { text: text.slice(VALUE.length) } : [])),
    ];
    if (file === undefined || (input === null && values.length === 0)) return undefined;
    const append = program?.text === 'add-content' || words.some(({ text }) => /^-append$/i.test(text));
    return { file: file.text, text: input ?? values.map(({ text }) => text).join('\n'), append };
  }
  if (!/^(?:npm|pnpm|bun)$/.test(nameOf(program)) || first?.text !== 'pkg' || second?.text !== 'set') return undefined;
  const scripts = rest.flatMap(({ text }): [string, string][] => {
    const [, name, value] = /^scripts\.([^=]+)=([^]*)$/.exec(text) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return scripts.length === 0 ? undefined : { file: 'package.json', text: withScripts(read('package.json'), scripts) };
}

function withScripts(text: string | undefined, scripts: readonly (readonly [string, string])[]): string {
  try {
    const known = JSON.parse(text ?? '{}') as { readonly scripts?: object };
    return JSON.stringify({ ...known, scripts: { ...known.scripts, ...Object.fromEntries(scripts) } });
  } catch {
    return JSON.stringify({ scripts: Object.fromEntries(scripts) });
  }
}

/** Keeps what a command writes to files before it runs them. */
function keepsWritten(reads: Reads): {
  readonly reads: Reads;
  readonly note: (invocation: Invocation) => void;
  /** Whether nothing was written so far. */
  readonly isEmpty: () => boolean;
  readonly written: (name: string) => string | undefined;
  /** What a shell's alias that the command made stands for here. */
  readonly aliased: (invocation: Invocation) => string[] | undefined;
} {
  const texts = new Map<string, string>();
  const aliases = { shell: new Map<string, string>(), git: new Map<string, string>() };
  const short = (name: string): string => name.replace(/^(?:\.\/)+/, '');
  const written = (name: string): string | undefined => texts.get(short(name));
  const joined = (name: string, text: string): string =>
    [written(name) ?? [], text].flat().join('\n').slice(-LONGEST_WRITTEN);
  return {
    reads: { ...withWritten(reads, written), alias: (verb) => aliases.git.get(verb) ?? reads.alias(verb) },
    aliased: ({ words: [program, ...rest] }) => {
      const text = aliases.shell.size === 0 ? undefined : aliases.shell.get(program?.text ?? '');
      return text === undefined ? undefined : [`${text} ${rest.map((word) => quoted(word.text)).join(' ')}`];
    },
    isEmpty: () => texts.size === 0,
    written,
    note: (invocation) => {
      const [program, ...rest] = invocation.words;
      const args = rest.map((word) => word.text);
      if (program?.text === 'alias')
        for (const [, name = '', text = ''] of args.map((word) => /^([^=\s]+)=([^]+)$/.exec(word) ?? []))
          if (name !== '' && aliases.shell.size < MOST_TEXTS) aliases.shell.set(name, text);
      const made = nameOf(program) === 'git' ? aliasMade(args) : undefined;
      if (made !== undefined && aliases.git.size < MOST_TEXTS) aliases.git.set(...made);
      const converted = madeBy(invocation, reads.script);
      if (converted !== undefined && texts.size <= MOST_TEXTS)
        texts.set(
          short(converted.file),
          converted.append === true ? joined(converted.file, converted.text) : converted.text,
        );
      const tee =
        nameOf(invocation.words[0]) === 'tee'
          ? invocation.words.slice(1).filter(({ text }) => !text.startsWith('-'))
          : [];
      const names = [...invocation.outputs, ...tee].filter(({ open, text }) => !open && text !== '');
      if (names.length === 0 || texts.size > MOST_TEXTS) return;
      const text = tee.length > 0 ? handedText(invocation, reads.script) : writtenBy(invocation)?.text;
      if (text === undefined || text.length > LONGEST_WRITTEN) return;
      for (const { text: name } of names) texts.set(short(name), joined(name, text));
    },
  };
}

/** The options of a wrapper that take a value; undefined where the program is none. */
function wrapperOf(words: readonly Word[]): readonly string[] | undefined {
  const name = nameOf(words[0]);
  if (name === 'npm' && /^(?:exec|x)$/.test(words[1]?.text ?? '')) return WRAPPERS['npx'];
  return Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
}

/** More of them, one in another, need a person's consent. */
const MOST_WRAPPERS = 10;

/** Without wrappers; what `env` assigns joins the assignments, and the rest runs in the folder it changes to. */
function unwrapped(invocation: Invocation): Invocation {
  let words = invocation.words;
  if (wrapperOf(words) === undefined) return invocation;
  let { folder } = invocation;
  const assignments = [...invocation.assignments];
  for (let guard = 0; guard < MOST_WRAPPERS; guard++) {
    const name = nameOf(words[0]);
    const takes = wrapperOf(words);
    if (takes === undefined) break;
    let at = 1;
    let own = OWN_WORD.has(name) ? 1 : 0;
    for (; at < words.length; at++) {
      const text = words[at]?.text ?? '';
      const split = name === 'env' ? splitBy(text, words[at + 1]?.text ?? '') : undefined;
      if (split) {
        words = [
          ...words.slice(0, at),
          { text, open: false },
          ...split.words.map((word) => ({ text: word, open: false })),
          ...words.slice(at + split.consumed),
        ];
        continue;
      }
      if (name === 'env' && /^(?:-C|--chdir)$/.test(text)) folder = words[at + 1]?.text ?? null;
      else if (name === 'env' && text.startsWith('--chdir=')) folder = text.slice(8);
      if (takes.includes(text)) at++;
      else if (/^[A-Za-z_]\w*=/.test(text) && (name === 'env' || name === 'sudo')) assignments.push(text);
      else if (text === '--') {
        at++;
        break;
      } else if (
        !text.startsWith('-') &&
        !(['exec', 'x', 'dlx', 'run'].includes(text) && /npm|yarn/.test(name)) &&
        !(name === 'timeout' && /^[\d.]+[smhd]?$/.test(text)) &&
        own-- <= 0
      )
        break;
    }
    const rest = words.slice(at);
    if (rest.length === 0) break;
    words = name === 'xargs' ? startedByXargs(rest, words.slice(1, at), piped(invocation)) : ofPackage(rest);
  }
  const more = wrapperOf(words) === undefined || words.length < 2 ? {} : { unread: true as const };
  return { ...invocation, words, assignments, folder, ...more };
}

/** `aws-cdk@2 destroy` is `cdk destroy`. */
function ofPackage(words: readonly Word[]): readonly Word[] {
  const [first, ...rest] = words;
  const name = first?.text.replace(/(.)@[\w.^~-]+$/, '$1') ?? '';
  const program = Object.hasOwn(PROGRAM_OF_PACKAGE, name) ? PROGRAM_OF_PACKAGE[name] : undefined;
  return first === undefined || program === undefined ? words : [{ ...first, text: program }, ...rest];
}

/** The words that `env -S` makes of its text, and how many of its own words it used; undefined for any other option. */
function splitBy(
  option: string,
  next: string,
): { readonly words: readonly string[]; readonly consumed: number } | undefined {
  const [all, attached = ''] = /^(?:-[a-z]*S|--split-string(?:=|$))([^]*)$/.exec(option) ?? [];
  if (all === undefined) return undefined;
  const parts = (attached === '' ? next : attached).match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return { words: parts.map((part) => part.replace(/['"]/g, '')), consumed: attached === '' ? 2 : 1 };
}

/** For up to this many words, `xargs` is followed exactly when it substitutes them at a placeholder. */
const MOST_PUT_IN = 50;

/** Programs that do anything with words that nobody can read before they run. */
const DECIDED_BY_VERB =
  /^(?:terraform|tofu|terragrunt|pulumi|kubectl|oc|helm|helmfile|argocd|aws|gcloud|gsutil|az|doctl|heroku|flyctl|fly|gh|glab|vault|docker|podman|(?:ba|z|k|da)?sh)$/;
const UNKNOWN: Word = { text: '', open: true };

const hasVerb = (words: readonly Word[], place: string | undefined): boolean =>
  words.some(({ text }, index) => index > 0 && !text.startsWith('-') && text !== place);

/** What `xargs` starts with the words that it reads: after its other arguments, or at their placeholder too. */
function startedByXargs(words: readonly Word[], options: readonly Word[], read: readonly Word[]): Word[] {
  const place = options
    .flatMap(({ text }, index) =>
      options[index - 1]?.text === '-I'
        ? text
        : (/^(?:-I|--replace=)(.+)$/.exec(text)?.[1] ?? (/^(?:-i|--replace)$/.test(text) ? '{}' : [])),
    )
    .at(-1);
  const known = read
    .filter(({ open }) => !open)
    .slice(0, MOST_PUT_IN)
    .map(({ text }) => text);
  // the file may hold anything
  const more = options.some(({ text }) => /^(?:-a|--arg-file)/.test(text)) ? [UNKNOWN] : read;
  if (known.length === 0 && DECIDED_BY_VERB.test(nameOf(words[0])) && !hasVerb(words, place))
    return [{ ...UNKNOWN, by: 'xargs' }];
  if (place === undefined || known.length === 0) return [...words, ...more];
  return [...words.map((word) => ({ ...word, text: word.text.replaceAll(place, () => anyOf(known)) })), ...read];
}

function listedOrAll(invocation: Invocation): string[] {
  const patterns = patternsListedBy(invocation);
  return patterns.length > 0 ? patterns : ['**'];
}

/** Where the program stands in `bundle exec PROGRAM` and `aws-vault exec PROFILE -- PROGRAM`; -1: in neither. */
function startedBy(words: readonly Word[]): number {
  const dashes = words.findIndex(({ text }) => text === '--');
  if (dashes > 0) return dashes + 1 < words.length ? dashes + 1 : -1;
  return /^(?:exec|run|x)$/.test(words[1]?.text ?? '')
    ? words.findIndex(({ text }, index) => index > 1 && !text.startsWith('-'))
    : -1;
}

/** Where a command may begin behind options: the second word counts too, since the first may be an option's value. */
const firstWords = (words: readonly Word[]): readonly number[] =>
  words.flatMap(({ text }, index) => (index > 0 && !text.startsWith('-') ? [index] : [])).slice(0, 2);

/** What a runner sets for its program: `cross-env NODE_ENV=test`, and a file of variables by its name. */
function setBefore(text: string): string[] {
  if (/^[A-Za-z_]\w*=/.test(text)) return [text];
  const [, file] = /^(?:-\S*=)?((?:\S*\/)?\.?env[.\w-]*)$/.exec(text) ?? [];
  return file === undefined ? [] : [`ENV_FILE=${file}`];
}

/** `java -jar lib/liquibase-4.2.jar drop-all` is `liquibase drop-all`. */
function ofArchive(invocation: Invocation): Invocation[] {
  const { words } = invocation;
  const at = words.findIndex(({ text }) => text === '-jar') + 1;
  const archive = at === 0 ? undefined : words[at];
  if (archive === undefined || archive.open) return [];
  const program = nameOf(archive)
    .replace(/(?:-\d[\w.-]*)?\.jar$/, '')
    .replace(/^(liquibase|flyway)\b.*$/, '$1');
  return [{ ...invocation, words: [{ text: program, open: false }, ...words.slice(at + 1)] }];
}

/** What `find -exec` and `fd -x` start. */
function innerWords(invocation: Invocation): Invocation[] {
  const { words } = invocation;
  const name = nameOf(words[0]);
  if (CONTAINERS.test(name)) return inContainer(invocation);
  if (RUNNERS.has(name)) {
    const [, flake] = name === 'nix' && words[1]?.text === 'run' ? (/#([\w-]+)$/.exec(words[2]?.text ?? '') ?? []) : [];
    const behind = words.findIndex(({ text }) => text === '--') + 1;
    if (flake !== undefined && behind > 0)
      return [{ ...invocation, words: [{ text: flake, open: false }, ...words.slice(behind)], outputs: [] }];
    // `mise exec kubectl -- kubectl get pods` names it twice
    const known = words.findIndex(
      (word, index) =>
        index > 0 && STARTED.test(nameOf(word)) && !(index < behind && STARTED.test(nameOf(words[behind]))),
    );
    const at = known < 0 ? startedBy(words) : known;
    const starts = at < 0 && FIRST_WORDS.has(name) ? firstWords(words) : [at];
    return starts.flatMap((start) =>
      start < 0
        ? []
        : [
            {
              ...invocation,
              words: words.slice(start),
              assignments: [...invocation.assignments, ...words.slice(1, start).flatMap(({ text }) => setBefore(text))],
              outputs: [],
            },
          ],
    );
  }
  if (name === 'java') return ofArchive(invocation);
  if (!LISTERS_THAT_START.has(name)) return [];
  const found: Invocation[] = [];
  for (let at = 1; at < words.length; at++) {
    if (
      !(name === 'find' ? /^-(?:exec|execdir|ok|okdir)$/ : /^(?:-x|-X|--exec|--exec-batch)$/).test(
        words[at]?.text ?? '',
      )
    )
      continue;
    const end = words.findIndex((word, index) => index > at && (word.text === ';' || word.text === '+'));
    // it runs for everything below its starting folder
    const place = name === 'find' ? foundBy(words) : anyOf(listedOrAll(invocation));
    const inside = words.slice(at + 1, end < 0 ? undefined : end);
    const named = inside.map((word) => (word.text === '{}' ? { text: place, open: false } : word));
    found.push({
      ...invocation,
      words:
        inside.some((word) => word.text === '{}') || name === 'find' ? named : [...named, { text: place, open: false }],
      assignments: [],
      outputs: [],
      input: null,
      source: null,
      from: null,
    });
    at = end < 0 ? words.length : end;
  }
  return found;
}
