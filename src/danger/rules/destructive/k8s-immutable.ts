import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a field that only changes by delete and create (selector, volumeClaimTemplates, serviceName)',
  why: 'The API refuses the change: somebody has to delete the object, which stops it or loses its data.',
  fix: 'Keep the field, or make a second object and move the traffic over.',
} as const satisfies Rule;
