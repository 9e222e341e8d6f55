/**
 * Takes a POSIX shell command apart, as far as words go: quotes, heredocs, redirections, substitutions. It runs and looks up
 * nothing, never throws, and takes time in proportion to the text. What only a shell could know stays marked as open.
 */

/** One word, without its quotes. */
export interface Word {
  readonly text: string;
  /** Holds something that is only known when it runs, such as a variable. */
  readonly open: boolean;
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
}

/** Deeper than this nothing is looked into; people and agents need three. */
const DEEPEST = 12;
/** Words that stand before a command and are none. */
const KEYWORDS = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', '{', '}', '!', 'time', 'coproc']);

/** Every invocation in a command, those of substitutions too, in the order in which they begin. `variables` are those whose value is known. */
export function invocationsIn(command: string, variables: Readonly<Record<string, string>> = {}): Invocation[] {
  const reader = new Reader(command, variables);
  reader.list(0, undefined);
  return reader.found;
}

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
}

const draft = (): Draft => ({ words: [], assignments: [], outputs: [], input: null });

class Reader {
  readonly found: Invocation[] = [];
  private at = 0;
  private heredocs: Heredoc[] = [];

  constructor(
    private readonly text: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** Reads commands up to `until`, which is passed over, or to the end. */
  list(depth: number, until: ')' | '`' | undefined): void {
    let current = draft();
    const end = (): void => {
      const { words, outputs, assignments } = current;
      while (words[0] && !words[0].open && KEYWORDS.has(words[0].text)) words.shift();
      if (words.length + outputs.length + assignments.length > 0) this.found.push(current);
      current = draft();
    };
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === until) {
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
        this.at++;
        end();
      } else if (char === '<' || char === '>' || /^\d+[<>]/.test(this.text.slice(this.at, this.at + 4))) this.redirect(current, depth);
      else this.put(current, this.word(depth, until));
    }
    end();
  }

  private put(current: Draft, word: Word): void {
    if (current.words.length === 0 && /^[A-Za-z_]\w*=/.test(word.text)) current.assignments.push(word.text);
    else current.words.push(word);
  }

  private redirect(current: Draft, depth: number): void {
    const operator = /^\d*(?:<<<|<<-?|<>|<&|<\(|<|>>|>\||>&|>\(|>)/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? '>';
    this.at += operator.length;
    const kind = operator.replace(/^\d+/, '');
    if (kind === '<(' || kind === '>(') {
      this.nested(depth, ')');
      return;
    }
    while (' \t'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
    const target = this.word(depth, undefined);
    if (kind.startsWith('<<<')) current.input = target.text;
    else if (kind.startsWith('<<')) this.heredocs.push({ end: target.text, indented: kind === '<<-', of: current });
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
    const word = { text: '', open: false };
    const begin = this.at;
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === until || ' \t\r\n;&|()<>'.includes(char)) break;
      if (char === "'") {
        const close = this.text.indexOf("'", this.at + 1);
        word.text += this.text.slice(this.at + 1, close < 0 ? undefined : close);
        this.at = close < 0 ? this.text.length : close + 1;
      } else if (char === '"') {
        this.at++;
        const part = this.quoted(depth);
        word.text += part.text;
        word.open ||= part.open;
      } else if (char === '\\') {
        const next = this.text.charAt(this.at + 1);
        if (next !== '\n') word.text += next;
        this.at += 2;
      } else {
        this.plainOrExpanded(word, depth);
      }
    }
    if (this.at === begin) this.at++; // whatever it is, go on
    const { text, open } = word;
    return { text: text === '~' || text.startsWith('~/') ? `${this.variables['HOME'] ?? '~'}${text.slice(1)}` : text, open };
  }

  /** The inside of double quotes; the closing one is passed over. */
  private quoted(depth: number): Word {
    const word = { text: '', open: false };
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
    return word;
  }

  /** Adds the next character to a word, or what an expansion that begins with it stands for. */
  private plainOrExpanded(word: { text: string; open: boolean }, depth: number): void {
    const char = this.text.charAt(this.at);
    if (char !== '$' && char !== '`') {
      word.text += char;
      this.at++;
      return;
    }
    const part = this.expansion(depth);
    word.text += part.text;
    word.open ||= part.open;
  }

  /** What begins with `$` or a backtick. */
  private expansion(depth: number): Word {
    const rest = this.text.slice(this.at, this.at + 200);
    if (rest.startsWith('`')) {
      this.at++;
      this.nested(depth, '`');
      return { text: '', open: true };
    }
    if (rest.startsWith('$(')) {
      this.at += 2;
      this.nested(depth, ')');
      return { text: '', open: true };
    }
    if (rest.startsWith("$'")) {
      const close = /(?<!\\)(?:\\\\)*'/.exec(this.text.slice(this.at + 2));
      const inside = this.text.slice(this.at + 2, close ? this.at + 2 + close.index + close[0].length - 1 : undefined);
      this.at = close ? this.at + 2 + close.index + close[0].length : this.text.length;
      return { text: unescaped(inside), open: false };
    }
    const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(rest);
    if (name) {
      this.at += name[0].length;
      const value = this.variables[name[1] ?? name[2] ?? ''];
      return value === undefined ? { text: '', open: true } : { text: value, open: false };
    }
    if (rest.startsWith('${')) {
      const close = this.text.indexOf('}', this.at);
      this.at = close < 0 ? this.text.length : close + 1;
      return { text: '', open: true };
    }
    this.at++;
    if (/^[\d#?@*!$-]/.test(rest.slice(1))) {
      this.at++;
      return { text: '', open: true };
    }
    return { text: '$', open: false };
  }

  private nested(depth: number, until: ')' | '`'): void {
    if (depth >= DEEPEST) {
      this.at = this.text.length;
      return;
    }
    this.list(depth + 1, until);
  }
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
