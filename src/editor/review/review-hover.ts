/**
 * The hover over a line of a reviewed file: who wrote or removed it, and whether others changed it afterwards.
 */
import * as vscode from 'vscode';
import { inEditorsWords } from '../../policy';
import { assistantName, plain } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { sideOf, type ReviewDocuments } from './review-documents';
import { pathOn } from './reading-order';
import type { Reviews } from './background-reviews';

export class ReviewHover implements vscode.HoverProvider {
  constructor(
    private readonly reviews: Reviews,
    private readonly documents: ReviewDocuments,
    private readonly t: Translate,
  ) {}

  provideHover(document: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const { t } = this;
    const place = this.documents.placeOf(document.uri);
    const state = place && this.reviews.of(place.worktree);
    if (!place || state?.kind !== 'there') return undefined;
    const side = sideOf(place, state.reading.review);
    if (!side) return undefined;
    const hunks = state.reading.review.hunks.filter((hunk) => pathOn(hunk, side) === place.path);
    const run = hunks
      .flatMap((hunk) => (side === 'old' ? hunk.removed : hunk.added))
      .find(({ start, end }) => start <= line + 1 && line + 1 <= end);
    if (!run || run.author === 'human') return undefined;
    const text = new vscode.MarkdownString('', true);
    const name = assistantName(t, run.assistant);
    const sentence =
      run.author === 'unknown'
        ? t('Author unknown')
        : side === 'old'
          ? t('{0} removed this', name)
          : t('{0} wrote this', name);
    text.appendMarkdown(`${run.author === 'ai' ? '$(sparkle)' : '$(question)'} **${plain(sentence)}**`);
    const why = run.unknownIn === null ? undefined : state.reading.review.whyUnknown[run.unknownIn];
    if (why !== undefined) text.appendMarkdown(`  \n${plain(inEditorsWords(why))}`);
    if (run.author === 'ai' && run.edited)
      text.appendMarkdown(`  \n$(edit) ${plain(t('People changed this line afterwards.'))}`);
    return new vscode.Hover(text, document.lineAt(line).range);
  }
}
