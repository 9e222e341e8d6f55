/** The hover over a warning: what depends on the change, and who owns that. */
import * as vscode from 'vscode';
import type { BlastRadius } from '../../policy/blast-radius/types';
import type { Background } from '../background';
import { HOVER_SETTING } from '../decorations/provenance-hover';
import type { Pictures } from '../state/changed-files';
import type { Translate } from '../translate';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktrees } from '../workspace/worktrees';
import { blastText } from './blast-radius-text';
import type { Problems } from './change-diagnostics';

interface BlastHoverPorts {
  readonly problems: Pick<Problems, 'at'>;
  readonly pictures: Pick<Pictures, 'survey'>;
  readonly places: Pick<PlaceFinder, 'locate'>;
  readonly worktrees: Pick<Worktrees, 'of'>;
  readonly background: Pick<Background, 'ask'>;
  readonly t: Translate;
  readonly log: vscode.LogOutputChannel;
}

interface Asked {
  readonly version: number;
  readonly change: unknown;
  readonly answer: Promise<BlastRadius | undefined>;
}

export class BlastHover implements vscode.HoverProvider {
  /** By document; a different text, or other changes in the work tree, need a new request. */
  private readonly requests = new WeakMap<vscode.TextDocument, Asked>();

  constructor(private readonly ports: BlastHoverPorts) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { problems, places, worktrees, t } = this.ports;
    const [warning] = problems.at(document.uri, position.line + 1);
    if (!warning || !vscode.workspace.getConfiguration('linekeeper', document).get<boolean>(HOVER_SETTING, true))
      return undefined;
    const located = places.locate(document.uri.fsPath);
    const worktree = located && worktrees.of(document.uri.fsPath);
    if (!worktree) return undefined;
    const blast = await this.blastOf(document, worktree, located.path);
    if (blast === undefined || token.isCancellationRequested) return undefined;
    const root = vscode.Uri.file(worktree.root);
    const lines = blastText(t, blast, (path, line) =>
      vscode.Uri.joinPath(root, path)
        .with({ fragment: line === null ? '' : `L${String(line)}` })
        .toString(),
    );
    if (lines.length === 0) return undefined;
    const text = new vscode.MarkdownString('', true);
    text.appendMarkdown(lines.join('\n'));
    return new vscode.Hover(text, document.lineAt(position.line).range);
  }

  private blastOf(
    document: vscode.TextDocument,
    worktree: NonNullable<ReturnType<Worktrees['of']>>,
    path: string,
  ): Promise<BlastRadius | undefined> {
    const { pictures, background, log } = this.ports;
    const change = pictures.survey(worktree)?.change;
    const known = this.requests.get(document);
    if (known?.version === document.version && known.change === change) return known.answer;
    const from = change?.files.find((one) => one.path === path)?.from ?? null;
    const answer = background
      .ask('blast', { places: worktree.places, path, text: document.getText(), ...(from === null ? {} : { from }) })
      .catch((error: unknown) => {
        log.warn(
          `What depends on ${path} could not be determined: ${error instanceof Error ? error.message : String(error)}`,
        );
        return undefined;
      });
    this.requests.set(document, { version: document.version, change, answer });
    return answer;
  }
}
