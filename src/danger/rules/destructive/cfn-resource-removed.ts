import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource that is removed from a CloudFormation template, or gets another logical id',
  why: 'CloudFormation deletes a resource that leaves the template, with its data, unless a policy keeps it.',
  fix: 'Set `DeletionPolicy: Retain` in a deployment before the one that removes it.',
} as const satisfies Rule;
