/** Rows of *AI Changes in This Review*. */
import * as vscode from 'vscode';
import type { ReviewHunk, ReviewToRead } from '../../review/request';
import { amountText, type Finding, type Severity } from '../../policy';
import { assistantName, lineCount, plain } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { joinParts } from '../join-row-text';
import type { Worktree } from '../workspace/worktree';
import { tierTitle } from '../changes/tier-title';
import { diffCommand } from './review-documents';
import { amountsOf, editedLines, linesOn, lineToShow, worstOf, type TierToRead } from './reading-order';
import { visible } from './visible-text';

/** Where a row belongs. */
export interface Of {
  readonly worktree: Worktree;
  readonly review: ReviewToRead;
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function tierItem(t: Translate, { tier, hunks }: TierToRead, ticked: ReadonlySet<string>): vscode.TreeItem {
  const read = hunks.filter(({ id }) => ticked.has(id)).length;
  const item = new vscode.TreeItem(tierTitle(t, tier), Expanded);
  item.description = read === hunks.length ? t('all read') : t('{0} of {1} read', read, hunks.length);
  item.iconPath =
    read === hunks.length
      ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
      : new vscode.ThemeIcon('shield');
  item.contextValue = 'reviewTier';
  item.accessibilityInformation = { label: [t('Tier {0}', tierTitle(t, tier)), item.description].join(', ') };
  return item;
}

/** `tickable`: it has a checkbox. */
export function hunkItem(
  t: Translate,
  { worktree, review }: Of,
  hunk: ReviewHunk,
  read: boolean,
  tickable: boolean,
): vscode.TreeItem {
  const edited = editedLines(hunk);
  const item = new vscode.TreeItem(
    placeOf(hunk),
    hunk.findings.length + (edited > 0 ? 1 : 0) > 0 ? (read ? Collapsed : Expanded) : None,
  );
  const folder = visible(hunk.path.split('/').slice(0, -1).join('/'));
  const amounts = [
    amountOf(t('AI'), hunk, 'ai'),
    amountOf(t('unknown'), hunk, 'unknown'),
    ...(tickable ? [] : [amountOf(t('people'), hunk, 'human')]),
  ].filter((part) => part !== '');
  item.description = joinParts([...amounts, folder]);
  item.tooltip = tooltipOf(t, hunk);
  item.iconPath = iconOf(hunk);
  item.contextValue = 'reviewHunk';
  item.command = diffCommand(t, worktree, review, hunk, true);
  if (tickable)
    item.checkboxState = {
      state: read ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      tooltip: read ? t('Read. Untick it to read it again.') : t('Tick it when you have read it.'),
    };
  item.accessibilityInformation = {
    label: [
      t('{0}, line {1}', visible(hunk.path), linesOn(hunk, 'new')[0]),
      ...amounts,
      ...hunk.findings.map(({ message }) => message),
      ...(read ? [t('read')] : []),
    ].join(', '),
  };
  return item;
}

export function findingItem(
  t: Translate,
  { worktree, review }: Of,
  hunk: ReviewHunk,
  finding: Finding,
): vscode.TreeItem {
  const item = new vscode.TreeItem(visible(finding.message), None);
  item.description = severityName(t, finding.severity);
  const tooltip = new vscode.MarkdownString('', true);
  tooltip.isTrusted = { enabledCommands: ['linekeeper.explainRule'] };
  tooltip.appendMarkdown(
    `${plain(finding.message)}  \n${plain(severityName(t, finding.severity))} · [${plain(finding.rule)}](command:linekeeper.explainRule?${encodeURIComponent(JSON.stringify([finding.rule]))})`,
  );
  item.tooltip = tooltip;
  item.iconPath = severityIcon(finding.severity);
  item.contextValue = 'reviewFinding';
  item.command = diffCommand(t, worktree, review, hunk, true, finding.side === 'new' ? finding.line : lineToShow(hunk));
  item.accessibilityInformation = { label: [item.description, finding.message].join(', ') };
  return item;
}

/** AI's lines that people changed afterwards. */
export function editedItem(t: Translate, { worktree, review }: Of, hunk: ReviewHunk): vscode.TreeItem {
  const edited = editedLines(hunk);
  const item = new vscode.TreeItem(
    edited === 1
      ? t("People changed 1 of AI's lines afterwards")
      : t("People changed {0} of AI's lines afterwards", edited),
    None,
  );
  const line = hunk.added.find((run) => run.author === 'ai' && run.edited)?.start;
  item.iconPath = new vscode.ThemeIcon('edit');
  item.contextValue = 'reviewEdited';
  item.command = diffCommand(t, worktree, review, hunk, true, line);
  return item;
}

export function peopleItem(t: Translate, hunks: readonly ReviewHunk[]): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Written by people'), Collapsed);
  item.description = hunks.length === 1 ? t('1 hunk') : t('{0} hunks', hunks.length);
  item.tooltip = t('No AI lines, no findings.');
  item.iconPath = new vscode.ThemeIcon('account');
  item.contextValue = 'reviewPeople';
  return item;
}

export function othersItem(t: Translate, { review }: Of): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Files without lines'), Collapsed);
  item.description = review.others.length === 1 ? t('1 file') : t('{0} files', review.others.length);
  item.tooltip = t('Binary files, renames, submodules, file modes.');
  item.iconPath = new vscode.ThemeIcon('file-binary');
  item.contextValue = 'reviewOthers';
  return item;
}

export function otherItem(t: Translate, { path, tier, author }: ReviewToRead['others'][number]): vscode.TreeItem {
  const item = new vscode.TreeItem(visible(path), None);
  item.description = joinParts([
    tier ?? '',
    author === 'ai' ? t('AI') : author === 'unknown' ? t('unknown author') : '',
  ]);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'reviewOther';
  return item;
}

/** The authors of some commits' lines are missing here. */
export function notesItem(t: Translate, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(
    count === 1 ? t('1 commit without its AI note') : t('{0} commits without AI notes', count),
    None,
  );
  item.description = t('Fetch notes');
  item.tooltip = t(
    'The commit message says that AI wrote lines. The note with these lines is not here. Click to fetch it.',
  );
  item.iconPath = new vscode.ThemeIcon('cloud-download', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'reviewNotes';
  item.command = { command: 'linekeeper.fetchNotes', title: t('Fetch notes') };
  return item;
}

export function moreItem(t: Translate, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(t('{0} more', count), None);
  item.tooltip = t('“linekeeper review --read” lists all of them in a terminal.');
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  return item;
}

/** `main.tf:12–18`. */
function placeOf(hunk: ReviewHunk): string {
  const [name = ''] = hunk.path.split('/').slice(-1);
  const [first, last] = hunk.added.length > 0 ? linesOn(hunk, 'new') : linesOn(hunk, 'old');
  return `${visible(name)}:${String(first)}${last > first ? `–${String(last)}` : ''}`;
}

/** `AI +2 −1`; empty when both are 0. */
function amountOf(who: string, hunk: ReviewHunk, author: 'ai' | 'human' | 'unknown'): string {
  const { added, removed } = amountsOf(hunk, author);
  return amountText(added, removed, who);
}

function tooltipOf(t: Translate, hunk: ReviewHunk): string {
  const names = [
    ...new Set(
      [...hunk.added, ...hunk.removed].flatMap((run) => (run.author === 'ai' ? [assistantName(t, run.assistant)] : [])),
    ),
  ];
  const ai = amountsOf(hunk, 'ai');
  return [
    visible(hunk.path),
    ...(hunk.from === null ? [] : [t('was {0}', visible(hunk.from))]),
    ...(names.length === 0
      ? []
      : [
          t(
            '{0} added {1} and removed {2}',
            names.map(visible).join(', '),
            lineCount(t, ai.added),
            lineCount(t, ai.removed),
          ),
        ]),
  ].join('\n');
}

function iconOf(hunk: ReviewHunk): vscode.ThemeIcon {
  const worst = worstOf(hunk);
  if (worst === 'critical' || worst === 'high') return severityIcon(worst);
  const { added, removed } = amountsOf(hunk, 'ai');
  if (added + removed > 0) return new vscode.ThemeIcon('sparkle');
  const unknown = amountsOf(hunk, 'unknown');
  return new vscode.ThemeIcon(unknown.added + unknown.removed > 0 ? 'question' : 'account');
}

function severityIcon(severity: Severity): vscode.ThemeIcon {
  switch (severity) {
    case 'critical':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'high':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'medium':
    case 'low':
      return new vscode.ThemeIcon('info');
  }
}

function severityName(t: Translate, severity: Severity): string {
  switch (severity) {
    case 'critical':
      return t('critical');
    case 'high':
      return t('high');
    case 'medium':
      return t('medium');
    case 'low':
      return t('low');
  }
}
