/**
 * Splits a POSIX shell command into words: quotes, heredocs, redirections, substitutions. It runs and looks up nothing,
 * never throws, and takes time in proportion to the text. What only a shell could know is marked as open.
 */

import { wordSet } from '../../../base/patterns';
import { changed } from './parameter-expansion';
import { functionsIn, type FunctionBody } from './function-definitions';
import { braces } from './glob';
import { anyOf, type Invocation, type Word } from './invocation';
import { programOf, together, unescaped } from '../streams/output-of-programs';
import { resultOf } from './result-of-substitution';
import { linesOf, LONGEST_VALUE, MOST_WORDS, Variables } from './variables';
import { FILE_STEPS, Work } from './work-limit';

/** Substitutions nested deeper than this are not examined; people and agents need three levels. */
const DEEPEST = 12;
const MOST_SCOPES = 50;
/** An expansion is computed only for variables with at most this many values. */
const MOST_VALUES = 20;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
/** What sets variables from words that the shell does not split. */
const ASSIGNS = /^(?:export|declare|local|readonly|typeset)$/;
/** What precedes the words of a list in parentheses. */
const LIST = /^([A-Za-z_]\w*)(\+?)=$/;
const ELEMENT = /^([A-Za-z_]\w*)\[[^\]]*\]\+?=([^]*)$/;
/** A list alone in its word, which expands to several words; and a variable, which is split at its blanks. */
const SEVERAL = /^("?)\$(?:([@*])|\{([@*])\}|\{([A-Za-z_]\w*)\[[@*]\]\})\1(?=[\s;&|()<>`]|$)/;
const UNQUOTED = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})(?=[\s;&|()<>`]|$)/;
/** The literal part of a word, outside of quotes and in double quotes. */
const PLAIN = /[^ \t\r\n;&|()<>'"\\$`]+/y;
const PLAIN_IN_QUOTES = /[^"\\$`]+/y;
/** What ends a word outside of quotes. */
const ENDS = ' \t\r\n;&|()<>';
/** At most this many calls of a command's own functions are followed. */
const MOST_CALLS = 50;
/** The output of at most this many programs of a group is examined. */
const MOST_IN_GROUP = 200;
/** Words that begin a group. */
const OPENS = wordSet('{ if for while until select case');
/** Words that precede a command and are not commands themselves. */
const CLOSES = wordSet('} done fi esac');
const KEYWORDS = wordSet('function if then elif else fi while until do done { } ! time coproc');

/**
 * Every invocation in a command, including those in substitutions, in the order in which they begin. `variables`: those
 * with a known value; `after` receives those that the command leaves behind.
 */
export function invocationsIn(
  command: string,
  variables: Readonly<Record<string, string>> = {},
  after?: Record<string, string>,
  work = new Work(FILE_STEPS),
): Invocation[] {
  const reader = new Reader(command, new Variables(variables), work);
  reader.list(0, undefined);
  // a loop's input comes after it
  const again = reader.handed === '' ? reader : new Reader(command, new Variables(variables), work, reader.handed);
  if (again !== reader) again.list(0, undefined);
  if (after) Object.assign(after, again.variables.known());
  return again.found;
}

/** An assignment of another variable's value. */
const FROM_VARIABLE = /\b\w+=["']?\$\{?(\w+)\}?["']?$/;

/** A word that is being parsed. */
interface Drafted {
  text: string;
  open: boolean;
  by?: string | undefined;
  spread?: true;
}

interface Heredoc {
  readonly end: string;
  readonly indented: boolean;
  /** Its delimiter is not quoted: substitutions in it are run. */
  readonly expands: boolean;
  readonly of: Draft;
}

interface Draft {
  words: Word[];
  assignments: string[];
  unsetVariables?: readonly string[];
  outputs: Word[];
  input: string | null;
  source: Word | null;
  from: Invocation | null;
  scope: readonly number[];
  otherwise: boolean;
  folder: null;
  line: number;
}

const draft = (scope: readonly number[], from: Invocation | null = null, otherwise = false): Draft => ({
  words: [],
  assignments: [],
  outputs: [],
  input: null,
  source: null,
  from,
  scope,
  otherwise,
  folder: null,
  line: 1,
});

/** Represents the programs of a long group that are not examined. */
const LEFT_OUT: Invocation = { ...draft([]), words: [{ text: '…', open: true }] };

class Reader {
  readonly found: Invocation[] = [];
  private at = 0;
  /** The offset up to which line breaks were counted, and their number. */
  private counted = 0;
  private lines = 0;
  /** The offset of the first line break after those that were counted; negative where there is none. */
  private nextBreak: number;
  /** The line that the text begins with. */
  private firstLine = 1;
  private heredocs: Heredoc[] = [];
  private scope: readonly number[] = [];
  private scopes = 0;
  /** Open subshells beyond the limit, which are not told apart. */
  private deeper = 0;
  private readonly loops: Draft[] = [];
  private readonly functions: ReadonlyMap<string, FunctionBody>;
  private calls = 0;
  /** Invocations in substitutions: their output goes into a word. */
  private readonly inWords = new Set<Invocation>();

  /** `toRead`: the input that loops get. */
  constructor(
    private readonly text: string,
    readonly variables: Variables,
    private readonly work: Work,
    private readonly toRead = '',
    functions?: ReadonlyMap<string, FunctionBody>,
  ) {
    this.functions = functions ?? functionsIn(text);
    this.nextBreak = text.indexOf('\n');
  }

  /** The input of loops, which comes after them. */
  get handed(): string {
    return this.loops.flatMap(({ input, from }) => input ?? (from === null ? [] : linesOf(from))).join('\n');
  }

  /** Parses commands up to `until`, which it skips, or to the end. */
  list(depth: number, until: ')' | '`' | undefined): void {
    const outside = this.scope;
    let current = draft(this.scope);
    let closed = false;
    /** Where the open groups began, and where the one that was closed last began. */
    const opened: number[] = [];
    let began = 0;
    const end = (operator = ''): void => {
      const { words, outputs, assignments } = current;
      const begin = words[0]?.text ?? '';
      const closes = operator === ')' || CLOSES.has(begin);
      if (OPENS.has(begin)) opened.push(this.found.length);
      if (begin === 'done' || begin === '}') this.loops.push(current);
      while (words[0] && !words[0].open && KEYWORDS.has(words[0].text))
        words.splice(0, words[0].text === 'function' ? 2 : 1);
      if (words[0]?.text === '-p' && words.length > 1) words.shift(); // of `time`
      for (let first = words[0]; first && ASSIGNMENT.test(first.text); first = words[0])
        this.put(current, words.shift() ?? first, true);
      if (words[0]?.text.startsWith('{') === true && /^\{[^{}\s]*,[^{}\s]*\}$/.test(words[0].text))
        words.splice(0, 1, ...braces(words[0].text).map((text) => ({ text, open: false })));
      const there = words.length + outputs.length + assignments.length > 0;
      if (there && this.work.take()) {
        this.found.push(current);
        this.variables.learn(current, this.toRead);
        if (operator !== '(') this.call(current);
      }
      if (closes) began = opened.pop() ?? this.found.length - 1;
      const pipes = operator === '|' || operator === '|&';
      const before = there ? current : pipes && (closed || closes) ? this.groupSince(began) : null;
      closed = closes;
      if (operator === '(') opened.push(this.found.length);
      if (operator === '(') this.enter();
      else if (operator === ')' && this.scope.length > outside.length) this.leave();
      current = draft(this.scope, pipes ? before : null, operator === '||');
    };
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (current.words.length === 0 && current.assignments.length === 0 && current.outputs.length === 0)
        current.line = this.lineNow();
      if (char === until && this.scope.length === outside.length) {
        this.at++;
        break;
      }
      if (char === '\n') {
        this.at++;
        end();
        this.bodies();
      } else if (' \t\r'.includes(char)) this.at++;
      else if (char === '$' && this.blank() > 0) this.at += this.blank();
      else if (this.text.startsWith('\\\n', this.at)) this.at += 2;
      else if (char === '#') this.at = this.lineEnd();
      else if (char === '&' && this.text.charAt(this.at + 1) === '>') {
        this.at++;
        this.redirect(current, depth);
      } else if (';&|()'.includes(char)) {
        const two = this.text.slice(this.at, this.at + 2);
        const operator = two === '&&' || two === '||' || two === '|&' ? two : char;
        this.at += operator.length;
        end(operator);
      } else if (
        char === '<' ||
        char === '>' ||
        (char >= '0' && char <= '9' && /^\d+[<>]/.test(this.text.slice(this.at, this.at + 4)))
      )
        this.redirect(current, depth);
      else this.next(current, depth, until);
    }
    end();
    this.scope = outside;
  }

  /** An invocation that represents the output of everything found since a group began. */
  private groupSince(began: number): Invocation | null {
    const since = Math.max(0, began, this.found.length - MOST_IN_GROUP);
    const members = this.found
      .slice(since)
      .filter((one) => !this.inWords.has(one) && !this.functions.has(one.words[0]?.text ?? ''));
    return together(since > began && began >= 0 ? [LEFT_OUT, ...members] : members) ?? this.found.at(-1) ?? null;
  }

  /** The line of the current position. */
  private lineNow(): number {
    if (this.counted < this.at) {
      for (let at = this.nextBreak; at >= 0 && at < this.at; at = this.nextBreak) {
        this.lines++;
        this.nextBreak = this.text.indexOf('\n', at + 1);
      }
      this.counted = this.at;
    }
    return this.firstLine + this.lines;
  }

  private enter(): void {
    if (this.scope.length < MOST_SCOPES) this.scope = [...this.scope, ++this.scopes];
    else this.deeper++;
  }

  private leave(): void {
    if (this.deeper > 0) this.deeper--;
    else this.scope = this.scope.slice(0, -1);
  }

  /** Parses one word, or a list that expands to several. */
  private next(current: Draft, depth: number, until: ')' | '`' | undefined): void {
    const several = this.several();
    if (several) {
      if (current.words.length < MOST_WORDS) current.words.push(...several);
      return;
    }
    const word = this.word(depth, until);
    const [, name, more] = this.text.charAt(this.at) === '(' ? (LIST.exec(word.text) ?? []) : [];
    if (name === undefined) {
      this.put(current, word);
      return;
    }
    this.at++;
    const elements: Word[] = [];
    while (this.at < this.text.length && this.text.charAt(this.at) !== ')') {
      const char = this.text.charAt(this.at);
      if (/\s/.test(char)) this.at++;
      else if (char === '#') this.at = this.lineEnd();
      else elements.push(...(this.several() ?? [this.word(depth, ')')]));
    }
    this.at++;
    this.variables.setList(name, [
      ...(more === '' ? [] : (this.variables.list(name) ?? [])),
      ...elements.map((element) => ({ ...element, text: element.text.replace(/^\[[^\]]*\]=/, '') })),
    ]);
  }

  /** The words that begin here, if a list or an unquoted variable is the whole word. */
  private several(): readonly Word[] | undefined {
    const first = this.text.charAt(this.at);
    if (first !== '$' && (first !== '"' || this.text.charAt(this.at + 1) !== '$')) return undefined;
    const rest = this.text.slice(this.at, this.at + 200);
    const [all, , quotedList, plainList, named] = SEVERAL.exec(rest) ?? [];
    const list = all === undefined ? undefined : this.variables.list(quotedList ?? plainList ?? named ?? '');
    if (all !== undefined && list) {
      this.at += all.length;
      return list;
    }
    const [whole, plain, braced] = UNQUOTED.exec(rest) ?? [];
    const value = whole === undefined ? undefined : this.variables.get(plain ?? braced ?? '');
    if (whole === undefined || value === undefined || value.includes('{')) return undefined;
    const parts = /\S\s+\S/.test(value) ? value.trim().split(/\s+/) : this.splitByIfs(value);
    if (parts.length < 2) return undefined;
    this.at += whole.length;
    return parts.map((text) => ({ text, open: false }));
  }

  /** What the command's own `IFS` makes of a value without blanks. */
  private splitByIfs(value: string): string[] {
    const separators = this.variables.get('IFS')?.replace(/\s/g, '') ?? '';
    if (separators === '') return [];
    return [...value]
      .map((char) => (separators.includes(char) ? '\n' : char))
      .join('')
      .split('\n')
      .filter((part) => part !== '');
  }

  /** Follows a call of a function that the command defines, with its arguments. */
  private call({ words }: Draft): void {
    const body = this.functions.get(words[0]?.text ?? '');
    if (body === undefined || this.calls >= MOST_CALLS) return;
    const args = words.slice(1);
    const inner = new Reader(body.text, this.variables.copy(), this.work, this.toRead, this.functions);
    inner.variables.give(args);
    inner.firstLine = 1 + body.above; // where it is written, not where it is called
    inner.scope = this.scope;
    inner.scopes = this.scopes;
    inner.calls = this.calls + 1;
    inner.list(0, undefined);
    for (const invocation of inner.found) this.found.push(invocation);
    this.scopes = inner.scopes;
    this.calls = inner.calls;
    this.variables.takeOver(inner.variables);
  }

  private put(current: Draft, word: Word, first = current.words.length === 0): void {
    // before a program, and behind `env`, `export` or `docker run -e`
    if (word.open && ASSIGNMENT.test(word.text)) {
      const [, variable] = FROM_VARIABLE.exec(this.text.slice(Math.max(0, this.at - 200), this.at)) ?? [];
      if (variable !== undefined) current.unsetVariables = [...(current.unsetVariables ?? []), variable];
    }
    if (word.spread && !(first && ASSIGNMENT.test(word.text)) && !ASSIGNS.test(current.words[0]?.text ?? ''))
      current.words.push(
        ...word.text
          .trim()
          .split(/\s+/, MOST_WORDS)
          .map((text) => ({ text, open: word.open })),
      );
    else if (!first) current.words.push(word);
    else if (ASSIGNMENT.test(word.text)) {
      current.assignments.push(word.text);
      this.variables.assign(word);
    } else if (ELEMENT.test(word.text)) {
      const [, name = '', text = ''] = ELEMENT.exec(word.text) ?? [];
      this.variables.setList(name, [...(this.variables.list(name) ?? []), { ...word, text }]);
    } else current.words.push(word);
  }

  private redirect(current: Draft, depth: number): void {
    const operator =
      /^\d*(?:<<<|<<-?|<>|<&|<\(|<|>>|>\||>&|>\(|>)/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? '>';
    this.at += operator.length;
    const kind = operator.replace(/^\d+/, '');
    if (kind === '<(' || kind === '>(') {
      const before = this.found.length;
      this.nested(depth, ')');
      if (kind === '<(') current.words.push({ text: '', open: true, by: programOf(this.found.slice(before).at(-1)) });
      return;
    }
    while (' \t'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
    if (kind === '<' && this.text.startsWith('<(', this.at)) {
      this.at += 2;
      const before = this.found.length;
      this.nested(depth, ')');
      current.from = this.found.slice(before).at(-1) ?? null;
      return;
    }
    const begins = this.at;
    const target = this.word(depth, undefined);
    const expands = !/['"\\]/.test(this.text.slice(begins, this.at));
    if (kind.startsWith('<<<') && target.open && target.text === '') current.source = target;
    else if (kind.startsWith('<<<')) current.input = target.text;
    else if (kind.startsWith('<<'))
      this.heredocs.push({ end: target.text, indented: kind === '<<-', expands, of: current });
    else if (kind === '<') current.source = target;
    else if (kind.startsWith('>') || kind === '<>') {
      if (!(kind === '>&' && /^(?:\d+|-)$/.test(target.text)))
        current.outputs.push(kind.startsWith('>>') || kind === '<>' ? { ...target, append: true } : target);
    }
  }

  /** Reads the bodies of the heredocs that the line before has announced. */
  private bodies(): void {
    for (const { end, indented, expands, of } of this.heredocs) {
      const lines: string[] = [];
      const begins = this.at;
      while (this.at < this.text.length) {
        const stop = this.lineEnd();
        const line = this.text.slice(this.at, stop).replace(/\r$/, '');
        this.at = Math.min(stop + 1, this.text.length);
        if ((indented ? line.replace(/^\t+/, '') : line) === end) break;
        lines.push(line);
      }
      of.input = lines.join('\n');
      const after = this.at;
      if (expands) this.substitutedIn(begins, after);
      this.at = after;
    }
    this.heredocs = [];
  }

  /** The substitutions in a heredoc, which run before its program does. */
  private substitutedIn(begins: number, end: number): void {
    const body = this.text.slice(begins, end);
    this.at = begins;
    for (const { 0: whole, index } of body.matchAll(/\\[^]|\$\((?!\()|`/g)) {
      const at = begins + index;
      if (whole.startsWith('\\') || at < this.at) continue;
      this.at = at + whole.length;
      this.nested(1, whole === '`' ? '`' : ')');
      if (this.at > end) return;
    }
  }

  private lineEnd(): number {
    const at = this.text.indexOf('\n', this.at);
    return at < 0 ? this.text.length : at;
  }

  /** The length of a `$IFS` here, which is a blank outside of quotes; 0 where there is none. */
  private blank(): number {
    const { text } = this;
    return text.startsWith('$IFS', this.at) || text.startsWith('${IFS', this.at)
      ? (/^(?:\$IFS(?!\w)(?:\$9)?|\$\{IFS[^}]{0,20}\})/.exec(text.slice(this.at, this.at + 30))?.[0].length ?? 0)
      : 0;
  }

  private word(depth: number, until: ')' | '`' | undefined): Word {
    if (!this.work.take()) this.at = this.text.length;
    const begin = this.at;
    const literal = this.literal();
    if (literal !== undefined) return literal;
    const word: Drafted = { text: '', open: false };
    let slashed = '';
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === until || ENDS.includes(char) || (char === '$' && this.blank() > 0)) break;
      let added = '';
      if (char === "'") {
        const close = this.text.indexOf("'", this.at + 1);
        added = this.text.slice(this.at + 1, close < 0 ? undefined : close);
        this.at = close < 0 ? this.text.length : close + 1;
      } else if (char === '"') {
        this.at++;
        const part = this.quoted(depth);
        added = part.text;
        word.open ||= part.open;
        word.by ??= part.by;
      } else if (char === '\\') {
        const next = this.text.charAt(this.at + 1);
        if (next !== '\n') added = next;
        this.at += 2;
        if (/[\w.*-]/.test(next)) slashed += '/';
      } else {
        added = this.plainOrExpanded(word, depth, PLAIN);
      }
      word.text += added;
      slashed += added.replaceAll('\\', '/');
    }
    if (this.at === begin) this.at++; // always advance
    const { text, open, by, spread } = word;
    const more = {
      open,
      ...(by === undefined ? {} : { by }),
      ...(spread === undefined ? {} : { spread }),
      ...(slashed === text ? {} : { slashed }),
    };
    if (text.startsWith('~+')) return { text: `${this.variables.get('PWD') ?? '~'}${text.slice(2)}`, ...more };
    return {
      text: text === '~' || text.startsWith('~/') ? `${this.variables.get('HOME') ?? '~'}${text.slice(1)}` : text,
      ...more,
    };
  }

  /** Most words: nothing in them is quoted, expanded or a home folder. Undefined for others, which stay to be read. */
  private literal(): Word | undefined {
    PLAIN.lastIndex = this.at;
    if (!PLAIN.test(this.text)) return undefined;
    const end = PLAIN.lastIndex;
    if ((end < this.text.length && !ENDS.includes(this.text.charAt(end))) || this.text.charAt(this.at) === '~')
      return undefined;
    const text = this.text.slice(this.at, end);
    this.at = end;
    return { text, open: false };
  }

  /** Parses the inside of double quotes and skips the closing one. */
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
        word.text += this.plainOrExpanded(word, depth, PLAIN_IN_QUOTES);
      }
    }
    const { text, open, by } = word;
    return { text, open, ...(by === undefined ? {} : { by }) };
  }

  /** The literal text here, or the result of an expansion that begins here; if that is open, so is the word. */
  private plainOrExpanded(word: Drafted, depth: number, plain: RegExp): string {
    const char = this.text.charAt(this.at);
    if (char !== '$' && char !== '`') {
      plain.lastIndex = this.at;
      const run = plain.exec(this.text)?.[0] ?? char;
      this.at += run.length;
      return run;
    }
    const isWritten = char === '`' || this.text.charAt(this.at + 1) === '(';
    const part = this.expansion(depth);
    if (isWritten && plain === PLAIN && !part.open && part.by === undefined && /\S\s+\S/.test(part.text))
      word.spread = true;
    word.open ||= part.open;
    word.by ??= part.by;
    return part.text;
  }

  /** Parses an expansion that begins with `$` or a backtick. */
  private expansion(depth: number): Word {
    if (this.text.charAt(this.at) === '`') {
      this.at++;
      return this.substituted(depth, '`');
    }
    if (this.text.charAt(this.at + 1) === '(') {
      this.at += 2;
      return this.substituted(depth, ')');
    }
    const rest = this.text.slice(this.at, this.at + 200);
    if (rest.startsWith("$'")) {
      const close = /(?<!\\)(?:\\\\)*'/.exec(this.text.slice(this.at + 2));
      const inside = this.text.slice(this.at + 2, close ? this.at + 2 + close.index + close[0].length - 1 : undefined);
      this.at = close ? this.at + 2 + close.index + close[0].length : this.text.length;
      return { text: unescaped(inside), open: false };
    }
    const name = /^\$(?:\{([A-Za-z_]\w*|[\d@*])\}|([A-Za-z_]\w*|[\d@*]))/.exec(rest);
    if (name) {
      this.at += name[0].length;
      return this.variables.valueOf(name[1] ?? name[2] ?? '');
    }
    const [element, list, index = ''] = /^\$\{([A-Za-z_]\w*)\[([^\]]*)\]\}/.exec(rest) ?? [];
    if (element !== undefined) {
      this.at += element.length;
      return this.variables.elementOf(list ?? '', index);
    }
    if (rest.startsWith('${')) {
      const close = this.closing();
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

  /** The offset of the brace that closes `${`; substitutions in it may contain other braces. */
  private closing(): number {
    let open = 0;
    for (let at = this.at + 2; at < Math.min(this.text.length, this.at + LONGEST_VALUE); at++) {
      const char = this.text.charAt(at);
      if (char === '(' || char === '{') open++;
      else if (open > 0 && (char === ')' || char === '}')) open--;
      else if (char === '}') return at;
    }
    return this.text.indexOf('}', this.at);
  }

  /**
   * The result of `NAME:-word` and the like, and of an expansion of a known value; anything else in braces is open.
   */
  private orElse(inside: string, depth: number): Word {
    const [, name = '', operator = '', rest = ''] = /^([A-Za-z_]\w*):?([-=+])([^]*)$/.exec(inside) ?? [];
    const value = this.variables.valueOf(name);
    if (depth >= DEEPEST) return { text: '', open: true };
    if (operator === '') return this.madeOf(inside, depth);
    if (operator !== '+' && !value.open && value.text !== '') return value;
    const reader = new Reader(rest, new Variables(this.variables.all()), this.work);
    const word = reader.word(depth + 1, undefined);
    for (const invocation of reader.found)
      this.found.push({ ...invocation, scope: [...this.scope, ...invocation.scope] });
    if (operator === '=' && !word.open) this.variables.set(name, word.text);
    return word;
  }

  /** The result of `!NAME`, and of `NAME#pattern` and the like. */
  private madeOf(inside: string, depth: number): Word {
    const open: Word = { text: '', open: true };
    if (/^!\w+$/.test(inside)) {
      const name = this.variables.valueOf(inside.slice(1));
      return name.open ? open : this.variables.valueOf(name.text);
    }
    const [, name = '', index, operator = '', rest = ''] =
      /^([A-Za-z_]\w*|\d)(?:\[([^\]]*)\])?(##?|%%?|\/[/#%]?|,,?|\^\^?|:)([^]*)$/.exec(inside) ?? [];
    const value = index === undefined ? this.variables.valueOf(name) : this.variables.elementOf(name, index);
    if (operator === '' || value.open) return open;
    const read = (text: string): string | undefined => {
      const word =
        text === ''
          ? undefined
          : new Reader(text, new Variables(this.variables.all()), this.work).word(depth + 1, undefined);
      return word?.open ? undefined : (word?.text ?? '');
    };
    const each = braces(value.text);
    if (each.length > MOST_VALUES) return open;
    const made = each.map((text) => changed(text, operator, rest, read));
    const known = made.filter((text) => text !== undefined);
    return known.length === made.length && known.length > 0 ? { text: anyOf(known), open: false } : open;
  }

  /** The result of a substitution, where that is known without running it; its commands are found in any case. */
  private substituted(depth: number, until: ')' | '`'): Word {
    const before = this.found.length;
    this.nested(depth, until);
    return resultOf(this.found.slice(before), this.variables);
  }

  private nested(depth: number, until: ')' | '`'): void {
    if (depth >= DEEPEST) {
      this.at = this.text.length;
      return;
    }
    const { scope } = this;
    const before = this.found.length;
    this.scope = [...scope, ++this.scopes];
    this.list(depth + 1, until);
    this.scope = scope;
    for (const invocation of this.found.slice(before)) this.inWords.add(invocation);
  }
}
