/** Sentences that name a command of the terminal, as the editor's pages and messages say them. */

/** What the palette has for a command of the terminal. The first that fits. */
const PALETTE: readonly (readonly [command: RegExp, title: string])[] = [
  [/^notes fetch\b/, 'Fetch Notes from Remote'],
  [/^policy (?:check|init|explain)\b/, 'Open Policy'],
  [/^install\b/, 'Set Up…'],
  [/^uninstall\b/, 'Undo Set Up'],
  [/^sign\b/, 'Sign Off…'],
  [/^review\b/, 'Request Review'],
  [/^report\b/, 'Open Report'],
  [/^check\b/, 'Preview CI Result'],
  [/^declare --mine\b/, 'Show Author of Line'],
];

/** The quotation marks as escapes: a bundle is ASCII, and esbuild leaves a pattern as it is written. */
const COMMAND = /(["`\u201c])linekeeper ([a-z][^"`\u201d\n]*)["`\u201d]/g;

/** An option beside what it is for. */
const OPTION = / \(--[a-z][^)]*\)/g;

/**
 * The sentence with the palette's commands instead of those of the terminal. A command that only the terminal has is named
 * without its options: its help says them. `(--option VALUE)` is left out.
 */
export const inEditorsWords = (sentence: string): string =>
  sentence.replace(OPTION, '').replace(COMMAND, (_quoted: string, _mark: string, command: string): string => {
    const title = PALETTE.find(([pattern]) => pattern.test(command))?.[1];
    if (title !== undefined) return `“Linekeeper: ${title}”`;
    if (!/ --?[a-z]/.test(command)) return `“linekeeper ${command}”`;
    return `“linekeeper help ${/^[a-z-]+/.exec(command)?.[0] ?? ''}” in a terminal`;
  });
