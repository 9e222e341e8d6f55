import type { Locator, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until';
import { clean, matches, type El } from './dom';

export interface QuickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly aria: string;
  readonly checked: boolean;
  readonly focused: boolean;
}

export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The message under an input box, such as why its value is refused. */
  readonly message: string;
  readonly items: readonly QuickItem[];
}

/** Milliseconds without a change after which the list will show nothing else. */
const AT_REST = 1500;

/** How often a row that is there is clicked at least. */
const CLICKS = 4;

const WIDGET = '.quick-input-widget:visible';
const ROWS = '.quick-input-widget .quick-input-list .monaco-list-row';

/** The command palette, quick picks and input boxes. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  /**
   * Runs a command by its title in the palette, `Category: Title`. Throws with what the palette shows when there is
   * none.
   */
  command(title: string): Promise<void> {
    return this.choose(`>${title}`, (item) => item.label === title, 10_000);
  }

  /**
   * Opens the quick input with a text in it and chooses the row that is wanted. The list can be a little old, or not
   * whole yet: asks again for a while.
   */
  async choose(text: string, wanted: (item: QuickItem) => boolean, timeout = 20_000): Promise<void> {
    const end = Date.now() + timeout;
    for (let clicks = 0; ;) {
      await this.open(text);
      const items = await this.#settle(wanted);
      const item = items.find(wanted);
      if (item !== undefined) clicks++;
      const isChosen =
        item !== undefined &&
        (await this.#click(item).then(
          () => true,
          () => false, // the list changed meanwhile, or the machine is too busy to draw it
        ));
      if (isChosen) return;
      await this.page.keyboard.press('Escape');
      const isThere = item !== undefined && clicks < CLICKS;
      if (Date.now() > end && !isThere)
        throw new Error(
          `${item === undefined ? 'nothing to choose' : 'the row takes no click'} for "${text}"; there is ${JSON.stringify(items.slice(0, 6).map((item) => item.aria))}`,
        );
    }
  }

  async hasCommand(title: string): Promise<boolean> {
    await this.open(`>${title}`);
    const items = await this.#settle((item) => item.label === title);
    await this.page.keyboard.press('Escape');
    return items.some((item) => item.label === title);
  }

  /** The rows once a wanted one is among them, or once they have come to rest without it. */
  async #settle(wanted: (item: QuickItem) => boolean): Promise<readonly QuickItem[]> {
    let before = '';
    let since = Date.now();
    for (;;) {
      const items = await this.items();
      if (items.some(wanted)) return items;
      const now = JSON.stringify(items);
      if (now !== before) since = Date.now();
      else if (Date.now() - since > AT_REST) return items;
      before = now;
      await sleep(50);
    }
  }

  /** Opens the quick input with a text in it: `>` for commands, `:` for a line, else files. */
  async open(text: string): Promise<void> {
    const input = this.#input();
    for (let tries = 0; tries < 5; tries++) {
      await this.page.keyboard.press('F1');
      try {
        await input.waitFor({ timeout: 1000 * (tries + 1) });
        break;
      } catch {
        await this.page.keyboard.press('Escape');
      }
    }
    await input.fill(text);
  }

  /** What is open now; undefined when nothing is. */
  async state(): Promise<QuickInputState | undefined> {
    const widget = this.page.locator(WIDGET);
    if ((await widget.count()) === 0) return undefined;
    const head = await widget.first().evaluate((node: El) => {
      const input = node.querySelector('.quick-input-box input');
      return {
        title: node.querySelector('.quick-input-title')?.textContent ?? '',
        placeholder: input?.placeholder ?? '',
        value: input?.value ?? '',
        message: node.querySelector('.quick-input-message')?.textContent ?? '',
      };
    });
    return { ...head, items: await this.items() };
  }

  /** Waits for an open quick pick or input box whose title, placeholder or message matches. */
  async wait(match: string | RegExp, timeout = 30_000): Promise<QuickInputState> {
    return until(
      async () => {
        const state = await this.state();
        return state && [state.title, state.placeholder, state.message].some((text) => matches(text, match))
          ? state
          : undefined;
      },
      { timeout, what: `a question ${String(match)}` },
    );
  }

  /** The rows shown now. */
  async items(): Promise<QuickItem[]> {
    const rows = await this.page.$$eval(ROWS, (all: El[]) =>
      all.map((row) => ({
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        detail: row.querySelector('.quick-input-list-label-meta')?.textContent ?? '',
        aria: row.getAttribute('aria-label') ?? '',
        checked: row.querySelector('input[type=checkbox]')?.checked ?? false,
        focused: row.classList.contains('focused'),
      })),
    );
    return rows.map((row) => ({
      ...row,
      label: clean(row.label),
      description: clean(row.description),
      detail: clean(row.detail),
    }));
  }

  /** Chooses the row with this label, else the first one that contains or matches it. */
  async pick(label: string | RegExp): Promise<void> {
    const wanted = (items: readonly QuickItem[]): QuickItem | undefined =>
      items.find((item) => item.label === label) ??
      items.find((item) => matches(item.label, label) || matches(item.aria, label));
    await until(
      async () => {
        const item = wanted(await this.items());
        if (item !== undefined) await this.#click(item);
        return item !== undefined;
      },
      { timeout: 30_000, what: `a row ${String(label)}` },
    );
  }

  /** Answers the open input box. */
  async answer(text: string): Promise<void> {
    await this.#input().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Answers the editor's own file dialog, which asks for a path. */
  async answerPath(file: string): Promise<void> {
    const input = this.#input().first();
    await input.waitFor();
    await until(async () => (await input.inputValue()) !== '', { what: 'the path that the dialog begins with' });
    await input.fill(file);
    const button = this.page.locator(`${WIDGET} .quick-input-action .monaco-button:visible`).first();
    let looks = 0;
    await until(
      async () => {
        if ((await button.count()) === 0) return true;
        // The dialog puts paths of its own there while it looks at folders, and takes what it knows last.
        if ((await input.inputValue({ timeout: 2000 })) !== file) {
          looks = 0;
          await input.fill(file, { timeout: 2000 });
        } else if (++looks > 2) await button.click({ timeout: 2000 });
        return false;
      },
      { every: 500, what: 'the dialog to take the path' },
    );
  }

  #input(): Locator {
    return this.page.locator(`${WIDGET} .quick-input-box input`);
  }

  /** By what it says, not by its place: a list that is being filled puts its rows into another order. */
  async #click({ aria }: QuickItem): Promise<void> {
    const row = this.page.locator(`${WIDGET} .quick-input-list .monaco-list-row[aria-label=${JSON.stringify(aria)}]`);
    await row.first().click({ timeout: 5_000 });
  }
}
