import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: "an assistant's hooks are switched off by a file of the repository",
  why: 'Hooks that record or refuse what an agent does no longer run, including those of its user.',
  fix: 'Take the setting out. A person who must do without hooks sets it for themselves.',
} as const satisfies Rule;
