/** Both sides of a reviewed file as read-only documents: files of commits, which current work does not change. */
import * as vscode from 'vscode';
import { committedFile } from '../../git';
import type { ReviewHunk, ReviewToRead } from '../../review/request';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { lineToShow, pathOn, type Side } from './reading-order';
import { visible } from './visible-text';
import { OBJECT_ID } from '../../base/patterns';

export const REVIEW_SCHEME = 'linekeeper-review';
/** The editor accepts no larger documents from extensions. Bytes. */
const SHOWN_AT_MOST = 50_000_000;

/** What one of our URIs refers to. */
interface ReviewedPlace {
  readonly worktree: Worktree;
  readonly commit: string;
  readonly path: string;
}

export class ReviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly worktrees: Worktrees,
    private readonly t: Translate,
  ) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(REVIEW_SCHEME, this);
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Undefined for a URI that is not ours: anybody may have made it. */
  placeOf(uri: vscode.Uri): ReviewedPlace | undefined {
    if (uri.scheme !== REVIEW_SCHEME) return undefined;
    const [root, commit, path] = wordsIn(uri.query);
    const worktree = this.worktrees.all().find((one) => one.root === root);
    if (worktree === undefined || typeof path !== 'string' || typeof commit !== 'string' || !OBJECT_ID.test(commit))
      return undefined;
    return { worktree, commit, path };
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = this.placeOf(uri);
    if (place === undefined) return '';
    const content = await committedFile(place.worktree.repository, place.commit, place.path);
    if (content === null) return ''; // the file does not exist on this side
    return content.length > SHOWN_AT_MOST
      ? this.t('This file is too large to be shown here.')
      : content.toString('utf8');
  }
}

/** The URI of one side of a hunk's file. */
function sideUri({ root }: Worktree, review: ReviewToRead, hunk: ReviewHunk, side: Side): vscode.Uri {
  const path = pathOn(hunk, side);
  return vscode.Uri.from({
    scheme: REVIEW_SCHEME,
    path: `/${path}`,
    query: JSON.stringify([root, side === 'old' ? review.mergeBase : review.head, path]),
  });
}

/** The side of a change that a URI shows; undefined when it does not belong to this change. */
export const sideOf = ({ commit }: ReviewedPlace, review: ReviewToRead): Side | undefined =>
  commit === review.head ? 'new' : commit === review.mergeBase ? 'old' : undefined;

/**
 * The editor command that shows a hunk: base on the left, head on the right. `preserve`: the keyboard focus stays where
 * it is.
 */
export function diffCommand(
  t: Translate,
  worktree: Worktree,
  review: ReviewToRead,
  hunk: ReviewHunk,
  preserve = false,
  line = lineToShow(hunk),
): vscode.Command {
  const [name = ''] = hunk.path.split('/').slice(-1);
  const title = t(
    '{0} ({1} ↔ {2})',
    visible(name),
    visible(review.base),
    visible(review.branch ?? review.head.slice(0, 8)),
  );
  const options: vscode.TextDocumentShowOptions = {
    preview: true,
    preserveFocus: preserve,
    selection: new vscode.Range(line - 1, 0, line - 1, 0),
  };
  return {
    command: 'vscode.diff',
    title: t('Open'),
    arguments: [sideUri(worktree, review, hunk, 'old'), sideUri(worktree, review, hunk, 'new'), title, options],
  };
}

function wordsIn(query: string): readonly unknown[] {
  try {
    const words: unknown = JSON.parse(query);
    return Array.isArray(words) ? words : [];
  } catch {
    return [];
  }
}
