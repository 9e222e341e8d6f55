import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'volumes removed or pruned, down -v, a database service loses its volume',
  why: 'What a container keeps outside a volume goes with the container.',
  fix: 'Keep the named volume, or copy its data first.',
  ofTheMachine: true,
} as const satisfies Rule;
