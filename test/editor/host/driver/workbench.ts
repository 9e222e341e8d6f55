import type { Locator, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until';
import { clean, matches, oneLine, whole, type El } from './dom';
import type { Inside } from './inside';
import type { QuickInput } from './quick-input';

export interface StatusItem {
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly kind: 'warning' | 'error' | 'prominent' | 'plain';
}

export interface TreeRow {
  readonly text: string;
  readonly aria: string;
  /** Depth, from 1. */
  readonly level: number;
  readonly expanded: boolean | undefined;
}

/** The parts of the window around the text: status bar, problems, trees, webviews. */
export class Workbench {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
    private readonly inside: Inside,
  ) {}

  async statusBar(): Promise<StatusItem[]> {
    const items = await this.page.$$eval('.part.statusbar .statusbar-item', (all: El[]) =>
      all.map((item) => ({
        id: item.id,
        text: item.innerText,
        label: item.querySelector('[aria-label]')?.getAttribute('aria-label') ?? item.getAttribute('aria-label') ?? '',
        kind:
          (['warning', 'error', 'prominent'] as const).find((kind) => item.classList.contains(`${kind}-kind`)) ??
          ('plain' as const),
      })),
    );
    return items
      .map((item) => ({ ...item, text: oneLine(item.text) }))
      .filter((item) => item.text !== '' || item.label !== '');
  }

  /** Waits for a status bar item whose text or label contains or matches. */
  async waitStatus(match: string | RegExp, timeout = 30_000): Promise<StatusItem> {
    return until(
      async () => (await this.statusBar()).find((item) => matches(item.text, match) || matches(item.label, match)),
      { timeout, what: `a status bar item ${String(match)}` },
    );
  }

  async clickStatus(match: string | RegExp): Promise<void> {
    const item = await this.waitStatus(match);
    await this.page.locator(`.part.statusbar .statusbar-item[id="${item.id}"] a`).first().click();
  }

  /** The rows of the Problems view. */
  async problems(): Promise<TreeRow[]> {
    if ((await this.page.locator('.markers-panel:visible').count()) === 0)
      await this.quick.command('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel:visible').first().waitFor();
    await sleep(300); // the rows come a little after the view
    return this.#rows('.markers-panel .monaco-list-row');
  }

  /** The rows of the tree below the pane header with this title; undefined when no such pane is shown. */
  async tree(title: string): Promise<TreeRow[] | undefined> {
    const panes = this.page.locator('.pane', {
      has: this.page.locator('.pane-header .title', { hasText: new RegExp(whole(title), 'i') }),
    });
    if ((await panes.count()) === 0) return undefined;
    const rows = await panes
      .first()
      .locator('.monaco-list-row')
      .evaluateAll((all: El[]) =>
        all.map((row) => ({
          text: row.innerText,
          aria: row.getAttribute('aria-label') ?? '',
          level: row.getAttribute('aria-level'),
          expanded: row.getAttribute('aria-expanded'),
        })),
      );
    return rows.map(asRow);
  }

  async clickTree(title: string, row: string | RegExp): Promise<void> {
    await this.#row(title, row).click();
  }

  /** The row of a tree on which the keys act; undefined when they act elsewhere. */
  async rowOfKeys(title: string): Promise<TreeRow | undefined> {
    const [row] = await this.#rows(
      '.monaco-list:focus .monaco-list-row.focused, .monaco-list:focus-within .monaco-list-row.focused',
    );
    const all = (await this.tree(title)) ?? [];
    return all.find(({ text, aria, level }) => text === row?.text && aria === row.aria && level === row.level);
  }

  /** Presses one of the buttons that a row of a tree shows when the mouse is over it. */
  async clickTreeAction(title: string, row: string | RegExp, action: string): Promise<void> {
    const found = this.#row(title, row);
    await found.hover();
    await found.locator(`.action-label[aria-label="${action}"]`).first().click();
  }

  /** Opens the context menu of the row that has the focus, with the keyboard, and gives what it offers. */
  async rowMenu(): Promise<string[]> {
    await this.page.keyboard.press('Shift+F10');
    const menu = this.page.locator('.context-view .monaco-menu:visible').first();
    await menu.waitFor();
    return (await menu.locator('.action-label').allInnerTexts()).map(oneLine).filter((text) => text !== '');
  }

  /** What a pane of a tree says above its rows, or in their place. */
  async paneText(title: string): Promise<string> {
    const pane = this.page
      .locator('.pane', { has: this.page.locator('.pane-header .title', { hasText: new RegExp(whole(title), 'i') }) })
      .first();
    const parts = await pane.locator('.message:visible, .welcome-view:visible').allInnerTexts();
    return clean(parts.join('\n')).trim();
  }

  /** A line for each part of the window that is shown: the side bar with its panes, the tabs, the status bar. */
  async outline(): Promise<string[]> {
    const texts = async (selector: string): Promise<string> =>
      (await this.page.locator(selector).allInnerTexts())
        .map(oneLine)
        .filter((text) => text !== '')
        .join(' | ');
    const panes = await this.page.$$eval('.pane', (all: El[]) =>
      all.map(
        (pane) =>
          `${pane.querySelector('.pane-header .title')?.textContent ?? ''} (${pane.querySelector('.pane-header.expanded') ? `${String(pane.querySelectorAll('.monaco-list-row').length)} rows` : 'closed'})`,
      ),
    );
    return [
      `side bar: ${await texts('.part.sidebar > .title:visible')}; ${panes.map(clean).join(', ')}`,
      `tabs: ${await texts('.part.editor .tab:visible')}; in front: ${await texts('.part.editor .tab.active:visible')}`,
      `status bar: ${(await this.statusBar()).map(({ text }) => text).join(' | ')}`,
    ];
  }

  /** The text of every webview that is shown. */
  async webviews(): Promise<string[]> {
    const texts: string[] = [];
    for (const frame of this.page.frames()) {
      if (!/webview|fake\.html|index\.html/.test(frame.url())) continue;
      texts.push(await frame.evaluate<string>('document.body ? document.body.innerText : ""').catch(() => ''));
    }
    return texts.map(clean).filter((text) => text.trim() !== '');
  }

  /** Trusts the folder: for editors started with `trust: false`. */
  async trust(): Promise<void> {
    await this.quick.command('Workspaces: Manage Workspace Trust');
    await this.page
      .locator('.workspace-trust-editor .monaco-button:visible', { hasText: whole('Trust') })
      .first()
      .click();
    await until(() => this.inside.run((vscode) => vscode.workspace.isTrusted), { what: 'the folder to be trusted' });
    await this.quick.command('View: Close Editor');
  }

  /** Closes all editors, the panel, the side bar on the right and notifications. Unsaved text is thrown away. */
  async tidy(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.inside.run(async (vscode) => {
      const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);
      while (vscode.window.tabGroups.activeTabGroup.activeTab) await run('workbench.action.revertAndCloseActiveEditor');
      for (const command of [
        'workbench.action.closePanel',
        'workbench.action.closeAuxiliaryBar',
        'notifications.clearAll',
      ])
        await run(command);
    });
  }

  #row(title: string, row: string | RegExp): Locator {
    return this.page
      .locator('.pane', { has: this.page.locator('.pane-header .title', { hasText: new RegExp(whole(title), 'i') }) })
      .first()
      .locator('.monaco-list-row', { hasText: row })
      .first();
  }

  async #rows(selector: string): Promise<TreeRow[]> {
    const rows = await this.page.$$eval(selector, (all: El[]) =>
      all.map((row) => ({
        text: row.innerText,
        aria: row.getAttribute('aria-label') ?? '',
        level: row.getAttribute('aria-level'),
        expanded: row.getAttribute('aria-expanded'),
      })),
    );
    return rows.map(asRow);
  }
}

function asRow(row: {
  readonly text: string;
  readonly aria: string;
  readonly level: string | null;
  readonly expanded: string | null;
}): TreeRow {
  return {
    text: oneLine(row.text),
    aria: clean(row.aria),
    level: Number(row.level ?? 1),
    expanded: row.expanded === null ? undefined : row.expanded === 'true',
  };
}
