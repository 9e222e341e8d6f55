/**
 * What the gate required of the change that a commit came with. The verdict of that time is not stored, so it is
 * computed again with the policy of that time.
 */
import { checkRange, GateError, noFindings, type AttributionOf } from '../../review/gate';
import { GitError, readCommits, type Repository } from '../../git';
import { stillMissing } from '../../policy/decision';
import { requirementText } from '../../policy';
import { reviewOf } from '../trace/merge-and-sign-offs-of-commit';
import type { TracedReview } from '../trace/types';

export interface GateThen {
  readonly review: TracedReview;
  /** A sentence for people. */
  readonly says: string;
}

/** Throws a GitError when git can't be run. */
export async function gateThen(
  repository: Repository,
  commit: string,
  attributionOf: AttributionOf,
  now: () => number,
): Promise<GateThen> {
  const review = await reviewOf(repository, commit, { attributionOf, now });
  const merge =
    review.merge === null ? undefined : (await readCommits(repository, [review.merge.commit])).get(review.merge.commit);
  const [parent] = merge?.parents ?? (await readCommits(repository, [commit])).get(commit)?.parents ?? [];
  const head = review.merge?.head ?? commit;
  if (parent === undefined) return { review, says: 'It is the first commit, so there was no policy yet.' };
  try {
    const { tiers } = await checkRange({
      repository,
      base: parent,
      head,
      actor: null,
      beforehand: true,
      approvals: null,
      teams: {},
      attributionOf,
      findingsOf: noFindings,
      floors: [], // this machine's of today say nothing of then
    });
    const asking = tiers.flatMap(({ name, required }) => {
      const unmet = stillMissing(required).map(({ from, approvals, codeOwner, missing }) =>
        from === null ? missing : requirementText({ from, approvals, codeOwner }),
      );
      return unmet.length === 0 ? [] : [`${name}: ${unmet.join(', and ')}`];
    });
    if (asking.length === 0)
      return {
        review,
        says: `The policy of then asked for no sign-off${tiers.length === 0 ? '' : ` (${tiers.map(({ name }) => name).join(', ')})`}.`,
      };
    return {
      review,
      says: `The policy of then asked: ${asking.join('; ')}. ${approvalsText(review)}`,
    };
  } catch (error) {
    if (error instanceof GateError || error instanceof GitError)
      return {
        review,
        says:
          error instanceof GateError && error.reason === 'policy'
            ? 'There was no policy that could decide then.'
            : `The answer of the check then is not known: ${error.message}`,
      };
    throw error;
  }
}

/** Who signed it off, and whether that counted. A forge's own approvals leave nothing in the repository. */
function approvalsText({ signedBy }: TracedReview): string {
  const signed = signedBy.filter(({ source }) => source === 'sign-off');
  if (signed.length === 0)
    return 'No signed sign-off of it is here. Approvals on the Git host are not in the repository.';
  return signed
    .map(({ by, why }) => (why === null ? `${by} signed it off, and that counted.` : `${by} signed it off; ${why}.`))
    .join(' ');
}
