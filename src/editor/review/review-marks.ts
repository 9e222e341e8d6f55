/**
 * Marks in the diff editor of a reviewed file: who wrote or removed each line, on both sides; and findings, at the
 * lines.
 */
import * as vscode from 'vscode';
import type { Severity } from '../../policy';
import { markType } from '../decorations/author-marks';
import { type ReviewDocuments, REVIEW_SCHEME, sideOf } from './review-documents';
import { lineToShow, pathOn } from './reading-order';
import { visible } from './visible-text';
import type { Reviews } from './background-reviews';

const MARKS_SETTING = 'marks.enabled';
const KINDS = ['ai', 'removed', 'unknown'] as const;
/** More marks in one document are no more informative. */
const MARKS_AT_MOST = 5_000;

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Warning,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
};

interface ReviewMarksPorts {
  readonly reviews: Reviews;
  readonly documents: ReviewDocuments;
  readonly extensionUri: vscode.Uri;
  /** The page about a danger rule; undefined when there is none. */
  readonly rulePage: (rule: string) => vscode.Uri | undefined;
}

export class ReviewMarks implements vscode.Disposable {
  /** Created when the first diff editor opens. */
  private types: Readonly<Record<(typeof KINDS)[number], vscode.TextEditorDecorationType>> | undefined;
  private readonly found = vscode.languages.createDiagnosticCollection('linekeeper-review');
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ports: ReviewMarksPorts) {
    const { window, workspace } = vscode;
    this.subscriptions = [
      this.found,
      window.onDidChangeVisibleTextEditors(() => this.showAll()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`linekeeper.${MARKS_SETTING}`)) this.showAll();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === REVIEW_SCHEME) this.found.delete(uri);
      }),
      ports.reviews.onDidChange(() => this.showAll()),
    ];
    this.showAll();
  }

  dispose(): void {
    vscode.Disposable.from(
      ...this.subscriptions,
      ...(this.types ? KINDS.flatMap((kind) => this.types?.[kind] ?? []) : []),
    ).dispose();
  }

  private showAll(): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.uri.scheme === REVIEW_SCHEME) this.show(editor);
  }

  private show(editor: vscode.TextEditor): void {
    const { reviews, documents, extensionUri, rulePage } = this.ports;
    const { document } = editor;
    const place = documents.placeOf(document.uri);
    if (!place) return;
    const state = reviews.of(place.worktree);
    if (state === undefined) return reviews.request(place.worktree); // the comparison was open when the window was closed
    const side = state.kind === 'there' ? sideOf(place, state.reading.review) : undefined;
    const hunks =
      state.kind === 'there' && side
        ? state.reading.review.hunks.filter((hunk) => pathOn(hunk, side) === place.path)
        : [];
    const shown = vscode.workspace.getConfiguration('linekeeper', document).get<boolean>(MARKS_SETTING, true);
    const rangeOf = (start: number, end: number): vscode.Range =>
      new vscode.Range(Math.min(start, document.lineCount) - 1, 0, Math.min(end, document.lineCount) - 1, 0);
    this.types ??= {
      ai: markType(extensionUri, 'ai'),
      removed: markType(extensionUri, 'removed'),
      unknown: markType(extensionUri, 'unknown'),
    };
    const runs = hunks.flatMap((hunk) => (side === 'old' ? hunk.removed : hunk.added));
    // If a diff editor has only one side, what AI removed without replacing it is shown there too.
    const removedOnly =
      side === 'new'
        ? hunks
            .filter(({ added, removed }) => added.length === 0 && removed.some(({ author }) => author === 'ai'))
            .map((hunk) => ({ start: lineToShow(hunk), end: lineToShow(hunk) }))
        : [];
    for (const kind of KINDS) {
      const places = kind === 'removed' ? removedOnly : runs.filter(({ author }) => author === kind);
      editor.setDecorations(
        this.types[kind],
        shown ? places.slice(0, MARKS_AT_MOST).map(({ start, end }) => rangeOf(start, end)) : [],
      );
    }
    const findings = hunks
      .flatMap((hunk) => hunk.findings)
      .filter((finding) => finding.side === side && finding.line <= document.lineCount);
    this.found.set(
      document.uri,
      findings.map((finding) => {
        const line = document.lineAt(finding.line - 1);
        const diagnostic = new vscode.Diagnostic(
          new vscode.Range(line.lineNumber, line.firstNonWhitespaceCharacterIndex, line.lineNumber, line.text.length),
          visible(finding.message),
          SEVERITIES[finding.severity],
        );
        const page = rulePage(finding.rule);
        return Object.assign(diagnostic, {
          source: 'Linekeeper',
          code: page ? { value: finding.rule, target: page } : finding.rule,
        });
      }),
    );
  }
}
