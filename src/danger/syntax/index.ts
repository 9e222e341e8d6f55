/**
 * Syntax trees of many languages, by grammars that are loaded when their language is there. Bounded for hostile texts.
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
 * So often the parser may report its progress. A usual file of 2,000 lines takes some 700 reports, and their number
 * grows evenly.
 */
export const REPORTS_AT_MOST = 20_000;

/**
 * Texts that are made to be slow cost more with each report: mending a flat run of errors takes the square of its
 * length. Milliseconds; a usual file takes 50.
 */
const PARSE_MS_AT_MOST = 5000;

const parsers = new Map<Language, Promise<Parser>>();

/**
 * Hands the root of the text's syntax tree to `read` and gives what that gives; the tree is gone afterwards, so `read`
 * must not give nodes away. Undefined when the text is too large or too tangled to be parsed. Where it is, or a part of
 * its tree was not shown, `tools.cutOff` is told. Throws when a grammar is not there.
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
  // From here to the end nothing waits: parsers are shared.
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
  parser.catch(() => parsers.delete(language)); // what is not there now may be there the next time
  return parser;
}
