/**
 * Which files of a repository its CI files call, as far as their text shows: those decide as much as the CI file does.
 */

/** Programs whose rules are in a file of the repository. */
const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:^|[\s;&|("'`])g?make(?:\s|$)/m, ['Makefile', 'GNUmakefile', 'makefile']],
  [/(?:^|[\s;&|("'`])just(?:\s|$)/m, ['justfile', 'Justfile', '.justfile']],
  [/(?:^|[\s;&|("'`])task(?:\s|$)/m, ['Taskfile.yml', 'Taskfile.yaml']],
  [/(?:^|[\s;&|("'`])(?:npm|pnpm|yarn|bun)(?:\s|$)/m, ['package.json']],
];

/** A word that may name a file: with a folder, or with the extension of a script. */
const WORD = /(?:[\w@.+-]+\/)+[\w@.+-]+|[\w@+-][\w@.+-]*\.(?:sh|bash|zsh|py|rb|pl|js|cjs|mjs|ts|ps1|bat|cmd|mk)\b/g;

/** Longer texts are not searched (characters). */
const LONGEST = 1_000_000;

/** The files that a text calls, among those that exist. Paths are relative to the repository's root. */
export function calledFiles(text: string, isThere: (path: string) => boolean): readonly string[] {
  if (text.length > LONGEST) return [];
  const named = [...text.matchAll(WORD)].map(([word]) => word.replace(/^(?:\.\/)+/, ''));
  const ruled = RULES.flatMap(([program, files]) => (program.test(text) ? files : []));
  return [...new Set([...ruled, ...named])].filter(isThere).sort();
}
