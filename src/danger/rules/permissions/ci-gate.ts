import { CHECKS } from '../../ci-job-words';
import { once } from '../../lazy-value';
import { entriesOf, isEmpty, type Pair, textAt } from '../../yaml-and-json';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a change after which a merge or deployment no longer waits for a person or a job',
  why: 'Before, a person or a test had to agree. Now a change reaches production or secrets unseen.',
  fix: 'Keep the approval, the required job or the protected environment.',
} as const satisfies Rule;

/** Where a protection of a branch may be said to be off. */
const PROTECTIONS =
  'enforce_admins require_code_owner_review require_code_owner_reviews require_last_push_approval dismiss_stale_reviews dismiss_stale_reviews_on_push required_linear_history required_conversation_resolution require_signed_commits required_signatures strict lock_branch required_review_thread_resolution';
const BLOCKS = 'protection branches required_pull_request_reviews required_status_checks restrictions rules';
const NOBODY = 'Nobody has to approve this any more';
const BY_ITSELF = 'This step starts by itself: it is no longer manual.';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  pipeline: [
    { key: '[]', before: 'there', after: 'absent', stays: true, only: asksAPerson, says: `${NOBODY}: the manual step is removed.` },
    { key: 'type', before: /^approval$/, side: 'old', only: ({ path }) => path.includes('workflows'), says: `${NOBODY}: the job is no longer an approval.` },
    { key: 'environment', before: 'there', after: 'absent', only: ({ within }) => textAt(within?.after, 'deployment') !== undefined, says: 'The deployment runs without the approvals of its environment.' },
    { key: '[]', under: 'requires', before: /approv|hold|manual|confirm/i, after: 'absent', only: ({ within }) => within?.within?.after !== undefined, says: 'Nobody has to approve "{above}" any more: it no longer waits for "{before}".' },
    { key: 'trigger', before: /^manual$/, after: 'absent', only: inStep, says: BY_ITSELF },
    { key: 'trigger', before: /^manual$/, after: 'there', only: inStep, says: BY_ITSELF },
    { key: 'continueOnError', before: 'not yes', after: 'yes', existing: true, only: isCheck, says: 'A check passes even when it fails (continueOnError).' },
  ],
  protection: [
    { key: 'allow_force_pushes allow_deletions bypass_pull_request_allowances', existing: true, after: 'yes', says: 'The branch may be overwritten or deleted ({key}).' },
    { key: PROTECTIONS, existing: true, stays: true, before: 'yes', after: 'no', says: 'The branch is less protected: {key} is off.' },
    { key: PROTECTIONS, existing: true, stays: true, before: 'yes', after: 'absent', says: 'The branch is less protected: {key} is removed.' },
    { key: BLOCKS, existing: true, only: isEmptied, after: 'absent', says: 'The branch is no longer protected: {key} is removed.' },
    { key: BLOCKS, existing: true, only: isEmptied, after: 'there', says: 'The branch is no longer protected: {key} is empty.' },
    { key: 'required_approving_review_count', existing: true, stays: true, change: 'falls', says: 'Fewer people have to approve: {after} in place of {before}.' },
    { key: 'required_approving_review_count', existing: true, stays: true, before: 'above zero', after: 'absent', says: 'Fewer people have to approve: 0 in place of {before}.' },
    { key: '[]', under: 'contexts', existing: true, stays: true, before: 'there', after: 'absent', says: 'A check is no longer required before merging.' },
    { key: 'enforcement', existing: true, stays: true, before: /^active$/, says: 'The rules of the branch are no longer enforced.' },
  ],
}));

function asksAPerson({ before }: Pair): boolean {
  return (
    /^ManualValidation@|^ManualIntervention@/.test(textAt(before, 'task') ?? '') ||
    entriesOf(before).some(([, job]) => textAt(job, 'type') === 'approval')
  );
}

function inStep({ path }: Pair): boolean {
  return path.includes('step');
}

/** A step or job that checks something, by its name and by what it runs. */
function isCheck({ within }: Pair): boolean {
  const step = within?.after;
  const runs = textAt(step, 'script') ?? textAt(step, 'bash') ?? textAt(step, 'task') ?? '';
  return CHECKS.test(`${textAt(step, 'displayName') ?? ''} ${runs}`);
}

function isEmptied({ key, before, after, within }: Pair): boolean {
  return !isEmpty(before) && isEmpty(after) && (within?.after !== undefined || key === 'branches');
}
