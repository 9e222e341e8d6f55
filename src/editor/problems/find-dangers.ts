/**
 * What the danger rules find in files: in open ones as they are on screen, saved or not; in others as they are on disk.
 */
import * as vscode from 'vscode';
import type { Finding } from '../../policy';
import type { Background } from '../background';
import type { FilePicture, Pictures } from '../state/changed-files';
import type { Survey } from '../state/worktree-survey';

interface DangersPorts {
  readonly pictures: Pictures;
  readonly background: Pick<Background, 'ask'>;
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

interface Asked {
  readonly version: number;
  readonly change: Survey['change'] | undefined;
  readonly answer: Promise<readonly Finding[]>;
  /** When, and for how long, it was worked on; undefined while it is. */
  done?: { readonly at: number; readonly took: number };
}

/** A text that takes long to examine is examined again only after this many times as long, */
const BREATHE = 20;
/** and at most after this. Milliseconds. */
const WAITS_AT_MOST_MS = 3_000;

/**
 * At most this many changed files of the same kind and folder are examined together: what is removed from one may
 * reappear in another.
 */
const OTHERS_AT_MOST = 20;

export class Dangers {
  /** By document; a newer text needs a new request. */
  private readonly requests = new WeakMap<vscode.TextDocument, Asked>();

  constructor(private readonly ports: DangersPorts) {}

  /** For how many milliseconds a file is better not asked about: its text was examined a moment ago, which took long. */
  waitFor(file: FilePicture): number {
    const document = file.deleted ? undefined : shownDocument(file.uri);
    const known = document && this.requests.get(document);
    if (!known?.done || known.version === document?.version) return 0;
    const { at, took } = known.done;
    return Math.max(0, at + Math.min(took * BREATHE, WAITS_AT_MOST_MS) - this.ports.now());
  }

  /** In the order of the lines. If it can't be computed, the findings on disk. */
  async of(file: FilePicture): Promise<readonly Finding[]> {
    const survey = this.ports.pictures.survey(file.worktree);
    const document = file.deleted ? undefined : shownDocument(file.uri);
    return document === undefined ? onDisk(file, survey) : this.inDocument(document, file, survey);
  }

  private async inDocument(
    document: vscode.TextDocument,
    file: FilePicture,
    survey: Survey | undefined,
  ): Promise<readonly Finding[]> {
    const known = this.requests.get(document);
    if (known?.version === document.version && known.change === survey?.change) return known.answer;
    const began = this.ports.now();
    const answer = this.ask(document, file, survey).catch((error: unknown) => {
      this.ports.log.warn(
        `Whether ${file.path} holds a danger could not be determined: ${error instanceof Error ? error.message : String(error)}`,
      );
      return onDisk(file, survey);
    });
    const request: Asked = { version: document.version, change: survey?.change, answer };
    this.requests.set(document, request);
    void answer.then(() => {
      const at = this.ports.now();
      request.done = { at, took: at - began };
    });
    return answer;
  }

  private ask(
    document: vscode.TextDocument,
    { worktree, path }: FilePicture,
    survey: Survey | undefined,
  ): Promise<readonly Finding[]> {
    const changed = survey?.change.files ?? [];
    const from = changed.find((one) => one.path === path)?.from ?? null;
    const others = changed.filter((one) => one.path !== path && isBeside(one.path, path)).slice(0, OTHERS_AT_MOST);
    const question = {
      places: worktree.places,
      path,
      text: document.getText(),
      others: others.map((one) => ({ path: one.path, from: one.from, status: one.status })),
    };
    return this.ports.background.ask('dangers', from === null ? question : { ...question, from });
  }
}

const onDisk = ({ path }: FilePicture, survey: Survey | undefined): readonly Finding[] =>
  survey?.local.decision.findings.filter((finding) => finding.path === path) ?? [];

/** A document that is neither visible nor unsaved is as it is on disk. */
function shownDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const document = vscode.workspace.textDocuments.find(
    (one) => one.uri.scheme === uri.scheme && one.fileName === uri.fsPath,
  );
  return document &&
    (document.isDirty || vscode.window.visibleTextEditors.some((editor) => editor.document === document))
    ? document
    : undefined;
}

const folderAndKind = (path: string): string =>
  `${path.slice(0, path.lastIndexOf('/') + 1)} ${/\.[^./]+$/.exec(path)?.[0] ?? ''}`;
const isBeside = (one: string, other: string): boolean => folderAndKind(one) === folderAndKind(other);
