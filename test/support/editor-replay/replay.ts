/** Tells a recording to the product's listeners in a repository of its own, and says what its record has then. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Background } from '../../../src/editor/background';
import { Work } from '../../../src/editor/background/background-tasks';
import { linesWithAuthors } from '../line-authors';
import { TestRepository } from '../repository';
import { loadListeners, Pending } from './bundle';
import { Clock } from './clock';
import { Address, ReplayedDocument, stretchOf } from './document';
import { withPlaces, type RecordedEditor, type Recording } from './fixture';
import type * as Listeners from './listeners';
import type { OnDisk, Report, ToldDocument } from './reports';
import { StandIn } from './stand-in';

/** After the last report, for what the product does a moment later. */
const AFTERWARDS_MS = 25_000;

/** The lines of the recording's files with their authors. */
export async function replay(
  editor: RecordedEditor,
  written: Recording,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const repository = await TestRepository.create();
  try {
    for (const [file, content] of Object.entries(written.files)) repository.write(file, content);
    await repository.git('add', '--all');
    await repository.git('commit', '--quiet', '--allow-empty', '--message', 'Before');
    const scene = await Replay.begin(repository, editor, withPlaces(written, repository.root));
    try {
      await scene.tellAll();
    } finally {
      scene.end();
    }
    const authors: Record<string, readonly string[]> = {};
    for (const file of Object.keys(written.authors))
      authors[file] = await linesWithAuthors(repository.root, file, scene.now);
    return authors;
  } finally {
    await repository.dispose();
  }
}

type Ports = Parameters<typeof Listeners.listenToEdits>[0];

class Replay {
  private readonly renames: (readonly [from: string, to: string])[] = [];
  /** What the editor waits for before it deletes files. */
  private readonly waits: Promise<unknown>[] = [];

  private constructor(
    private readonly root: string,
    private readonly recording: Recording,
    private readonly standIn: StandIn,
    private readonly clock: Clock,
    private readonly pending: Pending,
    readonly end: () => void,
  ) {}

  readonly now = (): number => this.clock.now();

  static async begin(repository: TestRepository, editor: RecordedEditor, recording: Recording): Promise<Replay> {
    const clock = new Clock(Date.now());
    const pending = new Pending();
    const standIn = new StandIn(editor, recording);
    for (const document of recording.documents) {
      standIn.open(documentOf(document));
      putOnDisk(document.uri, document.text, document.disk, repository.root);
    }
    const { recordingOf, readClipboard, listenToEdits, PlaceFinder, Worktrees } = await loadListeners(
      standIn.api(),
      clock,
      pending,
    );
    const failures: string[] = [];
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (sentence: string) => failures.push(sentence),
    } as unknown as Ports['log'];
    const work = new Work(clock.now);
    const background = {
      ask: (task: keyof Work, question: unknown) =>
        pending.of((work[task] as (question: unknown) => Promise<unknown>)(question)), // paired by the caller
    } as unknown as Background;
    const places = new PlaceFinder(clock.now);
    const worktrees = new Worktrees(places, clock.now, background, background);
    const storage = addressOf(repository.outside('storage/linekeeper')) as unknown as Ports['storage'];
    const workplace = { now: clock.now, log, places, worktrees, ofDocuments: background };
    const { recorder, accepting, commands, assistants, unsaved } = recordingOf(
      workplace as unknown as Parameters<typeof recordingOf>[0],
      storage,
      readClipboard,
    );
    const ports = { recorder, accepting, commands, assistants, unsaved, places, worktrees, storage, log };
    const listeners = listenToEdits(ports);
    return new Replay(repository.root, recording, standIn, clock, pending, () => {
      listeners.dispose();
      recorder.dispose();
      if (failures.length > 0) throw new Error(failures.join('\n'));
    });
  }

  async tellAll(): Promise<void> {
    for (const report of this.recording.reports) {
      await this.moveFiles();
      await Promise.all(this.waits);
      if (report.at > 0) {
        await this.pending.rest();
        await this.clock.goTo(this.clock.now() + report.at, this.pending.rest);
      }
      this.tell(report);
    }
    await this.pending.rest();
    await this.clock.goTo(this.clock.now() + AFTERWARDS_MS, this.pending.rest);
  }

  /** The editor renames files once its extensions have heard that it will. */
  private async moveFiles(): Promise<void> {
    if (this.renames.length === 0) return;
    await this.pending.rest();
    for (const [from, to] of this.renames.splice(0)) {
      const [oldPath, newPath] = [new Address(from).fsPath, new Address(to).fsPath];
      if (!existsSync(oldPath)) continue;
      mkdirSync(path.dirname(newPath), { recursive: true });
      renameSync(oldPath, newPath);
    }
  }

  private tell(report: Report): void {
    const { standIn, root } = this;
    const fire = (event: string, value: unknown): void => standIn.fire(`workspace.${event}`, value);
    switch (report.kind) {
      case 'window':
        standIn.becomes(report);
        break;
      case 'extensions':
        for (const { id } of report.active) standIn.activate(id);
        break;
      case 'setting':
        standIn.set(report.name, report.value);
        break;
      case 'open': {
        const document = documentOf(report);
        standIn.open(document);
        putOnDisk(report.uri, report.text, report.disk, root);
        fire('onDidOpenTextDocument', document);
        break;
      }
      case 'close': {
        const document = this.document(report.uri);
        document.isClosed = true;
        standIn.documents.delete(report.uri);
        fire('onDidCloseTextDocument', document);
        break;
      }
      case 'willSave':
        fire('onWillSaveTextDocument', { document: this.document(report.uri) });
        break;
      case 'save': {
        const document = this.document(report.uri);
        document.isDirty = false;
        putOnDisk(report.uri, document.getText(), report.disk, root);
        fire('onDidSaveTextDocument', document);
        break;
      }
      case 'change':
        this.change(report);
        break;
      case 'selection':
        standIn.select(report);
        standIn.fire('window.onDidChangeTextEditorSelection', {
          textEditor: { document: this.document(report.uri) },
          selections: report.selections.map(stretchOf),
          kind: report.by,
        });
        break;
      case 'copied':
        standIn.copied(this.document(report.uri), report.ranges.map(stretchOf));
        break;
      case 'fixes':
        standIn.fixesAsked(this.document(report.uri), stretchOf(report.range), report.only);
        break;
      case 'listed':
        standIn.listed(this.document(report.uri), report.item);
        break;
      case 'willRename':
        this.renames.push(...report.files);
        fire('onWillRenameFiles', {
          files: report.files.map(([from, to]) => ({ oldUri: new Address(from), newUri: new Address(to) })),
        });
        break;
      case 'willDelete':
        fire('onWillDeleteFiles', {
          files: report.files.map((uri) => new Address(uri)),
          waitUntil: (work: Promise<unknown>) => this.waits.push(work),
        });
        break;
      case 'deleted':
        for (const uri of report.files) putOnDisk(uri, '', null, root);
        fire('onDidDeleteFiles', { files: report.files.map((uri) => new Address(uri)) });
        break;
      case 'created':
        for (const [uri, text] of report.files) putOnDisk(uri, '', text, root);
        fire('onDidCreateFiles', { files: report.files.map(([uri]) => new Address(uri)) });
        break;
      case 'called':
        standIn.call(report.command, report.args ?? []);
        break;
      case 'ran':
        standIn.ran(report.command);
        break;
      case 'clipboard':
        standIn.clipboardRead();
    }
  }

  private change(report: Report & { readonly kind: 'change' }): void {
    const document = this.document(report.uri);
    const contentChanges = document.apply(report.changes);
    document.isDirty = report.dirty;
    putOnDisk(report.uri, document.getText(), report.disk, this.root);
    this.standIn.fire('workspace.onDidChangeTextDocument', {
      document,
      contentChanges,
      reason: report.reason,
      ...(report.detail ? { detailedReason: report.detail } : {}),
    });
  }

  private document(uri: string): ReplayedDocument {
    const found = this.standIn.documents.get(uri);
    if (!found) throw new Error(`the recording tells of ${uri}, which is not open`);
    return found;
  }
}

const addressOf = (file: string): Address => new Address(`file://${encodeURI(file)}`);

const documentOf = ({ uri, language, text, dirty }: ToldDocument): ReplayedDocument =>
  new ReplayedDocument(uri, language, text, dirty);

function putOnDisk(uri: string, text: string, disk: OnDisk | undefined, root: string): void {
  const { scheme, fsPath } = new Address(uri);
  if (disk === undefined || scheme !== 'file' || !fsPath.startsWith(root)) return;
  if (disk === null) {
    rmSync(fsPath, { force: true });
    return;
  }
  mkdirSync(path.dirname(fsPath), { recursive: true });
  writeFileSync(fsPath, disk === true ? text : disk);
}
