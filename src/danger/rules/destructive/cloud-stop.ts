import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'desired count 0, stop-instances, dyno scale 0',
  why: 'What is stopped answers nobody, and may lose what it kept in memory or on local disks.',
  fix: 'Say who is affected, and do it in a maintenance window.',
} as const satisfies Rule;
