/** Markdown that is written for a forge, as the editor's preview can show it. Pure. */

/**
 * The gate's Markdown for the editor's preview, which draws no boxes to tick and may have no glyph for its marks. What
 * is met and what is missing is a word.
 */
export const asRead = (markdown: string): string =>
  markdown
    .replaceAll(/^(#+) [\u2705\u274c] /gm, '$1 ')
    .replaceAll(/^- \[x\] /gm, '- *Met:* ')
    .replaceAll(/^- \[ \] /gm, '- ');
