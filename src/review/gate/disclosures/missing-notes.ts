/**
 * Commits whose notes are missing here: their trailers say that an assistant contributed, but no note says which lines.
 * Git transfers commits without their notes (docs/attribution.md).
 */
import type { Commit } from '../../../git';
import { disclosuresOf } from './read-and-apply-disclosures';
import type { CommitAuthors } from '../gate-input-types';

/** Their ids. Only `AI-Lines` counts: the tool that writes it writes a note too. */
export const commitsWithoutNotes = (
  commits: readonly Commit[],
  known: ReadonlyMap<string, Pick<CommitAuthors, 'provenance'>>,
): readonly string[] =>
  commits
    .filter((commit) => known.get(commit.id)?.provenance !== 'note' && disclosuresOf(commit).lines !== null)
    .map(({ id }) => id);

const NAMED_AT_MOST = 3;

/** What that means and what helps, for the reader of a verdict; empty when all notes are here. */
export function missingNotesNotice(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const named =
    ids
      .slice(0, NAMED_AT_MOST)
      .map((id) => id.slice(0, 10))
      .join(', ') + (ids.length > NAMED_AT_MOST ? ', …' : '');
  const [count, which] = ids.length === 1 ? ['1 commit has', 'its'] : [`${String(ids.length)} commits have`, 'their'];
  return [
    `${count} AI lines by ${which} trailers, and no note here that says which (${named}): those lines count as unknown. "linekeeper notes push" where they were made, then "linekeeper notes fetch" here, brings the notes.`,
  ];
}
