/** All sign-offs on commits. */
import { isolatedGit, type Repository } from '../../../git';
import { SIGN_OFFS_REF } from '../../../provenance/commits';
import { readLines } from './sign-off-and-debt-notes';
import { parseLine, parseSignOff, type SignedText, type SignOffText } from './sign-off-text';
import { allowedSignersAt, verifiedAt } from './verify-sign-offs';

export interface ListedSignOff extends SignOffText {
  /**
   * The key's principals in the allowed signers of the signed base, at the time of signing; empty when it was not valid
   * then.
   */
  readonly by: readonly string[];
  /** Why it was not valid then; empty when it was. */
  readonly why: string;
  /** As it was signed, so that others can verify it. */
  readonly signed: SignedText;
}

/**
 * All sign-offs on a commit, each judged by what was valid when it was given: so they can be checked years later.
 * Throws a GitError.
 */
export const signOffsOn = (repository: Repository, commit: string): Promise<readonly ListedSignOff[]> =>
  signOffsOnEach(repository, new Set([commit]));

/** The same for several commits, in the order of these. Throws a GitError. */
export async function signOffsOnEach(
  repository: Repository,
  commits: ReadonlySet<string>,
): Promise<readonly (ListedSignOff & { readonly commit: string })[]> {
  const notes = await readLines(repository, SIGN_OFFS_REF);
  const listed: (ListedSignOff & { readonly commit: string })[] = [];
  for (const commit of commits) {
    for (const line of notes.get(commit) ?? []) {
      const signed = parseLine(line);
      const said = signed && parseSignOff(signed.text);
      if (signed === undefined || said === undefined) continue;
      const there = await isolatedGit(repository, ['cat-file', '-t', said.base], { codes: [0, 1, 128] });
      const signers =
        there.stdout.toString('utf8').trim() === 'commit' ? await allowedSignersAt(repository, said.base) : null;
      const verified =
        signers === null
          ? ({ valid: false, why: 'The base that it names is not here, or has no allowed signers.' } as const)
          : verifiedAt(signed, signers, Date.parse(said.at));
      const why = said.head === commit ? (verified.valid ? '' : verified.why) : 'It is for another commit.';
      listed.push({ ...said, commit, by: verified.valid ? verified.principals : [], why, signed });
    }
  }
  return listed;
}
