/** The hover over a line: who wrote it, how that is known, and why it matters here. */
import * as vscode from 'vscode';
import { linesIn, type Hunk, type Seen } from '../state/line-hunks';
import type { CommittedRun } from '../background';
import type { CommittedAuthors } from '../state/committed-authors';
import type { FilePicture, Pictures } from '../state/changed-files';
import { watchIn } from '../state/tier-view';
import type { Sights } from '../state/visible-document-hunks';
import { neededOf } from '../missing-requirements-text';
import { ago, assistantName, evidenceOf, lineCount, plain, shortSessionId } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

export const HOVER_SETTING = 'hover.enabled';

/** Where the line of a hover is, 1-based, and what is known about it there. */
interface HoverLocation {
  readonly hunk: Hunk;
  readonly isRemoval: boolean;
  readonly file: FilePicture | undefined;
  readonly line: number;
}

export class ProvenanceHover implements vscode.HoverProvider {
  constructor(
    private readonly sights: Sights,
    private readonly pictures: Pictures,
    private readonly committed: Pick<CommittedAuthors, 'at'>,
    private readonly t: Translate,
    private readonly now: () => number,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const sight = this.sights.of(document);
    if (!sight || !vscode.workspace.getConfiguration('linekeeper', document).get<boolean>(HOVER_SETTING, true))
      return undefined;
    const line = position.line + 1;
    const hunk = sight.hunks.find((one) => one.line <= line && line <= Math.max(one.line, one.added.at(-1)?.end ?? 0));
    const seen = hunk?.added.find((one) => one.start <= line && line <= one.end);
    const removedOnly = hunk !== undefined && seen === undefined && line === hunk.line;
    const shown = seen ?? (removedOnly ? hunk.removed.find((one) => one.author === 'ai') : undefined);
    if (hunk === undefined || shown === undefined) {
      const run = await this.committed.at(sight, line);
      return run && new vscode.Hover(this.committedText(run), document.lineAt(position.line).range);
    }
    if (shown.author === 'human') return undefined;
    const file = this.pictures.of(sight.worktree).find((one) => one.path === sight.path);
    return new vscode.Hover(
      this.text(document.uri, shown, { hunk, isRemoval: seen === undefined, file, line }),
      document.lineAt(position.line).range,
    );
  }

  private text(uri: vscode.Uri, seen: Seen, { hunk, isRemoval, file, line }: HoverLocation): vscode.MarkdownString {
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
    if (needed.length === 0) return text;
    const sentence = t('Needs {0}.', needed.map(({ what }) => what).join('; '));
    const link = `[${plain(t('Request review'))}](command:linekeeper.requestSeniorReview)`;
    text.appendMarkdown(`  \n$(shield) ${isSaid(uri, line, sentence) ? '' : `${plain(sentence)} `}${link}`);
    return text;
  }

  /** Of a line that AI wrote in an earlier commit. */
  private committedText({ by, commit, made }: CommittedRun): vscode.MarkdownString {
    const { t } = this;
    const text = new vscode.MarkdownString('', true);
    const name = assistantName(t, by.assistant);
    const session = by.session === null ? null : t('session {0}', shortSessionId(by.session));
    const details = [by.model, session, made?.day ?? null].filter((part) => part !== null);
    const headline = by.edited ? t('{0} wrote this, with others', name) : t('{0} wrote this', name);
    text.appendMarkdown([`$(sparkle) **${plain(headline)}**`, ...details.map(plain)].join(' · '));
    const where =
      made === null ? t('In {0}.', commit.slice(0, 8)) : t('Committed by {0} in {1}.', made.author, commit.slice(0, 8));
    text.appendMarkdown(`  \n$(git-commit) ${plain(where)}`);
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
    return [seen.model, seen.session === null ? null : t('session {0}', shortSessionId(seen.session)), when].filter(
      (part) => part !== null,
    );
  }
}

/** Whether a warning on the line says so already: the editor shows both in one hover. */
const isSaid = (uri: vscode.Uri, line: number, sentence: string): boolean =>
  vscode.languages
    .getDiagnostics(uri)
    .some(({ range, message }) => range.start.line < line && line <= range.end.line + 1 && message.includes(sentence));

/** Asks who wrote exactly these lines. */
const declareLink = (uri: vscode.Uri, { start, end }: Seen): string =>
  `command:linekeeper.declareAuthor?${encodeURIComponent(JSON.stringify([uri.toString(), start, end]))}`;
