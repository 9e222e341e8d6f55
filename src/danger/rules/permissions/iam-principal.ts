import { once } from '../../lazy-value';
import { get, type Pair, textAt } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a role or resource that everybody can use, or every branch of a repository',
  why: 'Anyone in the world who knows its name can use it, and read or change its data.',
  fix: 'Name the accounts, roles or repositories that may use it.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: /(?:^|_)(?:subject(?:_claim)?s?|allowed_(?:branch(?:es)?|refs?|subjects?)|branch_filter)$/, before: /refs\/(?:heads|tags)\/[^*]|environment:\w|:ref:/, after: 'absent', stays: true, severity: 'high', says: 'Runs of every branch are trusted from now on: {where} is removed.' },
    { key: /(?:^|_)(?:subject(?:_claim)?s?|allowed_(?:branch(?:es)?|refs?|subjects?)|branch_filter)$/, before: /refs\/(?:heads|tags)\/[^*]|environment:\w|:ref:/, after: /\*/, severity: 'high', says: 'Runs of every branch are trusted from now on: {where} is {after}.' },
  ],
  terraform: [
    { key: 'principal', of: 'aws_lambda_permission', after: /^\*$/, only: ({ within }) => ['source_arn', 'source_account', 'principal_org_id'].every((key) => get(within?.after, key) === undefined), says: 'Everybody may call the function ({it}: principal *).' },
  ],
  cloudformation: [
    { key: 'Principal', after: /^\*$/, only: isOfFunction, says: 'Everybody may call the function (Principal *).' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'aws', verb: /\b(?:set-repository-policy|put-key-policy|set-vault-access-policy|put-resource-policy|put-policy|put-file-system-policy|put-backup-vault-access-policy|put-registry-policy|set-queue-attributes|set-topic-attributes)\b/, line: /Principal\W+(?:AWS\W+)?\*/, not: /"Condition"/, does: 'lets everybody in' },
  { program: 'aws', verb: /\b(?:sns|sqs) add-permission\b/, line: /--aws-account-ids?[= ]'?\*/, does: 'lets everybody in' },
  { program: 'gcloud', verb: /\badd-iam-policy-binding\b/, line: /--member[= ]all(?:Authenticated)?Users\b/, does: 'lets everybody in' },
]);

/** A permission to call a function, whose source nothing limits. */
function isOfFunction({ within }: Pair): boolean {
  const permission = within?.after;
  return (
    textAt(permission, 'Action')?.startsWith('lambda:') === true &&
    ['SourceArn', 'SourceAccount', 'Effect'].every((key) => get(permission, key) === undefined)
  );
}
