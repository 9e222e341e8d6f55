/** String literals in programs, with a mark where a value is interpolated at run time. */
import { wordSet } from '../../base/patterns';
import { HOLE } from '../sql';
import type { SyntaxNode } from '../syntax';
import type { Text } from './types';

const STRINGS = wordSet(`
  string template_string interpreted_string_literal raw_string_literal string_literal encapsed_string
  concatenated_string chained_string heredoc nowdoc text_block heredoc_beginning
`);
const CONTENT = wordSet(`
  string_content string_fragment interpreted_string_literal_content raw_string_literal_content escape_sequence
  multiline_string_fragment heredoc_content nowdoc_string string_value
`);
const HOLES = wordSet(`
  interpolation template_substitution variable_name dynamic_variable_name member_access_expression
  subscript_expression
`);
const JOINS = new Set(['binary_operator', 'binary_expression', 'binary']);
const DEEPEST = 40;

/** The string that a node is or concatenates; null when it is not a string. */
export function stringOf(node: SyntaxNode, bodies: readonly SyntaxNode[] = [], depth = 0): Text | null {
  if (depth > DEEPEST) return null;
  if (node.type === 'heredoc_beginning') {
    const body = bodies.find(({ start }) => start >= node.end);
    return body === undefined ? null : { value: contentOf(body), line: body.startLine };
  }
  if (STRINGS.has(node.type)) return { value: contentOf(node), line: node.startLine };
  if (JOINS.has(node.type)) {
    const operator = node.children.find(({ named }) => !named)?.type;
    const [leftSide, rightSide] = node.namedChildren;
    if (
      leftSide === undefined ||
      rightSide === undefined ||
      (operator !== '+' && operator !== '.' && operator !== '%' && operator !== '<<')
    )
      return null;
    const first = stringOf(leftSide, bodies, depth + 1);
    const second = stringOf(rightSide, bodies, depth + 1);
    if (first === null && second === null) return null;
    if (operator === '%')
      return first === null ? null : { ...first, value: first.value.replace(/%(?:\(\w+\))?s/g, HOLE) };
    return { value: `${first?.value ?? HOLE}${second?.value ?? HOLE}`, line: first?.line ?? node.startLine };
  }
  // "…".format(…), `…`.trim(), sql`…`, <<~SQL.squish, ("…")
  if (['parenthesized_expression', 'argument', 'expression_list', 'await_expression'].includes(node.type)) {
    const [inner] = node.namedChildren;
    return inner === undefined ? null : stringOf(inner, bodies, depth + 1);
  }
  return null;
}

function contentOf(node: SyntaxNode): string {
  const { children } = node;
  if (!children.some(({ type }) => CONTENT.has(type) || HOLES.has(type) || STRINGS.has(type)))
    return unquoted(node.text);
  let value = '';
  for (const child of children) {
    if (child.type === 'escape_sequence') value += escaped(child.text);
    else if (CONTENT.has(child.type))
      value +=
        child.type === 'string_content' && child.children.length > 0 ? child.text.replace(/\\n/g, '\n') : child.text;
    else if (HOLES.has(child.type)) value += HOLE;
    else if (STRINGS.has(child.type)) value += contentOf(child);
    else if (child.type === 'heredoc_body') value += contentOf(child);
  }
  return value;
}

const escaped = (text: string): string => (text === '\\n' ? '\n' : text.slice(1));

const unquoted = (text: string): string => /^(?:\w{0,2}("""|'''|["'`]))([^]*)\1$/.exec(text)?.[2] ?? '';
