/** Reads the resources of a Bicep file as data. Expressions stay text; what it does not know it skips. */
import { textOnLine, type Tree } from '../../yaml-and-json';

const DEEPEST = 60;

/** Resources by their symbolic names, each with its `type` next to its properties. */
export function readBicep(text: string): ReadonlyMap<string, Tree> {
  const found = new Map<string, Tree>();
  if (text.length > 500_000) return found;
  let counted = 0;
  let line = 1;
  for (const match of text.matchAll(
    /^[ \t]*resource[ \t]+(\w+)[ \t]+'([^'\n]+)'[ \t]*(existing)?[ \t]*=[ \t]*(?:if[ \t]*\([^\n]*\)[ \t]*)?(?:\[for[^\n:]*:[ \t]*)?(?=\{)/gm,
  )) {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < match.index; at = text.indexOf('\n', counted)) {
      line += 1;
      counted = at + 1;
    }
    if (match[3] !== undefined) continue;
    const reader = new Reader(text, match.index + match[0].length, line);
    const body = reader.value(line, 0);
    const type: Tree = textOnLine((match[2] ?? '').replace(/@.*$/, ''), line);
    if (body.map !== null) found.set(match[1] ?? '', { ...body, map: new Map([...body.map, ['type', type]]) });
  }
  return found;
}

class Reader {
  constructor(
    private readonly text: string,
    private at: number,
    private line: number,
  ) {}

  value(line: number, depth: number): Tree {
    this.spaces(false);
    const tree: Tree = { line, textLine: this.line, tag: null, text: '', map: null, list: null };
    const sign = this.text[this.at];
    if (depth < DEEPEST && sign === '{') return { ...tree, text: null, map: this.object(depth) };
    if (depth < DEEPEST && sign === '[' && !this.text.startsWith('[for', this.at))
      return { ...tree, text: null, list: this.array(depth) };
    return { ...tree, text: this.expression() };
  }

  private object(depth: number): ReadonlyMap<string, Tree> {
    const map = new Map<string, Tree>();
    this.at += 1;
    for (;;) {
      this.spaces(true);
      if (this.at >= this.text.length || this.text[this.at] === '}') break;
      const [word, key] = /^(?:([\w.]+)|'([^'\n]*)')[ \t]*:/.exec(this.text.slice(this.at, this.at + 300)) ?? [];
      const name = key ?? word?.replace(/^'|'[ \t]*:$/g, '');
      if (word === undefined || name === undefined) {
        this.expression();
        if (this.text[this.at] === ']' || this.text[this.at] === ')') this.at += 1;
        continue;
      }
      this.at += word.length;
      map.set(name, this.value(this.line, depth + 1));
    }
    this.at += 1;
    return map;
  }

  private array(depth: number): readonly Tree[] {
    const list: Tree[] = [];
    this.at += 1;
    for (;;) {
      this.spaces(true);
      if (this.at >= this.text.length || this.text[this.at] === ']') break;
      if (this.text[this.at] === '}' || this.text[this.at] === ')') {
        this.at += 1;
        continue;
      }
      list.push(this.value(this.line, depth + 1));
    }
    this.at += 1;
    return list;
  }

  /** Up to the end of the line or of the enclosing bracket; a string without its quotes. */
  private expression(): string {
    const from = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const sign = this.text[this.at] ?? '';
      if (this.text.startsWith("'''", this.at)) {
        const end = this.text.indexOf("'''", this.at + 3);
        this.skip(end === -1 ? this.text.length : end + 2);
      } else if (sign === "'") this.quoted();
      else if ('([{'.includes(sign)) open += 1;
      else if (')]}'.includes(sign)) {
        if (open === 0) break;
        open -= 1;
      } else if (sign === '\n') {
        if (open === 0) break;
        this.line += 1;
      } else if (open === 0 && (sign === ',' || this.text.startsWith('//', this.at))) break;
    }
    return this.text
      .slice(from, this.at)
      .trim()
      .slice(0, 2_000)
      .replace(/^'([^']*)'$/, '$1');
  }

  private quoted(): void {
    for (
      this.at += 1;
      this.at < this.text.length && this.text[this.at] !== "'" && this.text[this.at] !== '\n';
      this.at += 1
    )
      if (this.text[this.at] === '\\') this.at += 1;
    if (this.text[this.at] === '\n') this.at -= 1;
  }

  /** Spaces and comments; also line ends and commas between items. */
  private spaces(lines: boolean): void {
    for (; this.at < this.text.length; this.at += 1) {
      const sign = this.text[this.at] ?? '';
      if (this.text.startsWith('//', this.at))
        this.skip((this.text.indexOf('\n', this.at) + 1 || this.text.length + 1) - 2);
      else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        this.skip(end === -1 ? this.text.length : end + 1);
      } else if (sign === '\n' || sign === ',') {
        if (!lines) return;
        if (sign === '\n') this.line += 1;
      } else if (!/\s/.test(sign)) return;
    }
  }

  private skip(to: number): void {
    for (; this.at < to; this.at += 1) if (this.text[this.at] === '\n') this.line += 1;
  }
}
