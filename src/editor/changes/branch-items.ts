/** Rows of *This Branch* in the *AI Changes* view: what the commits still need before they may be merged. */
import * as vscode from 'vscode';
import { amountText } from '../../policy';
import type { BranchStanding, BranchTier } from '../../review/request';
import { eachOnce, inFull, inRow, neededOf, sentenceOf, type Needed } from '../missing-requirements-text';
import type { Translate } from '../translate';
import { joinParts } from '../join-row-text';
import { tierTitle } from './tier-title';

/** What the branch needs, each once. */
const neededByBranch = ({ tiers, required }: BranchStanding): readonly Needed[] =>
  eachOnce([...tiers.flatMap((tier) => neededOf(tier.required)), ...neededOf(required)]);

/** The one thing that the branch needs is said in its row, and not again in those of its tiers. */
const isSaidByBranch = (branch: BranchStanding): boolean => neededByBranch(branch).length === 1;

export function branchItem(t: Translate, branch: BranchStanding): vscode.TreeItem {
  const needed = neededByBranch(branch);
  const item = new vscode.TreeItem(
    t('This Branch'),
    needed.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const commits =
    branch.subjects.length === 1
      ? t('1 commit ahead of {0}', branch.base)
      : t('{0} commits ahead of {1}', branch.subjects.length, branch.base);
  const asks = needed.map((one) => sentenceOf(t, one));
  item.description = needed.length === 0 ? commits : joinParts(needed.map((one) => inRow(t, one)));
  item.tooltip = [branch.branch ?? '', ...asks, commits, ...branch.subjects.slice(-TOLD_AT_MOST), '', ...branch.notices]
    .join('\n')
    .trim();
  item.iconPath = icon('git-branch', needed.length > 0);
  item.contextValue = needed.length > 0 ? 'branchOwing' : 'branch';
  item.accessibilityInformation = { label: [t('This Branch'), ...asks, commits].join(', ') };
  return item;
}

export function branchTierItem(
  t: Translate,
  { name, added, removed, required, signers, files }: BranchTier,
  branch: BranchStanding,
): vscode.TreeItem {
  const needed = neededOf(required);
  const inOwnRow = isSaidByBranch(branch) ? [] : needed;
  const asks = needed.map((one) => sentenceOf(t, one));
  const amounts = [amountText(added.ai, removed.ai, t('AI')), amountText(added.unknown, removed.unknown, t('unknown'))];
  const count = files.length === 1 ? t('1 file') : t('{0} files', files.length);
  const item = new vscode.TreeItem(
    tierTitle(t, name),
    needed.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  // Beside what is needed there is no room for more, and the files are below.
  item.description = joinParts([
    ...inOwnRow.map((one) => inRow(t, one)),
    ...amounts,
    inOwnRow.length === 0 ? count : '',
  ]);
  item.tooltip = [...inFull(t, needed), ...(signers.length > 0 ? [t('May sign: {0}', signers.join(', '))] : [])].join(
    '\n',
  );
  item.iconPath = icon('shield', needed.length > 0);
  item.contextValue = needed.length > 0 ? 'branchOwing' : 'branchTier';
  item.accessibilityInformation = {
    label: [t('Tier {0}', tierTitle(t, name)), joinParts([...asks, ...amounts, count])].join(', '),
  };
  return item;
}

/** A tier that stands for all where the same people may sign them: their row is said once, below the branch. */
export function tierOfAllSigners(branch: BranchStanding): BranchTier | undefined {
  const owing = branch.tiers.filter(({ required }) => neededOf(required).some(({ isSignOff }) => isSignOff));
  const [first, ...others] = owing;
  const names = first?.signers.join();
  return isSaidByBranch(branch) && others.length > 0 && others.every(({ signers }) => signers.join() === names)
    ? first
    : undefined;
}

/** Who may sign; undefined when no sign-off is missing. */
export function signersItem(t: Translate, { signers, required }: BranchTier): vscode.TreeItem | undefined {
  if (!neededOf(required).some(({ isSignOff }) => isSignOff)) return undefined;
  const item = new vscode.TreeItem(
    signers.length > 0 ? t('May sign: {0}', signers.join(', ')) : t('Nobody may sign yet'),
  );
  const why = t('At this level, the policy lists only the authors');
  if (signers.length === 0) item.description = why;
  item.tooltip = signers.length > 0 ? t("From the base branch's policy, without the authors of these commits.") : why;
  item.iconPath = new vscode.ThemeIcon(signers.length > 0 ? 'person' : 'warning');
  item.contextValue = 'signers';
  item.command =
    signers.length > 0
      ? { command: 'linekeeper.requestSeniorReview', title: t('Request senior review') }
      : { command: 'linekeeper.openPolicy', title: t('Open Policy') };
  return item;
}

export function branchFileItem(t: Translate, root: string, file: BranchTier['files'][number]): vscode.TreeItem {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...file.path.split('/'));
  const item = new vscode.TreeItem(uri);
  const folder = file.path.split('/').slice(0, -1).join('/');
  item.description = joinParts([
    amountText(file.added.ai, file.removed.ai, t('AI')),
    amountText(file.added.unknown, file.removed.unknown, t('unknown')),
    folder,
  ]);
  item.tooltip = file.path;
  item.contextValue = 'branchFile';
  if (!file.deleted) item.command = { command: 'vscode.open', title: t('Open'), arguments: [uri] };
  item.accessibilityInformation = { label: [file.path, item.description].join(', ') };
  return item;
}

const TOLD_AT_MOST = 10;

const icon = (name: string, unsettled: boolean): vscode.ThemeIcon =>
  unsettled ? new vscode.ThemeIcon(name, new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon(name);
