import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command that runs as soon as somebody opens the folder',
  why: 'It runs on the machine of everybody who opens the repository, before they have read it.',
  fix: 'Let people start the task themselves.',
} as const satisfies Rule;
