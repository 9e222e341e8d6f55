import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'code that deletes a cloud resource through an SDK',
  why: 'The program deletes a resource each time it runs, with any name that it gets. A wrong name deletes the wrong data.',
  fix: 'Mark the resource as deleted instead. Or ask for confirmation and the environment before the call.',
} as const satisfies Rule;
