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
  const module: Partial<Memory> & { readonly wasmBinary: Uint8Array; readonly locateFile: (file: string) => string } = {
    wasmBinary: await tools.grammar(RUNTIME),
    locateFile: (file: string) => file,
  };
  await TreeSitter.Parser.init(module);
  if (IS_LITTLE_ENDIAN && isMemory(module)) shorten(module);
  return TreeSitter;
}

/** As the parser's memory is, whatever machine it is on. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** What the parser's module exports for its memory. */
interface Memory {
  HEAP32: Int32Array;
  getValue: (at: number, type?: string) => number;
  setValue: (at: number, value: number, type?: string) => void;
}

const isMemory = (module: Partial<Memory>): module is Memory =>
  module.HEAP32 !== undefined && module.getValue !== undefined && module.setValue !== undefined;

/** Each step to a node reads and writes numbers in the parser's memory: its own functions look at their type by its name, twice. */
function shorten(module: Memory): void {
  const { getValue, setValue } = module;
  module.getValue = (at, type) => (type === 'i32' ? (module.HEAP32[at >> 2] ?? 0) : getValue(at, type));
  module.setValue = (at, value, type) => {
    if (type === 'i32') module.HEAP32[at >> 2] = value;
    else setValue(at, value, type);
  };
}
