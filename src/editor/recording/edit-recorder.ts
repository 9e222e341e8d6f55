/** Listens to the editor's documents and records changes in the journals of their work trees. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { blobId, JournalError, type By, type FileEdit, type Journal } from '../../provenance/journal';
import { authorsIn } from '../state/authors-in-recorder-terms';
import type { DetailedReason, Span } from './classify/change-event';
import { personsSetting } from '../personal-and-locked-settings';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktree } from '../workspace/worktree';
import type { Accepting } from './commands/accepting-completion';
import type { CommandBrackets } from './commands/command-brackets';
import { ListedItems } from './commands/listed-items';
import { snippetFiles } from './commands/snippet-files';
import { Snippets } from './commands/snippets';
import { areCopiesTold, watchCopies } from './clipboard/watch-copies';
import { ClipboardHistory } from './clipboard/clipboard-history';
import type { Cutting } from './buffer/pasted-spans';
import { partsOf, type AuthorsOf } from './clipboard/moved-authors';
import type { AssistantsInWindow } from './chat/assistants-at-work';
import { ChatAnswers } from './chat/chat-answers';
import { DocumentTracker } from './document/document-tracker';
import type { TrackHost } from './document/document-tracker-ports';
import { arePaths } from './document/path-texts';
import type { Edit } from './document/saved-edit';
import type { UnsavedTexts } from './document/unsaved-authors-backup';
import { authorsOfCell } from './notebook/notebook-edit';
import { NotebookRecorder } from './notebook/notebook-recorder';
import type { Unrecorded } from './unrecorded-reasons';

/** Who wrote text pasted from elsewhere. */
const pastedBy = (): By =>
  personsSetting('paste', 'unknown') === 'human'
    ? { author: 'human', evidence: 'declared' }
    : { author: 'unknown', reason: 'pasted' };

interface RecorderPorts {
  readonly places: PlaceFinder;
  /** A file's work tree, which is watched from then on. */
  readonly worktreeOf: (file: string) => Worktree | undefined;
  /** A file that was clean is being changed. */
  readonly willBeSaved: (file: string) => void;
  readonly accepting: Accepting;
  readonly commands: CommandBrackets;
  readonly assistants: AssistantsInWindow;
  readonly unrecorded: Unrecorded;
  readonly clipboard: () => Promise<string | undefined>;
  /** The extension's own folder for the workspace. */
  readonly storage: vscode.Uri | undefined;
  /** What was kept of unsaved texts when the window was open last. */
  readonly unsaved: Pick<UnsavedTexts, 'read'>;
  /** Compares two long texts. */
  readonly compare: TrackHost['compare'];
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

type KeptEdit = Omit<Edit, 'file'> & { readonly file: Edit['file'] & Pick<FileEdit, 'declares'> };

const CELL = 'vscode-notebook-cell';

/** Texts longer than this (UTF-16 code units) are not tracked key by key. */
const LONGEST_TEXT = 8_000_000;

export class Recorder implements vscode.Disposable {
  private readonly tracks = new Map<vscode.TextDocument, DocumentTracker>();
  private readonly cuttings = new ClipboardHistory();
  private readonly snippets = new Snippets();
  private readonly listed = new ListedItems();
  private readonly answers: ChatAnswers;
  private readonly notebooks: NotebookRecorder;
  private reasons = false;
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly settled = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly kept = new vscode.EventEmitter<Worktree>();

  /** What is known about an open document may have changed. */
  readonly onDidSettle = this.settled.event;
  /** An edit was written to a journal. */
  readonly onDidKeep = this.kept.event;

  constructor(private readonly ports: RecorderPorts) {
    this.answers = new ChatAnswers(ports.storage);
    const { workspace, window } = vscode;
    this.subscriptions.push(
      this.settled,
      this.kept,
      this.listed,
      workspace.onDidOpenTextDocument((document) => this.open(document)),
      workspace.onDidCloseTextDocument((document) => this.close(document)),
      workspace.onDidChangeTextDocument((event) => this.changed(event)),
      window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
        this.tracks
          .get(textEditor.document)
          ?.selected(kind === vscode.TextEditorSelectionChangeKind.Keyboard, selections.map(spanOf));
      }),
      workspace.onDidSaveTextDocument((document) => this.saved(document)),
      watchCopies((document, ranges) => {
        const parts = ranges.map(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)] as const);
        this.tracks
          .get(document)
          ?.copied(parts, { spans: ranges.map(spanOf), selected: editorOf(document)?.selections.map(spanOf) ?? [] });
      }),
    );
    this.openAll();
    this.notebooks = new NotebookRecorder({
      pathOf: (file) => this.ports.worktreeOf(file) && this.ports.places.locate(file)?.path,
      readNow,
      track: (cell) => this.tracks.get(cell),
      authorsIn: (file, cell, content) => this.authorsOfCell(file, cell, content),
      isPersons: (file) => ports.assistants.leaveToPerson(vscode.Uri.file(file), ports.worktreeOf(file)),
      keep: (file, edit, before, after) => this.writeEdit(file, edit, before, after),
      compare: ports.compare,
      failed: (error) => ports.log.error(`What happened in a notebook is not recorded: ${reasonOf(error)}`),
    });
    this.subscriptions.push(this.notebooks);
  }

  /** Starts tracking open documents that are not tracked yet: their folder may be in a repository now. */
  openAll(): void {
    vscode.workspace.textDocuments.forEach((document) => this.open(document));
  }

  /** The tracker of an open document; undefined for one that is not tracked. */
  track(document: vscode.TextDocument): DocumentTracker | undefined {
    return this.tracks.get(document);
  }

  /** Whether the editor has given a reason for a change: then it does so for all. */
  get areReasonsGiven(): boolean {
    return this.reasons;
  }

  /**
   * Records that somebody is reported to have changed a file from one content to another. `before`: null when they made
   * it; `after`: null when they deleted it.
   */
  async reported(
    file: string,
    by: By,
    before: Buffer | null,
    after: Buffer | null,
    more: Pick<FileEdit, 'declares'> = {},
  ): Promise<void> {
    const located = this.ports.places.locate(file);
    if (located) await this.writeEdit(file, { by, file: { path: located.path, ...more } }, before, after);
  }

  dispose(): void {
    for (const track of this.tracks.values()) track.close();
    this.tracks.clear();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private open(document: vscode.TextDocument): void {
    if (this.tracks.has(document)) return;
    if (document.uri.scheme === 'untitled')
      this.tracks.set(document, new DocumentTracker('', this.untitledHost(document), this.cuttings, this.ports.now));
    if (document.uri.scheme === CELL)
      this.tracks.set(document, new DocumentTracker('', this.cellHost(document), this.cuttings, this.ports.now));
    if (document.uri.scheme !== 'file') return;
    const located = this.ports.places.locate(document.uri.fsPath);
    const worktree = located && this.ports.worktreeOf(document.uri.fsPath);
    if (!located || !worktree) return;
    const { path } = located;
    const { ports } = this;
    if (document.getText().length > LONGEST_TEXT) {
      ports.unrecorded.passesOver(worktree, path, 'too-long');
      return;
    }
    const track = new DocumentTracker(
      path,
      {
        ...this.untitledHost(document),
        read: () => readFile(document.uri.fsPath).catch(() => null),
        readNow: () => readNow(document.uri.fsPath),
        copiesAreTold: () => areCopiesTold(document),
        surroundings: () => ports.assistants.around(document.uri, worktree),
        areSnippets: (texts) => this.snippets.haveAll(texts, snippetFiles(document, worktree.root, ports.storage)),
        comparedWith: () => this.comparedWith(document),
        readable: (yes) =>
          yes ? ports.unrecorded.follows(worktree, path) : ports.unrecorded.passesOver(worktree, path, 'not-utf8'),
        keep: (edit, before, after) => this.writeEdit(document.uri.fsPath, edit, before, after),
        had: (content, next) => this.had(worktree, path, content, next),
        authorsOf: (content) => this.authorsOf(worktree, path, content),
        failed: (error) =>
          ports.log.error(`What happened in ${path} before it was saved is not recorded: ${reasonOf(error)}`),
      },
      this.cuttings,
      ports.now,
    );
    this.tracks.set(document, track);
  }

  /**
   * An untitled file has nothing on disk and records nothing: its text and authors are carried over when it gets a
   * name.
   */
  private untitledHost(document: vscode.TextDocument): TrackHost {
    return {
      read: () => Promise.resolve(Buffer.from('')),
      readNow: () => null,
      clipboard: this.ports.clipboard,
      pasted: pastedBy,
      copiesAreTold: () => false,
      surroundings: () => this.ports.assistants.around(document.uri, undefined),
      isAssistant: (extension) => this.ports.assistants.isAssistant(extension),
      authorInChat: (text) => this.answers.authorOf(text),
      areSnippets: () => Promise.resolve(false),
      arePaths: (text) => arePaths(text, this.ports.places.locate(document.uri.fsPath)),
      comparedWith: () => undefined,
      readable: () => undefined,
      keep: () => Promise.resolve(),
      had: () => Promise.resolve(),
      authorsOf: () => Promise.resolve((start, end) => [{ length: end - start, by: null }]),
      compare: this.ports.compare,
      document: () => ({ text: document.getText(), dirty: document.isDirty }),
      keptUnsaved: (base) => this.ports.unsaved.read(document.uri.toString(), base),
      settled: () => this.settled.fire(document),
      failed: (error) =>
        this.ports.log.error(`What happened in ${document.fileName} is not recorded: ${reasonOf(error)}`),
    };
  }

  /** A notebook's cell has no file: what happened in it is recorded in the notebook's. */
  private cellHost(document: vscode.TextDocument): TrackHost {
    const text = (): Buffer => Buffer.from(document.getText());
    return {
      ...this.untitledHost(document),
      read: () => Promise.resolve(text()),
      readNow: text,
      copiesAreTold: () => areCopiesTold(document),
      authorsOf: async (content) => {
        const { fsPath } = document.uri;
        return partsOf(await this.authorsOfCell(fsPath, content?.toString('utf8') ?? '', readNow(fsPath)));
      },
      keep: (edit) => {
        this.notebooks.cellSaved(document, edit);
        return Promise.resolve();
      },
      document: () => ({ text: document.getText(), dirty: true }),
      keptUnsaved: () => undefined,
    };
  }

  /**
   * Saving an untitled file writes all its text to a file at once, while the untitled document still exists. So does
   * joining a cell with another one.
   */
  private takenOver(
    cellOrFile: vscode.TextDocument,
    [change, ...more]: readonly vscode.TextDocumentContentChangeEvent[],
  ): Promise<Cutting> | undefined {
    const { uri, isDirty } = cellOrFile;
    if (!change || more.length > 0 || change.text === '') return undefined;
    if (uri.scheme === CELL) return this.joined(cellOrFile, change);
    if (isDirty || uri.scheme !== 'file') return undefined;
    for (const [document, track] of this.tracks)
      if (document.uri.scheme === 'untitled' && document.getText() === change.text) return track.whole();
    return undefined;
  }

  private joined(
    cell: vscode.TextDocument,
    { rangeLength, text }: vscode.TextDocumentContentChangeEvent,
  ): Promise<Cutting> | undefined {
    const core = text.trim();
    if (rangeLength > 0 || core === '' || !/^[\r\n]|[\r\n]$/.test(text)) return undefined;
    for (const [document, track] of this.tracks) {
      const isBeside = document !== cell && document.uri.scheme === CELL && document.uri.path === cell.uri.path;
      if (isBeside && document.getText().trim() === core) return track.wholeForOthers();
    }
    return undefined;
  }

  /** Who wrote the lines of a cell, as they stand in the notebook's file. */
  private async authorsOfCell(file: string, cell: string, content: Buffer | null): Promise<ReturnType<AuthorsOf>> {
    const located = this.ports.places.locate(file);
    const worktree = located && this.ports.worktreeOf(file);
    if (!worktree || content === null) return [{ length: cell.length, by: null }];
    return authorsOfCell(cell, content.toString('utf8'), await this.authorsOf(worktree, located.path, content));
  }

  /** A file on the left has a tracker of its own; of the clipboard it is known what was copied. */
  private comparedWith(document: vscode.TextDocument): Promise<Cutting> | undefined {
    const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputTextDiff) || input.modified.toString() !== document.uri.toString())
      return undefined;
    const key = input.original.toString();
    for (const [opened, track] of this.tracks) if (opened.uri.toString() === key) return track.wholeForOthers();
    const text = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key)?.getText();
    const copied =
      input.original.scheme.startsWith('clipboardCompare') && text !== undefined && this.cuttings.find(text);
    return copied ? Promise.resolve(copied) : undefined;
  }

  private close(document: vscode.TextDocument): void {
    this.tracks.get(document)?.close();
    this.tracks.delete(document);
    this.ports.accepting.forget(document.uri.toString());
  }

  private changed(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    const track = this.tracks.get(document);
    if (!track) return;
    if (contentChanges.length === 0) {
      if (document.isDirty) track.dirtied();
      return;
    }
    if (!document.isDirty && document.uri.scheme === 'file') this.ports.willBeSaved(document.uri.fsPath);
    const takenOver = this.takenOver(document, contentChanges);
    const editor = editorOf(document);
    const detail = detailedReasonOf(event);
    const accepting = this.ports.accepting.covers(document.uri.toString());
    if (detail) this.reasons = true;
    const command =
      this.ports.commands.covering(document.uri.toString()) ?? (this.listed.isTaken(event) ? 'suggestion' : undefined);
    track.changed({
      changes: contentChanges.map((change) => ({
        offset: change.rangeOffset,
        deleted: change.rangeLength,
        inserted: change.text,
        span: change.range,
      })),
      undo: event.reason !== undefined,
      accepting,
      ...(accepting && areNamesOffered(document) ? { mayBeOwnOffer: true } : {}),
      focused: vscode.window.state.focused,
      ...(isBehind(document) ? { isBehind: true } : {}),
      ...(command ? { command } : {}),
      dirty: document.isDirty || document.uri.scheme !== 'file', // what has no file is never read from one
      ...(takenOver ? { takenOver } : {}),
      ...(detail ? { detail } : {}),
      ...(editor ? { before: editor.selections.map(spanOf) } : {}),
    });
  }

  private saved(document: vscode.TextDocument): void {
    const track = this.tracks.get(document);
    if (track) void track.saved();
    else this.open(document); // its folder may have become a repository
  }

  private async had(worktree: Worktree, path: string, content: Buffer, next: Buffer | undefined): Promise<void> {
    const at = this.ports.now();
    if (!(await worktree.lacks(path, { content: blobId(content), ...(next ? { next: blobId(next) } : {}) }))) return;
    await this.write(worktree, path, (journal) =>
      journal.addAt(at, { kind: 'seen', files: [{ path, content: journal.keep(content) }] }),
    );
  }

  private async write(worktree: Worktree, path: string, add: (journal: Journal) => unknown): Promise<void> {
    const { unrecorded } = this.ports;
    if (!vscode.workspace.isTrusted) return;
    if (!worktree.isThere) {
      unrecorded.failed(worktree, null);
      return;
    }
    const ignored = worktree.isIgnored(path);
    if (ignored === true || (ignored !== false && (await ignored))) return;
    const { journal } = worktree;
    try {
      add(journal);
      unrecorded.worked(worktree);
      this.kept.fire(worktree);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      unrecorded.failed(worktree, error.message);
    }
  }

  private async writeEdit(
    file: string,
    { by, file: edit }: KeptEdit,
    before: Buffer | null,
    after: Buffer | null,
  ): Promise<void> {
    const worktree = this.ports.worktreeOf(file);
    if (worktree)
      await this.write(worktree, edit.path, (journal) =>
        journal.add({
          kind: 'edit',
          by,
          files: [{ ...edit, from: before && journal.keep(before), to: after && journal.keep(after) }],
        }),
      );
  }

  private async authorsOf(worktree: Worktree, path: string, content: Buffer | null): Promise<AuthorsOf> {
    return authorsIn(await worktree.authored(path, content));
  }
}

function readNow(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

const spanOf = (range: vscode.Range): Span => ({ start: range.start, end: range.end });

/** The editor that a person would be typing in. */
function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return activeTextEditor?.document === document
    ? activeTextEditor
    : visibleTextEditors.find((editor) => editor.document === document);
}

/** A panel, such as Output, is the active editor while the chat puts text into the file beside it. */
const IN_PANEL = /^(?:output|debug|comment)\b/;

function isBehind(document: vscode.TextDocument): boolean {
  const active = vscode.window.activeTextEditor?.document;
  return active !== undefined && active !== document && !IN_PANEL.test(active.uri.scheme);
}

/** Whether the editor shows names that its language services know as ghost text. */
const areNamesOffered = (document: vscode.TextDocument): boolean =>
  JSON.stringify(vscode.workspace.getConfiguration('editor', document).get('quickSuggestions', '')).includes(
    '"inline"',
  );

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The only proposed API in use, if granted (`textDocumentChangeReason`); otherwise the property is absent. */
function detailedReasonOf(event: vscode.TextDocumentChangeEvent): DetailedReason | undefined {
  const reason: unknown = 'detailedReason' in event ? event.detailedReason : undefined;
  if (typeof reason !== 'object' || reason === null || !('source' in reason) || typeof reason.source !== 'string')
    return undefined;
  const metadata =
    'metadata' in reason && typeof reason.metadata === 'object' && reason.metadata !== null ? reason.metadata : {};
  return { source: reason.source, metadata: { ...metadata } };
}
