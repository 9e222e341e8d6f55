import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a resource leaves the template, or its logical id changes',
  why: 'CloudFormation deletes what the template no longer names, unless a policy keeps it.',
  fix: 'Set `DeletionPolicy: Retain` in a deployment before the one that removes it.',
} as const satisfies Rule;
