/** Whether a condition limits anything: `WHERE true`, `WHERE 1=1` and the like do not. */
import { split } from './names-in-statements';
import type { Token } from './types';

const ENDS = new Set(['RETURNING', 'ORDER', 'LIMIT', 'OPTION', 'GROUP', 'SETTINGS', 'ON']);
const DEEPEST = 12;

/** The condition after WHERE matches every row. So does an empty one. */
export function alwaysTrue(condition: readonly Token[], depth = 0): boolean {
  const tokens = bare(condition.slice(0, endOf(condition)));
  if (tokens.length === 0) return true;
  if (depth > DEEPEST) return false;
  const ors = split(tokens, ({ key }) => key === 'OR');
  if (ors.length > 1) return ors.some((part) => alwaysTrue(part, depth + 1));
  const ands = split(tokens, ({ key }) => key === 'AND');
  if (ands.length > 1) return ands.every((part) => alwaysTrue(part, depth + 1));
  return trivial(tokens);
}

function trivial(tokens: readonly Token[]): boolean {
  const [firstToken, two, three, four] = tokens;
  if (firstToken === undefined) return true;
  if (tokens.length === 1)
    return firstToken.key === 'TRUE' || (firstToken.kind === 'number' && Number(firstToken.text) !== 0);
  if (tokens.length === 2) return firstToken.key === 'NOT' && (two?.key === 'FALSE' || two?.text === '0');
  if (two === undefined || three === undefined) return false;
  if (tokens.length === 3 && ['=', '<=', '>=', '==', 'IS', 'LIKE'].includes(two.key)) {
    if (three.kind === 'string' && three.text === '%' && two.key === 'LIKE') return true;
    if (firstToken.kind === three.kind && firstToken.text.toLowerCase() === three.text.toLowerCase())
      return firstToken.kind !== 'hole' && firstToken.text !== '?';
  }
  if (tokens.length === 3 && isValue(firstToken) && isValue(three)) {
    if (two.key === '<>' || two.key === '!=') return firstToken.text !== three.text;
    if (two.key === '<') return Number(firstToken.text) < Number(three.text);
    if (two.key === '>') return Number(firstToken.text) > Number(three.text);
  }
  // the usual ways around a server that refuses a statement without a condition
  if (firstToken.text.toLowerCase() !== 'id') return false;
  if (tokens.length === 3 && (two.key === '>' || two.key === '>=') && three.text === '0') return true;
  return tokens.length === 4 && two.key === 'IS' && three.key === 'NOT' && four?.key === 'NULL';
}

const isValue = ({ kind }: Token): boolean => kind === 'number' || kind === 'string';

/** Without parentheses around the whole. */
function bare(tokens: readonly Token[]): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  while (
    to - from >= 2 &&
    from < DEEPEST &&
    tokens[from]?.key === '(' &&
    tokens[to - 1]?.key === ')' &&
    closes(tokens, from, to)
  ) {
    from++;
    to--;
  }
  return tokens.slice(from, to);
}

function closes(tokens: readonly Token[], from: number, to: number): boolean {
  let depth = 0;
  for (let index = from; index < to; index++) {
    if (tokens[index]?.key === '(') depth++;
    else if (tokens[index]?.key === ')' && --depth === 0) return index === to - 1;
  }
  return false;
}

/** Where the condition ends: at the first other clause outside parentheses. */
function endOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(') depth++;
    else if (key === ')') depth--;
    else if (depth <= 0 && ENDS.has(key)) return index;
  }
  return tokens.length;
}
