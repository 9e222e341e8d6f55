import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'an assertion that passes for every result of the code',
  why: 'The test passes even if the code is wrong.',
  fix: 'Assert what the code returns or changes.',
} as const satisfies Rule;
