/**
 * The languages that can be parsed, each by a grammar that is shipped with the programs. Adding one takes one line
 * here.
 */

/** Grammar files by language, as they are named in `dist/grammars`, where each is packed and called `….br`. */
export const GRAMMARS = {
  go: 'go.wasm',
  hcl: 'hcl.wasm',
  java: 'java.wasm',
  javascript: 'javascript.wasm',
  php: 'php.wasm',
  python: 'python.wasm',
  ruby: 'ruby.wasm',
  tsx: 'tsx.wasm',
  typescript: 'typescript.wasm',
} as const;

export type Language = keyof typeof GRAMMARS;

/** The parser's own WebAssembly module, which every grammar needs. */
export const RUNTIME = 'runtime.wasm';

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  cjs: 'javascript',
  cts: 'typescript',
  go: 'go',
  hcl: 'hcl',
  java: 'java',
  js: 'javascript',
  jsx: 'tsx',
  mjs: 'javascript',
  mts: 'typescript',
  php: 'php',
  py: 'python',
  rake: 'ruby',
  rb: 'ruby',
  tf: 'hcl',
  tfvars: 'hcl',
  tofu: 'hcl',
  ts: 'typescript',
  tsx: 'tsx',
};

/** The language of a file by its extension; undefined for all others. */
export function languageOf(path: string): Language | undefined {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}
