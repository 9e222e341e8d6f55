/** What *AI Changes in This Review* says about a change as a whole. Pure. */
import { COMMITS_AT_MOST } from '../../review/request/limit-of-examined-commits';
import type { Translate } from '../translate';
import { visible } from './visible-text';
import type { ReviewState } from './background-reviews';

/** Above the rows, or in their place; undefined when the rows are enough. */
export function messageOf(t: Translate, state: ReviewState | undefined): string | undefined {
  switch (state?.kind) {
    case undefined:
      return undefined;
    case 'loading':
      return t('Reading the branch…');
    case 'failed':
      return visible(state.why);
    case 'no base':
      return t('There is no branch to compare with. Check out the branch of a pull request to review it.');
    case 'there': {
      const { review, toRead, read } = state.reading;
      if (review.commits === 0)
        return t(
          'This branch has no commits ahead of {0}. Check out the branch of a pull request to review it.',
          visible(review.base),
        );
      if (review.commits > COMMITS_AT_MOST)
        return t(
          'This branch has more than {0} commits: too many to list here. “linekeeper review --read {1}..HEAD” lists them in a terminal.',
          COMMITS_AT_MOST,
          visible(review.base),
        );
      if (toRead.length === 0) return t('No AI lines in this branch. Nothing to read here.');
      return read === toRead.length
        ? t('You have read everything here. Approve in your browser, or sign off.')
        : undefined;
    }
  }
}

/** Next to the view's title: `2 of 7 read`. */
export function progressOf(t: Translate, state: ReviewState | undefined): string | undefined {
  if (state?.kind !== 'there' || state.reading.toRead.length === 0) return undefined;
  return t('{0} of {1} read', state.reading.read, state.reading.toRead.length);
}
