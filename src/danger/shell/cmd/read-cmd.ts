/**
 * Reads the command language of Windows' cmd into the programs that it would run: `&`, `^`, `%VAR%`, `for`, `if`. It runs
 * nothing, never throws, and takes time in proportion to the text.
 */
import { PLAIN_INVOCATION, type Invocation, type Word } from '../words/invocation';
import { FILE_STEPS, Work } from '../words/work-limit';

const DEEPEST = 10;
const KNOWN: Readonly<Record<string, string>> = {
  TEMP: '/tmp',
  TMP: '/tmp',
  CD: '.',
  '~DP0': '.',
  SYSTEMDRIVE: 'C:',
  SYSTEMROOT: 'C:\\Windows',
  WINDIR: 'C:\\Windows',
  PROGRAMFILES: 'C:\\Program Files',
  PROGRAMDATA: 'C:\\ProgramData',
  COMSPEC: 'cmd',
};
/** It starts the rest, in a window with this title. */
const START = /^start\s+(?:"[^"]*"\s+)?(?:\/(?:d\s*(?:"[^"]*"|\S+)|[a-z]+)(?::\S+)?\s+)*/i;

/** Every program, in the order in which they begin. `variables`: those with a known value. */
export function cmdIn(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  work = new Work(FILE_STEPS),
): Invocation[] {
  const reader = new Reader(variables, work);
  reader.text(text.slice(0, 200_000), new Map(), 0);
  return reader.found;
}

type Bound = ReadonlyMap<string, readonly Word[]>;

class Reader {
  readonly found: Invocation[] = [];
  private readonly set = new Map<string, string>();

  constructor(
    private readonly known: Readonly<Record<string, string>>,
    private readonly work: Work,
  ) {}

  text(text: string, bound: Bound, depth: number): void {
    if (depth > DEEPEST) return;
    let from: Invocation | null = null;
    for (const { part, by, line } of parts(text)) {
      if (!this.work.take()) return;
      from = this.command(part, bound, depth, by === '|' ? from : null, by === '||', line);
    }
  }

  private command(
    text: string,
    bound: Bound,
    depth: number,
    from: Invocation | null,
    otherwise: boolean,
    line: number,
  ): Invocation | null {
    const plain = text
      .trim()
      .replace(/^[@(\s]+/, '')
      .replace(/^call\s+(?!:)/i, '')
      .replace(START, '');
    if (plain === '' || /^(?:rem\b|::|:\w)/i.test(plain)) return null;
    const loop = /^for\s+(?:\/([a-z])\s*)?(?:"[^"]*"\s*|[^%(]*?)%{1,2}(\w)\s+in\s*\(([^]*?)\)\s*do\s+([^]*)$/i.exec(
      plain,
    );
    if (loop) {
      const [, letter = '', name = '', list = '', body = ''] = loop;
      const values = this.listed(letter.toLowerCase(), list, plain, bound, depth);
      this.text(unwrapped(body), new Map([...bound, [name, values]]), depth + 1);
      return null;
    }
    const test =
      /^if\s+(?:\/i\s+)?(?:not\s+)?(?:exist\s+(?:"[^"]*"|\S+)|defined\s+\S+|errorlevel\s+\d+|(?:"[^"]*"|\S+?)\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:"[^"]*"|\S+))\s+([^]*)$/i.exec(
        plain,
      );
    if (test) {
      for (const body of (test[1] ?? '').split(/\)\s*else\s*\(?|\belse\s*\(/i))
        this.text(unwrapped(body), bound, depth + 1);
      return null;
    }
    if (/^else\b/i.test(plain)) {
      this.text(unwrapped(plain.slice(4)), bound, depth + 1);
      return null;
    }
    const assigned = /^set\s+(?:\/[ap]\s+)?"?([^=\s"]+)=([^"]*)"?\s*$/i.exec(plain);
    if (assigned) {
      this.set.set((assigned[1] ?? '').toUpperCase(), this.filled(assigned[2] ?? '', bound).text);
      return null;
    }
    return this.program(
      plain.replace(/[)\s]+$/, (end) => (plain.includes('(') ? end : '')),
      bound,
      from,
      otherwise,
      line,
    );
  }

  private program(
    text: string,
    bound: Bound,
    from: Invocation | null,
    otherwise: boolean,
    line: number,
  ): Invocation | null {
    const words: Word[] = [];
    const outputs: Word[] = [];
    const tokens = text.match(/\d?>{1,2}(?:&\d)?|<|(?:"[^"]*"?|\^[^]|[^\s"<>^,;=]|=(?=\S))+/g) ?? [];
    for (let at = 0; at < tokens.length && this.work.take(); at++) {
      const token = tokens[at] ?? '';
      if (/^\d?>/.test(token)) {
        if (!/&\d/.test(token)) {
          const target = this.filled(tokens[++at] ?? '', bound);
          if (!/^nul$/i.test(target.text))
            outputs.push({ ...target, ...(token.includes('>>') ? { append: true as const } : {}) });
        }
        continue;
      }
      words.push(...this.word(token, bound, words.length === 0));
    }
    const [program, ...args] = words;
    if (program === undefined) return null;
    // a batch file may be read, so that its folder counts
    const name = /\.(?:cmd|bat)$/i.test(program.text)
      ? program.text.replaceAll('\\', '/')
      : (program.text.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.(?:exe|com)$/, '');
    const invocation: Invocation = {
      ...PLAIN_INVOCATION,
      words: [{ ...program, text: name === '' ? program.text : name }, ...everywhere(name, args)],
      outputs,
      from,
      otherwise,
      line,
    };
    this.found.push(invocation);
    return invocation;
  }

  /** `/f/s/q` are three; `rd/s/q` is a program with two. */
  private word(token: string, bound: Bound, first: boolean): readonly Word[] {
    const [, program = '', switches = ''] = first ? (/^([a-z]+)((?:\/[a-z])+)$/i.exec(token) ?? []) : [];
    if (program !== '') return [{ text: program, open: false }, ...split(switches)];
    if (/^(?:\/[a-z])+$/i.test(token)) return split(token);
    const whole = /^"?%{1,2}(?:~[a-z]*)?(\w)"?$/i.exec(token)?.[1];
    const values = whole === undefined ? undefined : bound.get(whole);
    return values ?? [this.filled(token, bound)];
  }

  /** Without quotes and carets, with the values of variables. */
  private filled(token: string, bound: Bound): Word {
    let open = false;
    const text = token
      .replace(/"|\^([^])/g, (_, escaped?: string) => escaped ?? '')
      .replace(
        /%([^%\s:]+)(?::[^%]*)?%|!([^!\s:]+)(?::[^!]*)?!|%{1,2}(?:~[a-z]*)?(\w)(?![\w%])/gi,
        (_, ...groups: (string | undefined)[]) => {
          const name = (groups[0] ?? groups[1] ?? '').toUpperCase();
          const letter = groups[2] ?? '';
          const value =
            letter === ''
              ? (this.set.get(name) ??
                (name === 'USERPROFILE' || name === 'HOMEPATH'
                  ? this.known['HOME']
                  : (KNOWN[name] ?? this.known[name])))
              : bound.get(letter)?.[0];
          if (typeof value === 'object') {
            open ||= value.open;
            return value.text;
          }
          open ||= value === undefined;
          return value ?? '';
        },
      );
    return { text, open, ...(text.includes('\\') ? { slashed: text.replaceAll('\\', '/') } : {}) };
  }

  /** What a loop runs over. */
  private listed(letter: string, list: string, whole: string, bound: Bound, depth: number): readonly Word[] {
    if (letter === 'f') {
      const command = /^\s*['`]([^]*)['`]\s*$/.exec(list)?.[1];
      if (command === undefined) return [{ text: '', open: true }];
      const before = this.found.length;
      this.text(command, bound, depth + 1);
      const [program] = this.found.slice(before);
      const places =
        program?.words[0]?.text === 'dir' ? program.words.slice(1).filter(({ text }) => !text.startsWith('/')) : [];
      return places.length > 0 ? places : [{ text: '', open: true }];
    }
    const values = (list.match(/"[^"]*"|[^\s,;]+/g) ?? []).map((one) => this.filled(one, bound));
    if (letter !== 'r' && letter !== 'd') return letter === 'l' ? [{ text: '', open: true }] : values;
    const place = /\/[rd]\s+(?:\/[rd]\s+)?("[^"]*"|[^\s%]+)\s+%/i.exec(whole)?.[1];
    return values.map((value) => {
      const text = place === undefined ? value.text : `${this.filled(place, bound).text}/${value.text}`;
      return { ...value, text };
    });
  }
}

const split = (switches: string): readonly Word[] =>
  (switches.match(/\/[a-z]/gi) ?? []).map((text) => ({ text, open: false }));

const unwrapped = (text: string): string =>
  text
    .trim()
    .replace(/^\(/, '')
    .replace(/\)\s*$/, '');

/** The commands between `&`, `&&`, `||`, `|` and line breaks that are in no quotes and no brackets. */
function* parts(
  text: string,
  nested = 0,
): Generator<{ readonly part: string; readonly by: string; readonly line: number }> {
  let [start, depth, by, line, from] = [0, 0, '', 1, 1];
  let quoted = false;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '^') {
      at++;
      continue;
    }
    if (char === '"') quoted = !quoted;
    if (char === '\n') {
      quoted = false;
      line++;
    }
    if (!quoted && char === '(') depth++;
    if (!quoted && char === ')') depth = Math.max(0, depth - 1);
    const ends = char === undefined || (!quoted && depth === 0 && /[&|\n]/.test(char));
    if (!ends) continue;
    const operator = char === undefined ? '' : (/^(?:&&|\|\||[&|\n])/.exec(text.slice(at, at + 2))?.[0] ?? '');
    const rest = text.slice(start, at);
    // `( … )` around several: each of them
    if (nested < DEEPEST && /^\s*@?\([^]*\)\s*$/.test(rest))
      for (const innerPart of parts(unwrapped(rest.trim().replace(/^@/, '')), nested + 1))
        yield { ...innerPart, line: from };
    else yield { part: rest, by, line: from };
    by = operator;
    at += Math.max(0, operator.length - 1);
    start = at + 1;
    from = line;
  }
}

/** `del /s *.ts` removes what matches in every folder below. */
const everywhere = (name: string, args: readonly Word[]): readonly Word[] =>
  /^(?:del|erase)$/.test(name) && args.some(({ text }) => /^\/s$/i.test(text))
    ? args.map((word) => (word.text.startsWith('/') || word.open ? word : below(word)))
    : args;

/** A name that is looked for means no file that is not there: as a pattern, it stands for existing ones alone. */
function below(word: Word): Word {
  const [, folder = '', name = ''] = /^([^]*[\\/])?([^\\/]*)$/.exec(word.text) ?? [];
  const text = `${folder.replaceAll('\\', '/')}**/${name === '' ? '*' : name.replace(/^\w/, '[$&]')}`;
  return { ...word, text, slashed: text };
}
