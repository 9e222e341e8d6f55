/**
 * Mistakes in `.linekeeper.yml`, and probable mistakes, as entries of the Problems view while it is edited.
 */
import * as vscode from 'vscode';
import { ASSISTANTS } from '../../provenance/assistants';
import { POLICY_PATH } from '../../policy';
import type { Background, PolicyReading } from '../background';
import type { Pictures } from '../state/changed-files';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';

interface PolicyDiagnosticsPorts {
  readonly worktrees: Worktrees;
  readonly pictures: Pictures;
  readonly background: Background;
  readonly t: Translate;
  readonly log: vscode.LogOutputChannel;
}

/** A pause in typing. */
const PAUSE_MS = 300;

export class PolicyDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('linekeeper-policy');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ports: PolicyDiagnosticsPorts) {
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.soon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.soon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
      ports.pictures.onDidChange(() => vscode.workspace.textDocuments.forEach((document) => this.soon(document))),
    ];
    for (const document of vscode.workspace.textDocuments) this.soon(document);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private soon(document: vscode.TextDocument): void {
    const worktree = policyOf(document, this.ports.worktrees);
    if (!worktree || !vscode.workspace.isTrusted) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => void this.show(document, worktree), PAUSE_MS),
    );
  }

  private async show(document: vscode.TextDocument, worktree: Worktree): Promise<void> {
    this.timers.delete(document.uri.toString());
    try {
      const { version } = document;
      const reading = await this.ports.background.ask('policy', {
        places: worktree.places,
        text: document.getText(),
        assistants: ASSISTANTS.map(({ id }) => id),
      });
      if (!document.isClosed && document.version === version)
        this.collection.set(document.uri, this.diagnostics(document, worktree, reading));
    } catch (error) {
      this.ports.log.warn(`The policy could not be checked: ${String(error)}`);
    }
  }

  private diagnostics(
    document: vscode.TextDocument,
    worktree: Worktree,
    { problems, advice }: PolicyReading,
  ): vscode.Diagnostic[] {
    const { t, pictures } = this.ports;
    const decides = pictures.survey(worktree)?.local.policy;
    const shown =
      (severity: vscode.DiagnosticSeverity) =>
      ({ line, column, message, suggestion }: PolicyReading['problems'][number]): vscode.Diagnostic => {
        const diagnostic = new vscode.Diagnostic(
          wordAt(document, line - 1, column - 1),
          suggestion === null ? sentence(message) : `${sentence(message)} ${sentence(suggestion)}`,
          severity,
        );
        diagnostic.source = 'Linekeeper';
        diagnostic.code = 'policy';
        return diagnostic;
      };
    const differs =
      decides?.differsFromWorkingCopy === true
        ? [
            shown(vscode.DiagnosticSeverity.Information)({
              line: 1,
              column: 1,
              message: t('Not in effect yet: {0} applies until this version is merged', decides.source),
              suggestion: null,
            }),
          ]
        : [];
    return [
      ...problems.map(shown(vscode.DiagnosticSeverity.Error)),
      ...advice.map(shown(vscode.DiagnosticSeverity.Warning)),
      ...differs,
    ];
  }
}

/** The work tree whose policy a document is; undefined for any other document. */
export function policyOf({ uri, fileName }: vscode.TextDocument, worktrees: Worktrees): Worktree | undefined {
  if ((uri.scheme !== 'file' && uri.scheme !== 'untitled') || !fileName.endsWith(POLICY_PATH)) return undefined;
  return worktrees
    .all()
    .find(({ root }) => vscode.Uri.joinPath(vscode.Uri.file(root), POLICY_PATH).fsPath === fileName);
}

function wordAt(document: vscode.TextDocument, line: number, column: number): vscode.Range {
  const at = document.validatePosition(new vscode.Position(line, column));
  const rest = /^(?:"[^"]*"|'[^']*'|[^\s,\]}:]+)/.exec(document.lineAt(at.line).text.slice(at.character))?.[0] ?? '';
  return new vscode.Range(at, at.translate(0, Math.max(1, rest.length)));
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
