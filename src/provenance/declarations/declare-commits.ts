/** A person says that the lines of unknown author in their own commits are theirs. */
import type { FileAttribution, LineAuthorship } from '../authorship/types';
import { mergeIntoNote, settleFirst, showCommits } from '../commits';
import type { Repository } from '../../git';

/** What a declaration did to a commit. */
export interface DeclaredCommit {
  /** Full id. */
  readonly commit: string;
  /** Lines, added and removed, and changes without lines that are declared now; 0 where none was unknown. */
  readonly declared: number;
  /** Its author, where that is somebody else: then nothing was declared. */
  readonly foreign: string | null;
}

const isUnknown = ({ author }: { readonly author: string }): boolean => author === 'unknown';

/**
 * Writes it into the notes of commits. `ids`: full ids of commits that are here; `email`: the person's address, as
 * commits have it. Lines whose author is known stay as they are. Throws a GitError.
 */
export async function declareCommits(
  repository: Repository,
  ids: readonly string[],
  email: string,
  now: () => number,
): Promise<readonly DeclaredCommit[]> {
  await settleFirst(repository, now, () => undefined);
  const done: DeclaredCommit[] = [];
  for (const [id, { commit, files, added, removed }] of await showCommits(repository, ids)) {
    const isOwn = [commit.author, commit.committer].some(
      (person) => person.email.toLowerCase() === email.toLowerCase(),
    );
    const unknown = added.unknown + removed.unknown;
    const whole = files.filter(({ change }) => change !== null && isUnknown(change)).length;
    if (isOwn && unknown + whole > 0)
      await mergeIntoNote(repository, commit, { files: files.map(asDeclared), added, removed });
    done.push({ commit: id, declared: isOwn ? unknown + whole : 0, foreign: isOwn ? null : commit.author.email });
  }
  return done;
}

const asDeclared = (file: FileAttribution): FileAttribution => ({
  ...file,
  ranges: file.ranges.map(declared),
  removed: file.removed.map(declared),
  change: file.change === null ? null : declared(file.change),
});

const declared = <Part extends LineAuthorship>(part: Part): Part =>
  isUnknown(part) ? { ...part, author: 'human', evidence: 'declared' } : part;
