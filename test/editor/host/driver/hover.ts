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
 * Rests the mouse on the first visible occurrence of `text` (of one colour) in the active editor, and gives the text of
 * the hover that says what is `expected`. Another one may be there first, such as the tip of a button that the mouse has
 * passed, or the hover of a text that moves on: then the mouse leaves and comes back. Throws with what was shown instead.
 */
export async function hover(page: Page, text: string, expected: RegExp): Promise<string> {
  let shown = '';
  const isShown = (): Promise<boolean> =>
    until(
      async () => {
        shown = clean((await page.locator('.monaco-hover:visible').allInnerTexts()).join('\n')).trim();
        return expected.test(shown);
      },
      { timeout: VISIT_MS, what: `a hover on "${text}"` },
    ).then(
      () => true,
      () => false,
    );
  for (let visit = 0; visit < VISITS; visit++) {
    const box = await boxOf(page, text);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - 40, y - 40);
    await page.mouse.move(x, y, { steps: 4 });
    if (await isShown()) return shown;
    await page.mouse.move(x + 60, y + 120);
  }
  throw new Error(
    `The hover on "${text}" does not say ${String(expected)}. It says: ${shown === '' ? 'nothing' : shown}`,
  );
}

/** How often the mouse comes, and how many milliseconds it rests there. */
const VISITS = 5;
const VISIT_MS = 6_000;
