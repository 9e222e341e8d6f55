/** Why lines count as they do, where that is not what a reader expects: tier by tier, as sentences. */
import { countLines } from '../../provenance/authorship';
import type { Counts } from '../../provenance/authorship/types';
import type { DiffFile } from '../../git';
import { countOf, list, type Decision, type TierDecision } from '../../policy';
import type { ChangeSource } from './repository-reads';
import type { Range } from './range/commit-range';
import type { NetChange, NetFile } from './range/net-change-with-authors';
import { linesOf, short, unknownReasons, type UnknownLines } from './reasons-for-unknown-lines';

interface Explained {
  readonly tiers: readonly Pick<TierDecision, 'name' | 'files'>[];
  readonly range: Range;
  readonly net: NetChange;
  /** What a person calls the base. */
  readonly baseName: string;
  /** The policy names the commit from which on records are asked. */
  readonly hasSince: boolean;
  readonly verdict: Decision['verdict'];
}

/** By the name of the tier; tiers without anything to explain are left out. Throws a GitError. */
export async function explainLines(
  explained: Explained,
  source: Pick<ChangeSource, 'differences'>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { tiers, range, net, verdict } = explained;
  // A branch that is not behind has nothing that its base has too.
  const behind = verdict === 'fail' && range.base !== range.firstMergeBase && net.files.length > 0;
  const toMerge = behind ? await source.differences(range.base, range.head) : undefined;
  const differs = toMerge && new Map(toMerge.map((file) => [file.path, file]));
  const byPath = new Map(net.files.map((file) => [file.attribution.path, file]));
  return Object.fromEntries(
    tiers.flatMap(({ name, files }) => {
      const inTier = files.flatMap((path) => byPath.get(path) ?? []);
      const why = [
        ...unknownIn(explained, inTier),
        ...revertReasons(explained, inTier),
        ...(differs ? baseReasons(explained, inTier, differs) : []),
      ];
      return why.length === 0 ? [] : [[name, why] as const];
    }),
  );
}

/** What was changed by unknown authors, by the commits that changed it. */
function unknownIn({ net, range, hasSince }: Explained, files: readonly NetFile[]): readonly string[] {
  return unknownReasons(unknownByCommit(net, range, files), hasSince);
}

/** Why a change's lines of unknown author are, by the ids of the commits that changed them: a sentence for each. */
export const unknownReasonsByCommit = (
  net: NetChange,
  range: Range,
  hasSince: boolean,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    unknownByCommit(net, range, net.files).map((lines) => [lines.id, unknownReasons([lines], hasSince).join(' ')]),
  );

function unknownByCommit(net: NetChange, range: Range, files: readonly NetFile[]): readonly UnknownLines[] {
  const byCommit = new Map<string, number>();
  for (const { attribution, commitOf } of files)
    for (const side of ['new', 'old'] as const)
      for (const { start, end, author } of side === 'new' ? attribution.ranges : attribution.removed)
        for (let line = start; author === 'unknown' && line <= end; line++) {
          const commit = commitOf(side, line);
          if (commit !== null) byCommit.set(commit, (byCommit.get(commit) ?? 0) + 1);
        }
  const messages = new Map(range.commits.map((commit) => [commit.id, commit]));
  return [...byCommit].map(([id, count]) => ({ id, count, authors: net.commits.get(id), commit: messages.get(id) }));
}

/** What exact reverts bring back and take away. */
function revertReasons({ net }: Explained, files: readonly NetFile[]): readonly string[] {
  return [...net.commits].flatMap(([id, { reverts }]) => {
    if (reverts === undefined) return [];
    const of = (side: 'new' | 'old'): Counts =>
      countLines(
        files.flatMap(({ attribution, commitOf }) =>
          (side === 'new' ? attribution.ranges : attribution.removed).flatMap((range) =>
            Array.from({ length: range.end - range.start + 1 }, (_, index) => range.start + index).flatMap((line) =>
              commitOf(side, line) === id ? [{ ...range, start: line, end: line }] : [],
            ),
          ),
        ),
      );
    const [back, away] = [written(of('new')), written(of('old'))];
    return [
      ...(back === '' ? [] : [`Brought back by the revert of ${short(reverts)} (${short(id)}): ${back}.`]),
      ...(away === '' ? [] : [`Taken away by the revert of ${short(reverts)} (${short(id)}): ${away}.`]),
    ];
  });
}

/** Empty without any line. */
const written = ({ ai, human, unknown }: Counts): string =>
  [
    ...(ai > 0 ? [`${String(ai)} AI`] : []),
    ...(human > 0 ? [`${String(human)} human`] : []),
    ...(unknown > 0 ? [`${String(unknown)} unknown`] : []),
  ].join(', ');

/** This many lines in a row are no coincidence; fewer, such as a brace, are when they are only a part of a hunk. */
const IN_A_ROW = 3;

/** What the base has already: usually the branch went on after it was merged as one commit. */
function baseReasons(
  { baseName }: Explained,
  files: readonly NetFile[],
  differs: ReadonlyMap<string, DiffFile>,
): readonly string[] {
  let count = 0;
  let whole = 0;
  for (const { attribution } of files) {
    const still = differs.get(attribution.path);
    if (still === undefined) {
      whole++;
      continue;
    }
    const isNew = (line: number): boolean =>
      still.hunks.some(({ newStart, newEnd }) => newStart < line && line <= newEnd);
    for (const [start, end] of hunksOf(attribution.ranges)) {
      let row = 0;
      for (let line = start; line <= end + 1; line++) {
        if (line <= end && !isNew(line)) row++;
        else {
          if (row >= IN_A_ROW || row === end - start + 1) count += row;
          row = 0;
        }
      }
    }
  }
  if (count + whole === 0) return [];
  const reasons = [
    ...(whole > 0 ? [`${countOf(whole, 'file')} as ${whole === 1 ? 'it is' : 'they are'} here`] : []),
    ...(count > 0 ? [linesOf(count)] : []),
  ].join(' and ');
  return [
    `${list([baseName])} has ${reasons} already, as after a squash-merge: merge ${list([baseName])} into the branch, and that is not asked about again.`,
  ];
}

/** Lines that follow each other, whoever wrote them. */
function hunksOf(ranges: NetFile['attribution']['ranges']): readonly (readonly [start: number, end: number])[] {
  const hunks: [number, number][] = [];
  for (const { start, end } of ranges) {
    const last = hunks.at(-1);
    if (last?.[1] === start - 1) last[1] = end;
    else hunks.push([start, end]);
  }
  return hunks;
}
