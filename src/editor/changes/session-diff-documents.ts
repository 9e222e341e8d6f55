/**
 * What one session did to the files of a work tree: as shown in the editor if they are open, else as they are on disk.
 */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Background, LinesQuestion, SessionWork } from '../background';
import type { FilePicture, Pictures } from '../state/changed-files';
import { questionOf } from '../state/question-about-document';
import type { Recorder } from '../recording/edit-recorder';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { isBySession, type SessionName } from './sessions-in-changes';

/** URIs of files as they would be without a session's changes. */
const SCHEME = 'linekeeper-session';

interface SessionFilesPorts {
  readonly worktrees: Worktrees;
  readonly pictures: Pictures;
  readonly recorder: Recorder;
  readonly background: Background;
  /** The path that a renamed file has in HEAD. */
  readonly formerPath: (worktree: Worktree, path: string) => string | undefined;
}

export class SessionFiles implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;
  /** The URI of an empty text. */
  readonly nothing = vscode.Uri.from({ scheme: SCHEME, path: '/' });

  constructor(private readonly ports: SessionFilesPorts) {
    this.subscription = vscode.Disposable.from(
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      ports.pictures.onDidChange(() => {
        for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.changed.fire(uri);
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** The files in which something of the session remains, by path. */
  of(worktree: Worktree, name: SessionName): readonly FilePicture[] {
    return this.ports.pictures
      .of(worktree)
      .filter(({ lines }) => [...lines.added, ...lines.removed].some((seen) => isBySession(seen, name)));
  }

  /** Whether the file does not exist in HEAD. */
  isNew({ worktree, path }: FilePicture): boolean {
    return this.ports.pictures.survey(worktree)?.change.files.find((file) => file.path === path)?.status === 'A';
  }

  /** The URI of a file as it would be without the session. */
  without({ worktree, path, uri }: FilePicture, { assistant, session }: SessionName): vscode.Uri {
    return vscode.Uri.from({
      scheme: SCHEME,
      path: uri.path,
      query: JSON.stringify([worktree.root, path, assistant, session]),
    });
  }

  /**
   * Throws a GitError, a JournalError, a BackgroundError, or a RangeError when it is not known for certain what was
   * typed but not saved.
   */
  async read(file: FilePicture, of: SessionName): Promise<SessionWork> {
    return this.ports.background.ask('session', { ...(await this.question(file)), of });
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const found = this.find(query);
    return found ? (await this.read(found.file, found.name)).without : '';
  }

  private async question({ worktree, path, uri }: FilePicture): Promise<LinesQuestion> {
    const from = this.ports.formerPath(worktree, path);
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    const track = document && this.ports.recorder.track(document);
    await track?.settle();
    if (track) return questionOf(track, worktree, path, from);
    const content = await readFile(uri.fsPath).catch(() => null);
    return {
      places: worktree.places,
      path,
      content,
      ...(from === undefined ? {} : { from }),
      unsaved: [],
      mark: false,
    };
  }

  /** Only a file that is changed now: anybody may have made the URI. */
  private find(query: string): { readonly file: FilePicture; readonly name: SessionName } | undefined {
    if (query === '') return undefined;
    const [root, path, assistant, session] = JSON.parse(query) as readonly unknown[];
    const worktree = this.ports.worktrees.all().find((one) => one.root === root);
    const file = worktree && this.ports.pictures.of(worktree).find((one) => one.path === path);
    return file && { file, name: { assistant: nameOrNull(assistant), session: nameOrNull(session) } };
  }
}

const nameOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
