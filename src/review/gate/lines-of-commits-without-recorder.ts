/**
 * What lines count as whose commits were made where Linekeeper was not: `unknown: {default, no-recorder}` in the policy.
 * Such a commit has no note, no trailer and no mark, and nobody who committed it has a note in the same change: whoever
 * has one has a recorder, and something unseen happened there.
 */
import { countLines, eachLine } from '../../provenance/authorship';
import type { FileAttribution, LineRange } from '../../provenance/authorship/types';
import type { Policy } from '../../policy';
import type { Range } from './range/commit-range';
import type { DisclosedAuthors } from './disclosures/read-and-apply-disclosures';
import type { NetChange, NetFile } from './range/net-change-with-authors';

/** How the lines of such commits were counted. */
export interface WithoutRecorder {
  /** Full ids. */
  readonly commits: readonly string[];
  /** Lines of unknown author that they added and removed. */
  readonly lines: number;
  readonly countedAs: 'human' | 'ask' | 'ai';
}

interface Counted {
  readonly net: NetChange;
  /** With `unknown` as the stricter of both asks it. */
  readonly policy: Policy;
  readonly withoutRecorder?: WithoutRecorder;
}

/** Counts them as the policy says; as it is where the policy says nothing of them. */
export function countedByRecorder(net: NetChange, range: Range, policy: Policy): Counted {
  const { noRecorder, unknown } = policy;
  if (noRecorder === undefined) return { net, policy };
  const silent = commitsWithoutRecorder(net, range);
  const isPersons = (commit: string | null): boolean =>
    (commit !== null && silent.has(commit) ? noRecorder : unknown) === 'human';
  // A later commit may have moved or re-indented what an earlier one left unknown.
  const isClear = ({ commits, attribution: { path } }: NetFile): boolean =>
    [...commits].every((id) => isPersons(id) || !leavesUnknown(net.commits.get(id), path));
  const files = net.files.map((file) =>
    isClear(file) ? { ...file, attribution: withPersons(file, isPersons) } : file,
  );
  const isStrict = unknown === 'ai' || noRecorder !== 'human';
  return {
    net: { ...net, files },
    policy: isStrict && unknown === 'human' ? { ...policy, unknown: 'ai' } : policy,
    withoutRecorder: {
      commits: [...silent],
      lines: net.files.reduce((sum, file) => sum + unknownLinesOf(file, silent), 0),
      countedAs: noRecorder,
    },
  };
}

/** What only a fork's note calls AI's was unknown before, and may have been moved on since. */
const leavesUnknown = (authors: DisclosedAuthors | undefined, path: string): boolean =>
  (authors?.files ?? []).some(
    (file) =>
      (file.path === path || file.from === path) &&
      (authors?.hasClaimedAi === true ||
        [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].some(
          ({ author }) => author === 'unknown',
        )),
  );

function commitsWithoutRecorder({ commits }: NetChange, range: Range): ReadonlySet<string> {
  const recorded = new Set(
    range.commits.flatMap(({ id, committer }) => (commits.get(id)?.provenance === 'note' ? [committer.email] : [])),
  );
  return new Set(
    range.commits.flatMap(({ id, committer }) => {
      const authors = commits.get(id);
      return authors?.known === true && authors.provenance === 'none' && !recorded.has(committer.email) ? [id] : [];
    }),
  );
}

/** Lines of unknown author, added and removed, of these commits. */
function unknownLinesOf({ attribution, commitOf }: NetFile, silent: ReadonlySet<string>): number {
  const count = (side: 'old' | 'new', ranges: readonly LineRange[]): number =>
    countLines(
      eachLine(ranges, (range, line) =>
        silent.has(commitOf(side, line) ?? '') ? range : { ...range, author: 'human' },
      ),
    ).unknown;
  return count('new', attribution.ranges) + count('old', attribution.removed);
}

function withPersons(
  { attribution, commitOf, commits }: NetFile,
  isPersons: (commit: string | null) => boolean,
): FileAttribution {
  const counted = (side: 'old' | 'new', ranges: readonly LineRange[]): readonly LineRange[] =>
    eachLine(ranges, (range, line) =>
      range.author === 'unknown' && isPersons(commitOf(side, line)) ? { ...range, author: 'human' } : range,
    );
  const { change } = attribution;
  const isPersonsChange = change?.author === 'unknown' && commits.size > 0 && [...commits].every(isPersons);
  return {
    ...attribution,
    ranges: counted('new', attribution.ranges),
    removed: counted('old', attribution.removed),
    change: isPersonsChange ? { ...change, author: 'human' } : change,
  };
}
