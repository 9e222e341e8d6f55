/**
 * Why a review page cannot be prepared. `reason` is for code, the message is for people: what happened and how to fix
 * it.
 */
export type ReviewProblem =
  'no-remote' | 'not-a-web-address' | 'unknown-forge' | 'no-base' | 'no-branch' | 'no-commits' | 'git';

export class ReviewError extends Error {
  override readonly name = 'ReviewError';
  constructor(
    readonly reason: ReviewProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
