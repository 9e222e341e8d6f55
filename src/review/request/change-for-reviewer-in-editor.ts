/**
 * A branch's change for its reviewer in the editor: its hunks by risk, in compact form, and never more than can be
 * shown.
 */
import type { Author } from '../../provenance/authorship/types';
import { commitOf, attributionOnce } from '../gate';
import { isolatedGit, type Repository } from '../../git';
import type { Finding } from '../../policy';
import { hunksToRead, type HunkLine, type HunkToRead } from '../hunks';
import { COMMITS_AT_MOST } from './limit-of-examined-commits';
import { reviewRange, type ReviewRange } from './range-of-checked-out-branch';

/** A run of lines by one author. 1-based, both ends included. */
export interface HunkRun extends Omit<HunkLine, 'text'> {
  readonly start: number;
  readonly end: number;
}

export interface ReviewHunk extends Pick<HunkToRead, 'id' | 'path' | 'from' | 'tier' | 'oldLine' | 'newLine'> {
  /** Lines of the old file. */
  readonly removed: readonly HunkRun[];
  /** Lines of the new file. */
  readonly added: readonly HunkRun[];
  readonly findings: readonly Finding[];
}

export interface ReviewToRead extends ReviewRange {
  /**
   * Commits that the base lacks; one more than {@link COMMITS_AT_MOST} means that there are more, and then there are no
   * hunks.
   */
  readonly commits: number;
  /** Ids of commits. */
  readonly mergeBase: string;
  readonly head: string;
  /** By risk, then by size. */
  readonly hunks: readonly ReviewHunk[];
  /** How many hunks were left out because there are too many. */
  readonly left: number;
  /** How many commits have AI lines by their messages, but no note here that locates them. */
  readonly withoutNotes: number;
  /** Why lines are of unknown author, by the commits that changed them. */
  readonly whyUnknown: Readonly<Record<string, string>>;
  /** Files that changed without lines, such as binary ones. */
  readonly others: readonly { readonly path: string; readonly tier: string | null; readonly author: Author }[];
}

/** What a person can read, and what may be passed between threads. */
const HUNKS_AT_MOST = 2_000;
const RUNS_AT_MOST = 50_000;
const FINDINGS_AT_MOST = 50;
const OTHERS_AT_MOST = 500;

/** Null when there is nothing to compare with. Throws a ReviewError, a GateError or a GitError. */
export async function reviewToRead(repository: Repository, now: () => number): Promise<ReviewToRead | null> {
  const range = await reviewRange(repository);
  if (range === undefined) return null;
  const [base, head] = await Promise.all([commitOf(repository, range.baseRef), commitOf(repository, 'HEAD')]);
  const counted = await isolatedGit(repository, [
    'rev-list',
    '--count',
    `--max-count=${String(COMMITS_AT_MOST + 1)}`,
    head,
    `^${base}`,
  ]);
  const commits = Number(counted.stdout.toString('utf8').trim());
  const nothing = {
    ...range,
    commits,
    mergeBase: base,
    head,
    hunks: [],
    left: 0,
    withoutNotes: 0,
    whyUnknown: {},
    others: [],
  };
  if (commits === 0 || commits > COMMITS_AT_MOST) return nothing;
  const change = await hunksToRead(repository, {
    base,
    head,
    baseName: range.baseRef,
    attributionOf: attributionOnce(repository, now),
  });
  let runs = 0;
  const hunks = change.hunks.slice(0, HUNKS_AT_MOST).map((hunk) => {
    const short = displayedHunk(hunk);
    runs += short.added.length + short.removed.length;
    return runs > RUNS_AT_MOST ? { ...short, added: joined(short.added), removed: joined(short.removed) } : short;
  });
  return {
    ...nothing,
    mergeBase: change.mergeBase,
    hunks,
    left: change.hunks.length - hunks.length,
    withoutNotes: change.withoutNotes.length,
    whyUnknown: change.whyUnknown,
    others: change.others.slice(0, OTHERS_AT_MOST),
  };
}

const displayedHunk = ({
  id,
  path,
  from,
  tier,
  oldLine,
  newLine,
  removed,
  added,
  findings,
}: HunkToRead): ReviewHunk => ({
  id,
  path,
  from,
  tier,
  oldLine,
  newLine,
  removed: runsOf(removed, oldLine),
  added: runsOf(added, newLine),
  findings: findings.slice(0, FINDINGS_AT_MOST),
});

function runsOf(lines: readonly HunkLine[], first: number): HunkRun[] {
  const runs: (Omit<HunkRun, 'end'> & { end: number })[] = [];
  for (const [index, { author, assistant, edited, unknownIn }] of lines.entries()) {
    const last = runs.at(-1);
    const isSame =
      last?.author === author && last.assistant === assistant && last.edited === edited && last.unknownIn === unknownIn;
    if (isSame) last.end = first + index;
    else runs.push({ start: first + index, end: first + index, author, assistant, edited, unknownIn });
  }
  return runs;
}

/** All as one run, attributed to the most suspect author in it: nothing to read is lost, only which line it is. */
function joined(runs: readonly HunkRun[]): HunkRun[] {
  const [first] = runs;
  const worst = runs.find(({ author }) => author === 'ai') ?? runs.find(({ author }) => author === 'unknown') ?? first;
  return first === undefined || worst === undefined
    ? []
    : [{ ...worst, start: first.start, end: runs.at(-1)?.end ?? first.end }];
}
