/**
 * Syntax trees of many languages. Each grammar is loaded when its language first occurs. Bounded for hostile texts.
 */
import type { Parser } from '@vscode/tree-sitter-wasm';
import type { Tools } from '../types';
import type { Language } from './languages';
import { loadParser } from './load';
import { NODES_AT_MOST, SyntaxNode, type Source } from './node';

export { languageOf, type Language } from './languages';
export { DEPTH_AT_MOST, NODES_AT_MOST, SyntaxNode } from './node';

/** Longer texts are not parsed. Characters. */
export const TEXT_AT_MOST = 500_000;
/**
 * How often the parser may report its progress. A typical file of 2,000 lines takes some 700 reports; the number grows
 * linearly.
 */
const REPORTS_AT_MOST = 20_000;

/**
 * Texts crafted to be slow cost more per report: recovering from a flat run of errors takes time quadratic in its
 * length. Milliseconds; a typical file takes 50.
 */
const PARSE_MS_AT_MOST = 5000;

const parsers = new Map<Language, Promise<Parser>>();

/**
 * Passes the root of the text's syntax tree to `read` and returns its result. The tree is freed afterwards, so `read`
 * must not let nodes escape. Undefined when the text is too large or too complex to be parsed. Calls `tools.cutOff`
 * then, and when a part of the tree was not shown. Throws when a grammar is missing.
 */
export async function withSyntax<Answer>(
  language: Language,
  text: string,
  tools: Tools,
  read: (root: SyntaxNode) => Answer,
  reportsAtMost = REPORTS_AT_MOST,
): Promise<Answer | undefined> {
  if (text.length > TEXT_AT_MOST) {
    tools.cutOff?.(text);
    return undefined;
  }
  const parser = await parserOf(language, tools);
  let reports = 0;
  const until = performance.now() + PARSE_MS_AT_MOST;
  // No await from here to the end: parsers are shared.
  const tree = parser.parse(text, null, {
    progressCallback: () => ++reports > reportsAtMost || (reports % 50 === 0 && performance.now() > until),
  });
  if (tree === null) {
    parser.reset();
    tools.cutOff?.(text);
    return undefined;
  }
  const source: Source = { text, left: NODES_AT_MOST };
  try {
    return read(new SyntaxNode(tree.rootNode, source, 0, undefined));
  } finally {
    if (source.cut === true) tools.cutOff?.(text);
    tree.delete();
  }
}

function parserOf(language: Language, tools: Tools): Promise<Parser> {
  const parser = parsers.get(language) ?? loadParser(language, tools);
  parsers.set(language, parser);
  parser.catch(() => parsers.delete(language)); // what is missing now may be there next time
  return parser;
}
