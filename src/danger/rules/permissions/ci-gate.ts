import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a protected environment, a manual step, a needed job or required reviews removed; secrets: inherit',
  why: 'It was the point at which a person had to agree.',
  fix: 'Keep the manual step or the protected environment.',
} as const satisfies Rule;
