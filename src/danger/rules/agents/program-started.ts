import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a program that an assistant starts by itself: a hook, a status line, a helper for keys',
  why: 'It runs on the machine of everybody who opens an agent here, with their rights.',
  fix: 'Read the program, keep it in the repository, and have it reviewed with this change.',
} as const satisfies Rule;
