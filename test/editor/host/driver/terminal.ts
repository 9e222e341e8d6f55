import type { Page } from 'playwright-core';
import { until } from '../until';
import { clean, matches, type El } from './dom';
import type { Keys } from './keys';
import type { QuickInput } from './quick-input';

const ACTIVE = '.terminal-wrapper.active .xterm:visible';

/** The integrated terminal. */
export class Terminal {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
    private readonly keys: Keys,
  ) {}

  /** Opens a new terminal and waits for its prompt. */
  async open(): Promise<void> {
    await this.quick.command('Terminal: Create New Terminal');
    await until(async () => (await this.page.locator(ACTIVE).count()) > 0, { what: 'a terminal' });
    await until(async () => /[#$%>]\s*$/.test((await this.text()).trimEnd()), { what: 'a prompt in the terminal' });
  }

  /** Types a command line into the active terminal, or into a new one when there is none, and presses Enter. */
  async run(line: string): Promise<void> {
    if ((await this.page.locator(ACTIVE).count()) === 0) await this.open();
    else await this.quick.command('Terminal: Focus Terminal');
    const bare = (text: string): string => text.replace(/\s/g, '');
    const typed = async (): Promise<boolean> => bare(await this.text()).endsWith(bare(line));
    for (let tries = 1; ; tries++) {
      await until(async () => (await this.page.locator(`${ACTIVE}.focus`).count()) > 0, {
        what: 'the focus in the terminal',
      });
      await this.keys.type(line);
      if (await until(typed, { timeout: 3000 }).catch(() => false)) break;
      if (tries === 3) throw new Error(`the terminal does not take the line "${line}"; it shows ${await this.text()}`);
      await this.keys.press('Control+U'); // the focus came a little later than it showed, and took a key or two with it
    }
    await this.keys.press('Enter');
  }

  /** The visible text. */
  async text(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows');
    if ((await rows.count()) === 0) return '';
    const lines = await rows.last().evaluate((node: El) => Array.from(node.children, (row) => row.textContent ?? ''));
    return lines.map((line) => clean(line)).join('\n');
  }

  async wait(match: string | RegExp, timeout = 30_000): Promise<string> {
    return until(
      async () => {
        const text = await this.text();
        return matches(text, match) && text;
      },
      { timeout, what: `the terminal to show ${String(match)}` },
    );
  }
}
