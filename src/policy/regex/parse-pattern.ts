/** Parses the pattern of a team's rule: the part of RE2's syntax that needs no memory of what was matched. */

/** First and last code point, both included. */
export type Range = readonly [number, number];

export type Node =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly from: number; readonly to: number | null }
  | { readonly kind: 'assert'; readonly at: 'start' | 'end' | 'edge' | 'inside' };

interface Parsed {
  readonly node: Node;
  readonly ignoreCase: boolean;
}

/** Thrown for a pattern that can't be parsed. `offset`: where, in UTF-16 units. */
export class PatternError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const DEEPEST = 50;
const REPEATS_AT_MOST = 200;
const DIGITS: readonly Range[] = [[48, 57]];
const WORD: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: readonly Range[] = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x2028, 0x2029],
  [0xfeff, 0xfeff],
];
const LAST = 0x10ffff;
const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Every code point outside the ranges. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const rest: Range[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    if (from > next) rest.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) rest.push([next, LAST]);
  return rest;
}

/** Throws a {@link PatternError}. */
export function parsePattern(text: string): Parsed {
  const ignoreCase = text.startsWith('(?i)');
  const reader = new Reader(text, ignoreCase ? 4 : 0);
  const node = reader.either(0);
  if (!reader.ended) throw new PatternError('this ) closes no group', reader.at);
  return { node, ignoreCase };
}

class Reader {
  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  either(depth: number): Node {
    if (depth > DEEPEST) throw new PatternError(`groups are nested more than ${String(DEEPEST)} deep`, this.at);
    const options = [this.sequence(depth)];
    while (this.take('|')) options.push(this.sequence(depth));
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'either', options };
  }

  private sequence(depth: number): Node {
    const parts: Node[] = [];
    while (!this.ended && !'|)'.includes(this.text.charAt(this.at))) parts.push(this.repeated(this.atom(depth)));
    return { kind: 'sequence', parts };
  }

  private repeated(node: Node): Node {
    const at = this.at;
    const bounds = this.bounds();
    if (bounds === undefined) return node;
    if (node.kind === 'assert') throw new PatternError('there is nothing to repeat here', at);
    this.take('?'); // lazy or not, the same lines match
    if (this.take('+')) throw new PatternError('possessive quantifiers are not supported', at);
    const again = this.bounds();
    if (again) throw new PatternError('a quantifier follows a quantifier', this.at - 1);
    return { kind: 'repeat', node, ...bounds };
  }

  private bounds(): { readonly from: number; readonly to: number | null } | undefined {
    if (this.take('*')) return { from: 0, to: null };
    if (this.take('+')) return { from: 1, to: null };
    if (this.take('?')) return { from: 0, to: 1 };
    const [whole, low, comma, high] =
      /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.text.slice(this.at, this.at + 12)) ?? [];
    if (whole === undefined) return undefined;
    const from = Number(low);
    const to = comma === undefined ? from : high === undefined ? null : Number(high);
    if (Math.max(from, to ?? 0) > REPEATS_AT_MOST)
      throw new PatternError(`at most ${String(REPEATS_AT_MOST)} repetitions can be asked for`, this.at);
    if (to !== null && to < from) throw new PatternError('the first number is larger than the second', this.at);
    this.at += whole.length;
    return { from, to };
  }

  private atom(depth: number): Node {
    const at = this.at;
    const char = this.next();
    switch (char) {
      case '(':
        return this.group(depth, at);
      case '[':
        return this.brackets(at);
      case '.':
        return { kind: 'set', ranges: [[0, LAST]], negated: false };
      case '^':
        return { kind: 'assert', at: 'start' };
      case '$':
        return { kind: 'assert', at: 'end' };
      case '*':
      case '+':
      case '?':
        throw new PatternError('there is nothing to repeat here', at);
      case '\\':
        return this.escape(at);
      default:
        return single(char.codePointAt(0) ?? 0);
    }
  }

  private group(depth: number, at: number): Node {
    if (this.take('?')) {
      if (/^(?:<?[=!])/.test(this.text.slice(this.at)))
        throw new PatternError(
          'lookahead and lookbehind are not supported: each added line is matched in one pass',
          at,
        );
      const [named] = /^P?<[A-Za-z]\w*>/.exec(this.text.slice(this.at, this.at + 80)) ?? [];
      if (named !== undefined) this.at += named.length;
      else if (!this.take(':')) throw new PatternError('only (?:…), (?<name>…) and a leading (?i) are supported', at);
    }
    const node = this.either(depth + 1);
    if (!this.take(')')) throw new PatternError('this ( is never closed', at);
    return node;
  }

  private escape(at: number): Node {
    const char = this.next();
    if (char === 'b') return { kind: 'assert', at: 'edge' };
    if (char === 'B') return { kind: 'assert', at: 'inside' };
    if (/[1-9k]/.test(char))
      throw new PatternError('references to groups are not supported: each added line is matched in one pass', at);
    const ranges = classOf(char) ?? [this.codeOf(char, at)];
    return { kind: 'set', ranges, negated: false };
  }

  private codeOf(char: string, at: number): Range {
    const control = Object.hasOwn(CONTROL, char) ? CONTROL[char] : undefined;
    if (control !== undefined) return [control, control];
    if (char === 'x' || char === 'u') {
      const [whole, hex] =
        /^(?:\{([0-9a-fA-F]{1,6})\})/.exec(this.text.slice(this.at, this.at + 9)) ??
        (char === 'x' ? /^([0-9a-fA-F]{2})/ : /^([0-9a-fA-F]{4})/).exec(this.text.slice(this.at, this.at + 4)) ??
        [];
      const code = Number.parseInt(hex ?? '', 16);
      if (whole === undefined || !(code <= LAST))
        throw new PatternError(`hexadecimal digits are expected after \\${char}`, at);
      this.at += whole.length;
      return [code, code];
    }
    if (/[A-Za-z0-9]/.test(char)) throw new PatternError(`\\${char} is not supported`, at);
    const code = char.codePointAt(0);
    if (code === undefined) throw new PatternError('a \\ stands at the end', at);
    return [code, code];
  }

  private brackets(at: number): Node {
    const negated = this.take('^');
    const ranges: Range[] = [];
    for (let first = true; ; first = false) {
      if (this.ended) throw new PatternError('this [ is never closed', at);
      if (!first && this.take(']')) return { kind: 'set', ranges, negated };
      const here = this.at;
      const from = this.member();
      if (!('code' in from) || this.text.charAt(this.at) !== '-' || ['', ']'].includes(this.text.charAt(this.at + 1))) {
        ranges.push(...from.ranges);
        continue;
      }
      this.at++;
      const to = this.member();
      if (!('code' in to) || to.code < from.code) throw new PatternError('this range is the wrong way round', here);
      ranges.push([from.code, to.code]);
    }
  }

  private member(): { readonly ranges: readonly Range[]; readonly code?: number } {
    const at = this.at;
    const char = this.next();
    if (char !== '\\') {
      const code = char.codePointAt(0) ?? 0;
      return { ranges: [[code, code]], code };
    }
    const escaped = this.next();
    const ranges = classOf(escaped);
    if (ranges) return { ranges };
    const [code] = escaped === 'b' ? [8] : this.codeOf(escaped, at);
    return { ranges: [[code, code]], code };
  }

  /** The next whole character. */
  private next(): string {
    const char = String.fromCodePoint(...(this.ended ? [] : [this.text.codePointAt(this.at) ?? 0]));
    this.at += char.length;
    return char;
  }

  private take(char: string): boolean {
    if (this.text.charAt(this.at) !== char) return false;
    this.at += char.length;
    return true;
  }
}

const single = (code: number): Node => ({ kind: 'set', ranges: [[code, code]], negated: false });

function classOf(letter: string): readonly Range[] | undefined {
  switch (letter) {
    case 'd':
      return DIGITS;
    case 'D':
      return complement(DIGITS);
    case 'w':
      return WORD;
    case 'W':
      return complement(WORD);
    case 's':
      return SPACE;
    case 'S':
      return complement(SPACE);
    default:
      return undefined;
  }
}
