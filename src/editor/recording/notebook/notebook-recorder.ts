/**
 * Notebooks: the editor shows each cell as a document of its own and writes one file of JSON. Cells are tracked key by
 * key, and recorded as an edit of that file when the notebook is saved.
 */
import * as vscode from 'vscode';
import type { KeptOperation } from '../../../provenance/journal';
import type { AuthoredChange } from '../buffer/text-change';
import type { Provenance } from '../buffer/text-spans';
import { PERSON } from '../classify/settle-by-detailed-reason';
import type { DocumentTracker } from '../document/document-tracker';
import type { AuthorsOf } from '../clipboard/moved-authors';
import type { TrackHost } from '../document/document-tracker-ports';
import { contentOf, editOf, type Content, type Edit } from '../document/saved-edit';
import { notebookOperations, type CellChange } from './notebook-edit';

interface NotebookPorts {
  /** The path of a notebook in its work tree; undefined: it is in none. */
  readonly pathOf: (file: string) => string | undefined;
  /** A file's bytes; null if there is none. */
  readonly readNow: (file: string) => Buffer | null;
  readonly track: (cell: vscode.TextDocument) => DocumentTracker | undefined;
  /** Who wrote the lines of a cell, as they stood in a content of the notebook's file. */
  readonly authorsIn: (file: string, cell: string, content: Buffer | null) => Promise<ReturnType<AuthorsOf>>;
  /** Whether no assistant can have changed a document just now. */
  readonly isPersons: (file: string) => boolean;
  readonly keep: (file: string, edit: Edit, before: Buffer | null, after: Buffer) => Promise<void>;
  /** Compares two long texts. */
  readonly compare: TrackHost['compare'];
  readonly failed: (error: unknown) => void;
}

/** A notebook as it was on disk last. */
interface Saved {
  content: Content | null;
  /** The cells' texts at that time. */
  texts: Map<vscode.TextDocument, string>;
  /** What cells that are new since had from their beginning. */
  readonly begun: Map<vscode.TextDocument, string>;
  /** Who changed more than cells' texts since; undefined: nobody did. */
  frame: Provenance | undefined;
}

const savedAs = (content: Content | null, texts: Saved['texts']): Saved => ({
  content,
  texts,
  begun: new Map(),
  frame: undefined,
});

/** The editor reports that a notebook is dirty only after its first change. */
const IS_DIRTY_WITHIN_MS = 300;

export class NotebookRecorder implements vscode.Disposable {
  private readonly notebooks = new Map<vscode.NotebookDocument, Saved>();
  /** What a save recorded for each cell, until the notebook's own edit is made. */
  private readonly cellEdits = new Map<string, Edit>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(private readonly ports: NotebookPorts) {
    const { workspace } = vscode;
    this.subscriptions.push(
      workspace.onDidOpenNotebookDocument((notebook) => this.open(notebook)),
      workspace.onDidCloseNotebookDocument((notebook) => this.notebooks.delete(notebook)),
      workspace.onDidChangeNotebookDocument((event) => this.changed(event)),
      workspace.onDidSaveNotebookDocument((notebook) => {
        this.saved(notebook).catch(ports.failed);
      }),
    );
    workspace.notebookDocuments.forEach((notebook) => this.open(notebook));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** A cell's tracker found what changed in the cell since the last save. */
  cellSaved(cell: vscode.TextDocument, edit: Edit): void {
    this.cellEdits.set(cell.uri.toString(), edit);
  }

  private contentOf(file: string): Content | null {
    const bytes = this.ports.readNow(file);
    return bytes && contentOf(bytes);
  }

  private open(notebook: vscode.NotebookDocument): void {
    const { uri } = notebook;
    if (uri.scheme !== 'file' || this.ports.pathOf(uri.fsPath) === undefined) return;
    this.notebooks.set(notebook, savedAs(this.contentOf(uri.fsPath), textsOf(notebook)));
  }

  private changed({ notebook, contentChanges, cellChanges }: vscode.NotebookDocumentChangeEvent): void {
    const saved = this.notebooks.get(notebook);
    if (!saved) return;
    if (!notebook.isDirty)
      setTimeout(() => {
        this.reloaded(notebook).catch(this.ports.failed);
      }, IS_DIRTY_WITHIN_MS);
    for (const { document } of contentChanges.flatMap(({ addedCells }) => addedCells))
      saved.begun.set(document, document.getText());
    // A cell's text is tracked in its document.
    if (contentChanges.length === 0 && cellChanges.every(({ document }) => document !== undefined)) return;
    const by = this.ports.isPersons(notebook.uri.fsPath) ? PERSON : null;
    saved.frame = saved.frame === undefined || by === null ? by : saved.frame;
  }

  /** Another program wrote the file, and the editor has read it. */
  private async reloaded(notebook: vscode.NotebookDocument): Promise<void> {
    const saved = this.notebooks.get(notebook);
    if (!saved || notebook.isDirty) return;
    const content = this.contentOf(notebook.uri.fsPath);
    if (sameBytes(content, saved.content)) return;
    const texts = textsOf(notebook);
    this.notebooks.set(notebook, savedAs(content, texts));
    await this.editsOf([...texts.keys()]);
  }

  private async saved(notebook: vscode.NotebookDocument): Promise<void> {
    const last = this.notebooks.get(notebook);
    const file = notebook.uri.fsPath;
    const path = this.ports.pathOf(file);
    if (!last || path === undefined) {
      this.open(notebook);
      return;
    }
    const after = this.contentOf(file);
    const texts = textsOf(notebook);
    this.notebooks.set(notebook, savedAs(after, texts));
    const edits = await this.editsOf([...texts.keys()]);
    const { content: before, begun, frame } = last;
    if (after?.text === undefined || sameBytes(before, after)) return;
    const cells = await Promise.all(
      [...texts].map(async ([cell, text]): Promise<CellChange> => {
        const first = last.texts.has(cell) ? undefined : begun.get(cell);
        return {
          before: last.texts.get(cell) ?? first ?? '',
          after: text,
          operations: edits.get(cell.uri.toString()),
          ...(first ? { copied: await this.ports.authorsIn(file, first, before?.bytes ?? null) } : {}),
        };
      }),
    );
    const from = before?.text ?? '';
    const others = frame === undefined ? onlyAuthor(cells) : frame;
    const operations = notebookOperations(from, after.text, await this.ports.compare(from, after.text), cells, others);
    const edit = editOf({ path, before, after, from, to: after.text, operations, encoder: null });
    if (edit) await this.ports.keep(file, edit, before?.bytes ?? null, after.bytes);
  }

  /** What happened in the cells since they were saved last. */
  private async editsOf(
    cells: readonly vscode.TextDocument[],
  ): Promise<ReadonlyMap<string, readonly AuthoredChange[] | undefined>> {
    await Promise.all(cells.flatMap((cell) => this.ports.track(cell)?.saved() ?? []));
    return new Map(
      cells.map((cell) => {
        const key = cell.uri.toString();
        const edit = this.cellEdits.get(key);
        this.cellEdits.delete(key);
        return [key, edit && authoredChanges(edit)] as const;
      }),
    );
  }
}

/** The author of everything that happened in cells; null: several, or an unknown one. */
function onlyAuthor(cells: readonly CellChange[]): Provenance {
  const authors = cells
    .filter(({ before, after }) => before !== after)
    .flatMap(({ operations }) => operations?.map(({ by }) => by) ?? [null]);
  const [first] = authors;
  return first && authors.every((by) => by?.author === first.author) ? first : null;
}

function authoredChanges({ by, file }: Edit): readonly AuthoredChange[] | undefined {
  const { operations, hands = [by] } = file;
  return operations?.map((operation: KeptOperation) => ({
    offset: operation.offset,
    deleted: operation.deleted,
    inserted: operation.inserted,
    by: hands[operation.by] ?? null,
  }));
}

const textsOf = (notebook: vscode.NotebookDocument): Map<vscode.TextDocument, string> =>
  new Map(notebook.getCells().map(({ document }) => [document, document.getText()]));

const sameBytes = (a: Content | null, b: Content | null): boolean =>
  a === b || (a !== null && b !== null && a.bytes.equals(b.bytes));
