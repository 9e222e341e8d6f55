/**
 * Splits SQL into tokens, whatever the dialect: PostgreSQL, MySQL, SQLite, T-SQL, Oracle and others. Broken text is
 * fine. Every pattern is sticky and linear, and every character is examined a bounded number of times.
 */
import { wordSet } from '../../base/patterns';
import { once } from '../lazy-value';
import type { Token, TokenKind } from './types';

/** More are not read: nobody writes that much by hand. */
const TOKENS_AT_MOST = 300_000;
/** After this many unclosed dollar quotes no end is searched for: each search runs to the end of the text. */
const UNCLOSED_AT_MOST = 40;
/** Marks a template's place in a program's string. */
export const HOLE = '\uFFFC';

const SPACE = /[^\S\n]+/y;
/** Made when first asked, as below: reading `\p{L}` takes longer than all other patterns together. */
const WORD = once(() => /[@#\p{L}_][\p{L}\p{N}_$#@]*/uy);
const NUMBER = /\d[\w.]*/y;
const LINE_COMMENT = /--[^\n]*/y;
/** `#` starts a comment in MySQL, a temporary table in T-SQL, an operator in PostgreSQL. */
const HASH_COMMENT = /#(?=\s|$)[^\n]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_]\w{0,60})?\$/y;
const TEMPLATE =
  /\$\{[^}\n]{0,200}\}|\{\{[^\n]{0,200}?\}\}|\{%[^\n]{0,200}?%\}|\$\([A-Za-z_]\w{0,60}\)|<%=?[^\n]{0,200}?%>/y;
const TEMPLATE_STARTS = new Set(['$', '{', '<']);
const BRACKETED = once(() => /\[[\p{L}_#@][^\]\n'"]{0,127}\]/uy);
const SYMBOL = /::|:=|<=|>=|<>|!=|\|\||[^\s]/y;
/** Keywords that a comment may have been inserted into, to hide them. */
const HIDDEN = wordSet('DROP DELETE TRUNCATE UPDATE ALTER GRANT TABLE DATABASE SCHEMA COLUMN');

interface Reading {
  readonly text: string;
  at: number;
  line: number;
  first: boolean;
  /** Where a comment ended, and the token before it: `DR/**\/OP` is one word to some servers. */
  glued: number;
  /** Unclosed dollar quotes. */
  unclosed: number;
  readonly tokens: Token[];
}

/** The tokens of a text, in order. */
export function tokensOf(text: string): readonly Token[] {
  const reading: Reading = { text, at: 0, line: 1, first: true, glued: -1, unclosed: 0, tokens: [] };
  while (reading.at < text.length && reading.tokens.length < TOKENS_AT_MOST) step(reading);
  return reading.tokens;
}

function step(reading: Reading): void {
  const { text, at } = reading;
  const char = text.charAt(at);
  if (char === '\n') {
    reading.at++;
    reading.line++;
    reading.first = true;
    return;
  }
  if (
    skip(reading, SPACE) ||
    (char === '-' && skip(reading, LINE_COMMENT)) ||
    (char === '#' && skip(reading, HASH_COMMENT))
  )
    return;
  if (char === '/' && text.charAt(at + 1) === '*') return blockComment(reading);
  // the end of MySQL's `/*! … */`, whose content is executed
  if (char === '*' && text.charAt(at + 1) === '/') return advance(reading, at + 2);
  if (char === "'") return quoted(reading, 'string', "'", false);
  if (char === '"') return quoted(reading, 'name', '"', false);
  if (char === '`') return quoted(reading, 'name', '`', false);
  if (char === HOLE) return put(reading, 'hole', '', at + 1);
  const template = TEMPLATE_STARTS.has(char) ? match(TEMPLATE, text, at) : null;
  if (template !== null) return put(reading, 'hole', template, at + template.length);
  if (char === '$' && dollar(reading)) return;
  if (char === '[' && !/[\w\])"]/.test(text.charAt(at - 1))) {
    const name = match(BRACKETED(), text, at);
    if (name !== null) return put(reading, 'name', name.slice(1, -1), at + name.length);
  }
  const word = match(WORD(), text, at);
  if (word !== null) return prefixed(reading, word);
  const number = match(NUMBER, text, at);
  if (number !== null) return put(reading, 'number', number, at + number.length);
  const symbol = match(SYMBOL, text, at) ?? char;
  put(reading, 'symbol', symbol, at + symbol.length);
}

/** A word, or the letter before a string: `E'…'`, `N'…'`, `U&"…"`. */
function prefixed(reading: Reading, word: string): void {
  const end = reading.at + word.length;
  if (word.length === 1 && /[eEnNbBxXqQ]/.test(word) && reading.text.charAt(end) === "'") {
    reading.at = end;
    return quoted(reading, 'string', "'", /[eE]/.test(word));
  }
  const last = reading.tokens.at(-1);
  if (reading.glued === reading.at && last?.kind === 'word' && HIDDEN.has(last.key + word.toUpperCase())) {
    reading.tokens.pop();
    const whole = last.text + word;
    reading.tokens.push({ ...last, text: whole, key: whole.toUpperCase() });
    return advance(reading, end);
  }
  put(reading, 'word', word, end);
}

function blockComment(reading: Reading): void {
  const { text, at } = reading;
  const version = /\/\*[!+]\d{0,6}/y;
  const runs = match(version, text, at);
  // MySQL executes `/*! … */`; `/*+ … */` is a hint, and a comment
  if (runs?.charAt(2) === '!') return advance(reading, at + runs.length);
  const touches = at > 0 && /\w/.test(text.charAt(at - 1));
  advance(reading, endOfComment(text, at));
  if (touches) reading.glued = reading.at;
}

/**
 * The offset after the comment. Nested comments count, as in PostgreSQL, when they are balanced; otherwise it ends at
 * the first end mark.
 */
function endOfComment(text: string, from: number): number {
  const first = text.indexOf('*/', from + 2);
  if (first === -1) return text.length;
  const inner = text.indexOf('/*', from + 2);
  if (inner === -1 || inner > first) return first + 2;
  let depth = 1;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from + 2;
  for (let found = edge.exec(text), count = 0; found !== null && count < 60; found = edge.exec(text), count++) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return first + 2;
}

function quoted(reading: Reading, kind: TokenKind, quote: string, escapes: boolean): void {
  const { text } = reading;
  const start = reading.at + 1;
  let at = start;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) return put(reading, kind, text.slice(start), text.length);
    if (text.charAt(end + 1) === quote) at = end + 2;
    else if (text.charAt(end - 1) === '\\' && end > start && escaped(text, start, end, escapes)) at = end + 1;
    else return put(reading, kind, text.slice(start, end), end + 1);
  }
}

/**
 * A backslash before a quote: an escape in MySQL and in `E'…'`; in an unknown dialect, if the string seems to continue.
 */
function escaped(text: string, start: number, end: number, sure: boolean): boolean {
  let slashes = 0;
  while (slashes < 100 && end - 1 - slashes >= start && text.charAt(end - 1 - slashes) === '\\') slashes++;
  if (slashes % 2 === 0) return false;
  return sure || !/^[\s,);]?$/.test(text.charAt(end + 1));
}

function dollar(reading: Reading): boolean {
  const { text, at } = reading;
  const tag = match(DOLLAR_TAG, text, at);
  if (tag === null || /\w/.test(text.charAt(at - 1))) return false;
  const end = reading.unclosed < UNCLOSED_AT_MOST ? text.indexOf(tag, at + tag.length) : -1;
  if (end === -1) reading.unclosed++;
  if (end === -1) return false;
  put(reading, 'body', text.slice(at + tag.length, end), end + tag.length);
  return true;
}

function put(reading: Reading, kind: TokenKind, text: string, end: number): void {
  const key = kind === 'word' ? text.toUpperCase() : kind === 'symbol' ? text : '';
  reading.tokens.push({ kind, text, key, line: reading.line, first: reading.first });
  advance(reading, end);
  reading.first = false;
}

function skip(reading: Reading, pattern: RegExp): boolean {
  const found = match(pattern, reading.text, reading.at);
  if (found === null) return false;
  reading.at += found.length;
  return true;
}

function advance(reading: Reading, end: number): void {
  for (let at = reading.at; at < end; at++) if (reading.text.charCodeAt(at) === 10) reading.line++;
  reading.at = end;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
