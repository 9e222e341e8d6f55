import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a property whose update requires replacement',
  why: 'CloudFormation makes a new resource and deletes the old one, without copying what it holds.',
  fix: 'Keep the value, or make a second resource and move the data over.',
} as const satisfies Rule;
