/** Repository settings kept in the repository: the reviews and checks that its branches require. */
import { noticeSetting } from '../../rows/settings';
import { compare, sidesOf } from '../../tree';
import type { Change, Noticed } from '../../types';

export function noticeProtections(change: Change): readonly Noticed[] {
  const sides = sidesOf(change);
  const found: Noticed[] = [];
  if (sides !== null)
    compare(sides.before[0], sides.after[0], (pair) =>
      found.push(...noticeSetting('protection', pair, { it: 'The branch' })),
    );
  return found;
}
