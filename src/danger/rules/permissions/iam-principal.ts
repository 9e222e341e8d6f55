import { once } from '../../lazy';
import { get, type Pair, textAt } from '../../tree';
import type { CommandRow, Facts, Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'trust or resource policy for everybody; OIDC subject wildcard',
  why: 'Anybody in the world who knows the name can use it.',
  fix: 'Name the accounts, roles or repositories that may use it.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  data: [
    { key: /(?:^|_)(?:subject(?:_claim)?s?|allowed_(?:branch(?:es)?|refs?|subjects?)|branch_filter)$/, before: /refs\/(?:heads|tags)\/[^*]|environment:\w|:ref:/, after: 'absent', stays: true, severity: 'high', says: 'Runs of every branch are trusted from now on: {where} is removed.' },
    { key: /(?:^|_)(?:subject(?:_claim)?s?|allowed_(?:branch(?:es)?|refs?|subjects?)|branch_filter)$/, before: /refs\/(?:heads|tags)\/[^*]|environment:\w|:ref:/, after: /\*/, severity: 'high', says: 'Runs of every branch are trusted from now on: {where} is {after}.' },
  ],
  cloudformation: [
    { key: 'Principal', after: /^\*$/, only: isOfFunction, says: 'Everybody may call the function (Principal *).' },
  ],
}));

// prettier-ignore
export const commands: readonly CommandRow[] = [
  { program: 'aws', verb: /\b(?:set-repository-policy|put-key-policy|set-vault-access-policy|put-resource-policy|put-policy|put-file-system-policy|put-backup-vault-access-policy|put-registry-policy|set-queue-attributes|set-topic-attributes)\b/, line: /Principal\W+(?:AWS\W+)?\*/, not: /"Condition"/, does: 'lets everybody in' },
  { program: 'aws', verb: /\b(?:sns|sqs) add-permission\b/, line: /--aws-account-ids?[= ]'?\*/, does: 'lets everybody in' },
  { program: 'gcloud', verb: /\badd-iam-policy-binding\b/, line: /--member[= ]all(?:Authenticated)?Users\b/, does: 'lets everybody in' },
];

// prettier-ignore
export const facts = {
  'k8s binding for everybody': '{it} gives {role} to everybody ({who}).',
  'everybody may take this role': 'Everybody may take this role: the principal is *.',
  'everybody may use this for': 'Everybody may use this: the principal is * for {what}.',
  'lets everybody or everything in': 'lets everybody, or everything, in',
  'tokens of nearly everybody are trusted': 'Tokens of nearly everybody are trusted: the subject is {what}.',
  'tokens of every repository are trusted': 'Tokens of every repository are trusted: no condition names the subject.',
  'everybody gets': 'Everybody ({everybody}) gets {role}.',
  'terraform lets everybody in': '{who} gives access to everybody ({everybody}).',
} as const satisfies Facts;

/** A permission to call a function, whose source nothing limits. */
function isOfFunction({ within }: Pair): boolean {
  const permission = within?.after;
  return (
    textAt(permission, 'Action')?.startsWith('lambda:') === true &&
    ['SourceArn', 'SourceAccount', 'Effect'].every((key) => get(permission, key) === undefined)
  );
}
