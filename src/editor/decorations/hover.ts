/** The hover over a line: who wrote it, how that is known, and why it matters here. */
import * as vscode from 'vscode';
import { linesIn, type Hunk, type Seen } from '../state/line-hunks';
import type { FilePicture, Pictures } from '../state/changed-files';
import { watchIn } from '../state/tier-view';
import type { Sights } from '../state/visible-document-hunks';
import { neededOf } from '../requirements';
import { ago, assistantName, evidenceOf, lineCount, plain, shortened, type Translate } from '../attribution-messages';

export const HOVER_SETTING = 'hover.enabled';

export class ProvenanceHover implements vscode.HoverProvider {
  constructor(
    private readonly sights: Sights,
    private readonly pictures: Pictures,
    private readonly t: Translate,
    private readonly now: () => number,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const sight = this.sights.of(document);
    if (!sight || !vscode.workspace.getConfiguration('linekeeper', document).get<boolean>(HOVER_SETTING, true))
      return undefined;
    const line = position.line + 1;
    const hunk = sight.hunks.find((one) => one.line <= line && line <= Math.max(one.line, one.added.at(-1)?.end ?? 0));
    const seen = hunk?.added.find((one) => one.start <= line && line <= one.end);
    const removedOnly = hunk !== undefined && seen === undefined && line === hunk.line;
    const told = seen ?? (removedOnly ? hunk.removed.find((one) => one.author === 'ai') : undefined);
    if (!hunk || !told || told.author === 'human') return undefined;
    const file = this.pictures.of(sight.worktree).find((one) => one.path === sight.path);
    return new vscode.Hover(
      this.text(document.uri, told, hunk, seen === undefined, file),
      document.lineAt(position.line).range,
    );
  }

  private text(
    uri: vscode.Uri,
    seen: Seen,
    hunk: Hunk,
    isRemoval: boolean,
    file: FilePicture | undefined,
  ): vscode.MarkdownString {
    const { t } = this;
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: ['linekeeper.requestSeniorReview', 'linekeeper.declareAuthor'] };
    const icon = seen.author === 'ai' ? '$(sparkle)' : '$(question)';
    text.appendMarkdown(
      [`${icon} **${plain(this.headline(seen, hunk, isRemoval))}**`, ...this.details(seen).map(plain)].join(' · '),
    );
    text.appendMarkdown(`  \n${plain(evidenceOf(t, seen))}`);
    if (seen.author === 'unknown')
      text.appendMarkdown(` [${plain(t('Declare the author'))}](${declareLink(uri, seen)})`);
    const tier = file?.tier ?? null;
    const watch = tier ? watchIn(tier) : null;
    const needed = (seen.author === 'ai' ? watch?.ai : watch?.unknown) === true ? neededOf(tier?.open ?? []) : [];
    if (needed.length > 0)
      text.appendMarkdown(
        `  \n$(shield) ${plain(t('Needs {0}.', needed.map(({ what }) => what).join('; ')))} [${plain(t('Request review'))}](command:linekeeper.requestSeniorReview)`,
      );
    return text;
  }

  private headline(seen: Seen, hunk: Hunk, isRemoval: boolean): string {
    const { t } = this;
    if (seen.author === 'unknown') return t('Author unknown');
    const name = assistantName(t, seen.assistant);
    if (isRemoval) return t('{0} removed {1} here', name, lineCount(t, linesIn(hunk.removed, 'ai')));
    return seen.edited ? t('{0} wrote this, with others', name) : t('{0} wrote this', name);
  }

  private details(seen: Seen): string[] {
    const { t } = this;
    const clock = (time: number): string =>
      new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
    const when = seen.time === null ? null : ago(t, seen.time, this.now(), clock);
    return [seen.model, seen.session === null ? null : t('session {0}', shortened(seen.session)), when].filter(
      (part) => part !== null,
    );
  }
}

/** Asks who wrote exactly these lines. */
const declareLink = (uri: vscode.Uri, { start, end }: Seen): string =>
  `command:linekeeper.declareAuthor?${encodeURIComponent(JSON.stringify([uri.toString(), start, end]))}`;
