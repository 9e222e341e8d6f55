/** Names of tables and columns, as a statement gives them. */
import { HOLE } from './tokens';
import type { Token } from './types';

/** A name and where it ends. */
export interface Named {
  /** The last part, in lower case, for comparing; empty when a template is in its place. */
  readonly name: string;
  /** All parts, short, for messages. */
  readonly shown: string;
  /** Index of the token after it. */
  readonly end: number;
}

const LONGEST = 60;

/** The name at `at`: `users`, `public."Users"`, `[dbo].[Users]`, `${schema}.users`, `#temp`. Null if there is none. */
export function nameAt(tokens: readonly Token[], at: number): Named | null {
  const parts: string[] = [];
  let last = '';
  let index = at;
  for (;;) {
    const token = tokens[index];
    if (token === undefined || !isName(token)) break;
    last = token.kind === 'hole' ? '' : token.text;
    parts.push(token.kind === 'hole' ? '…' : token.text);
    index++;
    // a template may be part of a name: `${prefix}_users`
    while (
      tokens[index]?.kind === 'hole' &&
      tokens[index]?.line === token.line &&
      tokens[index]?.first === false &&
      parts.length < 8 &&
      token.kind === 'hole'
    )
      index++;
    if (tokens[index]?.key !== '.') break;
    index++;
  }
  if (parts.length === 0) return null;
  return { name: last.toLowerCase(), shown: cutShort(parts.join('.')), end: index };
}

/** Names with commas between them. */
export function namesAt(tokens: readonly Token[], at: number): readonly Named[] {
  const names: Named[] = [];
  let index = at;
  for (;;) {
    const named = nameAt(tokens, tokens[index]?.key === 'ONLY' ? index + 1 : index);
    if (named === null) break;
    names.push(named);
    index = tokens[named.end]?.key === '*' ? named.end + 1 : named.end;
    if (tokens[index]?.key !== ',') break;
    index++;
  }
  return names;
}

const isName = ({ kind }: Token): boolean => kind === 'word' || kind === 'name' || kind === 'hole' || kind === 'string';

/** For messages: one line, no control characters, not long. */
export function cutShort(text: string): string {
  const clean = text
    .replaceAll(HOLE, '…')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}

/** After `IF EXISTS`, `IF NOT EXISTS`. */
export function afterIf(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.key !== 'IF') return at;
  return tokens[at + 1]?.key === 'NOT' ? at + 3 : at + 2;
}

/** Index after the parenthesis that opens at `at`; the end when it is not closed. */
export function afterParens(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    if (tokens[index]?.key === '(') depth++;
    else if (tokens[index]?.key === ')' && --depth <= 0) return index + 1;
  }
  return tokens.length;
}

/** The parts between commas outside parentheses. */
export function byComma(tokens: readonly Token[]): readonly (readonly Token[])[] {
  return split(tokens, (token) => token.key === ',');
}

/** The parts between separators outside parentheses and brackets; empty ones are left out. */
export function split(
  tokens: readonly Token[],
  separates: (token: Token, index: number) => boolean,
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const closes = token.key === ')' || token.key === ']';
    if (token.key === '(' || token.key === '[') depth++;
    else if (closes) depth = Math.max(0, depth - 1);
    if (depth === 0 && !closes && separates(token, index)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** After `IF EXISTS` and `ONLY`. */
export function afterOnly(tokens: readonly Token[], at: number): number {
  const start = afterIf(tokens, at);
  return tokens[start]?.key === 'ONLY' ? start + 1 : start;
}
