/** Where the reviewer is: the hunk at the cursor, or the one selected in the view. */
import * as vscode from 'vscode';
import { chooseWorktree } from '../commands/choose-worktree';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { REVIEW_SCHEME, sideOf, type ReviewDocuments } from './review-documents';
import { hunkAt } from './reading-order';
import type { Reviews } from './background-reviews';
import type { HunkRow, ReviewTree } from './review-tree';

export interface ReviewPorts {
  readonly worktrees: Worktrees;
  readonly reviews: Reviews;
  readonly documents: ReviewDocuments;
  readonly tree: ReviewTree;
  readonly t: Translate;
}

/** Undefined when there is neither. */
export function hunkInFront({ documents, reviews, tree }: ReviewPorts): HunkRow | undefined {
  const editor = vscode.window.activeTextEditor;
  const place = editor?.document.uri.scheme === REVIEW_SCHEME ? documents.placeOf(editor.document.uri) : undefined;
  const state = place && reviews.of(place.worktree);
  const side = place && state?.kind === 'there' ? sideOf(place, state.reading.review) : undefined;
  if (!editor || !place || state?.kind !== 'there' || !side) return tree.selected();
  const hunk = hunkAt(state.reading.review.hunks, place.path, side, editor.selection.active.line + 1);
  return hunk ? { worktree: place.worktree, hunk } : tree.selected();
}

/**
 * The work tree under review: that of the active editor or view; else the only one with something to read; else the
 * person chooses.
 */
export async function reviewedWorktree(ports: ReviewPorts): Promise<Worktree | undefined> {
  const inFront = hunkInFront(ports)?.worktree;
  if (inFront) return inFront;
  const all = ports.worktrees.all().filter((worktree) => {
    const state = ports.reviews.of(worktree);
    return state?.kind === 'there' && state.reading.toRead.length > 0;
  });
  return all.length === 1 ? all[0] : chooseWorktree(ports.worktrees, ports.t);
}
