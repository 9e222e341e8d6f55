/**
 * The view *AI Changes in This Review*: a branch's hunks, the riskiest first, each to be ticked when it has been read.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { ReviewHunk, ReviewToRead } from '../../review/request';
import type { Finding } from '../../policy';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import {
  editedItem,
  findingItem,
  hunkItem,
  moreItem,
  notesItem,
  otherItem,
  othersItem,
  peopleItem,
  tierItem,
  type Of,
} from './review-rows';
import { messageOf, progressOf } from './text-above-review-rows';
import { editedLines, type TierToRead } from './reading-order';
import type { Reviews, ReviewState } from './background-reviews';

export const REVIEW_VIEW = 'linekeeper.review';

/** The editor creates all rows of a list at once. */
const ROWS_AT_MOST = 500;

interface Row {
  readonly id: string;
  readonly parent: Row | undefined;
  readonly of: Of | undefined;
  readonly node: Node;
}

type Node =
  | { readonly kind: 'worktree'; readonly worktree: Worktree }
  | { readonly kind: 'notes'; readonly count: number }
  | { readonly kind: 'tier'; readonly tier: TierToRead }
  | { readonly kind: 'people'; readonly hunks: readonly ReviewHunk[] }
  | { readonly kind: 'hunk'; readonly hunk: ReviewHunk; readonly tickable: boolean }
  | { readonly kind: 'finding'; readonly hunk: ReviewHunk; readonly finding: Finding }
  | { readonly kind: 'edited'; readonly hunk: ReviewHunk }
  | { readonly kind: 'others' }
  | { readonly kind: 'other'; readonly other: ReviewToRead['others'][number] }
  | { readonly kind: 'more'; readonly count: number };

/** A hunk's row as passed to a command. */
export interface HunkRow {
  readonly worktree: Worktree;
  readonly hunk: ReviewHunk;
}

export class ReviewTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly worktrees: Worktrees,
    private readonly reviews: Reviews,
    private readonly t: Translate,
  ) {
    this.view = vscode.window.createTreeView(REVIEW_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    this.subscriptions = [
      this.changed,
      this.view,
      reviews.onDidChange(() => this.refresh()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.look();
      }),
      this.view.onDidChangeCheckboxState(({ items }) => {
        for (const [row, state] of items)
          if (row.node.kind === 'hunk' && row.of)
            reviews.tick(row.of.worktree, [row.node.hunk.id], state === vscode.TreeItemCheckboxState.Checked);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  get isVisible(): boolean {
    return this.view.visible;
  }

  /** The row of the selected hunk. */
  selected(): HunkRow | undefined {
    const [row] = this.view.selection;
    return row && hunkOf(row);
  }

  /** Selects a hunk's row, if the view is visible. */
  async reveal(worktree: Worktree, hunk: ReviewHunk): Promise<void> {
    if (!this.view.visible) return;
    const found = this.rowOf(worktree, hunk, undefined);
    if (found) await this.view.reveal(found, { select: true, focus: false });
  }

  /** The row of a hunk, whether it has been drawn or is in a collapsed one. */
  private rowOf(worktree: Worktree, hunk: ReviewHunk, below: Row | undefined): Row | undefined {
    for (const row of this.getChildren(below)) {
      if (row.node.kind === 'hunk' && row.node.hunk === hunk && row.of?.worktree === worktree) return row;
      const inside =
        row.node.kind === 'worktree' || row.node.kind === 'tier' ? this.rowOf(worktree, hunk, row) : undefined;
      if (inside) return inside;
    }
    return undefined;
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  getChildren(row?: Row): Row[] {
    if (!row)
      for (const worktree of this.worktrees.all()) if (!this.reviews.of(worktree)) this.reviews.request(worktree);
    const nodes = row ? this.below(row) : this.top();
    return nodes.map(({ node, of }, index): Row => ({
      id: `${row?.id ?? ''}/${nameOf(node)}${sameBefore(nodes, index)}`,
      parent: row,
      of: of ?? row?.of,
      node,
    }));
  }

  getTreeItem({ id, node, of }: Row): vscode.TreeItem {
    return Object.assign(this.itemOf(node, of), { id });
  }

  /** Requests everything that is visible. */
  private look(): void {
    for (const worktree of this.worktrees.all()) this.reviews.request(worktree);
  }

  private refresh(): void {
    const { t } = this;
    const states = this.worktrees.all().flatMap((worktree) => this.reviews.of(worktree) ?? []);
    const [only] = states.length === 1 ? states : states.filter(hasRows);
    // The types of these do not allow undefined, which removes them.
    Object.assign(this.view, { message: messageOf(t, only), description: progressOf(t, only) });
    this.changed.fire(undefined);
  }

  private top(): { readonly node: Node; readonly of: Of | undefined }[] {
    const all = this.worktrees.all().filter((worktree) => hasRows(this.reviews.of(worktree)));
    const [only] = all;
    if (this.worktrees.all().length > 1)
      return all.map((worktree) => ({ node: { kind: 'worktree', worktree }, of: undefined }));
    return only ? this.inside(only) : [];
  }

  private below({ node, of }: Row): { readonly node: Node; readonly of: Of | undefined }[] {
    const all = (nodes: readonly Node[]): { readonly node: Node; readonly of: Of | undefined }[] =>
      nodes.map((one) => ({ node: one, of }));
    switch (node.kind) {
      case 'worktree':
        return this.inside(node.worktree);
      case 'tier':
        return all(rowsUpToLimit(node.tier.hunks, (hunk) => ({ kind: 'hunk', hunk, tickable: true })));
      case 'people':
        return all(rowsUpToLimit(node.hunks, (hunk) => ({ kind: 'hunk', hunk, tickable: false })));
      case 'hunk':
        return all([
          ...node.hunk.findings.map((finding): Node => ({ kind: 'finding', hunk: node.hunk, finding })),
          ...(editedLines(node.hunk) > 0 ? [{ kind: 'edited', hunk: node.hunk } as const] : []),
        ]);
      case 'others':
        return all(of?.review.others.map((other) => ({ kind: 'other', other })) ?? []);
      case 'notes':
      case 'finding':
      case 'edited':
      case 'other':
      case 'more':
        return [];
    }
  }

  private inside(worktree: Worktree): { readonly node: Node; readonly of: Of | undefined }[] {
    const state = this.reviews.of(worktree);
    if (state?.kind !== 'there') return [];
    const { reading } = state;
    const { review, tiers, byPeople } = reading;
    const nodes: Node[] = [
      ...(review.withoutNotes > 0 ? [{ kind: 'notes', count: review.withoutNotes } as const] : []),
      ...tiers.map((tier): Node => ({ kind: 'tier', tier })),
      ...(review.left > 0 ? [{ kind: 'more', count: review.left } as const] : []),
      ...(byPeople.length > 0 ? [{ kind: 'people', hunks: byPeople } as const] : []),
      ...(review.others.length > 0 ? [{ kind: 'others' } as const] : []),
    ];
    return nodes.map((node) => ({ node, of: { worktree, review } }));
  }

  private itemOf(node: Node, of: Of | undefined): vscode.TreeItem {
    const { t } = this;
    if (node.kind === 'worktree') return worktreeItem(t, node.worktree, this.reviews.of(node.worktree));
    if (of === undefined) return new vscode.TreeItem('');
    const state = this.reviews.of(of.worktree);
    const ticked = state?.kind === 'there' ? state.ticked : new Set<string>();
    switch (node.kind) {
      case 'notes':
        return notesItem(t, node.count);
      case 'tier':
        return tierItem(t, node.tier, ticked);
      case 'people':
        return peopleItem(t, node.hunks);
      case 'hunk':
        return hunkItem(t, of, node.hunk, ticked.has(node.hunk.id), node.tickable);
      case 'finding':
        return findingItem(t, of, node.hunk, node.finding);
      case 'edited':
        return editedItem(t, of, node.hunk);
      case 'others':
        return othersItem(t, of);
      case 'other':
        return otherItem(t, node.other);
      case 'more':
        return moreItem(t, node.count);
    }
  }
}

/** The hunk that a command was run on: a row of this view, or whatever a menu passes. */
export function hunkOf(row: unknown): HunkRow | undefined {
  if (typeof row !== 'object' || row === null || !('node' in row) || !('of' in row)) return undefined;
  const { node, of } = row as Row; // the editor hands rows back as they are
  return node.kind === 'hunk' && of ? { worktree: of.worktree, hunk: node.hunk } : undefined;
}

function worktreeItem(t: Translate, { root }: Worktree, state: ReviewState | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(path.basename(root), vscode.TreeItemCollapsibleState.Expanded);
  item.description = progressOf(t, state) ?? '';
  item.iconPath = new vscode.ThemeIcon('repo');
  item.tooltip = root;
  item.contextValue = 'worktree';
  return item;
}

const hasRows = (state: ReviewState | undefined): boolean =>
  state?.kind === 'there' && state.reading.review.hunks.length + state.reading.review.others.length > 0;

const rowsUpToLimit = (hunks: readonly ReviewHunk[], nodeOf: (hunk: ReviewHunk) => Node): Node[] => [
  ...hunks.slice(0, ROWS_AT_MOST).map(nodeOf),
  ...(hunks.length > ROWS_AT_MOST ? [{ kind: 'more', count: hunks.length - ROWS_AT_MOST } as const] : []),
];

/** Stable while the row is about the same thing. */
function nameOf(node: Node): string {
  switch (node.kind) {
    case 'worktree':
      return node.worktree.root;
    case 'tier':
      return `tier ${node.tier.tier ?? ''}`;
    case 'hunk':
      return node.hunk.id;
    case 'finding':
      return `${node.finding.rule} ${String(node.finding.line)}`;
    case 'other':
      return node.other.path;
    case 'notes':
    case 'people':
    case 'edited':
    case 'others':
    case 'more':
      return node.kind;
  }
}

/** Distinguishes rows of the same name: ` 2` for the third. */
function sameBefore(nodes: readonly { readonly node: Node }[], index: number): string {
  const entry = nodes[index];
  const name = entry && nameOf(entry.node);
  const before = nodes.slice(0, index).filter(({ node }) => nameOf(node) === name).length;
  return before === 0 ? '' : ` ${String(before)}`;
}
