import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'FLUSHALL, dropDatabase, index _all, purge of a queue or topic',
  why: 'Everything in the store goes at once, whoever it belongs to.',
  fix: 'Delete by key or by index name, after listing what would go.',
} as const satisfies Rule;
