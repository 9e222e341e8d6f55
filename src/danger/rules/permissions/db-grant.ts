import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'GRANT to PUBLIC, row level security off, trust authentication',
  why: 'Whoever reaches the database can then read or change more than was meant.',
  fix: 'Grant the privileges that are needed to the role that needs them.',
} as const satisfies Rule;
