import path from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../until';
import { clean, matches, type El } from './dom';
import type { Inside } from './inside';
import type { Keys } from './keys';
import type { QuickInput } from './quick-input';

export interface Tab {
  readonly name: string;
  readonly dirty: boolean;
  readonly active: boolean;
}

const ACTIVE = '.editor-group-container.active';
const GHOST = ['.ghost-text-decoration', '.ghost-text-decoration-preview', '.suggest-preview-text .ghost-text'];

const GOTO_TRIES = 3;
/** Milliseconds. */
const CARET_SOON = 3_000;
/** Milliseconds. */
const GHOST_SOON = 5_000;
/** Milliseconds. */
const SAVED_SOON = 10_000;

/** Text editors and their tabs. Lines and columns count from 1. An editor renders only the lines that are visible. */
export class TextEditor {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
    private readonly keys: Keys,
    private readonly inside: Inside,
  ) {}

  /**
   * Opens a file of the (first) folder. At once: quick open, which a person uses, knows of a new file only after a
   * while.
   */
  async open(file: string): Promise<void> {
    const base = path.basename(file);
    await this.inside.run(async (vscode, name) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (!folder) throw new Error('no folder is open');
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder.uri, name), { preview: false });
    }, file);
    await until(async () => (await this.activeTab())?.name.startsWith(base) ?? false, { what: `the tab ${base}` });
    await this.page.waitForSelector(`${ACTIVE} .monaco-editor .view-line`);
    await this.#waitRead();
    await this.focus();
  }

  /**
   * Waits until the active editor shows what its file holds. A file that changed while it was open is read again in a
   * moment, and a caret that was set before that goes with the lines that are replaced.
   */
  async #waitRead(): Promise<void> {
    const isRead = (): Promise<boolean> =>
      this.inside.run(async (vscode) => {
        const document = vscode.window.activeTextEditor?.document;
        if (document?.uri.scheme !== 'file' || document.isDirty) return true;
        const lines = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
        return text.includes('\uFFFD') || lines(text) === lines(document.getText()); // of another encoding it is not known
      });
    await until(isRead, { what: 'what the file holds to be shown' });
  }

  async tabs(): Promise<Tab[]> {
    return this.page.$$eval('.tabs-container .tab', (all: El[]) =>
      all.map((tab) => ({
        name: tab.getAttribute('data-resource-name') ?? '',
        dirty: tab.classList.contains('dirty'),
        active: tab.classList.contains('active'),
      })),
    );
  }

  async activeTab(): Promise<Tab | undefined> {
    const [tab] = await this.page.$$eval(`${ACTIVE} .tabs-container .tab.active`, (all: El[]) =>
      all.map((it) => ({
        name: it.getAttribute('data-resource-name') ?? '',
        dirty: it.classList.contains('dirty'),
        active: true,
      })),
    );
    return tab;
  }

  /** Waits until the focus is in the active editor's text. */
  async focus(): Promise<void> {
    const focused = (): Promise<boolean> =>
      this.page
        .locator(`${ACTIVE} .monaco-editor.focused`)
        .count()
        .then((count) => count > 0);
    if (await focused()) return;
    await until(
      async () => {
        await this.inside.run(async (vscode) => {
          await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
        });
        return focused();
      },
      { what: 'the focus in the editor' },
    );
  }

  /**
   * Puts the caret there as a person does. By an extension's own selection it would come quicker, and right behind that
   * a Backspace was sometimes known to nobody.
   */
  async goto(line: number, column = 1): Promise<void> {
    // On a busy machine the key may come before the editor knows what was typed: then a person does it once more.
    for (let left = GOTO_TRIES - 1; left >= 0; left--) {
      await this.quick.open(`:${String(line)}:${String(column)}`);
      await this.keys.press('Enter');
      await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
      await this.focus();
      try {
        await this.waitCaret(line, column, left > 0 ? CARET_SOON : undefined);
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /**
   * Waits until extensions know that the caret of the active editor is at a place, or as near to it as there is text.
   */
  async waitCaret(line: number, column: number, timeout?: number): Promise<void> {
    const isThere = (): Promise<boolean> =>
      this.inside.run(
        (vscode, place) => {
          const editor = vscode.window.activeTextEditor;
          if (!editor) return true;
          const { active, isEmpty } = editor.selection;
          return (
            isEmpty &&
            active.isEqual(editor.document.validatePosition(new vscode.Position(place.line, place.character)))
          );
        },
        { line: line - 1, character: column - 1 },
      );
    await until(isThere, {
      what: `the caret to be at ${String(line)}:${String(column)}`,
      ...(timeout === undefined ? {} : { timeout }),
    });
  }

  async typeAt(line: number, column: number, text: string, delay?: number): Promise<void> {
    await this.goto(line, column);
    await this.keys.type(text, delay);
  }

  /** Its tab shows a change a little later than extensions hear of it: both say that it is saved. */
  async save(): Promise<void> {
    const isSaved = async (): Promise<boolean> =>
      (await this.activeTab())?.dirty === false &&
      (await this.inside.run((vscode) => {
        const document = vscode.window.activeTextEditor?.document;
        return document?.uri.scheme !== 'file' || !document.isDirty;
      }));
    let asked = 0;
    await until(
      async () => {
        // On a busy machine the window may miss the key, as a person would see.
        if (Date.now() - asked > SAVED_SOON) {
          asked = Date.now();
          await this.keys.press('ControlOrMeta+S');
        }
        return isSaved();
      },
      { timeout: 60_000, what: 'the file to be saved' },
    );
  }

  /** The visible lines of the active editor, without ghost text. */
  async lines(): Promise<string[]> {
    const lines = await this.page.$$eval(
      `${ACTIVE} .monaco-editor .view-lines .view-line`,
      (all: El[], ghost) =>
        all.map((line) => {
          const copy = line.cloneNode(true);
          const extra = copy.querySelectorAll(ghost);
          for (const one of Array.from(extra)) one.remove();
          return { top: parseFloat(line.style.top), text: copy.textContent };
        }),
      `${GHOST.join(',')},.ghost-text`,
    );
    return lines.sort((a, b) => a.top - b.top).map((line) => clean(line.text));
  }

  /** Waits until a visible line contains or matches. */
  async waitLine(match: string | RegExp, timeout?: number): Promise<string> {
    return until(async () => (await this.lines()).find((line) => matches(line, match)), {
      what: `a line ${String(match)}`,
      ...(timeout === undefined ? {} : { timeout }),
    });
  }

  /** The inline completion shown now, or an empty text. */
  async ghost(): Promise<string> {
    const parts = await this.page.$$eval(GHOST.map((selector) => `${ACTIVE} ${selector}`).join(','), (all: El[]) =>
      all.map((part) => part.textContent),
    );
    return clean(parts.join(''));
  }

  async waitGhost(match: string | RegExp = /./, timeout = 20_000): Promise<string> {
    let asked = Date.now();
    return until(
      async () => {
        const ghost = await this.ghost();
        if (matches(ghost, match)) return ghost;
        // On a busy machine the editor may drop the request that a key has made. A person would press the key for it.
        if (Date.now() - asked > GHOST_SOON) {
          asked = Date.now();
          await this.inside.run((vscode) => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'));
        }
        return false;
      },
      { timeout, what: `an inline completion ${String(match)}` },
    );
  }

  /** The quick fixes at the cursor. */
  async quickFixes(): Promise<string[]> {
    // A press while the language's service is busy opens nothing.
    await until(
      async () => {
        await this.keys.press('ControlOrMeta+.');
        return this.page
          .locator('.action-widget .monaco-list-row')
          .first()
          .waitFor({ timeout: 5_000 })
          .then(
            () => true,
            () => false,
          );
      },
      { timeout: 30_000, what: 'the quick fixes' },
    );
    return (await this.page.locator('.action-widget .monaco-list-row.action').allInnerTexts()).map((text) =>
      clean(text).trim(),
    );
  }

  /** Applies the quick fix at the cursor whose title contains this. */
  async quickFix(title: string): Promise<void> {
    const all = await this.quickFixes();
    if (!all.some((text) => text.includes(title)))
      throw new Error(`no quick fix "${title}" among ${JSON.stringify(all)}`);
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
  }

  /** How many elements of the active editor match a CSS selector: gutter marks, squiggles and other decorations. */
  async count(selector: string): Promise<number> {
    return this.page.locator(`${ACTIVE} .monaco-editor ${selector}`).count();
  }
}
