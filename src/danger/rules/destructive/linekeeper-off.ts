import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: "a change that removes or weakens Linekeeper's policy or hooks",
  why: 'A change that switches off Linekeeper also switches off the check that should stop it.',
  fix: 'Restore the lines. If you want the change, make it in a pull request of its own: it needs the strictest sign-off.',
} as const satisfies Rule;
