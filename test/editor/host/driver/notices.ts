import type { Page } from 'playwright-core';
import { until } from '../until';
import { clean, matches, whole, type El } from './dom';
import type { QuickInput } from './quick-input';

export interface Notification {
  readonly message: string;
  readonly source: string;
  readonly buttons: readonly string[];
  readonly severity: string;
}

export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

const DIALOG = '.monaco-dialog-box:visible';

/** What the editor tells and asks: notifications and modal dialogs. */
export class Notices {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
  ) {}

  /** Those shown now. */
  async all(): Promise<Notification[]> {
    const shown = await this.page.$$eval(
      '.notifications-toasts .notification-list-item, .notifications-center .notification-list-item',
      (all: El[]) =>
        all.map((item) => ({
          message: item.querySelector('.notification-list-item-message')?.textContent ?? '',
          source: item.querySelector('.notification-list-item-source')?.textContent ?? '',
          buttons: Array.from(
            item.querySelectorAll('.notification-list-item-buttons-container a'),
            (button) => button.textContent ?? '',
          ),
          severity:
            /codicon-(error|warning|info)/.exec(
              item.querySelector('.notification-list-item-icon')?.className ?? '',
            )?.[1] ?? '',
        })),
    );
    return shown.map((item) => ({ ...item, message: clean(item.message) }));
  }

  async wait(match: string | RegExp, timeout = 30_000): Promise<Notification> {
    try {
      return await until(async () => (await this.all()).find((item) => matches(item.message, match)), {
        timeout,
        what: `a notification ${String(match)}`,
      });
    } catch (error) {
      const shown = await this.all().catch(() => []);
      throw new Error(
        `${error instanceof Error ? error.message : String(error)}; shown: ${JSON.stringify(shown.map(({ message }) => message))}`,
        { cause: error },
      );
    }
  }

  /** Presses a button of the notification that contains or matches. */
  async press(match: string | RegExp, button: string): Promise<void> {
    await this.wait(match);
    await this.page
      .locator('.notification-list-item:visible', { hasText: match })
      .locator('.notification-list-item-buttons-container a', { hasText: whole(button) })
      .first()
      .click();
  }

  async clear(): Promise<void> {
    if ((await this.all()).length > 0) await this.quick.command('Notifications: Clear All Notifications');
  }

  /** The modal dialog that is open, if one is. */
  async dialog(): Promise<Dialog | undefined> {
    const dialog = this.page.locator(DIALOG);
    if ((await dialog.count()) === 0) return undefined;
    return dialog.first().evaluate((node: El) => ({
      message: node.querySelector('.dialog-message')?.innerText ?? '',
      detail: node.querySelector('.dialog-message-detail')?.innerText ?? '',
      buttons: Array.from(node.querySelectorAll('.dialog-buttons .monaco-button'), (button) =>
        button.innerText.trim(),
      ).filter((text) => text !== ''),
    }));
  }

  async waitDialog(match: string | RegExp = /./, timeout = 30_000): Promise<Dialog> {
    return until(
      async () => {
        const dialog = await this.dialog();
        return dialog && matches(`${dialog.message}\n${dialog.detail}`, match) ? dialog : undefined;
      },
      { timeout, what: `a dialog ${String(match)}` },
    );
  }

  /** Presses a button of the open dialog. */
  async answerDialog(button: string): Promise<void> {
    await this.page
      .locator(`${DIALOG} .dialog-buttons .monaco-button`, { hasText: whole(button) })
      .first()
      .click();
  }
}
