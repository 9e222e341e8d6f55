/** The nodes of the *AI Changes* view: the children, id and label of each. */
import { amountText } from '../../policy';
import type * as vscode from 'vscode';
import type { Hunk, Seen } from '../state/line-hunks';
import { isOfInterest, totals, type FilePicture, type Totals } from '../state/changed-files';
import { neededOf, type Needed } from '../missing-requirements-text';
import { watchIn, type TierView } from '../state/tier-view';
import type { BranchStanding, BranchTier } from '../../review/request';
import type { Worktree } from '../workspace/worktree';
import { type TimeSliced } from '../time-slices';
import { lineCount } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { foldersOf, sortedAsInExplorer } from './file-order';
import { isBySession, type Session } from './sessions-in-changes';

export type Node =
  | { readonly kind: 'worktree'; readonly worktree: Worktree }
  | { readonly kind: 'setUp'; readonly worktree: Worktree }
  | { readonly kind: 'teams'; readonly worktree: Worktree; readonly teams: readonly string[] }
  | { readonly kind: 'sessions'; readonly worktree: Worktree; readonly sessions: readonly Session[] }
  | { readonly kind: 'session'; readonly worktree: Worktree; readonly session: Session }
  | { readonly kind: 'refusal'; readonly of: string; readonly reason: string; readonly index: number }
  | TierNode
  | { readonly kind: 'branch'; readonly worktree: Worktree; readonly branch: BranchStanding }
  | {
      readonly kind: 'branchTier';
      readonly worktree: Worktree;
      readonly tier: BranchTier;
      readonly branch: BranchStanding;
    }
  | { readonly kind: 'signers'; readonly worktree: Worktree; readonly tier: BranchTier }
  | {
      readonly kind: 'branchFile';
      readonly worktree: Worktree;
      readonly file: BranchTier['files'][number];
      readonly tier: string | null;
    }
  | { readonly kind: 'file'; readonly file: FilePicture; readonly session?: Session }
  | {
      readonly kind: 'folder';
      /** What it is a row of. */
      readonly of: string;
      /** Relative to the top of the work tree; empty for the top itself. */
      readonly folder: string;
      readonly files: readonly FilePicture[];
      readonly session?: Session;
    }
  | { readonly kind: 'more'; readonly of: string; readonly count: number }
  | { readonly kind: 'hunk'; readonly file: FilePicture; readonly hunk: Hunk; readonly session?: Session };

/** Files that AI changed, or that need a sign-off whoever changed them. */
export interface TierNode {
  readonly kind: 'tier';
  readonly worktree: Worktree;
  readonly name: string | null;
  readonly view: TierView | null;
  readonly files: readonly FilePicture[];
  /** What AI added and removed in all of them. */
  readonly lines: Totals;
  /** Another tier needs somebody, and this one does not: it is collapsed at first. */
  readonly isAside: boolean;
  /** What a row of a tier above says that it needs, as {@link Needed.what}. */
  readonly saidAbove: ReadonlySet<string>;
}

/** Without a session: changes by AI, or by an unknown author where that counts as AI. */
export const isBy = (seen: Seen, file: FilePicture, session: Session | undefined): boolean =>
  session === undefined
    ? seen.author === 'ai' || (seen.author === 'unknown' && file.tier !== null && watchIn(file.tier).unknown)
    : isBySession(seen, session);

export const isIn = (hunk: Hunk, file: FilePicture, session: Session | undefined): boolean =>
  hunk.added.some((seen) => isBy(seen, file, session)) || hunk.removed.some((seen) => isBy(seen, file, session));

/** A tier with more files than this is collapsed at first. */
export const OPEN_AT_MOST = 100;
/** The editor creates all rows of a list at once. */
const ROWS_AT_MOST = 500;

/** Rows for the first of many things, and how many more there are. `of`: what they are rows of. */
export const rowsUpToLimit = <T>(of: string, things: readonly T[], rowOf: (thing: T) => Node): Node[] => [
  ...things.slice(0, ROWS_AT_MOST).map(rowOf),
  ...(things.length <= ROWS_AT_MOST ? [] : [{ kind: 'more', of, count: things.length - ROWS_AT_MOST } as const]),
];

/** Rows of files: many of them by their folders. */
export function fileRows(of: string, files: readonly FilePicture[], session?: Session): Node[] {
  const withSession = session === undefined ? {} : { session };
  const folders = foldersOf(files);
  return folders === undefined
    ? rowsUpToLimit(of, files, (file) => ({ kind: 'file', file, ...withSession }))
    : rowsUpToLimit(of, [...folders], ([folder, inFolder]) => ({
        kind: 'folder',
        of,
        folder,
        files: inFolder,
        ...withSession,
      }));
}

/** How many files are processed before the work yields. */
const FILES_IN_A_SLICE = 500;

/** The policy's own file, for example: a senior must look at it though no AI did. */
const needsSignOffByAnybody = ({ tier }: FilePicture): boolean =>
  tier?.open.some(({ kind, from }) => kind === 'any' && from !== null) === true;

/** What was said before, and adds what is said now. */
function addedTo(said: Set<string>, needed: readonly Needed[]): ReadonlySet<string> {
  const before = new Set(said);
  for (const { what: need } of needed) said.add(need);
  return before;
}

export function* tiersOf(worktree: Worktree, files: readonly FilePicture[]): TimeSliced<TierNode[]> {
  const groups = new Map<string | null, { view: TierView | null; files: FilePicture[] }>();
  for (const [index, file] of files.entries()) {
    if (index % FILES_IN_A_SLICE === 0) yield;
    if (!isOfInterest(file) && !needsSignOffByAnybody(file)) continue;
    const name = file.tier?.tier.name ?? null;
    const group = groups.get(name) ?? { view: file.tier, files: [] };
    group.files.push(file);
    groups.set(name, group);
  }
  yield;
  const isOwing = ({ view }: Pick<TierNode, 'view'>): boolean => neededOf(view?.open ?? []).length > 0;
  const isAnyOwing = [...groups.values()].some(isOwing);
  const said = new Set<Needed['what']>();
  return [...groups]
    .sort(([, a], [, b]) => (a.view?.rank ?? Infinity) - (b.view?.rank ?? Infinity))
    .map(([name, { view, files: ownFiles }]): TierNode => ({
      kind: 'tier',
      worktree,
      name,
      view,
      files: sortedAsInExplorer(ownFiles),
      lines: totals(ownFiles, 'ai'),
      isAside: isAnyOwing && !isOwing({ view }),
      saidAbove: addedTo(said, neededOf(view?.open ?? [])),
    }));
}

/** Unique in the whole view, and stable while the row is about the same thing. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'worktree':
      return node.worktree.root;
    case 'setUp':
      return `${node.worktree.root} set up`;
    case 'teams':
      return `${node.worktree.root} teams`;
    case 'sessions':
      return `${node.worktree.root} sessions`;
    case 'session':
      return `${node.worktree.root} session ${nameOf(node.session)}`;
    case 'tier':
      return `${node.worktree.root} tier ${node.name ?? ''}`;
    case 'file':
      return fileId(node.file, node.session);
    case 'folder':
      return `${node.of} folder ${node.folder}`;
    case 'hunk':
      return `${fileId(node.file, node.session)} ${String(node.hunk.was)}`;
    case 'refusal':
      return `${node.of} refusal ${String(node.index)}`;
    case 'branch':
      return `${node.worktree.root} branch`;
    case 'branchTier':
      return `${node.worktree.root} branch tier ${node.tier.name ?? ''}`;
    case 'signers':
      return `${node.worktree.root} branch signers ${node.tier.name ?? ''}`;
    case 'branchFile':
      return `${node.worktree.root} branch file ${node.tier ?? ''} ${node.file.path}`;
    case 'more':
      return `${node.of} more`;
  }
}

/** The same file has a row in its tier and one for each session. */
const fileId = ({ uri }: FilePicture, session: Session | undefined): string =>
  `${session === undefined ? '' : `${nameOf(session)} `}${uri.toString()}`;

const nameOf = ({ assistant, session }: Session): string => `${assistant ?? ''} ${session ?? ''}`;

/** Everything visible or audible of a row, and what it does. */
export const faceOf = ({
  label,
  description,
  tooltip,
  iconPath,
  resourceUri,
  collapsibleState,
  contextValue,
  command,
  accessibilityInformation,
}: vscode.TreeItem): string =>
  JSON.stringify([
    label,
    description,
    tooltip,
    iconPath,
    resourceUri?.toString(),
    collapsibleState,
    contextValue,
    command?.arguments,
    accessibilityInformation,
  ]);

/** `3 unknown`, if unknown lines count as AI's. */
export function unknownCounts(t: Translate, { tier, counts: { unknown } }: FilePicture): string {
  const count = unknown.added + unknown.removed;
  return count > 0 && tier !== null && watchIn(tier).unknown ? t('{0} unknown', count) : '';
}

export const counts = ({ added, removed }: Totals): string => amountText(added, removed);

/** The same in words, for screen readers. */
export function spokenCounts(t: Translate, { added, removed }: Totals): string {
  return t('AI added {0} and removed {1}', lineCount(t, added), lineCount(t, removed));
}
