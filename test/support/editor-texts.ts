/** The text in front of a person in the stand-in's window: typing, findings, hovers, quick fixes, marks. */
import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import type * as vscode from 'vscode';
import type { Workspace } from '../editor/host/workspace';
import { until } from './editor-people';
import { CodeActionTriggerKind } from './vscode/enums';
import { closeEditors, documentAt, show, type StandInEditor } from './vscode/documents';
import { isSelected, languages } from './vscode/languages';
import type { WindowState } from './vscode/state';
import { CodeActionKind, Range, Selection, Uri, type WorkspaceEdit } from './vscode/values';
import { workspace as api } from './vscode/workspace';

export interface FoundAt {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly severity: number;
  readonly source: string | undefined;
  readonly code: string;
  /** The page behind the code. */
  readonly target: vscode.Uri | undefined;
}

const markdown = new MarkdownIt();
markdown.validateLink = () => true; // the editor shows links to files, too
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/** What a person reads of Markdown. */
const readMarkdown = ({ value, supportThemeIcons }: vscode.MarkdownString): string =>
  markdown
    .render(supportThemeIcons === true ? value.replace(/\$\([\w~-]+\)/g, '') : value)
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll('\u00a0', ' ')
    .trim();

const matches = (text: string, match: string | RegExp): boolean =>
  typeof match === 'string' ? text.includes(match) : match.test(text);

const token = { isCancellationRequested: false } as vscode.CancellationToken;

export class Texts {
  constructor(
    private readonly state: WindowState,
    private readonly workspace: Workspace,
    private readonly run: (id: string, ...args: readonly unknown[]) => Thenable<unknown>,
  ) {}

  get active(): StandInEditor {
    return this.state.active ?? assert.fail('no text is in front');
  }

  /** The whole text in front. */
  get whole(): string {
    return this.active.document.text;
  }

  /** Shows a file of the folder (or an absolute one), with the caret at its beginning. */
  async open(file: string): Promise<void> {
    show(await documentAt(Uri.file(file.startsWith('/') ? file : this.workspace.at(file))));
  }

  /** Puts the caret somewhere: line and column from 1. */
  goto(line: number, column: number): void {
    this.active.select(new Selection(line - 1, column - 1, line - 1, column - 1), undefined);
  }

  /** Selects up to the end of the caret's line. */
  selectToLineEnd(): void {
    const { line, character } = this.active.selection.active;
    const end = this.active.document.lines[line]?.length ?? 0;
    this.active.select(new Selection(line, character, line, end), undefined);
  }

  /** Types key by key at the caret. */
  type(text: string): void {
    for (const key of text) this.active.key(key);
  }

  undo(): void {
    this.active.document.undo();
  }

  redo(): void {
    this.active.document.redo();
  }

  save(): void {
    this.active.document.save();
  }

  closeAll(): void {
    closeEditors();
  }

  async waitLine(match: string | RegExp): Promise<string> {
    return until(() => this.state.active?.document.lines.find((line) => matches(line, match)), {
      every: 10,
      what: `a line ${String(match)}`,
    }).catch((error: unknown) => assert.fail(`${String(error)} in\n${this.state.active?.document.text ?? 'nothing'}`));
  }

  /** The findings about a file of the folder, by their lines. */
  found(file: string): readonly FoundAt[] {
    const all = languages.getDiagnostics(Uri.file(this.workspace.at(file)));
    return all
      .map(({ range, message, severity, source, code }) => ({
        line: range.start.line + 1,
        message,
        severity,
        source,
        code: String(typeof code === 'object' ? code.value : code),
        target: typeof code === 'object' ? code.target : undefined,
      }))
      .sort((one, other) => one.line - other.line);
  }

  async waitFound(
    file: string,
    test: (found: readonly FoundAt[]) => boolean,
    what: string,
  ): Promise<readonly FoundAt[]> {
    return until(() => test(this.found(file)) && this.found(file), { what }).catch((error: unknown) =>
      assert.fail(`${String(error)}: ${JSON.stringify(this.found(file), null, 1)}`),
    );
  }

  /** What a person reads when the mouse rests on the first place of a text: findings, and what providers say. */
  async hover(text: string): Promise<string> {
    const { document } = this.active;
    const offset = document.text.indexOf(text);
    assert.ok(offset >= 0, `${text} is not in\n${document.text}`);
    const at = document.positionAt(offset) as unknown as vscode.Position;
    const parts = languages
      .getDiagnostics(document.uri)
      .filter(({ range }) => range.contains(at))
      .map(({ message }) => message);
    for (const { selector, provider } of this.state.hovers)
      if (isSelected(selector, document.real))
        for (const content of (await provider.provideHover(document.real, at, token))?.contents ?? [])
          parts.push(readMarkdown(content as vscode.MarkdownString));
    return parts.join('\n');
  }

  async waitHover(text: string, match: RegExp): Promise<string> {
    let last = '';
    return until(async () => match.test((last = await this.hover(text))) && last, {
      every: 20,
      what: String(match),
    }).catch((error: unknown) => assert.fail(`${String(error)}: ${last}`));
  }

  /** What the light bulb offers at the caret. */
  async quickFixes(): Promise<readonly vscode.CodeAction[]> {
    const { document, selection } = this.active;
    const range = selection as unknown as vscode.Range;
    const diagnostics = languages
      .getDiagnostics(document.uri)
      .filter((one) => one.range.intersection(range) !== undefined);
    const context = {
      diagnostics,
      only: undefined,
      triggerKind: CodeActionTriggerKind.Invoke,
    };
    const offered: vscode.CodeAction[] = [];
    for (const { selector, provider } of this.state.actions)
      if (isSelected(selector, document.real))
        offered.push(
          ...(((await provider.provideCodeActions(document.real, range, context, token)) ?? []) as vscode.CodeAction[]),
        );
    return offered.filter(({ kind }) => CodeActionKind.QuickFix.contains(kind as unknown as vscode.CodeActionKind));
  }

  /** Takes one: its edit is made, then its command runs. The promise ends with the command. */
  async quickFix(title: string): Promise<void> {
    const all = await this.quickFixes();
    const fix =
      all.find((one) => one.title.includes(title)) ??
      assert.fail(`no quick fix "${title}" among ${all.map((one) => one.title).join(', ')}`);
    if (fix.edit) await api.applyEdit(fix.edit);
    const { command } = fix;
    if (command) await this.run(command.command, ...((command.arguments ?? []) as readonly unknown[]));
  }

  /** What completion offers at a place from 1. */
  async completions(line: number, column: number): Promise<readonly vscode.CompletionItem[]> {
    const { document } = this.active;
    const at = new Selection(line - 1, column - 1, line - 1, column - 1).active;
    const offered: vscode.CompletionItem[] = [];
    for (const { selector, provider } of this.state.completions)
      if (isSelected(selector, document.real))
        offered.push(
          ...(((await provider.provideCompletionItems(document.real, at, token, {
            triggerKind: 0,
            triggerCharacter: undefined,
          })) ?? []) as vscode.CompletionItem[]),
        );
    return offered;
  }

  /** The marks beside what is in front, `LINE KIND` in the order of the lines; `LINE bar STYLE` for one without an icon. */
  marks(editor = this.active): readonly string[] {
    return [...editor.decorated.values()]
      .flatMap(({ options, ranges }) => {
        const icon = options.dark?.gutterIconPath;
        const kind = icon
          ? /gutter\/(\w+)-dark\.svg$/.exec((icon as vscode.Uri).path)?.[1]
          : `bar ${options.borderStyle ?? '?'}`;
        return ranges.flatMap(({ start, end }) =>
          Array.from({ length: end.line - start.line + 1 }, (_, index) => ({ line: start.line + index + 1, kind })),
        );
      })
      .sort((one, other) => one.line - other.line)
      .map(({ line, kind }) => `${String(line)} ${kind ?? '?'}`);
  }

  async waitMarks(expected: readonly string[]): Promise<void> {
    await until(() => this.marks().join() === expected.join(), { what: 'the marks' }).catch(() =>
      assert.deepEqual(this.marks(), expected),
    );
  }
}

export type { WorkspaceEdit };
export { Range };
