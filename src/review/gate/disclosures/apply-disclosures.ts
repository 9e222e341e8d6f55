/** A commit's attribution for people, with what the commit claims about itself where nothing was recorded. */
import { addCounts, countLines, NO_COUNTS } from '../../../provenance/authorship';
import type { CommitAttribution } from '../../../provenance/commits';
import type { Commit } from '../../../git';
import { disclosedAuthor, disclosuresOf } from './commit-disclosures';

/** Whether a commit claims that AI contributed to it. */
export function disclosesAi(commit: Commit): boolean {
  const { lines, named, marked } = disclosuresOf(commit);
  return lines !== null || named.length + marked.length > 0;
}

/**
 * The commit with its unknown lines attributed to the assistant whose mark it carries, as declared. A commit with a
 * note is left unchanged.
 */
export function applyDisclosures<T extends CommitAttribution>(shown: T): T {
  if (shown.provenance === 'note') return shown;
  const claims = disclosuresOf(shown.commit);
  const files = disclosedAuthor(shown, claims);
  return {
    ...shown,
    files,
    added: files.reduce((sum, file) => addCounts(sum, countLines(file.ranges)), NO_COUNTS),
    removed: files.reduce((sum, file) => addCounts(sum, countLines(file.removed)), NO_COUNTS),
    provenance:
      shown.provenance === 'none' && claims.named.length > 0
        ? 'trailers'
        : shown.provenance === 'none' && claims.marked.length > 0
          ? 'markers'
          : shown.provenance,
    assistants: [...new Set([...shown.assistants, ...claims.named, ...claims.marked])].sort(),
  };
}
