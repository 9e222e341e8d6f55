import type { Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until';
import { clean, matches, whole } from './dom';
import type { Inside } from './inside';
import type { Keys } from './keys';
import type { Notices } from './notices';
import type { QuickInput } from './quick-input';
import type { TextEditor } from './text-editor';

const INPUT = '.interactive-input-part .monaco-editor:visible';

/**
 * The built-in chat agent (GitHub Copilot Chat), in the chat view and inside the editor. It needs a model: the option
 * `models`.
 */
export class Chat {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
    private readonly keys: Keys,
    private readonly text: TextEditor,
    private readonly notices: Notices,
    private readonly inside: Inside,
  ) {}

  /**
   * Switches the agent on and gives the ids of the models it can use. It is off until somebody signs in, or enables all
   * extensions.
   */
  async enable(): Promise<readonly string[]> {
    const ready = (): Promise<readonly string[]> =>
      this.inside.run(async (vscode) => {
        if (vscode.extensions.getExtension('GitHub.copilot-chat')?.isActive !== true) return [];
        const models = await vscode.lm.selectChatModels({});
        return models.filter((model) => !model.vendor.startsWith('copilot')).map((model) => model.id);
      });
    if ((await ready()).length === 0) await this.quick.command('Extensions: Enable All Extensions');
    return until(
      async () => {
        const models = await ready();
        return models.length > 0 && models;
      },
      { timeout: 60_000, what: 'the chat agent and a model' },
    );
  }

  /** Opens the chat view with a new, empty conversation. */
  async open(): Promise<void> {
    await this.inside.run(async (vscode) => {
      await vscode.commands.executeCommand('workbench.action.chat.open');
      await vscode.commands.executeCommand('workbench.action.chat.newChat');
    });
    await this.page.locator(INPUT).first().waitFor();
  }

  /** Types a prompt into the chat view and sends it. */
  async ask(prompt: string): Promise<void> {
    await this.page.locator('.interactive-input-part .chat-editor-container .monaco-editor:visible').first().click();
    await this.keys.type(prompt);
    await this.keys.press('Escape', 'Enter');
  }

  /** The conversation as it is shown. */
  async conversation(): Promise<string> {
    const list = this.page.locator('.interactive-session .interactive-list, .interactive-session .monaco-list').first();
    return clean(await list.innerText({ timeout: 2000 }).catch(() => ''));
  }

  async wait(match: string | RegExp, timeout = 60_000): Promise<string> {
    return until(
      async () => {
        const text = await this.conversation();
        return matches(text, match) && text;
      },
      { timeout, what: `the chat to show ${String(match)}` },
    );
  }

  /** Presses a button of the conversation: `Allow`, `Skip`, `Keep`, … */
  async button(name: string): Promise<void> {
    await this.page
      .locator('.interactive-session .monaco-button:visible, .chat-editing-session .monaco-button:visible', {
        hasText: whole(name),
      })
      .first()
      .click();
  }

  /** Presses *Insert At Cursor* of the latest code block of the conversation. */
  async insertAtCursor(): Promise<void> {
    const block = this.page.locator('.interactive-session .interactive-result-code-block').last();
    await block.hover();
    await block.locator('.codicon-insert, [aria-label^="Insert At Cursor"]').first().click();
  }

  /** Keeps everything that the agent changed in this conversation. */
  async keepAll(): Promise<void> {
    const keep = this.page.locator('.chat-editing-session .monaco-button:visible', { hasText: whole('Keep') });
    await keep.first().waitFor();
    // A press while the editor still works out what there is to keep does nothing.
    await until(
      async () => {
        if ((await keep.count()) === 0) return true;
        await keep
          .first()
          .click({ timeout: 2000 })
          .catch(() => undefined);
        return false;
      },
      { every: 1000, what: 'the changes to be kept' },
    );
  }

  /** Takes everything back that the agent changed in this conversation. */
  async undoAll(): Promise<void> {
    await this.button('Undo');
    const asked = await this.notices.waitDialog(/./, 3000).catch(() => undefined);
    if (asked) await this.notices.answerDialog('Yes');
  }

  /**
   * Asks inside the editor, at a place of the active file. It opens there only while no conversation of the chat view
   * has touched the file (then the editor sends the prompt to that conversation). Answer with
   * `inlineButton('Keep' | 'Undo')`.
   */
  async askInline(line: number, column: number, prompt: string): Promise<void> {
    await this.text.goto(line, column);
    await this.keys.press('ControlOrMeta+I');
    await sleep(1200); // the input takes the focus when its animation is over
    await this.keys.type(prompt);
    await this.keys.press('Enter');
  }

  async inlineButton(name: string): Promise<void> {
    await this.page
      .locator('.part.editor')
      .locator('a.action-label:visible, .monaco-button:visible', { hasText: whole(name) })
      .first()
      .click();
  }
}
