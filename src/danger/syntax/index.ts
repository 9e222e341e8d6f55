/**
 * Syntax trees of many languages. Each grammar is loaded when its language first occurs. Bounded for hostile texts.
 */
import type { Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { Tools } from '../types';
import { editsBetween } from './line-edits-between-texts';
import type { Language } from './languages';
import { loadParser } from './load-parser';
import { NODES_AT_MOST, SyntaxNode, type Source } from './syntax-node';

export { languageOf, type Language } from './languages';
export { DEPTH_AT_MOST, NODES_AT_MOST, SyntaxNode } from './syntax-node';

/** Longer texts are not parsed. Characters. */
export const TEXT_AT_MOST = 500_000;
/** After how much the parser gives a text up. */
export interface ParseLimits {
  /**
   * How often the parser may report its progress. A typical file of 2,000 lines takes some 700 reports; the number grows
   * linearly.
   */
  readonly reports: number;
  /**
   * Texts crafted to be slow cost more per report: recovering from a flat run of errors takes time quadratic in its
   * length. Milliseconds; a typical file takes 50.
   */
  readonly ms: number;
}

export const PARSE_LIMITS: ParseLimits = { reports: 20_000, ms: 5000 };

const parsers = new Map<Language, Promise<Parser>>();

/** The tree of a longer text is not kept. Characters. */
const KEPT_AT_MOST = 200_000;
/** The text that was parsed last: the next one is mostly its other side, or what somebody has made of it since. */
let last: { readonly language: Language; readonly text: string; readonly tree: Tree } | undefined;

/**
 * Passes the root of the text's syntax tree to `read` and returns its result. The tree is freed later, so `read`
 * must not let nodes escape. Undefined when the text is too large or too complex to be parsed. Calls `tools.cutOff`
 * then, and when a part of the tree was not shown. Throws when a grammar is missing.
 */
export async function withSyntax<Answer>(
  language: Language,
  text: string,
  tools: Tools,
  read: (root: SyntaxNode) => Answer,
  limits: ParseLimits = PARSE_LIMITS,
): Promise<Answer | undefined> {
  if (text.length > TEXT_AT_MOST) {
    tools.cutOff?.(text);
    return undefined;
  }
  const parser = await parserOf(language, tools);
  // No await from here to the end: parsers and the last tree are shared.
  const tree = fromLast(parser, language, text, limits) ?? parsed(parser, text, null, limits);
  if (tree === null) {
    tools.cutOff?.(text);
    return undefined;
  }
  const source: Source = { text, left: NODES_AT_MOST };
  try {
    return read(new SyntaxNode(tree.rootNode, source, 0, undefined));
  } finally {
    if (source.cut === true) tools.cutOff?.(text);
    if (text.length > KEPT_AT_MOST || tree.rootNode.hasError) tree.delete();
    else last = { language, text, tree };
  }
}

/**
 * The tree of a text that has most lines in common with the last one, whose tree is used up. Undefined for any other,
 * and where one of them has errors: how the parser goes on after an error depends on the tree that it begins with.
 */
function fromLast(parser: Parser, language: Language, text: string, limits: ParseLimits): Tree | undefined {
  const known = last;
  if (known === undefined) return undefined;
  last = undefined;
  try {
    const edits = known.language === language ? editsBetween(known.text, text) : undefined;
    if (edits === undefined) return undefined;
    for (const edit of edits) known.tree.edit(edit);
    const tree = parsed(parser, text, known.tree, limits);
    if (tree?.rootNode.hasError !== true) return tree ?? undefined;
    tree.delete();
    return undefined;
  } finally {
    known.tree.delete();
  }
}

function parsed(
  parser: Parser,
  text: string,
  old: Tree | null,
  { reports: reportsAtMost, ms }: ParseLimits,
): Tree | null {
  let reports = 0;
  const until = performance.now() + ms;
  const tree = parser.parse(text, old, {
    progressCallback: () => ++reports > reportsAtMost || (reports % 50 === 0 && performance.now() > until),
  });
  if (tree === null) parser.reset();
  return tree;
}

function parserOf(language: Language, tools: Tools): Promise<Parser> {
  const parser = parsers.get(language) ?? loadParser(language, tools);
  parsers.set(language, parser);
  parser.catch(() => parsers.delete(language)); // what is missing now may be there next time
  return parser;
}
