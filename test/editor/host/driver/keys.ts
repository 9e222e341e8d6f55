import type { Page } from 'playwright-core';

/** Real key presses, to whatever has the focus. */
export class Keys {
  /** `toClipboard` puts a text on the editor's clipboard. */
  constructor(
    private readonly page: Page,
    private readonly toClipboard: (text: string) => Promise<void>,
  ) {}

  /** Presses keys one after another: `Tab`, `Control+Enter`, … `ControlOrMeta` is Cmd on a Mac. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /**
   * Types as a person does, key by key. Auto-closing brackets and suggestions apply. `delay`: milliseconds between two
   * keys.
   */
  async type(text: string, delay = 5): Promise<void> {
    await this.page.keyboard.type(text, { delay });
  }

  /**
   * Enters a text as an input method does: `steps` are what it shows meanwhile, as in `compose(['n', 'ni'], '你')`.
   * Chromium only.
   */
  async compose(steps: readonly string[], result: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    for (const text of steps)
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await session.send('Input.insertText', { text: result });
    await session.detach();
  }

  /**
   * Puts a text on the clipboard and pastes it, as a person does who copied it elsewhere. It arrives a little later
   * than the key.
   */
  async paste(text: string): Promise<void> {
    await this.toClipboard(text);
    await this.press('ControlOrMeta+V');
  }
}
