/** Documents and text editors, and what the editor reports when their text changes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type * as vscode from 'vscode';
import { EndOfLine, TextDocumentChangeReason, TextDocumentSaveReason, TextEditorSelectionChangeKind } from './enums';
import { modelled, notModelled } from './modelled';
import { current } from './state';
import { Position, Range, Selection, Uri } from './values';

const LANGUAGES: Readonly<Record<string, string>> = { yml: 'yaml', ts: 'typescript', tf: 'terraform', md: 'markdown' };

export class StandInDocument {
  /** What extensions are given. */
  readonly real: vscode.TextDocument;
  version = 1;
  isDirty = false;
  isClosed = false;
  languageId: string;
  /** What is on disk, as the editor knows it. */
  private saved: string;
  private readonly undone: string[] = [];
  private readonly done: string[] = [];

  constructor(
    readonly uri: Uri,
    public text: string,
  ) {
    this.saved = text;
    this.languageId = LANGUAGES[/\.(\w+)$/.exec(uri.path)?.[1] ?? ''] ?? 'plaintext';
    const at = (offset: number): vscode.Position => this.positionAt(offset) as unknown as vscode.Position;
    const get = <Key extends 'version' | 'isDirty' | 'isClosed' | 'languageId'>(key: Key) => ({
      get: () => this[key],
      enumerable: true,
    });
    const part = {
      uri,
      fileName: uri.fsPath,
      isUntitled: uri.scheme === 'untitled',
      eol: EndOfLine.LF,
      getText: (range?: vscode.Range) =>
        range === undefined ? this.text : this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)),
      lineAt: (place: number | vscode.Position) => this.lineAt(typeof place === 'number' ? place : place.line),
      offsetAt: (place: vscode.Position) => this.offsetAt(place),
      positionAt: at,
      validatePosition: (place: vscode.Position) => at(this.offsetAt(place)),
      validateRange: (range: vscode.Range) =>
        new Range(at(this.offsetAt(range.start)), at(this.offsetAt(range.end))) as unknown as vscode.Range,
      save: () => Promise.resolve(this.save()),
    } satisfies Partial<vscode.TextDocument>;
    Object.defineProperties(part, {
      version: get('version'),
      isDirty: get('isDirty'),
      isClosed: get('isClosed'),
      languageId: get('languageId'),
      lineCount: { get: () => this.lines.length, enumerable: true },
    });
    this.real = modelled<vscode.TextDocument>('TextDocument', part);
  }

  get lines(): readonly string[] {
    return this.text.split(/\r\n|\n/);
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, Math.max(0, offset)).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }

  offsetAt({ line, character }: Pick<vscode.Position, 'line' | 'character'>): number {
    const lines = this.text.split('\n');
    if (line >= lines.length) return this.text.length;
    const before = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
    return before + Math.min(character, lines[line]?.length ?? 0);
  }

  /** Replaces a part, as an edit that the editor reports. */
  replace(start: number, end: number, text: string, dirty: boolean, reason?: vscode.TextDocumentChangeReason): void {
    if (reason === undefined) {
      this.done.push(this.text);
      this.undone.length = 0;
    }
    const range = new Range(
      this.positionAt(start) as unknown as vscode.Position,
      this.positionAt(end) as unknown as vscode.Position,
    ) as unknown as vscode.Range;
    this.text = `${this.text.slice(0, start)}${text}${this.text.slice(end)}`;
    this.version++;
    this.isDirty = dirty;
    current.window.on.changeDocument.fire({
      document: this.real,
      contentChanges: [{ range, rangeOffset: start, rangeLength: end - start, text }],
      reason,
    });
  }

  /** The smallest edit that makes it another text. */
  become(text: string, dirty: boolean, reason?: vscode.TextDocumentChangeReason): void {
    if (text === this.text) return;
    let start = 0;
    while (start < Math.min(text.length, this.text.length) && text[start] === this.text[start]) start++;
    let tail = 0;
    const most = Math.min(text.length, this.text.length) - start;
    while (tail < most && text.at(-1 - tail) === this.text.at(-1 - tail)) tail++;
    this.replace(start, this.text.length - tail, text.slice(start, text.length - tail), dirty, reason);
  }

  /** Takes back the latest edit. */
  undo(): void {
    const before = this.done.pop();
    if (before === undefined) return;
    this.undone.push(this.text);
    this.become(before, before !== this.saved, TextDocumentChangeReason.Undo);
  }

  redo(): void {
    const after = this.undone.pop();
    if (after === undefined) return;
    this.done.push(this.text);
    this.become(after, after !== this.saved, TextDocumentChangeReason.Redo);
  }

  save(): boolean {
    if (this.uri.scheme !== 'file') throw notModelled(`saving a document of scheme ${this.uri.scheme}`);
    const waits: unknown[] = [];
    current.window.on.willSave.fire({
      document: this.real,
      reason: TextDocumentSaveReason.Manual,
      waitUntil: (work: unknown) => waits.push(work),
    });
    if (waits.length > 0) throw notModelled('TextDocumentWillSaveEvent.waitUntil');
    writeFileSync(this.uri.fsPath, this.text);
    [this.saved, this.isDirty] = [this.text, false];
    current.window.on.save.fire(this.real);
    return true;
  }

  /** Takes back what is not saved. */
  revert(): void {
    this.become(this.saved, false);
    this.isDirty = false;
  }

  /** What changed on disk is shown, unless something is unsaved. */
  reload(): void {
    if (this.isDirty || this.uri.scheme !== 'file' || !existsSync(this.uri.fsPath)) return;
    this.saved = readFileSync(this.uri.fsPath, 'utf8');
    this.become(this.saved, false);
  }

  private lineAt(line: number): vscode.TextLine {
    const text = this.lines[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    const indented = text.search(/\S/);
    return modelled<vscode.TextLine>('TextLine', {
      lineNumber: line,
      text,
      range: new Range(line, 0, line, text.length) as unknown as vscode.Range,
      isEmptyOrWhitespace: indented < 0,
      firstNonWhitespaceCharacterIndex: indented < 0 ? text.length : indented,
    });
  }
}

/** An icon in the gutter or a colour beside lines: which type of decoration is where. */
export interface Decorated {
  readonly options: vscode.DecorationRenderOptions;
  readonly ranges: readonly vscode.Range[];
}

export class StandInEditor {
  readonly real: vscode.TextEditor;
  readonly decorated = new Map<vscode.TextEditorDecorationType, Decorated>();
  private current = new Selection(0, 0, 0, 0);

  constructor(
    readonly document: StandInDocument,
    readonly column: number,
  ) {
    const part = {
      document: document.real,
      viewColumn: column,
      setDecorations: (
        type: vscode.TextEditorDecorationType,
        ranges: readonly vscode.Range[] | readonly vscode.DecorationOptions[],
      ) => {
        const options = optionsOf.get(type);
        if (!options) throw new Error('a decoration type that is not there any more');
        this.decorated.set(type, {
          options,
          ranges: ranges.map((range) => ('range' in range ? range.range : range)),
        });
      },
      revealRange: () => undefined,
    } satisfies Partial<vscode.TextEditor>;
    const selection = {
      get: () => this.current,
      set: (selection: Selection) => this.select(selection, undefined),
      enumerable: true,
    };
    Object.defineProperties(part, {
      selection,
      selections: { get: () => [this.current], enumerable: true },
    });
    this.real = modelled<vscode.TextEditor>('TextEditor', part);
  }

  get selection(): Selection {
    return this.current;
  }

  select(selection: Selection, kind: vscode.TextEditorSelectionChangeKind | undefined): void {
    this.current = selection;
    current.window.on.changeSelection.fire({
      textEditor: this.real,
      selections: [selection as unknown as vscode.Selection],
      kind,
    });
  }

  /** One key press: the text that it inserts at the caret. */
  key(text: string): void {
    const [start, end] = [this.document.offsetAt(this.current.start), this.document.offsetAt(this.current.end)];
    this.document.replace(start, end, text, true);
    const { line, character } = this.document.positionAt(start + text.length);
    this.select(new Selection(line, character, line, character), TextEditorSelectionChangeKind.Keyboard);
  }
}

/** Of the types of decorations that are there. */
export const optionsOf = new WeakMap<vscode.TextEditorDecorationType, vscode.DecorationRenderOptions>();

/** The open document of a URI, opened if need be. */
export async function documentAt(uri: Uri): Promise<StandInDocument> {
  const { documents, contents } = current.window;
  const open = documents.find((document) => document.uri.toString() === uri.toString());
  if (open) return open;
  const provider = contents.get(uri.scheme);
  if (uri.scheme !== 'file' && !provider) throw new Error(`Unable to resolve resource ${uri.toString()}`);
  const given = provider?.provideTextDocumentContent(uri, {
    isCancellationRequested: false,
  } as vscode.CancellationToken);
  const text = provider ? ((await given) ?? '') : readFileSync(uri.fsPath, 'utf8');
  const again = current.window.documents.find((document) => document.uri.toString() === uri.toString());
  if (again) return again;
  const document = new StandInDocument(uri, text);
  current.window.documents.push(document);
  current.window.on.openDocument.fire(document.real);
  return document;
}

/** Shows a document in a column, in place of what that shows, and puts the focus there. */
export function show(document: StandInDocument, column = 1, focus = true): StandInEditor {
  const { window } = current;
  const known = window.editors.find((editor) => editor.column === column && editor.document === document);
  const editor = known ?? new StandInEditor(document, column);
  if (!known) {
    window.editors = [...window.editors.filter((one) => one.column !== column), editor];
    window.on.changeVisible.fire(window.editors.map(({ real }) => real));
  }
  if (focus && window.active !== editor) {
    window.active = editor;
    window.on.changeActive.fire(editor.real);
  }
  return editor;
}

/** Closes what is shown; documents with unsaved text stay open. */
export function closeEditors(): void {
  const { window } = current;
  window.editors = [];
  window.active = undefined;
  window.on.changeVisible.fire([]);
  window.on.changeActive.fire(undefined);
  for (const document of window.documents.filter(({ isDirty }) => !isDirty)) {
    document.isClosed = true;
    window.documents = window.documents.filter((one) => one !== document);
    window.on.closeDocument.fire(document.real);
  }
}

export const asUri = (uri: vscode.Uri): Uri => Uri.from(uri);
