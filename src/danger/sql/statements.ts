/**
 * Splits SQL into statements: by `;`, by the client's own separators (`GO`, `/`, `DELIMITER`), and where T-SQL needs
 * none.
 */
import { wordSet } from '../../base/patterns';
import { tokensOf } from './tokens';
import type { Statement, Token } from './types';

/** A line that is a client's separator, or a command of psql (`\d users`) or SQL*Plus, is not SQL. */
const CLIENT_LINE =
  /^[ \t]*(?:GO(?:[ \t]+\d+)?|\/)[ \t]*;?[ \t]*\r?$|^[ \t]*\\[^\n]*$|^[ \t]*DELIMITER[ \t]+(\S{1,16})[ \t]*\r?$/gim;
const ROUTINE = new Set(['FUNCTION', 'PROCEDURE', 'PROC', 'TRIGGER', 'EVENT', 'PACKAGE', 'AGGREGATE', 'RULE']);
const OPENS = new Set(['BEGIN', 'CASE', 'IF', 'LOOP', 'WHILE', 'REPEAT']);
/** A verb after one of these continues the current statement. */
const GOES_ON = wordSet('THEN AS ON AFTER BEFORE OR OF FOR EXPLAIN ANALYZE VERBOSE TO DO , INSTEAD ALSO EVENT )');

/** The statements of a text, in order, each with the line on which it starts. */
export function statementsOf(text: string): readonly Statement[] {
  return batchesOf(text).flatMap(({ text: batch, line, ends }) => cut(tokensOf(batch), line - 1, ends));
}

interface Batch {
  readonly text: string;
  readonly line: number;
  /** A client's separator ends it: a routine extends that far. */
  readonly ends: boolean;
}

function batchesOf(text: string): readonly Batch[] {
  const batches: Batch[] = [];
  let start = 0;
  let line = 1;
  let delimiter = '';
  const piece = (end: number, ends: boolean): void => {
    const batch = text.slice(start, end);
    if (/\S/.test(batch)) batches.push({ text: batch, line, ends });
    skip(end);
  };
  const skip = (end: number): void => {
    for (; start < end; start++) if (text.charCodeAt(start) === 10) line++;
  };
  const add = (end: number, ends: boolean): void => {
    while (delimiter !== '') {
      const next = text.indexOf(delimiter, start);
      if (next === -1 || next >= end) break;
      piece(next, true);
      skip(next + delimiter.length);
    }
    piece(end, ends);
  };
  for (const found of text.matchAll(CLIENT_LINE)) {
    const command = found[0].trimStart();
    if (command.startsWith('\\') && !/^\\[a-z!?]/i.test(command)) continue;
    if (delimiter !== '' && found[1] === undefined) continue;
    add(found.index, /^(?:GO|\/)/i.test(command));
    if (found[1] !== undefined) delimiter = found[1] === ';' ? '' : found[1];
    skip(found.index + found[0].length);
  }
  add(text.length, false);
  return batches;
}

function cut(tokens: readonly Token[], lines: number, ends: boolean): readonly Statement[] {
  const statements: Statement[] = [];
  let statement: Token[] = [];
  const flush = (): void => {
    const [head] = statement;
    if (head !== undefined)
      statements.push({
        line: head.line + lines,
        tokens: lines === 0 ? statement : statement.map((token) => ({ ...token, line: token.line + lines })),
      });
    statement = [];
  };
  let depth = 0;
  let parens = 0;
  let routine = false;
  let whole = false;
  for (const [index, token] of tokens.entries()) {
    if (statement.length === 0) {
      routine = routineAt(tokens, index);
      whole = routine && ends && declares(tokens, index);
      depth = 0;
      parens = 0;
    } else if (!routine && parens === 0 && token.first && starts(tokens, index, statement)) flush();
    if (token.key === '(') parens++;
    else if (token.key === ')') parens = Math.max(0, parens - 1);
    else if (routine && !whole) {
      if (OPENS.has(token.key) && tokens[index - 1]?.key !== 'END' && tokens[index + 1]?.key !== 'EXISTS') depth++;
      else if (token.key === 'END') depth = Math.max(0, depth - 1);
    }
    if (token.key !== ';') statement.push(token);
    else if (routine && (whole || depth > 0)) statement.push(token);
    else flush();
    // a parenthesis that is never closed must not swallow the rest
    if (token.key === ';') parens = 0;
  }
  flush();
  return statements;
}

/** `CREATE [OR REPLACE] … FUNCTION`: what follows is a definition. */
function routineAt(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.key !== 'CREATE' && tokens[at]?.key !== 'ALTER') return false;
  for (const token of tokens.slice(at + 1, at + 12)) {
    if (ROUTINE.has(token.key)) return true;
    if (['TABLE', 'VIEW', 'INDEX', 'SCHEMA', 'DATABASE', ';', '('].includes(token.key)) return false;
  }
  return false;
}

/** Its body is part of the batch rather than a string. */
function declares(tokens: readonly Token[], at: number): boolean {
  for (let index = at; index < Math.min(tokens.length - 1, at + 2000); index++) {
    const key = tokens[index]?.key;
    if (key === ';') return false;
    if (key === 'BEGIN') return true;
    if ((key === 'AS' || key === 'IS') && !['string', 'body'].includes(tokens[index + 1]?.kind ?? '')) return true;
  }
  return false;
}

/** A verb at the start of a line that cannot belong to what precedes it: the separator is missing. */
function starts(tokens: readonly Token[], at: number, statement: readonly Token[]): boolean {
  const head = statement[0]?.key;
  const key = tokens[at]?.key;
  const next = tokens[at + 1];
  if (
    head === 'EXPLAIN' ||
    head === 'ALTER' ||
    head === 'GRANT' ||
    head === 'REVOKE' ||
    head === 'MERGE' ||
    GOES_ON.has(tokens[at - 1]?.key ?? '')
  ) {
    // an action of ALTER and a privilege of GRANT look like verbs; whole statements do not
    const again = tokens[at + 2];
    if (head !== 'ALTER' || next?.key !== 'TABLE' || (key !== 'ALTER' && key !== 'DROP') || again === undefined)
      return false;
    return true;
  }
  if (head === 'WITH' && tokens[at - 1]?.key === ')') return false;
  if (key === 'DROP')
    return ['TABLE', 'VIEW', 'DATABASE', 'SCHEMA', 'INDEX', 'USER', 'PROCEDURE', 'FUNCTION', 'TYPE'].includes(
      next?.key ?? '',
    );
  if (key === 'DELETE') return next?.key === 'FROM';
  if (key === 'TRUNCATE' || key === 'ALTER' || key === 'CREATE') return next?.key === 'TABLE';
  if (key === 'UPDATE')
    return (
      (next?.kind === 'word' || next?.kind === 'name') &&
      next.key !== 'SET' &&
      tokens.slice(at + 2, at + 7).some((token) => token.key === 'SET')
    );
  return key === 'INSERT' && next?.key === 'INTO';
}
