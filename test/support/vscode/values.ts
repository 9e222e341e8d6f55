/** Places, texts, rows and findings: what extensions make and hand to the editor. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { DiagnosticSeverity, TreeItemCollapsibleState } from './enums';

interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export class Uri implements vscode.Uri {
  static file(file: string): Uri {
    return new Uri({ scheme: 'file', path: file.startsWith('/') ? file : `/${file}` });
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts);
  }

  static parse(text: string): Uri {
    const [, scheme = 'file', authority, place = '', query, fragment] =
      /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
    const decoded = (part = ''): string => decodeURIComponent(part);
    return new Uri({
      scheme,
      authority: decoded(authority),
      path: decoded(place),
      query: decoded(query),
      fragment: decoded(fragment),
    });
  }

  static joinPath(base: vscode.Uri, ...segments: readonly string[]): Uri {
    return new Uri({ ...partsOf(base), path: path.posix.join(base.path, ...segments) });
  }

  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  private constructor({ scheme, authority = '', path: place = '', query = '', fragment = '' }: UriParts) {
    [this.scheme, this.authority, this.path, this.query, this.fragment] = [scheme, authority, place, query, fragment];
  }

  get fsPath(): string {
    return this.path;
  }

  with(change: Partial<UriParts>): Uri {
    return new Uri({ ...partsOf(this), ...change });
  }

  toString(skipEncoding = false): string {
    const write = skipEncoding ? (text: string): string => text : encoded;
    const place = this.authority !== '' || this.scheme === 'file' ? `//${write(this.authority)}` : '';
    const query = this.query === '' ? '' : `?${write(this.query)}`;
    const fragment = this.fragment === '' ? '' : `#${write(this.fragment)}`;
    return `${this.scheme}:${place}${write(this.path).replace(/%2F/g, '/')}${query}${fragment}`;
  }

  toJSON(): UriParts {
    return partsOf(this);
  }
}

const partsOf = ({ scheme, authority, path: place, query, fragment }: vscode.Uri): Required<UriParts> => ({
  scheme,
  authority,
  path: place,
  query,
  fragment,
});

export class Position implements Pick<
  vscode.Position,
  'line' | 'character' | 'isBefore' | 'isBeforeOrEqual' | 'isEqual' | 'translate'
> {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {
    if (line < 0 || character < 0) throw new Error('illegal argument: line and character are not negative');
  }

  isBefore(to: vscode.Position): boolean {
    return this.line < to.line || (this.line === to.line && this.character < to.character);
  }

  isEqual(to: vscode.Position): boolean {
    return this.line === to.line && this.character === to.character;
  }

  isBeforeOrEqual(to: vscode.Position): boolean {
    return this.isBefore(to) || this.isEqual(to);
  }

  translate(lines: unknown = 0, characters = 0): vscode.Position {
    return asReal(new Position(this.line + Number(lines), this.character + characters));
  }
}

const asReal = (position: Position): vscode.Position => position as unknown as vscode.Position;

export class Range implements Pick<
  vscode.Range,
  'start' | 'end' | 'isEmpty' | 'isSingleLine' | 'contains' | 'isEqual' | 'intersection'
> {
  readonly start: vscode.Position;
  readonly end: vscode.Position;

  constructor(start: vscode.Position | number, end: vscode.Position | number, endLine?: number, endCharacter?: number) {
    const [from, to] =
      typeof start === 'number' || typeof end === 'number'
        ? [
            asReal(new Position(Number(start), Number(end))),
            asReal(new Position(Number(endLine), Number(endCharacter))),
          ]
        : [start, end];
    [this.start, this.end] = from.isBeforeOrEqual(to) ? [from, to] : [to, from];
  }

  get isEmpty(): boolean {
    return this.start.isEqual(this.end);
  }

  get isSingleLine(): boolean {
    return this.start.line === this.end.line;
  }

  contains(place: vscode.Position | vscode.Range): boolean {
    const { start, end } = 'start' in place ? place : { start: place, end: place };
    return this.start.isBeforeOrEqual(start) && end.isBeforeOrEqual(this.end);
  }

  isEqual({ start, end }: vscode.Range): boolean {
    return this.start.isEqual(start) && this.end.isEqual(end);
  }

  intersection(range: vscode.Range): vscode.Range | undefined {
    const start = this.start.isBefore(range.start) ? range.start : this.start;
    const end = this.end.isBefore(range.end) ? this.end : range.end;
    return end.isBefore(start) ? undefined : (new Range(start, end) as unknown as vscode.Range);
  }
}

export class Selection extends Range {
  readonly anchor: vscode.Position;
  readonly active: vscode.Position;

  constructor(
    anchor: vscode.Position | number,
    active: vscode.Position | number,
    activeLine?: number,
    activeCharacter?: number,
  ) {
    super(anchor, active, activeLine, activeCharacter);
    const [from, to] =
      typeof anchor === 'number' || typeof active === 'number'
        ? [
            asReal(new Position(Number(anchor), Number(active))),
            asReal(new Position(Number(activeLine), Number(activeCharacter))),
          ]
        : [anchor, active];
    [this.anchor, this.active] = [from, to];
  }

  get isReversed(): boolean {
    return this.active.isBefore(this.anchor);
  }
}

export class MarkdownString implements Pick<
  vscode.MarkdownString,
  'value' | 'isTrusted' | 'supportThemeIcons' | 'appendText' | 'appendMarkdown'
> {
  isTrusted: NonNullable<vscode.MarkdownString['isTrusted']> = false;

  constructor(
    public value = '',
    readonly supportThemeIcons = false,
  ) {}

  appendText(text: string): vscode.MarkdownString {
    // As the editor escapes it: a break is one of paragraphs, and several spaces stay several.
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~<>&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
      .replace(/([ \t]+)/g, (_, spaces: string) => '&nbsp;'.repeat(spaces.length))
      .replace(/\n/g, '\n\n');
    return this as unknown as vscode.MarkdownString;
  }

  appendMarkdown(text: string): vscode.MarkdownString {
    this.value += text;
    return this as unknown as vscode.MarkdownString;
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  static readonly Folder = new ThemeIcon('folder');

  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  readonly label?: string;
  readonly resourceUri?: vscode.Uri;

  constructor(
    named: string | vscode.Uri,
    public collapsibleState: vscode.TreeItemCollapsibleState = TreeItemCollapsibleState.None,
  ) {
    if (typeof named === 'string') this.label = named;
    else this.resourceUri = named;
  }
}

export class Hover {
  readonly contents: readonly vscode.MarkdownString[];

  constructor(
    contents: vscode.MarkdownString | readonly vscode.MarkdownString[],
    readonly range?: vscode.Range,
  ) {
    this.contents = [contents].flat();
  }
}

export class Diagnostic {
  source?: string;
  code?: vscode.Diagnostic['code'];

  constructor(
    public range: vscode.Range,
    public message: string,
    public severity: vscode.DiagnosticSeverity = DiagnosticSeverity.Error,
  ) {}
}

export class CodeActionKind {
  static readonly Empty = new CodeActionKind('');
  static readonly QuickFix = new CodeActionKind('quickfix');
  static readonly Source = new CodeActionKind('source');

  constructor(readonly value: string) {}

  contains({ value }: vscode.CodeActionKind): boolean {
    return this.value === '' || value === this.value || value.startsWith(`${this.value}.`);
  }
}

export class DocumentLink {
  tooltip?: string;

  constructor(
    public range: vscode.Range,
    public target?: vscode.Uri,
  ) {}
}

export class CodeAction {
  diagnostics?: vscode.Diagnostic[];
  command?: vscode.Command;
  edit?: vscode.WorkspaceEdit;
  isPreferred?: boolean;

  constructor(
    readonly title: string,
    readonly kind?: vscode.CodeActionKind,
  ) {}
}

export class CompletionItem {
  insertText?: string;
  documentation?: string;
  range?: vscode.Range;

  constructor(
    readonly label: string,
    readonly kind?: vscode.CompletionItemKind,
  ) {}
}

interface Replacement {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly text: string;
}

export class WorkspaceEdit {
  /** In the order in which they were added. */
  readonly replacements: Replacement[] = [];

  get size(): number {
    return new Set(this.replacements.map(({ uri }) => uri.toString())).size;
  }

  readonly created: { readonly uri: vscode.Uri; readonly contents: Uint8Array }[] = [];
  readonly deleted: vscode.Uri[] = [];

  replace(uri: vscode.Uri, range: vscode.Range, text: string): void {
    this.replacements.push({ uri, range, text });
  }

  createFile(uri: vscode.Uri, { contents = new Uint8Array() }: { readonly contents?: Uint8Array } = {}): void {
    this.created.push({ uri, contents });
  }

  deleteFile(uri: vscode.Uri): void {
    this.deleted.push(uri);
  }
}

export class RelativePattern {
  readonly baseUri: vscode.Uri;

  constructor(
    base: vscode.Uri,
    readonly pattern: string,
  ) {
    this.baseUri = base;
  }
}

export class TabInputText {
  constructor(readonly uri: vscode.Uri) {}
}
