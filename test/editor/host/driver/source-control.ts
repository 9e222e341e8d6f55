import type { Page } from 'playwright-core';
import { until } from '../until';
import { clean, type El } from './dom';
import type { Keys } from './keys';
import type { QuickInput } from './quick-input';

export interface CommitOptions {
  /** Milliseconds to wait for the commit, default 30,000. */
  readonly timeout?: number;
}

const PRESSED_AGAIN_MS = 8_000;

/** The Source Control view. */
export class SourceControl {
  /** `head` gives the id of the folder's HEAD. */
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
    private readonly keys: Keys,
    private readonly head: () => string,
  ) {}

  async show(): Promise<void> {
    await this.quick.command('Source Control: Focus on Changes View');
    await this.page.locator('.scm-view .scm-input .monaco-editor').first().waitFor();
  }

  /** The commit message in the input box. */
  async input(): Promise<string> {
    const lines = await this.page.$$eval('.scm-view .scm-input .view-line', (all: El[]) =>
      all.map((line) => ({ top: parseFloat(line.style.top), text: line.textContent })),
    );
    return lines
      .sort((a, b) => a.top - b.top)
      .map((line) => clean(line.text))
      .join('\n');
  }

  /** Types a commit message in place of the one that is there. */
  async setInput(message: string): Promise<void> {
    await this.show();
    await this.page.locator('.scm-view .scm-input .monaco-editor').first().click();
    await this.keys.press('ControlOrMeta+A', 'Delete');
    await this.keys.type(message);
  }

  /** Types a message and commits with the keyboard; gives the new commit's id once HEAD has moved. */
  async commit(message: string, options: CommitOptions = {}): Promise<string> {
    const before = this.head();
    await this.setInput(message);
    await this.keys.press('ControlOrMeta+Enter');
    let again = Date.now() + PRESSED_AGAIN_MS;
    return until(
      async () => {
        const head = this.head();
        if (head !== before) return head;
        // The editor drops the key while it looks at what has changed.
        if (
          Date.now() > again &&
          (await this.page.locator('.monaco-dialog-box:visible').count()) === 0 &&
          (await this.input()) === message
        ) {
          again = Date.now() + PRESSED_AGAIN_MS;
          await this.page.locator('.scm-view .scm-input .monaco-editor').first().click();
          await this.keys.press('ControlOrMeta+Enter');
        }
        return undefined;
      },
      { timeout: options.timeout ?? 30_000, what: 'the commit' },
    );
  }
}
