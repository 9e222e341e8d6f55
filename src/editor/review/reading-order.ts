/** A change in the order to read it, with what has been read already. Line numbers are 1-based. Pure. */
import { SEVERITIES, type Severity } from '../../policy';
import type { Author } from '../../provenance/authorship/types';
import type { HunkRun, ReviewHunk, ReviewToRead } from '../../review/request';

/** Hunks of one tier; null for files that are in no tier. */
export interface TierToRead {
  readonly tier: string | null;
  readonly hunks: readonly ReviewHunk[];
}

export interface Reading {
  readonly review: ReviewToRead;
  /** Tiers by risk, and in each the hunks by risk, then by size. */
  readonly tiers: readonly TierToRead[];
  /** The same hunks in one list. */
  readonly toRead: readonly ReviewHunk[];
  /** How many of them are ticked. */
  readonly read: number;
  /** Written by people alone, without findings: reading them here is not required. */
  readonly byPeople: readonly ReviewHunk[];
}

/** Two hunks of a file may have the same id: they have the same content, and are ticked together. */
export function readingOf(review: ReviewToRead, ticked: ReadonlySet<string>): Reading {
  const toRead = review.hunks.filter(isToRead);
  const tiers = new Map<string | null, ReviewHunk[]>();
  for (const hunk of toRead) {
    const hunks = tiers.get(hunk.tier) ?? [];
    hunks.push(hunk);
    tiers.set(hunk.tier, hunks);
  }
  const groups = [...tiers].map(([tier, hunks]): TierToRead => ({ tier, hunks }));
  return {
    review,
    tiers: groups,
    toRead: groups.flatMap(({ hunks }) => hunks),
    read: toRead.filter(({ id }) => ticked.has(id)).length,
    byPeople: review.hunks.filter((hunk) => !isToRead(hunk)),
  };
}

const isToRead = ({ added, removed, findings }: ReviewHunk): boolean =>
  findings.length > 0 || [...added, ...removed].some(({ author }) => author !== 'human');

/** The first unticked one after the current one, else the first of all; undefined when all are ticked. */
export function nextUnread(
  hunks: readonly ReviewHunk[],
  ticked: ReadonlySet<string>,
  current: ReviewHunk | undefined,
): ReviewHunk | undefined {
  const at = current === undefined ? -1 : hunks.indexOf(current);
  return [...hunks.slice(at + 1), ...hunks.slice(0, at + 1)].find(({ id }) => !ticked.has(id));
}

export type Side = 'old' | 'new';

/** The path that a hunk's file has on one side. */
export const pathOn = ({ path, from }: ReviewHunk, side: Side): string => (side === 'old' ? (from ?? path) : path);

/** First and last line of a hunk on one side. A hunk without lines there is at the line that follows. */
export function linesOn(
  { added, removed, oldLine, newLine }: ReviewHunk,
  side: Side,
): readonly [first: number, last: number] {
  const first = side === 'old' ? oldLine : newLine;
  return [first, Math.max(first, (side === 'old' ? removed : added).at(-1)?.end ?? first)];
}

/** The hunk at a line; else the last one before it in that file; else its first. */
export function hunkAt(hunks: readonly ReviewHunk[], path: string, side: Side, line: number): ReviewHunk | undefined {
  const ownHunks = hunks
    .filter((hunk) => pathOn(hunk, side) === path)
    .sort((one, other) => linesOn(one, side)[0] - linesOn(other, side)[0]);
  return ownHunks.filter((hunk) => linesOn(hunk, side)[0] <= line).at(-1) ?? ownHunks[0];
}

/** Where the cursor goes to look at a hunk: the new side, at its first line. */
export const lineToShow = ({ newLine, added }: ReviewHunk): number =>
  added.length === 0 ? Math.max(1, newLine - 1) : newLine;

interface Amounts {
  readonly added: number;
  readonly removed: number;
}

export const amountsOf = ({ added, removed }: ReviewHunk, author: Author): Amounts => ({
  added: linesBy(added, author),
  removed: linesBy(removed, author),
});

/** AI's lines that somebody else changed afterwards. */
export const editedLines = ({ added }: ReviewHunk): number =>
  added.reduce((sum, run) => (run.author === 'ai' && run.edited ? sum + run.end - run.start + 1 : sum), 0);

const linesBy = (runs: readonly HunkRun[], author: Author): number =>
  runs.reduce((sum, run) => (run.author === author ? sum + run.end - run.start + 1 : sum), 0);

/** Its most severe finding. */
export const worstOf = ({ findings }: ReviewHunk): Severity | undefined =>
  SEVERITIES.find((one) => findings.some(({ severity }) => severity === one));
