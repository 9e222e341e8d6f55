import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'verbs or resources *',
  why: 'It allows what nobody thought of, and kinds that are installed later.',
  fix: 'Name the verbs and resources that are needed.',
} as const satisfies Rule;
