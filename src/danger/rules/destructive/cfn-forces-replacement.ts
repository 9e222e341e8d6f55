import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a changed property that makes CloudFormation replace the resource',
  why: 'CloudFormation creates a new resource and deletes the present one with its data. It copies nothing.',
  fix: 'Keep the value, or make a second resource and move the data over.',
} as const satisfies Rule;
