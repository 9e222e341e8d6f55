/** Turns a template (Helm, Jinja) into YAML: what the template engine would fill in becomes a word, line for line. */

const TAG = /\{\{.*?\}\}|\{%.*?%\}/g;

/** Lines keep their numbers; the same expression becomes the same word, so that both sides can be compared. */
export function withoutTemplates(text: string): string {
  if (!/\{\{|\{%/.test(text)) return text;
  return text
    .replace(/\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line) => {
      if (!/\{\{|\{%/.test(line)) return line;
      if (line.length > 5_000) return '';
      const bare = line.replace(TAG, '').trim();
      if (bare === '' || /\{\{|\}\}|\{%|%\}/.test(bare))
        return /^\s*\{\{.*\}\}\s*:/.test(line) ? line.replace(TAG, wordOf) : '';
      return line.replace(/"\{\{(.*?)\}\}"/g, (_, inner: string) => `"${wordOf(inner)}"`).replace(TAG, wordOf);
    })
    .join('\n');
}

/** A word of letters that stands for an expression. */
function wordOf(expression: string): string {
  return `tpl_${expression
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80)}`;
}
