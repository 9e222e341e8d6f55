import type { Locator, Page } from 'playwright-core';
import { until } from '../until';
import { boxOf } from './hover';
import type { Inside } from './inside';

const ACTIVE = '.editor-group-container.active .monaco-editor';
/** Milliseconds. */
const RENAME_SOON = 5_000;

/** What pops up over the text of the active editor, used with the mouse; and text that is dragged. */
export class Widgets {
  constructor(
    private readonly page: Page,
    private readonly inside: Inside,
  ) {}

  /** A button of the bar above an inline completion, which the setting `editor.inlineSuggest.showToolbar` shows. */
  async inlineToolbar(button: string): Promise<void> {
    await this.page
      .locator('.inlineSuggestionsHints:visible .action-label:visible', { hasText: button })
      .first()
      .click();
  }

  /** Waits for a next-edit suggestion, wherever in the file it is. */
  async waitNextEdit(text: string): Promise<void> {
    await this.page
      .locator(`${ACTIVE} .word-replacement .view-line`, { hasText: text })
      .first()
      .waitFor({ timeout: 20_000 });
  }

  /** Accepts a next-edit suggestion by a click on it. */
  async clickNextEdit(text: string): Promise<void> {
    const offered = this.page.locator(`${ACTIVE} .word-replacement .view-line`, { hasText: text }).first();
    await offered.click();
    // One that is still being drawn passes over the press.
    await until(
      async () => {
        if ((await offered.count()) === 0) return true;
        await offered.click({ timeout: 2_000 }).catch(() => undefined);
        return false;
      },
      { every: 1_000, what: 'the suggestion to be accepted' },
    );
  }

  /** Rests the mouse on the mark of the first colour of the file and takes another one from the picker. */
  async pickColour(): Promise<void> {
    await this.page.locator(`${ACTIVE} .colorpicker-color-decoration`).first().hover();
    const box = this.page.locator('.colorpicker-widget:visible .saturation-wrap').first();
    await box.waitFor({ timeout: 20_000 });
    await box.click({ position: { x: 40, y: 40 } });
  }

  /** Waits for the suggestion list with an item in it, selected. */
  async suggestion(label: string): Promise<void> {
    await until(async () => (await this.#suggestions(label).count()) > 0, { what: `${label} in the suggestion list` });
  }

  async clickSuggestion(label: string): Promise<void> {
    await this.#suggestions(label).first().click();
  }

  /** Whether an item of the suggestion list is the one that a key takes. */
  async focusedSuggestion(label: string): Promise<boolean> {
    return (
      (await this.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: label }).count()) > 0
    );
  }

  /** Shows the file in front in the Explorer, or the one with this name beside it, and selects it there. */
  async explorerSelect(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    const selected = this.page.locator('.explorer-folders-view .monaco-list-row.focused', { hasText: name }).first();
    // The Explorer goes to the file in front by itself, also a moment after a click on another one.
    await until(
      async () => {
        await this.inside.run(async (vscode) => {
          await vscode.commands.executeCommand('workbench.files.action.showActiveFileInExplorer');
        });
        return row
          .click({ timeout: 5_000 })
          .then(() => selected.waitFor({ timeout: 2_000 }))
          .then(
            () => true,
            () => false,
          );
      },
      { timeout: 30_000, what: `${name} to be selected in the Explorer` },
    );
  }

  /** Renames what `explorerSelect` selects, with the key for it. */
  async explorerRename(name: string, to: string): Promise<void> {
    const box = this.page.locator('.explorer-folders-view .monaco-inputbox input').first();
    await until(
      async () => {
        await this.explorerSelect(name);
        await this.page.keyboard.press('F2');
        return box.waitFor({ timeout: 3_000 }).then(
          () => true,
          async () => {
            await this.page.keyboard.press('Escape');
            return false;
          },
        );
      },
      { timeout: 30_000, what: `the box for the name of ${name}` },
    );
    await box.fill(to);
    await box.press('Enter');
  }

  /**
   * Waits for the box that asks for a symbol's new name. The editor drops it where something moves while the language's
   * service looks, as on a busy machine: then a person `asks` again.
   */
  async renameBox(ask: () => Promise<void> = () => this.page.keyboard.press('F2')): Promise<void> {
    const box = this.page.locator('.rename-box .rename-input:focus').first();
    await until(
      async () => {
        const isThere = await box.waitFor({ timeout: RENAME_SOON }).then(
          () => true,
          () => false,
        );
        if (isThere) return true;
        await this.page.keyboard.press('Escape');
        await ask();
        return false;
      },
      { timeout: 40_000, what: "the box for a symbol's new name" },
    );
  }

  /** In the open find widget: replaces every occurrence. */
  async replaceAll(text: string, by: string): Promise<void> {
    const widget = this.page.locator(`${ACTIVE} .find-widget.visible`).first();
    const sought = widget.locator('.find-part textarea').first();
    const hasMatches = async (): Promise<boolean> =>
      /\d+ of \d+/.test(await widget.locator('.matchesCount').innerText());
    // Those of what was sought before are counted for a moment still.
    await sought.fill('');
    await until(async () => !(await hasMatches()), { what: 'the earlier matches to go' });
    await sought.fill(text);
    await widget.locator('.replace-part textarea').first().fill(by);
    await until(hasMatches, { what: 'the matches' });
    await widget.locator('.codicon-find-replace-all').first().click();
    await this.page.keyboard.press('Escape');
  }

  /** A link in the hover that is shown. */
  async clickHover(link: string): Promise<void> {
    await this.page.locator('.monaco-hover:visible a', { hasText: link }).first().click();
  }

  /** Drags the selection, which contains the text `from`, to the beginning of the text `to`. Both are visible. */
  async drag(from: string, to: string): Promise<void> {
    const start = await boxOf(this.page, from);
    const end = await boxOf(this.page, to);
    await this.page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x + 30, end.y + end.height / 2, { steps: 8 });
    await this.page.mouse.move(end.x + 1, end.y + end.height / 2, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Replaces text in one file through the Search view. */
  async replaceInFiles(file: string, text: string, by: string): Promise<void> {
    await this.inside.run(
      async (vscode, asked) => {
        await vscode.commands.executeCommand('workbench.action.findInFiles', {
          query: asked.text,
          replace: asked.by,
          filesToInclude: asked.file,
          triggerSearch: true,
          preserveCase: false,
        });
      },
      { file, text, by },
    );
    const view = this.page.locator('.search-view:visible').first();
    await view.locator('.monaco-list-row').first().waitFor({ timeout: 20_000 });
    await view.locator('.codicon-search-replace-all').first().click();
    await this.page.locator('.monaco-dialog-box:visible .monaco-button', { hasText: 'Replace' }).first().click();
  }

  /** Types at the end of the first cell of the notebook in front. */
  async typeInCell(text: string): Promise<void> {
    await this.page.locator('.notebookOverlay .cell .monaco-editor .view-line').first().click();
    await this.page.keyboard.press('End');
    await this.page.keyboard.type(text, { delay: 5 });
  }

  #suggestions(label: string): Locator {
    return this.page.locator(`.suggest-widget.visible .monaco-list-row`, { hasText: label });
  }
}
