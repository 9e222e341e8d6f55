/** What the stand-in's window shows: trees, status bar, findings. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { read, until } from './editor-people';
import { TreeItemCheckboxState, TreeItemCollapsibleState } from './vscode/enums';
import type { Tree, WindowState } from './vscode/state';
import { tick } from './vscode/window';

const TOP = path.resolve(__dirname, '../..');

interface Welcome {
  readonly view: string;
  readonly contents: string;
  readonly when: string;
}

const { contributes } = JSON.parse(readFileSync(path.join(TOP, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly viewsWelcome: readonly Welcome[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
      readonly 'view/item/context': readonly { readonly command: string; readonly when: string }[];
    };
  };
};
const WORDS = JSON.parse(readFileSync(path.join(TOP, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;

export interface ShownRow {
  /** Label and description, as they are read. */
  readonly text: string;
  readonly aria: string;
  /** Depth, from 1. */
  readonly level: number;
  /** Undefined: it has nothing below it. */
  readonly expanded: boolean | undefined;
  /** Undefined: it has no box. */
  readonly checked: boolean | undefined;
  readonly tooltip: string;
  readonly item: vscode.TreeItem;
  /** What the tree's own commands are passed. */
  readonly element: unknown;
}

export interface ShownStatus {
  readonly text: string;
  readonly label: string;
  readonly command: string;
}

const matches = (text: string, match: string | RegExp): boolean =>
  typeof match === 'string' ? text.includes(match) : match.test(text);

export class Shown {
  /** Rows that a person opened or closed, by their ids. */
  private readonly toggled = new Map<string, boolean>();

  constructor(
    private readonly state: WindowState,
    private readonly run: (id: string, ...args: readonly unknown[]) => Thenable<unknown>,
  ) {}

  /** The rows of a tree that are drawn. */
  async rows(view: string): Promise<readonly ShownRow[]> {
    const { provider } = this.tree(view);
    const seen = new Set<string>();
    const below = async (element: unknown, level: number): Promise<ShownRow[]> => {
      const rows: ShownRow[] = [];
      for (const child of (await provider.getChildren(element)) ?? []) {
        const item = await provider.getTreeItem(child);
        const id = item.id ?? String(item.label);
        assert.ok(!seen.has(id), `Element with id ${id} is already registered`);
        seen.add(id);
        const row = shownOf(item, child, level, this.toggled.get(id));
        rows.push(row, ...(row.expanded === true ? await below(child, level + 1) : []));
      }
      return rows;
    };
    return below(undefined, 1);
  }

  async texts(view: string): Promise<readonly string[]> {
    return (await this.rows(view)).map(({ text }) => text);
  }

  /** Waits until the rows are as wanted, and gives their texts. */
  async waitRows(view: string, test: (rows: readonly string[]) => boolean, what: string): Promise<readonly string[]> {
    let rows: readonly string[] = [];
    await until(async () => test((rows = await this.texts(view))), { what }).catch((error: unknown) =>
      assert.fail(`${String(error)}: ${JSON.stringify(rows, null, 1)}`),
    );
    for (const row of rows) assert.doesNotMatch(row, /· *(?:·|$)/, 'a dot stands between two parts');
    return rows;
  }

  async row(view: string, match: string | RegExp): Promise<ShownRow> {
    return until(async () => (await this.rows(view)).find(({ text }) => matches(text, match)), {
      every: 10,
      what: `a row ${String(match)}`,
    });
  }

  /** Clicks a row: runs its command, and selects it. */
  async click(view: string, match: string | RegExp): Promise<void> {
    const { item, element } = await this.row(view, match);
    const tree = this.tree(view);
    tree.view.selection = [element];
    if (item.command) await this.run(item.command.command, ...((item.command.arguments ?? []) as readonly unknown[]));
    else await this.toggle(view, match);
  }

  /** Opens or closes a row. */
  async toggle(view: string, match: string | RegExp): Promise<void> {
    const { item, expanded } = await this.row(view, match);
    assert.notEqual(expanded, undefined, `${String(match)} has nothing below it`);
    this.toggled.set(item.id ?? String(item.label), expanded !== true);
  }

  /** Clicks a row's box. */
  async tick(view: string, match: string | RegExp): Promise<void> {
    const { element, checked } = await this.row(view, match);
    assert.notEqual(checked, undefined, `${String(match)} has no box`);
    tick(this.tree(view), element, checked !== true);
  }

  /** Runs one of the commands that a row offers at its end or in its menu. */
  async runOn(view: string, match: string | RegExp, command: string): Promise<void> {
    const { element } = await this.row(view, match);
    await this.run(command, element);
  }

  /** What the view says above its rows, or instead of them. */
  async pane(view: string): Promise<string> {
    const { message = '' } = this.tree(view).view;
    const isEmpty = (await this.rows(view)).length === 0;
    const said = contributes.viewsWelcome.filter((one) => one.view === view && isEmpty && this.holds(one.when));
    return [message, ...said.map(({ contents }) => welcomeText(contents))].filter((text) => text !== '').join('\n');
  }

  async waitPane(view: string, match: RegExp): Promise<void> {
    let last = '';
    await until(async () => match.test((last = await this.pane(view))), { what: String(match) }).catch(
      (error: unknown) => assert.fail(`${String(error)}: ${last}`),
    );
  }

  /** The number on the view; 0: none. */
  badge(view: string): number {
    return this.tree(view).view.badge?.value ?? 0;
  }

  /** What stands beside the view's title. */
  description(view: string): string {
    return this.tree(view).view.description ?? '';
  }

  status(): readonly ShownStatus[] {
    return this.state.status.flatMap(({ item, visible }) =>
      visible
        ? [
            {
              text: read(item.text),
              label: item.accessibilityInformation?.label ?? String(item.tooltip ?? ''),
              command: String(item.command),
            },
          ]
        : [],
    );
  }

  /** Waits for a status bar item whose text or label contains or matches. */
  async waitStatus(match: string | RegExp): Promise<ShownStatus> {
    return until(() => this.status().find(({ text, label }) => matches(text, match) || matches(label, match)), {
      every: 10,
      what: `a status bar item ${String(match)}`,
    }).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(this.status())}`));
  }

  async clickStatus(match: string | RegExp): Promise<void> {
    await this.run((await this.waitStatus(match)).command);
  }

  /** The titles in a row's menu, as the manifest has them. */
  async menu(view: string, match: string | RegExp): Promise<readonly string[]> {
    const { item } = await this.row(view, match);
    const contexts = { view, viewItem: item.contextValue };
    return contributes.menus['view/item/context']
      .filter(({ when }) => this.holds(when, contexts))
      .map(({ command }) => contributes.commands.find((one) => one.command === command)?.title ?? command)
      .map((title) => WORDS[title.replaceAll('%', '')] ?? title)
      .filter((title, index, all) => all.indexOf(title) === index);
  }

  /** The titles of our commands that the palette lists, enabled or not. */
  palette(): readonly string[] {
    const { commands, menus } = contributes;
    const isListed = (id: string): boolean =>
      menus.commandPalette.every(({ command, when }) => command !== id || this.holds(when));
    return commands
      .filter(({ command }) => isListed(command))
      .map(({ title }) => WORDS[title.replaceAll('%', '')] ?? title);
  }

  private tree(view: string): Tree {
    return this.state.trees.get(view) ?? assert.fail(`there is no view ${view}`);
  }

  /** Whether a `when` clause of the manifest holds: names, `!`, `==`, `=~` and `&&`. */
  holds(when: string, more: Readonly<Record<string, unknown>> = {}): boolean {
    const known = [
      ...this.state.contexts,
      ['isWorkspaceTrusted', this.state.trusted],
      ...Object.entries(more),
    ] as const;
    if (when === 'false') return false;
    const contexts = new Map<string, unknown>(known as Iterable<readonly [string, unknown]>);
    return when.split('&&').every((part) => {
      const [, not = '', name = '', value, pattern] =
        /^\s*(!?)([\w.]+)(?:\s*==\s*([\w.]+)|\s*=~\s*\/(.*)\/)?\s*$/.exec(part) ?? assert.fail(part);
      const text = String(contexts.get(name));
      const held =
        pattern !== undefined
          ? new RegExp(pattern).test(text)
          : value === undefined
            ? Boolean(contexts.get(name))
            : text === value;
      return held !== (not === '!');
    });
  }
}

/** The text of a view's welcome: links of a line of their own are buttons. */
const welcomeText = (contents: string): string =>
  (/^%(.+)%$/.exec(contents)?.[1] ?? '')
    .split('\n')
    .map((key) => WORDS[key] ?? contents)
    .join('\n')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');

function shownOf(item: vscode.TreeItem, element: unknown, level: number, toggled: boolean | undefined): ShownRow {
  const { label, description, resourceUri, collapsibleState, checkboxState, tooltip } = item;
  assert.ok(label === undefined || typeof label === 'string', 'a label with highlights is not modelled');
  const name = label ?? path.basename(resourceUri?.path ?? '');
  const about =
    description === true ? path.dirname(resourceUri?.path ?? '') : description === false ? '' : (description ?? '');
  const hasBelow = collapsibleState !== undefined && collapsibleState !== TreeItemCollapsibleState.None;
  const box = typeof checkboxState === 'object' ? checkboxState.state : checkboxState;
  return {
    text: about === '' ? name : `${name} ${about}`,
    aria: item.accessibilityInformation?.label ?? `${name} ${about}`.trim(),
    level,
    expanded: hasBelow ? (toggled ?? collapsibleState === TreeItemCollapsibleState.Expanded) : undefined,
    checked: box === undefined ? undefined : box === TreeItemCheckboxState.Checked,
    tooltip: typeof tooltip === 'object' ? tooltip.value : (tooltip ?? ''),
    item,
    element,
  };
}
