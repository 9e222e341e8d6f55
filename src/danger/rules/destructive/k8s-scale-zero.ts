import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'replicas 0 in a manifest, in values or by a command; drain; NoExecute',
  why: 'With no replica left, nobody is served.',
  fix: 'Keep at least one replica, or say when it comes back.',
} as const satisfies Rule;
