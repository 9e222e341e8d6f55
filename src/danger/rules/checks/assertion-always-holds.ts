import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'an assertion that passes whatever the code does',
  why: 'The test passes even if the code is wrong.',
  fix: 'Assert what the code returns or changes.',
} as const satisfies Rule;
