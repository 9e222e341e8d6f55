/** The code in Jupyter's notebooks, and the program that `nbconvert` makes of one. */
import { hasOption } from '../words/options';
import type { Word } from '../words/invocation';

/** The code of a notebook's cells. */
export function cellsOf(notebook: string): string {
  try {
    const { cells } = JSON.parse(notebook) as { readonly cells?: unknown };
    return (Array.isArray(cells) ? (cells as readonly unknown[]) : [])
      .flatMap((cell) =>
        typeof cell === 'object' &&
        cell !== null &&
        'source' in cell &&
        (cell as { cell_type?: unknown }).cell_type !== 'markdown'
          ? withShellLines([cell.source].flat().join(''))
          : [],
      )
      .join('\n');
  } catch {
    return notebook;
  }
}

/** What IPython hands to a shell (`!` and `%%bash`), as Python. */
const withShellLines = (cell: string): string => {
  const [, shell] = /^\s*%%(?:bash|sh|script \w+|!)[^\n]*\n([^]*)$/.exec(cell) ?? [];
  return shell === undefined
    ? cell.replace(
        /^([ \t]*)(?:[\w, ]+=[ \t]*)?(?:!{1,2}|%(?:sx|system)[ \t]+)([^\n]+)$/gm,
        (_, indent: string, line: string) => `${indent}os.system(${JSON.stringify(line)})`,
      )
    : shell
        .split('\n')
        .map((line) => `os.system(${JSON.stringify(line)})`)
        .join('\n');
};

/** The notebook that `jupyter nbconvert --to script` turns into a program, and the file that it writes. */
export function convertedNotebook(words: readonly Word[]): { readonly from: string; readonly to?: string } | undefined {
  const [program, ...rest] = words;
  const name = program?.text.split(/[\\/]/).at(-1);
  const args = name === 'jupyter' && rest[0]?.text === 'nbconvert' ? rest.slice(1) : rest;
  if (name !== 'jupyter-nbconvert' && args === rest) return undefined;
  const texts = args.map(({ text }) => text);
  const from = texts.find((text) => text.endsWith('.ipynb'));
  const format = texts.flatMap((text, index) =>
    texts[index - 1] === '--to' ? [text] : (/^--to=(.*)$/.exec(text)?.[1] ?? []),
  )[0];
  if (from === undefined || !/^(?:script|python)$/.test(format ?? '')) return undefined;
  return hasOption(args, /^--stdout$/) ? { from } : { from, to: from.replace(/\.ipynb$/, '.py') };
}
