import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: "a file of the repository that switches off an assistant's hooks",
  why: "The assistant no longer runs the hooks that record and refuse an agent's acts. The user's own hooks stop, too.",
  fix: 'Remove the setting. A person who must work without hooks sets it in their own settings.',
} as const satisfies Rule;
