/**
 * Who wrote each line of a file, including what commits claim about themselves. Command line and editor both use this
 * function.
 */
import { blameFile, type BlamedLine, type BlameOptions } from '../../provenance/commits';
import { untrustedFile, GitError, type Repository } from '../../git';
import { disclosesAi } from './disclosures/read-and-apply-disclosures';
import { asCounted, mayBeRevert } from './disclosures/attribution-as-counted';

/** The repository's own list of commits to ignore, which forges use too. */
export const IGNORE_FILE = '.git-blame-ignore-revs';

interface BlameRequest extends Omit<BlameOptions, 'words'> {
  /** Called with the reason why the repository's own list could not be used. */
  readonly passOver: (why: string) => void;
}

/**
 * The lines in a commit, or in the work tree when none is given; undefined when the file does not exist. Throws a
 * GitError.
 */
export async function blame(
  repository: Repository,
  file: string,
  commit: string | undefined,
  { passOver, ...request }: BlameRequest,
): Promise<BlamedLine[] | undefined> {
  const options: BlameOptions = {
    ...request,
    words: {
      speaks: (made, hasNote) => mayBeRevert({ commit: made }) || (!hasNote && disclosesAi(made)),
      hear: (shown, paths) => asCounted(repository, shown, paths),
    },
  };
  const ignoreFile = request.plain ? undefined : untrustedFile(repository, IGNORE_FILE);
  if (ignoreFile && 'why' in ignoreFile) passOver(ignoreFile.why);
  else if (ignoreFile) {
    try {
      return await blameFile(repository, file, commit, {
        ...options,
        ignoreFiles: [ignoreFile.file, ...(request.ignoreFiles ?? [])],
      });
    } catch (error) {
      // A list that the caller named is an error when it can't be read.
      if (!(error instanceof GitError) || (request.ignoreFiles ?? []).length + (request.ignore ?? []).length > 0)
        throw error;
      passOver(error.message);
    }
  }
  return blameFile(repository, file, commit, options);
}
