/** The shell text in Makefiles and justfiles. */

/** A piece of shell text in a file. */
export interface ShellPart {
  readonly text: string;
  /** The 1-based line of the file on which it begins. */
  readonly line: number;
}

/** Longer values of variables are not substituted. UTF-16 code units. */
const LONGEST_VALUE = 500;

/** The recipes of a Makefile. Variables that it sets to plain text are substituted; others stay unknown. */
export function recipesOfMake(file: string): readonly ShellPart[] {
  const lines = file.split('\n');
  const values = new Map<string, string>([
    ['RM', 'rm -f'],
    ['MAKE', 'make'],
    ['CURDIR', '.'],
    ['SHELL', 'sh'],
  ]);
  for (const line of lines) {
    const [, name = '', value = ''] =
      /^(?:export\s+|override\s+)?([A-Za-z_]\w*)\s*(?:[:?]{0,2})=\s*([^#]*)/.exec(line) ?? [];
    if (name !== '' && value.length <= LONGEST_VALUE) values.set(name, value.trim());
  }
  const put = (text: string, depth: number): string =>
    text.replace(/\$\$|\$[({]([A-Za-z_]\w*)[)}]|\$[({][^(){}]*[)}]|\$([@<^*?])/g, (all, name?: string) => {
      if (all === '$$') return '$';
      const value = name === undefined ? undefined : values.get(name);
      if (name === undefined) return '"$MADE_BY_MAKE"';
      return value === undefined ? `$${name}` : depth > 3 ? '' : put(value, depth + 1).slice(0, 2000);
    });
  return partsOf(
    lines,
    (line) => line.startsWith('\t'),
    (text) => put(text.replace(/^\t[\t ]*[@+-]*/, ''), 0),
  );
}

/** The recipes of a justfile. */
export function recipesOfJust(file: string): readonly ShellPart[] {
  return partsOf(
    file.split('\n'),
    (line) => /^[ \t]+\S/.test(line),
    (text) =>
      text
        .replace(/^[ \t]+[@-]*/, '')
        .replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, '$$$1')
        .replace(/\{\{[^}]*\}\}/g, '"$MADE_BY_JUST"'),
  );
}

/** Runs of lines that belong together, with their line numbers. */
function partsOf(
  lines: readonly string[],
  isRecipe: (line: string) => boolean,
  plain: (line: string) => string,
): readonly ShellPart[] {
  const parts: ShellPart[] = [];
  let texts: string[] = [];
  lines.forEach((line, index) => {
    const inside = isRecipe(line) || (texts.length > 0 && (texts.at(-1) ?? '').endsWith('\\'));
    if (inside) texts.push(plain(line));
    if (texts.length > 0 && (!inside || index === lines.length - 1)) {
      parts.push({ text: texts.join('\n'), line: index + (inside ? 2 : 1) - texts.length });
      texts = [];
    }
  });
  return parts;
}
