/**
 * The *AI Changes* view: what needs somebody, by tier, then file, then place; then the branch, and the sessions that
 * are at work or left changes.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import { Passes } from '../one-pass-at-a-time';
import { type FilePicture, type Pictures } from '../state/changed-files';
import type { SetUpAnnouncer } from '../hooks/announce-set-up-state';
import { neededOf } from '../missing-requirements-text';
import { signOffsNeeded } from '../state/needed-sign-offs';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { atOnce, yieldNow, runSliced, type TimeSliced } from '../time-slices';
import type { Translate } from '../translate';
import { branchFileItem, branchItem, branchTierItem, signersItem, tierOfAllSigners } from './branch-items';
import { sortedAsInExplorer } from './file-order';
import { fileItem, folderItem, hunkItem, setUpItem, teamsItem, tierItem } from './change-items';
import { Rows, type Row } from './stable-rows';
import { inShort } from './trailers-in-short';
import { refusalItem, sessionItem, sessionsItem } from './session-items';
import { sessionsOf, type Heard, type Session } from './sessions-in-changes';
import { type Node, type TierNode, fileRows, isIn, rowsUpToLimit, tiersOf, idOf, faceOf } from './tree-nodes';

const NOTHING: Heard = { atWork: [], prompts: new Map() };

/** What there is to show of a work tree, and the data it was made from. */
interface Contents {
  readonly files: readonly FilePicture[];
  readonly heard: Heard;
  readonly sessions: readonly Session[];
  readonly tiers: readonly TierNode[];
}

export const CHANGES_VIEW = 'linekeeper.changes';

/** For the manifest's view, which says *No uncommitted AI changes* only when that is known. */
const LOOKING = 'linekeeper.looking';

export class ChangesTree implements vscode.TreeDataProvider<Row<Node>>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Row<Node>[] | undefined>();
  private readonly view: vscode.TreeView<Row<Node>>;
  private readonly rows = new Rows<Node>({
    idOf,
    childrenOf: (node) => this.childrenOf(node),
    faceOf: (node) => faceOf(this.itemOf(node)),
  });
  private readonly contents = new Map<Worktree, Contents>();
  private readonly passes = new Passes<this>(() => this.refresh());
  private readonly subscriptions: vscode.Disposable[];
  private isSaidLooking = false;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly worktrees: Worktrees,
    private readonly pictures: Pictures,
    private readonly hooks: Pick<SetUpAnnouncer, 'writesTrailers' | 'onDidChange'>,
    private readonly t: Translate,
  ) {
    this.view = vscode.window.createTreeView(CHANGES_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.changed,
      this.view,
      pictures.onDidChange(() => {
        this.passes.request(this);
        this.tellTrailers();
      }),
      hooks.onDidChange(() => {
        this.passes.request(this);
        this.tellTrailers();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  getChildren(row?: Row<Node>): Row<Node>[] {
    return [...this.rows.below(row)];
  }

  getTreeItem({ id, node }: Row<Node>): vscode.TreeItem {
    return Object.assign(this.itemOf(node), { id });
  }

  /** Redraws what changed. */
  private async refresh(): Promise<void> {
    for (const worktree of this.worktrees.all())
      this.contents.set(worktree, await runSliced(this.contentsOf(worktree)));
    this.tellWhatIsDue();
    const changed = await runSliced(this.rows.changed());
    await yieldNow(); // the editor requests everything that it shows
    if (changed === 'all') this.changed.fire(undefined);
    else if (changed.length > 0) this.changed.fire([...changed]);
  }

  private childrenOf(node: Node | undefined): readonly Node[] {
    if (!node) {
      const all = this.worktrees.all().filter((worktree) => this.inside(worktree).length > 0);
      const [only] = this.worktrees.all();
      return this.worktrees.all().length === 1 && only
        ? this.inside(only)
        : all.map((worktree) => ({ kind: 'worktree', worktree }));
    }
    switch (node.kind) {
      case 'worktree':
        return this.inside(node.worktree);
      case 'sessions':
        return node.sessions.map((session) => ({ kind: 'session', worktree: node.worktree, session }));
      case 'session':
        return [
          ...node.session.refused.map((reason, index) => ({ kind: 'refusal', of: idOf(node), reason, index }) as const),
          ...this.files(node.worktree, node.session),
        ];
      case 'tier':
        return fileRows(idOf(node), node.files);
      case 'folder':
        return rowsUpToLimit(idOf(node), node.files, (file) => ({
          kind: 'file',
          file,
          ...(node.session ? { session: node.session } : {}),
        }));
      case 'file':
        return rowsUpToLimit(
          idOf(node),
          node.file.hunks.filter((hunk) => isIn(hunk, node.file, node.session)),
          (hunk) => ({ kind: 'hunk', file: node.file, hunk, ...(node.session ? { session: node.session } : {}) }),
        );
      case 'branch':
        return this.inBranch(node);
      case 'branchTier':
        return [
          ...(tierOfAllSigners(node.branch) === undefined && signersItem(this.t, node.tier)
            ? [{ kind: 'signers', worktree: node.worktree, tier: node.tier } as const]
            : []),
          ...rowsUpToLimit(idOf(node), sortedAsInExplorer(node.tier.files), (file) => ({
            kind: 'branchFile',
            worktree: node.worktree,
            file,
            tier: node.tier.name,
          })),
        ];
      case 'setUp':
      case 'teams':
      case 'refusal':
      case 'signers':
      case 'branchFile':
      case 'hunk':
      case 'more':
        return [];
    }
  }

  private itemOf(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'worktree':
        return this.worktreeItem(node.worktree);
      case 'setUp':
        return setUpItem(this.t);
      case 'teams':
        return teamsItem(this.t, node.teams);
      case 'sessions':
        return sessionsItem(this.t, node.sessions);
      case 'session':
        return sessionItem(this.t, node.session);
      case 'refusal':
        return refusalItem(this.t, node.reason);
      case 'tier':
        return tierItem(this.t, node);
      case 'file':
        return fileItem(this.t, node.file, node.session);
      case 'folder':
        return folderItem(this.t, node.folder, node.files);
      case 'branch':
        return branchItem(this.t, node.branch);
      case 'branchTier':
        return branchTierItem(this.t, node.tier, node.branch);
      case 'signers':
        return signersItem(this.t, node.tier) ?? new vscode.TreeItem('');
      case 'branchFile':
        return branchFileItem(this.t, node.worktree.root, node.file);
      case 'hunk':
        return hunkItem(this.t, node.file, node.hunk, node.session);
      case 'more':
        return Object.assign(new vscode.TreeItem(this.t('{0} more', node.count)), {
          iconPath: new vscode.ThemeIcon('ellipsis'),
          contextValue: 'more',
        });
    }
  }

  /** Who may sign, where that is the same for all its tiers, and the tiers. */
  private inBranch({ worktree, branch }: Extract<Node, { kind: 'branch' }>): readonly Node[] {
    const signedAlike = tierOfAllSigners(branch);
    return [
      ...(signedAlike ? [{ kind: 'signers', worktree, tier: signedAlike } as const] : []),
      ...branch.tiers.map((tier) => ({ kind: 'branchTier', worktree, tier, branch }) as const),
    ];
  }

  private files(worktree: Worktree, session: Session): Node[] {
    const paths = new Set(session.paths);
    const files = sortedAsInExplorer(this.at(worktree).files.filter(({ path: name }) => paths.has(name)));
    return fileRows(idOf({ kind: 'session', worktree, session }), files, session);
  }

  private inside(worktree: Worktree): readonly Node[] {
    const { sessions, tiers } = this.at(worktree);
    const survey = this.pictures.survey(worktree);
    const branch = survey?.branch;
    const teams = survey && signOffsNeeded(survey).length > 0 ? survey.local.openTeams : [];
    const isUnwritten = this.hooks.writesTrailers(worktree) === false && (survey?.next?.trailers ?? []).length > 0;
    return [
      ...(isUnwritten ? [{ kind: 'setUp', worktree } as const] : []),
      ...(teams.length > 0 ? [{ kind: 'teams', worktree, teams } as const] : []),
      ...tiers,
      ...(branch ? [{ kind: 'branch', worktree, branch } as const] : []),
      ...(sessions.length === 0 ? [] : [{ kind: 'sessions', worktree, sessions } as const]),
    ];
  }

  /** Those that are at work there or left changes. */
  sessions(worktree: Worktree): readonly Session[] {
    return this.at(worktree).sessions;
  }

  private at(worktree: Worktree): Contents {
    const contents = this.contents.get(worktree) ?? atOnce(this.contentsOf(worktree));
    this.contents.set(worktree, contents);
    return contents;
  }

  private *contentsOf(worktree: Worktree): TimeSliced<Contents> {
    const files = this.pictures.of(worktree);
    const heard = this.pictures.survey(worktree)?.heard ?? NOTHING;
    const known = this.contents.get(worktree);
    if (known?.files === files && known.heard === heard) return known;
    return { files, heard, sessions: yield* sessionsOf(files, heard), tiers: yield* tiersOf(worktree, files) };
  }

  /**
   * The next commit's trailers: above the rows, or, with several repositories, next to each one. Updated with what is
   * staged. Before anything is known: that it is being looked at.
   */
  tellTrailers(): void {
    const lines = this.worktrees
      .all()
      .map((worktree) => this.nextCommit(worktree))
      .filter((line) => line !== '');
    const isLooking = this.worktrees.all().some((worktree) => this.pictures.isLooking(worktree));
    const [only] = this.worktrees.all().length === 1 ? lines : [];
    const message = isLooking ? this.t('Looking for AI changes…') : only;
    // The type of `message` does not allow undefined, which removes it.
    if (this.view.message !== message) Object.assign(this.view, { message });
    if (this.isSaidLooking !== isLooking) void vscode.commands.executeCommand('setContext', LOOKING, isLooking);
    this.isSaidLooking = isLooking;
  }

  /** In one line; empty when the next commit has no trailers of ours, or no hooks would write them. */
  private nextCommit(worktree: Worktree): string {
    if (this.hooks.writesTrailers(worktree) !== true) return '';
    const trailers = this.pictures.survey(worktree)?.next?.trailers ?? [];
    return trailers.length === 0 ? '' : this.t('Next commit: {0}', inShort(this.t, trailers));
  }

  private worktreeItem(worktree: Worktree): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.Uri.file(worktree.root), vscode.TreeItemCollapsibleState.Expanded);
    const next = this.nextCommit(worktree);
    item.iconPath = new vscode.ThemeIcon('repo');
    item.contextValue = 'worktree';
    item.description = next;
    item.tooltip = [worktree.root, next].filter((line) => line !== '').join('\n');
    item.accessibilityInformation = {
      label: [path.basename(worktree.root), next].filter((part) => part !== '').join(', '),
    };
    return item;
  }

  /**
   * Beside the view's title, how many files need a sign-off, committed or not. No badge: the editor would add it to the
   * number on Source Control's icon, which is git's.
   */
  private tellWhatIsDue(): void {
    const tiers = this.worktrees.all().flatMap((worktree) => this.at(worktree).tiers);
    const unsettled = new Set(
      tiers.flatMap(({ view, files }) =>
        neededOf(view?.open ?? []).length > 0 ? files.map(({ uri }) => uri.fsPath) : [],
      ),
    );
    for (const worktree of this.worktrees.all()) {
      const branch = this.pictures.survey(worktree)?.branch;
      for (const tier of branch?.tiers ?? [])
        if (neededOf(tier.required).length > 0)
          for (const { path: name } of tier.files) unsettled.add(path.join(worktree.root, ...name.split('/')));
    }
    const due = unsettled.size;
    const description =
      due === 0 ? undefined : due === 1 ? this.t('1 file needs a sign-off') : this.t('{0} files need a sign-off', due);
    // The type does not allow undefined, which removes it.
    if (this.view.description !== description) Object.assign(this.view, { description });
  }
}
