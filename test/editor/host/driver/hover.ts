import type { Page } from 'playwright-core';
import { until } from '../until';
import { clean } from './dom';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a text stands in the active editor: run in the page, which our types know nothing about. */
const FIND = `(needle) => {
  for (const line of document.querySelectorAll('.editor-group-container.active .monaco-editor .view-line')) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const at = node.data.replace(/\\u00a0/g, ' ').indexOf(needle);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      const box = range.getBoundingClientRect();
      return { x: box.x, y: box.y, width: box.width, height: box.height };
    }
  }
  return null;
}`;

/** Where the first visible occurrence of `text` (of one colour) in the active editor is on the page. */
export async function boxOf(page: Page, text: string): Promise<Box> {
  const box = await page.evaluate<Box | null>(`(${FIND})(${JSON.stringify(text)})`);
  if (box === null) throw new Error(`"${text}" is not visible in one piece`);
  return box;
}

/**
 * Rests the mouse on the first visible occurrence of `text` (of one colour) in the active editor, and gives the hover's
 * text.
 */
export async function hover(page: Page, text: string): Promise<string> {
  const box = await boxOf(page, text);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 40, y - 40);
  await page.mouse.move(x, y, { steps: 4 });
  return until(async () => clean((await page.locator('.monaco-hover:visible').allInnerTexts()).join('\n')).trim(), {
    timeout: 20_000,
    what: `a hover on "${text}"`,
  });
}
