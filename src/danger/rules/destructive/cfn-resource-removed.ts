import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource leaves the template, or its logical id changes',
  why: 'CloudFormation deletes what the template no longer names, unless a policy keeps it.',
  fix: 'Set `DeletionPolicy: Retain` in a deployment before the one that removes it.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'cfn resource removed': '{type} {id} leaves the template: it is deleted{data}.',
  'cfn resource renamed': '{type} {id} becomes {other}: it is deleted and recreated{data}.',
} as const satisfies Facts;
