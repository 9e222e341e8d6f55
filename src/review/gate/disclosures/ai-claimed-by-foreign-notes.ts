/**
 * A record that anybody may have written, such as a fork's note: what it calls AI's is AI's, and it says nothing about
 * any other line. So it can make no line a person's, and settles no claim that the commit or a trusted note makes.
 */
import { eachLine, rangesByLine } from '../../../provenance/authorship';
import type { FileAttribution, LineRange } from '../../../provenance/authorship/types';
import type { Repository } from '../../../git';
import { attributed, noteReader } from '../../../provenance/commits';
import type { AttributionOf } from '../gate-input-types';
import type { DisclosedAuthors } from './read-and-apply-disclosures';

/** Attribution with what the notes on another ref claim. `ref`: fetched from a repository that anybody may write. */
export const withClaimsOn =
  (repository: Repository, ref: string, attributionOf: AttributionOf): AttributionOf =>
  async (commits) => {
    const [authorsOf, noteOf] = await Promise.all([attributionOf(commits), noteReader(repository, commits, ref)]);
    return (commit, changes) => {
      const note = noteOf(commit.id);
      const authors = authorsOf(commit, changes);
      return note === undefined || authors === undefined
        ? authors
        : { ...authors, claimedAi: attributed(commit, changes, note).files };
    };
  };

/** A commit's authors with the lines that such a record gives to AI. */
export function withClaimedAi(authors: DisclosedAuthors, claimed: readonly FileAttribution[]): DisclosedAuthors {
  const byPath = new Map(claimed.map((file) => [file.path, file]));
  const files = authors.files.map((file) => withAiOf(file, byPath.get(file.path)));
  if (files.every((file, index) => file === authors.files[index])) return authors;
  const assistants = [...new Set([...authors.assistants, ...files.flatMap(assistantsIn)])].sort();
  return { ...authors, files, assistants, hasClaimedAi: true };
}

function withAiOf(file: FileAttribution, claimed: FileAttribution | undefined): FileAttribution {
  if (claimed === undefined) return file;
  const ranges = withAiRanges(file.ranges, claimed.ranges);
  const removed = withAiRanges(file.removed, claimed.removed);
  const isChanged = file.change !== null && file.change.author !== 'ai' && claimed.change?.author === 'ai';
  const change = isChanged ? claimed.change : file.change;
  return ranges === file.ranges && removed === file.removed && !isChanged ? file : { ...file, ranges, removed, change };
}

function withAiRanges(ranges: readonly LineRange[], claimed: readonly LineRange[]): readonly LineRange[] {
  const byLine = rangesByLine(claimed.filter(({ author }) => author === 'ai'));
  const isGained = ({ author, start, end }: LineRange): boolean => {
    if (author === 'ai') return false;
    for (let line = start; line <= end; line++) if (byLine.has(line)) return true;
    return false;
  };
  return ranges.some(isGained)
    ? eachLine(ranges, (known, line) => (known.author === 'ai' ? known : (byLine.get(line) ?? known)))
    : ranges;
}

/** Of each part of a file that is AI's. */
const assistantsIn = (file: FileAttribution): readonly string[] =>
  [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])].flatMap(({ author, assistant }) =>
    author === 'ai' ? [assistant ?? 'unknown-assistant'] : [],
  );
