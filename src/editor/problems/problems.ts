/** AI changes in places that the policy watches, as entries of the Problems view. */
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { isByAi, type FilePicture, type Pictures } from '../reading/pictures';
import type { Worktree } from '../workspace/worktree';
import type { Translate } from '../words';
import type { Acknowledgements } from './acknowledgements';
import { warningsOf } from './warnings';

export const SOURCE = 'Linekeeper';

/** A warning and the lines it is about, from 1. The entry itself is at the first of them, so that a long change is not underlined from end to end. */
export interface ShownWarning {
  readonly diagnostic: vscode.Diagnostic;
  readonly start: number;
  readonly end: number;
}

interface Shown {
  readonly uri: vscode.Uri;
  readonly warnings: readonly ShownWarning[];
}

/** By the tier's rank. Never an error: nothing is broken. */
const SEVERITY: readonly vscode.DiagnosticSeverity[] = [vscode.DiagnosticSeverity.Warning, vscode.DiagnosticSeverity.Information];

export interface ProblemsPorts {
  readonly pictures: Pictures;
  readonly acknowledgements: Acknowledgements;
  /** Where the policy in force can be read. */
  readonly policyUri: (worktree: Worktree) => vscode.Uri;
  readonly t: Translate;
}

export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('linekeeper');
  private readonly shown = new Map<Worktree, Map<string, Shown>>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ports: ProblemsPorts) {
    this.subscriptions = [
      this.collection,
      ports.pictures.onDidChange((worktree) => this.show(worktree)),
      ports.acknowledgements.onDidChange(() => {
        for (const worktree of this.shown.keys()) this.show(worktree);
      }),
    ];
  }

  /** The warning about a line (from 1) of a file. */
  at(uri: vscode.Uri, line: number): ShownWarning | undefined {
    for (const files of this.shown.values()) {
      for (const shown of files.values()) {
        if (shown.uri.toString() === uri.toString()) return shown.warnings.find(({ start, end }) => start <= line && line <= end);
      }
    }
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private show(worktree: Worktree): void {
    const before = this.shown.get(worktree);
    const now = new Map<string, Shown>();
    for (const file of this.ports.pictures.of(worktree)) {
      const warnings = this.of(file);
      if (warnings.length === 0) continue;
      now.set(file.path, { uri: file.uri, warnings });
      this.collection.set(file.uri, warnings.map(({ diagnostic }) => diagnostic));
    }
    for (const [path, { uri }] of before ?? []) if (!now.has(path)) this.collection.delete(uri);
    this.shown.set(worktree, now);
  }

  private of(file: FilePicture): ShownWarning[] {
    const { tier } = file;
    if (!tier || file.deleted || !isByAi(file)) return [];
    const text = new TextLines(file.uri);
    const { acknowledgements, policyUri, t } = this.ports;
    return warningsOf(t, file.hunks, tier, text.count)
      .filter(({ start, end }) => !acknowledgements.has(file.worktree, file.path, () => text.between(start, end)))
      .map(({ start, end, removal, message }) => {
        const diagnostic = new vscode.Diagnostic(removal ? new vscode.Range(start - 1, 0, start - 1, 0) : text.firstLine(start, end), message, SEVERITY[tier.rank] ?? vscode.DiagnosticSeverity.Hint);
        diagnostic.source = SOURCE;
        diagnostic.code = { value: `tier/${tier.tier.name}`, target: policyUri(file.worktree) };
        return { diagnostic, start, end };
      });
  }
}

/** The lines of a file, of its document where it is open. Numbers from 1. */
export class TextLines {
  private readonly lines: readonly string[];

  constructor(uri: vscode.Uri) {
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    this.lines = (document?.getText() ?? readOr(uri.fsPath, '')).split(/\r\n|\n/);
  }

  get count(): number {
    return this.lines.length;
  }

  between(start: number, end: number): string {
    return this.lines.slice(start - 1, end).join('\n');
  }

  /** The text of the first line that has some. */
  firstLine(start: number, end: number): vscode.Range {
    const index = this.lines.slice(start - 1, end).findIndex((line) => line.trim() !== '');
    const at = start - 1 + Math.max(0, index);
    const line = this.lines[at] ?? '';
    return new vscode.Range(at, line.length - line.trimStart().length, at, line.length);
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
