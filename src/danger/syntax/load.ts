/** Loads the parser and its grammars. A bundle of its own: it is only loaded when something is parsed. */
import TreeSitter, { type Parser } from '@vscode/tree-sitter-wasm';
import type { Tools } from '../types';
import { GRAMMARS, RUNTIME, type Language } from './languages';

let runtime: Promise<typeof TreeSitter> | undefined;

/** A new parser for a language. Throws when the grammar or the parser's module is missing. */
export async function loadParser(language: Language, tools: Tools): Promise<Parser> {
  runtime ??= loadRuntime(tools);
  runtime.catch(() => (runtime = undefined)); // what is missing now may be there next time
  const { Language: Grammar, Parser } = await runtime;
  const grammar = await Grammar.load(await tools.grammar(GRAMMARS[language]));
  return new Parser().setLanguage(grammar);
}

async function loadRuntime(tools: Tools): Promise<typeof TreeSitter> {
  const options = { wasmBinary: await tools.grammar(RUNTIME), locateFile: (file: string) => file };
  await TreeSitter.Parser.init(options);
  return TreeSitter;
}
