/** Rows of uncommitted changes in the *AI Changes* view: tiers, files, places, and what is in the way. */
import * as vscode from 'vscode';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { joinParts } from '../join-row-text';
import { inFull, inRow, neededOf, sentenceOf } from '../missing-requirements-text';
import { totals, type FilePicture } from '../state/changed-files';
import type { Hunk, Seen } from '../state/line-hunks';
import type { Session } from './sessions-in-changes';
import { tierTitle } from './tier-title';
import { counts, isBy, isIn, OPEN_AT_MOST, spokenCounts, unknownCounts, type TierNode } from './tree-nodes';

/** The next commit would have trailers, and no hooks write them. */
export function setUpItem(t: Translate): vscode.TreeItem {
  const item = new vscode.TreeItem(t('AI trailers are off'));
  item.description = t('Set up');
  item.tooltip = t('Git hooks are not installed here, so the next commit gets no AI trailers. Click to set them up.');
  item.iconPath = new vscode.ThemeIcon('tools');
  item.contextValue = 'setUp';
  item.command = { command: 'linekeeper.setUp', title: t('Set Up…') };
  item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  return item;
}

/** Who is in some teams decides what a change needs, and is not known here. */
export function teamsItem(t: Translate, teams: readonly string[]): vscode.TreeItem {
  const names = teams.join(', ');
  const item = new vscode.TreeItem(t('Are you in {0}?', names));
  item.description = t('Ask'); // the side bar has no room for more
  item.tooltip = t(
    "Linekeeper doesn't know whether you are in {0}, so it assumes the lowest level you may have. Click to ask your Git host.",
    names,
  );
  item.iconPath = new vscode.ThemeIcon('organization');
  item.contextValue = 'teams';
  item.command = { command: 'linekeeper.askTeams', title: t('Ask your Git host') };
  item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  return item;
}

export function tierItem(t: Translate, { name, view, files, lines, isAside, saidAbove }: TierNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    tierTitle(t, name),
    isAside || files.length > OPEN_AT_MOST
      ? vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.Expanded,
  );
  const needed = neededOf(view?.open ?? []);
  const asks = needed.map((one) => sentenceOf(t, one));
  const news = needed.filter(({ what }) => !saidAbove.has(what));
  item.description = joinParts([
    ...news.map((one) => inRow(t, one)),
    needed.some(({ what, isSignOff }) => isSignOff && saidAbove.has(what)) ? t('Same sign-off') : '',
    counts(lines),
  ]);
  item.tooltip = [
    ...inFull(t, needed),
    ...(needed.length > 0 ? [t('Commit the change and request the review; nothing is blocked before that.')] : []),
  ].join('\n');
  item.iconPath =
    asks.length > 0
      ? new vscode.ThemeIcon('shield', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('shield');
  item.contextValue = asks.length > 0 ? 'tierOwing' : 'tier';
  item.accessibilityInformation = {
    label: [t('Tier {0}', tierTitle(t, name)), spokenCounts(t, lines), ...asks].join(', '),
  };
  return item;
}

/** A folder of many changed files. */
export function folderItem(t: Translate, folder: string, files: readonly FilePicture[]): vscode.TreeItem {
  const item = new vscode.TreeItem(folder === '' ? t('Top folder') : folder, vscode.TreeItemCollapsibleState.Collapsed);
  const lines = totals(files, 'ai');
  item.description = joinParts([files.length === 1 ? t('1 file') : t('{0} files', files.length), counts(lines)]);
  item.tooltip = folder;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'folder';
  item.accessibilityInformation = { label: t('{0}: {1}', folder, spokenCounts(t, lines)) };
  return item;
}

export function fileItem(t: Translate, file: FilePicture, session: Session | undefined): vscode.TreeItem {
  const hasHunks = file.hunks.some((hunk) => isIn(hunk, file, session));
  const item = new vscode.TreeItem(
    file.uri,
    !hasHunks ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const folder = file.path.split('/').slice(0, -1).join('/');
  item.description = joinParts([
    counts(file.counts.ai),
    ...(session === undefined ? [unknownCounts(t, file)] : []),
    folder,
  ]);
  item.tooltip = file.path;
  item.contextValue = session === undefined ? 'file' : 'sessionFile';
  if (!file.deleted) item.command = { command: 'vscode.open', title: t('Open'), arguments: [file.uri] };
  item.accessibilityInformation = { label: t('{0}: {1}', file.path, spokenCounts(t, file.counts.ai)) };
  return item;
}

export function hunkItem(t: Translate, file: FilePicture, hunk: Hunk, session: Session | undefined): vscode.TreeItem {
  const shown = hunk.added.filter((seen) => isBy(seen, file, session));
  const [first] = shown;
  const last = shown.at(-1);
  const label =
    first && last
      ? first.start === last.end
        ? t('Line {0}', first.start)
        : t('Lines {0}–{1}', first.start, last.end)
      : t('Removed at line {0}', hunk.line);
  const item = new vscode.TreeItem(label);
  const who: Seen | undefined = first ?? hunk.removed.find((seen) => isBy(seen, file, session));
  item.description = joinParts([
    who?.author === 'unknown' ? t('unknown author') : assistantName(t, who?.assistant ?? null),
    who?.model ?? '',
  ]);
  item.tooltip = item.description;
  item.iconPath = new vscode.ThemeIcon(first ? 'diff-added' : 'diff-removed');
  item.contextValue = 'hunk';
  item.accessibilityInformation = { label: t('{0} of {1}: {2}', label, file.path, item.description) };
  const line = Math.max(0, (first?.start ?? hunk.line) - 1);
  const selection = new vscode.Range(line, 0, line, 0);
  if (!file.deleted)
    item.command = {
      command: 'vscode.open',
      title: t('Open'),
      arguments: [file.uri, { selection } satisfies vscode.TextDocumentShowOptions],
    };
  return item;
}
