import type { Page } from 'playwright-core';

/** An icon that an extension put beside a line. Lines count from 1. */
export interface GutterMark {
  readonly line: number;
  /** Its address as the window has it, which ends in the name of the extension's file, or is a `data:` address. */
  readonly icon: string;
}

/** Matches icons with line numbers by their height: run in the page, which our types know nothing about. */
const READ = `() => {
  const group = document.querySelector('.editor-group-container.active');
  const margin = group?.querySelector('.editor.modified .margin') ?? group?.querySelector('.monaco-editor .margin'); // of a diff, the side that is there now
  if (!margin) return [];
  const lines = new Map();
  for (const row of margin.querySelectorAll('.margin-view-overlays > div')) {
    const number = row.querySelector('.line-numbers');
    if (number) lines.set(row.style.top, Number(number.textContent));
  }
  const marks = [];
  for (const glyph of margin.querySelectorAll('.glyph-margin-widgets .cgmr')) {
    const icon = /url\\("?(.*?)"?\\)/.exec(getComputedStyle(glyph).backgroundImage);
    if (icon && lines.has(glyph.style.top)) marks.push({ line: lines.get(glyph.style.top), icon: icon[1] });
  }
  return marks.sort((a, b) => a.line - b.line);
}`;

/** The icons in the gutter of the active editor, beside the lines that are visible. */
export const gutterMarks = (page: Page): Promise<GutterMark[]> => page.evaluate<GutterMark[]>(`(${READ})()`);
