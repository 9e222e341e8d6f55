/**
 * Takes a POSIX shell command apart, as far as words go: quotes, heredocs, redirections, substitutions. It runs and looks up
 * nothing, never throws, and takes time in proportion to the text. What only a shell could know stays marked as open.
 */

/** One word, without its quotes. */
export interface Word {
  readonly text: string;
  /** Holds something that is only known when it runs, such as a variable. */
  readonly open: boolean;
  /** The same with a `/` for each backslash that may be one between folders, as in PowerShell; where that is something else. */
  readonly slashed?: string;
  /** The program whose output stands in it, where that is not known. */
  readonly by?: string;
}

/** One program with its arguments. */
export interface Invocation {
  readonly words: readonly Word[];
  /** `NAME=value` before the program. */
  readonly assignments: readonly string[];
  /** Files that its output is sent to. */
  readonly outputs: readonly Word[];
  /** The text of a heredoc or here-string. */
  readonly input: string | null;
  /** The file that it reads. */
  readonly source: Word | null;
  /** The program whose output it reads. */
  readonly from: Invocation | null;
  /** The numbers of the subshells that it runs in, from the outside. */
  readonly scope: readonly number[];
  /** It runs only when what is before it fails. */
  readonly otherwise: boolean;
  /** The folder that it is sent to before it starts, as written. */
  readonly folder: string | null;
  /** It runs a text that only a run can tell. */
  readonly unread?: true;
}

/** Deeper than this nothing is looked into; people and agents need three. */
const DEEPEST = 12;
const LONGEST_VALUE = 4096;
const MOST_SCOPES = 50;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
/** Words that stand before a command and are none. */
const KEYWORDS = new Set(['function', 'if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', '{', '}', '!', 'time', 'coproc']);

/** Every invocation in a command, those of substitutions too, in the order in which they begin. `variables` are those whose value is known. */
export function invocationsIn(command: string, variables: Readonly<Record<string, string>> = {}): Invocation[] {
  const reader = new Reader(command, variables);
  reader.list(0, undefined);
  // what a loop reads stands behind it
  if (reader.handed === '') return reader.found;
  const again = new Reader(command, variables, reader.handed);
  again.list(0, undefined);
  return again.found;
}

/** A word that is being read. */
interface Drafted {
  text: string;
  open: boolean;
  by?: string | undefined;
}

const programOf = (invocation: Invocation | undefined): string => invocation?.words[0]?.text.split(/[\\/]/).at(-1) ?? '';

interface Heredoc {
  readonly end: string;
  readonly indented: boolean;
  readonly of: Draft;
}

interface Draft {
  words: Word[];
  assignments: string[];
  outputs: Word[];
  input: string | null;
  source: Word | null;
  from: Invocation | null;
  scope: readonly number[];
  otherwise: boolean;
  folder: null;
}

const draft = (scope: readonly number[], from: Invocation | null = null, otherwise = false): Draft => ({ words: [], assignments: [], outputs: [], input: null, source: null, from, scope, otherwise, folder: null });

/** Stands for each of several words, as braces do. */
const anyOf = (texts: readonly string[]): string => (texts.length === 1 ? (texts[0] ?? '') : `{${texts.join(',')}}`);

/** What is known of the folders that a command begins in, under names that no variable can have. */
export const TOP_OF_REPOSITORY = '$top';

class Reader {
  readonly found: Invocation[] = [];
  private at = 0;
  private heredocs: Heredoc[] = [];
  private scope: readonly number[] = [];
  private scopes = 0;
  /** Subshells that are not told apart any more. */
  private deeper = 0;
  private readonly variables: Map<string, string>;
  /** Variables that hold what a program wrote, and the program. */
  private readonly opaque = new Map<string, string>();
  private readonly loops: Draft[] = [];

  /** `toRead`: what loops are handed. */
  constructor(
    private readonly text: string,
    variables: Readonly<Record<string, string>>,
    private readonly toRead = '',
  ) {
    this.variables = new Map(Object.entries(variables));
  }

  /** What stands behind loops for them to read. */
  get handed(): string {
    return this.loops.flatMap(({ input }) => (input === null ? [] : [input])).join('\n');
  }

  /** Reads commands up to `until`, which is passed over, or to the end. */
  list(depth: number, until: ')' | '`' | undefined): void {
    const outside = this.scope;
    let current = draft(this.scope);
    const end = (operator = ''): void => {
      const { words, outputs, assignments } = current;
      if (words[0]?.text === 'done' || words[0]?.text === '}') this.loops.push(current);
      while (words[0] && !words[0].open && KEYWORDS.has(words[0].text)) words.splice(0, words[0].text === 'function' ? 2 : 1);
      if (words[0]?.text === '-p' && words.length > 1) words.shift(); // of `time`
      for (let first = words[0]; first && ASSIGNMENT.test(first.text); first = words[0]) this.put(current, words.shift() ?? first, true);
      const there = words.length + outputs.length + assignments.length > 0;
      if (there) {
        this.found.push(current);
        this.learn(current);
      }
      if (operator === '(') this.enter();
      else if (operator === ')' && this.scope.length > outside.length) this.leave();
      current = draft(this.scope, there && /^\|&?$/.test(operator) ? current : null, operator === '||');
    };
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === until && this.scope.length === outside.length) {
        this.at++;
        break;
      }
      if (char === '\n') {
        this.at++;
        end();
        this.bodies();
      } else if (' \t\r'.includes(char)) this.at++;
      else if (this.text.startsWith('\\\n', this.at)) this.at += 2;
      else if (char === '#') this.at = this.lineEnd();
      else if (char === '&' && this.text.charAt(this.at + 1) === '>') {
        this.at++;
        this.redirect(current, depth);
      } else if (';&|()'.includes(char)) {
        const operator = /^(?:&&|\|\||\|&|.)/s.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? char;
        this.at += operator.length;
        end(operator);
      } else if (char === '<' || char === '>' || /^\d+[<>]/.test(this.text.slice(this.at, this.at + 4))) this.redirect(current, depth);
      else this.put(current, this.word(depth, until));
    }
    end();
    this.scope = outside;
  }

  private enter(): void {
    if (this.scope.length < MOST_SCOPES) this.scope = [...this.scope, ++this.scopes];
    else this.deeper++;
  }

  private leave(): void {
    if (this.deeper > 0) this.deeper--;
    else this.scope = this.scope.slice(0, -1);
  }

  private put(current: Draft, word: Word, first = current.words.length === 0): void {
    if (first && ASSIGNMENT.test(word.text)) {
      current.assignments.push(word.text);
      this.assign(word);
    } else current.words.push(word);
  }

  /** What a word such as `NAME=value` says; a value that is open makes the name unknown. */
  private assign({ text, open, by }: Word): void {
    const [, name = '', more = '', value = ''] = /^([A-Za-z_]\w*)(\+?)=([^]*)$/.exec(text) ?? [];
    if (name === '') return;
    if (by === undefined) this.opaque.delete(name);
    else this.opaque.set(name, by);
    if (open) this.variables.delete(name);
    else this.set(name, (more === '' ? '' : (this.variables.get(name) ?? '')) + value);
  }

  /** A value that doubles again and again is not followed. */
  private set(name: string, value: string): void {
    if (value.length <= LONGEST_VALUE) this.variables.set(name, value);
    else this.variables.delete(name);
  }

  /** What a command says of variables for those behind it. */
  private learn({ words, input, from }: Draft): void {
    const [program, ...rest] = words.map((word) => word.text);
    const known = words.slice(1).filter((word) => !word.open).map((word) => word.text);
    if (['export', 'declare', 'local', 'readonly', 'typeset'].includes(program ?? '')) for (const word of words.slice(1)) this.assign(word);
    else if ((program === 'for' || program === 'select') && rest[1] === 'in') {
      const values = words.slice(3).filter((word) => !word.open).map((word) => word.text);
      if (values.length > 0) this.set(rest[0] ?? '', anyOf(values));
    } else if (program === 'set' && rest[0] === '--') {
      known.slice(1).forEach((text, index) => this.set(String(index + 1), text));
      if (known.length > 1) for (const all of ['@', '*']) this.set(all, anyOf(known.slice(1)));
    } else if (program === 'read') {
      const read = input ?? (from === null ? undefined : writtenBy(from)?.text) ?? this.toRead;
      const name = rest.findLast((text) => /^[A-Za-z_]\w*$/.test(text));
      if (name !== undefined && read.trim() !== '') this.set(name, anyOf(read.trim().split(/\s*\n\s*/)));
    }
  }

  private redirect(current: Draft, depth: number): void {
    const operator = /^\d*(?:<<<|<<-?|<>|<&|<\(|<|>>|>\||>&|>\(|>)/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? '>';
    this.at += operator.length;
    const kind = operator.replace(/^\d+/, '');
    if (kind === '<(' || kind === '>(') {
      const before = this.found.length;
      this.nested(depth, ')');
      if (kind === '<(') current.words.push({ text: '', open: true, by: programOf(this.found.slice(before).at(-1)) });
      return;
    }
    while (' \t'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
    const target = this.word(depth, undefined);
    if (kind.startsWith('<<<') && target.open && target.text === '') current.source = target;
    else if (kind.startsWith('<<<')) current.input = target.text;
    else if (kind.startsWith('<<')) this.heredocs.push({ end: target.text, indented: kind === '<<-', of: current });
    else if (kind === '<') current.source = target;
    else if (kind.startsWith('>') || kind === '<>') {
      if (!(kind === '>&' && /^(?:\d+|-)$/.test(target.text))) current.outputs.push(target);
    }
  }

  /** The bodies of the heredocs that the line before has announced. */
  private bodies(): void {
    for (const { end, indented, of } of this.heredocs) {
      const lines: string[] = [];
      while (this.at < this.text.length) {
        const stop = this.lineEnd();
        const line = this.text.slice(this.at, stop).replace(/\r$/, '');
        this.at = Math.min(stop + 1, this.text.length);
        if ((indented ? line.replace(/^\t+/, '') : line) === end) break;
        lines.push(line);
      }
      of.input = lines.join('\n');
    }
    this.heredocs = [];
  }

  private lineEnd(): number {
    const at = this.text.indexOf('\n', this.at);
    return at < 0 ? this.text.length : at;
  }

  private word(depth: number, until: ')' | '`' | undefined): Word {
    const word: Drafted = { text: '', open: false };
    let slashed = '';
    const begin = this.at;
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === until || ' \t\r\n;&|()<>'.includes(char)) break;
      const length = word.text.length;
      if (char === "'") {
        const close = this.text.indexOf("'", this.at + 1);
        word.text += this.text.slice(this.at + 1, close < 0 ? undefined : close);
        this.at = close < 0 ? this.text.length : close + 1;
      } else if (char === '"') {
        this.at++;
        const part = this.quoted(depth);
        word.text += part.text;
        word.open ||= part.open;
        word.by ??= part.by;
      } else if (char === '\\') {
        const next = this.text.charAt(this.at + 1);
        if (next !== '\n') word.text += next;
        this.at += 2;
        if (/[\w.*-]/.test(next)) slashed += '/';
      } else {
        this.plainOrExpanded(word, depth);
      }
      slashed += word.text.slice(length).replaceAll('\\', '/');
    }
    if (this.at === begin) this.at++; // whatever it is, go on
    const { text, open, by } = word;
    const more = { open, ...(by === undefined ? {} : { by }), ...(slashed === text ? {} : { slashed }) };
    if (text.startsWith('~+')) return { text: `${this.variables.get('PWD') ?? '~'}${text.slice(2)}`, ...more };
    return { text: text === '~' || text.startsWith('~/') ? `${this.variables.get('HOME') ?? '~'}${text.slice(1)}` : text, ...more };
  }

  /** The inside of double quotes; the closing one is passed over. */
  private quoted(depth: number): Word {
    const word: Drafted = { text: '', open: false };
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === '"') {
        this.at++;
        break;
      }
      if (char === '\\' && '"\\$`\n'.includes(this.text.charAt(this.at + 1))) {
        if (this.text.charAt(this.at + 1) !== '\n') word.text += this.text.charAt(this.at + 1);
        this.at += 2;
      } else {
        this.plainOrExpanded(word, depth);
      }
    }
    const { text, open, by } = word;
    return { text, open, ...(by === undefined ? {} : { by }) };
  }

  /** Adds the next character to a word, or what an expansion that begins with it stands for. */
  private plainOrExpanded(word: Drafted, depth: number): void {
    const char = this.text.charAt(this.at);
    if (char !== '$' && char !== '`') {
      word.text += char;
      this.at++;
      return;
    }
    const part = this.expansion(depth);
    word.text += part.text;
    word.open ||= part.open;
    word.by ??= part.by;
  }

  /** What begins with `$` or a backtick. */
  private expansion(depth: number): Word {
    const rest = this.text.slice(this.at, this.at + 200);
    if (rest.startsWith('`')) {
      this.at++;
      return this.substituted(depth, '`');
    }
    if (rest.startsWith('$(')) {
      this.at += 2;
      return this.substituted(depth, ')');
    }
    if (rest.startsWith("$'")) {
      const close = /(?<!\\)(?:\\\\)*'/.exec(this.text.slice(this.at + 2));
      const inside = this.text.slice(this.at + 2, close ? this.at + 2 + close.index + close[0].length - 1 : undefined);
      this.at = close ? this.at + 2 + close.index + close[0].length : this.text.length;
      return { text: unescaped(inside), open: false };
    }
    const name = /^\$(?:\{([A-Za-z_]\w*|[\d@*])\}|([A-Za-z_]\w*|[\d@*]))/.exec(rest);
    if (name) {
      this.at += name[0].length;
      return this.valueOf(name[1] ?? name[2] ?? '');
    }
    if (rest.startsWith('${')) {
      const close = this.text.indexOf('}', this.at);
      const inside = this.text.slice(this.at + 2, close < 0 ? undefined : close);
      this.at = close < 0 ? this.text.length : close + 1;
      return this.orElse(inside, depth);
    }
    this.at++;
    if (/^[#?!$-]/.test(rest.slice(1))) {
      this.at++;
      return { text: '', open: true };
    }
    return { text: '$', open: false };
  }

  private valueOf(name: string): Word {
    const value = this.variables.get(name);
    const by = this.opaque.get(name);
    return value === undefined ? { text: '', open: true, ...(by === undefined ? {} : { by }) } : { text: value, open: false };
  }

  /** `NAME:-word` and its like; anything else that stands in braces is open. */
  private orElse(inside: string, depth: number): Word {
    const [, name = '', operator = '', rest = ''] = /^([A-Za-z_]\w*):?([-=+])([^]*)$/.exec(inside) ?? [];
    const value = this.valueOf(name);
    if (operator === '' || depth >= DEEPEST) return { text: '', open: true };
    if (operator !== '+' && !value.open && value.text !== '') return value;
    const word = new Reader(rest, Object.fromEntries(this.variables)).word(depth + 1, undefined);
    if (operator === '=' && !word.open) this.set(name, word.text);
    return word;
  }

  /** What a substitution comes to, where that can be told without running it; its commands are found in any case. */
  private substituted(depth: number, until: ')' | '`'): Word {
    const before = this.found.length;
    this.nested(depth, until);
    const inside = this.found.slice(before);
    const [only, ...more] = inside;
    const last = inside.at(-1);
    const open: Word = { text: '', open: true, by: programOf(last) };
    if (only === undefined || last === undefined) return open;
    if (more.length > 0) return (more.every((one, index) => one.from === inside[index]) ? writtenBy(last) : undefined) ?? open;
    const said = only.words.map((word) => word.text).join(' ');
    if (said === 'pwd') return this.valueOf('PWD');
    if (said === 'git rev-parse --show-toplevel') return this.valueOf(TOP_OF_REPOSITORY);
    return writtenBy(only) ?? open;
  }

  private nested(depth: number, until: ')' | '`'): void {
    if (depth >= DEEPEST) {
      this.at = this.text.length;
      return;
    }
    const { scope } = this;
    this.scope = [...scope, ++this.scopes];
    this.list(depth + 1, until);
    this.scope = scope;
  }
}

/** What `echo` or `printf` writes, as one word; undefined for other programs. */
export function saidBy({ words }: Invocation): Word | undefined {
  const [program, ...args] = words;
  if (program?.text !== 'echo' && program?.text !== 'printf') return undefined;
  const said = args.filter((word, index) => index > 0 || !/^-[neE]+$/.test(word.text));
  const [format, ...rest] = said;
  const open = said.some((word) => word.open);
  if (program.text === 'echo' || !format?.text.includes('%')) return { text: said.map((word) => word.text).join(' '), open };
  let next = 0;
  return { text: unescaped(format.text).replace(/%[-\d.]*[sbdq]/g, () => rest[next++]?.text ?? ''), open };
}

/** What a program writes, where its words and what it is handed say so; undefined where they do not. */
export function writtenBy(invocation: Invocation): Word | undefined {
  const { words, input, from } = invocation;
  const name = programOf(invocation);
  if (name !== 'cat' && name !== 'base64') return saidBy(invocation);
  const plain = words.slice(1).filter((word) => !word.text.startsWith('-') && word.text !== '');
  const before: Word | undefined = plain.length > 0 ? undefined : input === null ? (from === null ? undefined : writtenBy(from)) : { text: input, open: false };
  if (before === undefined || name === 'cat') return before;
  return words.some((word) => /^(?:-[a-zA-Z]*[dD]|--decode)$/.test(word.text)) ? { text: Buffer.from(before.text, 'base64').toString('utf8'), open: before.open } : undefined;
}

/** The escapes of `$'…'` that spell characters. */
function unescaped(text: string): string {
  const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
  return text.replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))/gs, (_, hex?: string, unicode?: string, octal?: string, char?: string) => {
    const code = hex ?? unicode;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return octal === undefined ? (simple[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(octal, 8));
  });
}
