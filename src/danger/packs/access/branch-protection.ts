/** Repository settings kept in the repository: the reviews and checks that its branches require. */
import { compare, gone, isEmpty, isNo, isYes, numberOf, on, same, sidesOf, textsOf, type Pair } from '../../tree';
import type { Change, Noticed } from '../../types';

const RULE = 'permissions/ci-gate';
/** Keys that protect while they are present and true. */
const PROTECTING =
  /^(?:enforce_admins|require_code_owner_reviews?|require_last_push_approval|dismiss_stale_reviews(?:_on_push)?|required_linear_history|required_conversation_resolution|require_signed_commits|required_signatures|strict|lock_branch|required_review_thread_resolution)$/;
/** Keys that weaken protection while they are true. */
const OPENING = /^(?:allow_force_pushes|allow_deletions|bypass_pull_request_allowances)$/;
const BLOCKS = /^(?:protection|branches|required_pull_request_reviews|required_status_checks|restrictions|rules)$/;

export function noticeProtections(change: Change): readonly Noticed[] {
  const sides = sidesOf(change);
  const found: Noticed[] = [];
  if (sides !== null) compare(sides.before[0], sides.after[0], (pair) => found.push(...place(pair)));
  return found;
}

function place({ key, before, after, within }: Pair): readonly Noticed[] {
  if (same(before, after) || within?.before === undefined) return [];
  if (OPENING.test(key) && isYes(after))
    return [on(RULE, after ?? { line: 1 }, `The branch may be overwritten or deleted (${key}).`)];
  if (before === undefined || (within.after === undefined && key !== 'branches')) return [];
  const spot = (message: string): readonly Noticed[] => [
    after === undefined ? gone(RULE, before, message) : on(RULE, after, message),
  ];
  if (PROTECTING.test(key) && isYes(before) && (after === undefined || isNo(after)))
    return spot(`The branch is less protected: ${key} is ${after === undefined ? 'removed' : 'off'}.`);
  if (BLOCKS.test(key) && !isEmpty(before) && isEmpty(after))
    return spot(`The branch is no longer protected: ${key} ${after === undefined ? 'is removed' : 'is empty'}.`);
  if (key === 'required_approving_review_count' && (numberOf(after) ?? 0) < (numberOf(before) ?? 0))
    return spot(
      `Fewer people have to approve: ${String(numberOf(after) ?? 0)} in place of ${String(numberOf(before) ?? 0)}.`,
    );
  if (key === 'contexts' && after !== undefined && textsOf(before).some((name) => !textsOf(after).includes(name)))
    return [on(RULE, after, 'A check is no longer required before merging.')];
  if (key === 'enforcement' && before.text === 'active' && after?.text !== 'active')
    return spot('The rules of the branch are no longer enforced.');
  return [];
}
