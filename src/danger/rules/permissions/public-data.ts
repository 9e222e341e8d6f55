import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'public ACL, public access block off, publicly accessible database, function URL without authentication',
  why: 'Such data is found and copied within hours, and cannot be called back.',
  fix: 'Keep it private. Give access through a signed address or a role.',
} as const satisfies Rule;
