import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: "an assistant's hooks are switched off by a file of the repository",
  why: "The assistant no longer runs the hooks that record and refuse an agent's acts. The user's own hooks stop, too.",
  fix: 'Remove the setting. A person who must work without hooks sets it in their own settings.',
} as const satisfies Rule;
