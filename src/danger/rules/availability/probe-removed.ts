import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a removed health check or probe',
  why: 'The platform keeps sending requests to a part that hangs, and does not restart it. Users get errors.',
  fix: 'Keep the probe, and give it more time if it fails too early.',
} as const satisfies Rule;
