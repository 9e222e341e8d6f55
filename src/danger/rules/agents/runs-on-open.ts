import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command that runs when somebody opens the folder',
  why: 'The command runs on the machine of everybody who opens the repository, before they can read it.',
  fix: 'Let people start the task themselves.',
} as const satisfies Rule;
