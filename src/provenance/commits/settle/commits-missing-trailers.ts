/**
 * Commits with lines of an assistant whose message does not say so: made without our hooks, or behind a hook that was
 * late. The hook keeps the message of a commit that git picks, except for these.
 */
import { dataPlace } from '../../../base/files';
import type { ChangeAttribution } from '../../authorship/types';
import type { Commit, Repository } from '../../../git';
import { appendLine } from '../origins/read-and-append-state-lines';

/** Remembers a commit whose note was just written, where its message keeps back what the note says. */
export function rememberMissingTrailers(
  { commonDir }: Repository,
  commit: Commit,
  { added, removed }: ChangeAttribution,
): void {
  if (added.ai + removed.ai > 0 && !/^(?:AI-[A-Z]\w+|Assisted-by): /m.test(commit.message))
    appendLine(dataPlace(commonDir, 'untold'), commit.id);
}
