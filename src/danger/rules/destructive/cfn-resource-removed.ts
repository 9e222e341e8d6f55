import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource is removed from a CloudFormation template, or its logical id changes',
  why: 'CloudFormation deletes a resource that leaves the template, with its data, unless a policy keeps it.',
  fix: 'Set `DeletionPolicy: Retain` in a deployment before the one that removes it.',
} as const satisfies Rule;
